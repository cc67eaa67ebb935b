"""Marked sentences: transfusions, those only ordered, and their denial."""

import pytest

from ingestion.facts.transfusions import find_transfusions
from tests.ingestion.facts.marked import found

SLOTS = ("value", "unit", "donation", "tolerance")
CGR = "concentre de globules rouges"
SENTENCES = [
    ("Transfusion de 2 CGR le 05/03, bien tolérée.", [f"{CGR} value=2 unit=unité tolerance=bien tolérée"]),
    (
        "A RECU 3 CGR ET 1 CPA SANS INCIDENT",
        [
            f"{CGR} value=3 unit=unité tolerance=SANS INCIDENT",
            "concentre plaquettaire value=1 unit=unité tolerance=SANS INCIDENT",
        ],
    ),
    ("2CGR passés hier", [f"{CGR} value=2 unit=unité"]),
    ("Pas de transfusion pendant le séjour.", ["-transfusion"]),
    ("Transfusion : [ ] oui [x] non", ["-transfusion"]),
    ("Aucun produit sanguin labile administré", ["-produits sanguins labiles"]),
    ("PSL : 0", ["-produits sanguins labiles"]),
    ("2 CGR commandés, à transfuser si Hb < 7", [f"?{CGR} value=2 unit=unité"]),
    ("Information sur le risque transfusionnel délivrée", []),
    ("Trois culots réservés pour le bloc", [f"?{CGR} value=3 unit=unité"]),
    ("Deuxième culot non passé", [f"-{CGR} value=1 unit=unité"]),
    (
        "CGR n° 2 don 59 2301 774 120 posé à 14h, aucune réaction",
        [f"{CGR} value=1 unit=unité donation=59 2301 774 120 tolerance=aucune réaction"],
    ),
    ("Immunoglobulines IV 30 g reçues le 01/03", ["immunoglobulines value=30 unit=g"]),
    ("Albumine 27 g/L, plaquettes 212 G/L, plasma trouble", ["plasma"]),
    ("Perfusion d'albumine 20 % après paracentèse", ["albumine humaine"]),
    ("RAI à contrôler après la transfusion du 03/03", ["transfusion"]),
    ("Elle a été transfusée en 2019.", ["transfusion"]),
    ("Témoin transfusionnel", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_transfusions(text: str, expected: list[str]) -> None:
    assert found(find_transfusions, text, SLOTS) == expected
