"""The terms of a question and their variants; the medicines named in a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.normalise import Expansion, expand, fold, medicine_names


@pytest.mark.parametrize(
    ("question", "surfaces"),
    [
        ("La patiente a-t-elle fait une embolie pulmonaire ?", ["embolie pulmonaire"]),
        ("Qui est le médecin traitant du patient ?", ["médecin traitant"]),
        ("Quelle est la saturation en oxygène à l'entrée ?", ["saturation en oxygène", "entrée"]),
        ("Y a-t-il une allergie connue ?", ["allergie"]),
        ("Est-ce que le patient prend du Xarelto ?", ["Xarelto"]),
        ("Combien de culots ?", ["culots"]),
        ("Quand ?", []),
        ("", []),
        ("Dernière glycémie du 12/02/2025", ["Dernière", "glycémie", "12/02/2025"]),
        ("pk lovenox stoppé", ["lovenox", "stoppé"]),
    ],
)
def test_terms(question: str, surfaces: list[str]) -> None:
    assert [term.surface for term in expand(question).terms] == surfaces


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("scanner", "tdm"),
        ("tomodensitométrie", "scanner"),
        ("ep", "embolie pulmonaire"),
        ("embolie pulmonaire", "ep"),
        ("phlébite", "tvp"),
        ("phlébite", "thrombose veineuse profonde"),
        ("potassium", "kaliemie"),
        ("sodium", "natremie"),
        ("créatinine", "creat"),
        ("sucre", "glycemie"),
        ("tension", "pression arterielle"),
        ("fièvre", "temperature"),
        ("infarctus", "idm"),
        ("reins", "renal"),
        ("rénale", "rein"),
        ("foie", "hepatique"),
        ("poumons", "pulmonaire"),
        ("coeur", "cardiaque"),
        ("cœur", "cardiaque"),
        ("tutelle", "curatelle"),
        ("tabac", "fumeur"),
        ("alcool", "oh"),
        ("arrêtée", "suspendu"),
        ("introduites", "debute"),
        ("suspendue", "arret"),
        ("débuté", "introduit"),
        ("augmenté", "majore"),
        ("rendez-vous", "rdv"),
        ("médecin traitant", "mt"),
        ("kiné", "kinesitherapie"),
        ("maison de retraite", "ehpad"),
        ("IPP", "inhibiteur de la pompe a protons"),
        ("Xarelto", "rivaroxaban"),
        ("rivaroxaban", "xarelto"),
        ("aspirine", "kardegic"),
        ("insuline", "lantus"),
        ("anticoagulant", "apixaban"),
        ("anticoagulants", "eliquis"),
        ("AVK", "warfarine"),
        ("statine", "atorvastatine"),
        ("bêtabloquants", "bisoprolol"),
        ("corticoïdes", "prednisone"),
        ("antibiothérapie", "ceftriaxone"),
        ("antidouleur", "paracetamol"),
        ("somnifère", "zopiclone"),
        ("anticalcineurine", "tacrolimus"),
        ("diurétique", "furosemide"),
        ("immunosuppresseurs", "tacrolimus"),
        ("12 février 2025", "d20250212"),
        ("12/02/2025", "d20250212"),
        ("février 2025", "m202502"),
    ],
)
def test_variants(asked: str, written: str) -> None:
    (term,) = expand(asked).terms
    assert written in term.variants


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        ("apixaban", "warfarine"),
        ("apixaban", "anticoagulant"),
        ("prednisone", "prednisolone"),
        ("amoxicilline", "augmentin"),
        ("créatinine", "creatine"),
        ("kaliémie", "natremie"),
        ("bras", "jambe"),
        ("paracétamol", "codoliprane"),
    ],
)
def test_what_is_no_variant(asked: str, never: str) -> None:
    assert all(never not in term.variants for term in expand(asked).terms)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Eliquis", "medicine"),
        ("AOD", "class"),
        ("ETT", "abbreviation"),
        ("hémoculture", "synonym"),
        ("12/02/2025", "date"),
        ("4,4", "number"),
        ("parapluie", "word"),
    ],
)
def test_kinds(asked: str, kind: str) -> None:
    assert [term.kind for term in expand(asked).terms] == [kind]


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_variants_are_folded_distinct_and_other_than_the_surface(text: str) -> None:
    expansion = expand(text)
    assert isinstance(expansion, Expansion)
    for term in expansion.terms:
        assert term.surface in text
        assert fold(term.surface) not in term.variants
        assert len(set(term.variants)) == len(term.variants)
        assert all(variant == fold(variant) for variant in term.variants)


def test_the_repr_shows_no_text() -> None:
    expansion = expand("Mme Dupont a-t-elle un cancer ?")
    assert "upont" not in repr(expansion)
    assert "cancer" not in repr(expansion.terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Relais Lovenox puis ELIQUIS 5 mg", [("Lovenox", "enoxaparine"), ("ELIQUIS", "apixaban")]),
        (
            "amoxicilline/acide clavulanique 1 g",
            [("amoxicilline/acide clavulanique", "amoxicilline + acide clavulanique")],
        ),
        ("Augmentin", [("Augmentin", "amoxicilline + acide clavulanique")]),
        ("amoxicilline seule", [("amoxicilline", "amoxicilline")]),
        ("aspirine 75", [("aspirine", "acide acetylsalicylique")]),
        ("acide acétylsalicylique", [("acide acétylsalicylique", "acide acetylsalicylique")]),
        ("ASPÉGIC nourrisson", [("ASPÉGIC", "acide acetylsalicylique")]),
        ("insuline glargine 12 UI", [("insuline glargine", "insuline glargine")]),
        ("insuline rapide", [("insuline", "insuline")]),
        ("5-FU et oxaliplatine", [("5-FU", "fluorouracile"), ("oxaliplatine", "oxaliplatine")]),
        ("Solu-Medrol 40", [("Solu-Medrol", "methylprednisolone")]),
        ("SOLUMEDROL 80", [("SOLUMEDROL", "methylprednisolone")]),
        ("L-Thyroxine 75 µg", [("L-Thyroxine", "levothyroxine")]),
        ("calcium 2,3 mmol/L, potassium 4, glucose 5", []),
        ("Fièvre, muse, fleurs et jasmine", []),
        ("acide valproïque", [("acide valproïque", "acide valproique")]),
        ("Levodopa + benserazide", [("Levodopa + benserazide", "levodopa + benserazide")]),
        ("statine", []),
        ("", []),
    ],
)
def test_medicine_names(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[name.start : name.end], name.generic) for name in medicine_names(text)] == found


def test_medicine_names_carry_the_atc_code() -> None:
    assert [name.atc for name in medicine_names("Xarelto, Lasilix, Doliprane")] == ["B01AF01", "C03CA01", "N02BE01"]


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_medicine_names_stay_inside_the_text(text: str) -> None:
    end = 0
    for name in medicine_names(text):
        assert end <= name.start < name.end <= len(text)
        end = name.end
