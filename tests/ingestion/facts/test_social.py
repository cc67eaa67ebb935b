"""Marked sentences: the functional and social state."""

import pytest

from ingestion.facts.social import find_socials
from tests.ingestion.facts.marked import found

SENTENCES = [
    (
        "Vit seule en appartement au 3e étage sans ascenseur.",
        ["residence value=Vit seule en appartement au 3e étage sans ascenseur"],
    ),
    ("MDV : EHPAD LES LILAS DEPUIS 2022, GIR 2", ["gir value=2", "residence value=EHPAD LES LILAS DEPUIS 2022"]),
    (
        "Mode de vie : marié, retraité de la poste",
        ["family value=marié", "occupation value=retraité de la poste", "residence value=marié, retraité de la poste"],
    ),
    ("Tabac : 30 PA sevré en 2010. Alcool : non", ["-alcohol value=non", "tobacco value=30 PA sevré en 2010"]),
    ("Tabac : jamais", ["-tobacco value=jamais"]),
    ("Ne fume pas, ne boit pas d'alcool", ["-alcohol value=ne boit pas d'alcool", "-tobacco value=Ne fume pas"]),
    ("Ancien fumeur (20 PA)", ["tobacco value=Ancien fumeur (20 PA)"]),
    (
        "Alcool : [ ] oui [x] non     Tabac : [x] oui [ ] non",
        ["-alcohol value=[ ] oui [x] non", "tobacco value=[x] oui [ ] non"],
    ),
    (
        "Curatelle renforcée, curateur : UDAF du Finistère",
        ["protection value=Curatelle renforcée", "protection value=UDAF du Finistère"],
    ),
    ("Pas de mesure de protection juridique", ["-protection value=Pas de mesure de protection juridique"]),
    (
        "Se lave seul, marche avec un déambulateur",
        ["autonomy value=Se lave seul", "mobility value=marche avec un déambulateur"],
    ),
    (
        "Aides : aide ménagère 2 h/semaine, portage de repas",
        [
            "help value=aide ménagère 2 h/semaine",
            "help value=aide ménagère 2 h/semaine, portage de repas",
            "help value=portage de repas",
        ],
    ),
    ("Conduite automobile : interdite 6 mois", ["driving value=interdite 6 mois"]),
    ("Ne conduit plus depuis 2020", ["-driving value=Ne conduit plus depuis 2020"]),
    ("conduite à tenir : surveillance", []),
    ("Rapporter les boîtes à la pharmacie", []),
    ("Sa fille habite à 5 km", []),
    ("Père fumeur", []),
    ("N'a pas fumé depuis son entrée", ["tobacco value=N'a pas fumé depuis son entrée"]),
    ("AUTONOMIE\nToilette : aide totale", ["autonomy value=aide totale"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_social(text: str, expected: list[str]) -> None:
    assert found(find_socials, text, ("value",)) == expected
