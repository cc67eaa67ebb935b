"""Marked sentences: aims, thresholds, doses, numbers of other things are no values."""

import pytest

from tests.ingestion.facts.measured import said

_NO_VALUE = [
    "INR entre 2 et 3 à maintenir. Objectif d'INR 2,5. INR cible : 2-3",
    "Transfuser si Hb < 7 g/dL. Si T° > 38,5 : hémocs.",
    "Maintenir PAM > 65 mmHg et SpO2 92-96 %.",
    "KCl 600 mg 2 cp x3/j ; vit K 10 mg ; Mg 2 g IV ; albumine 20 % 100 mL ; K 4 g dans 1 L de G5",
    "Patient né le 12/03/1950, IPP 0012345678, tél 05 36 49 10 10, chambre 214, 45 PA sevré",
    "LCR : leucocytes 450/mm3, protéinorachie 1,2 g/L, glycorachie 2,1",
    "ECBU : leucocytes 250 000/mL, hématies 5 000/mL",
    "Surveillance : TA, FC, SpO2 toutes les 4 h ; prévenir si TAS < 90 ou FC > 120",
    "Insuline selon glycémie : 4 UI si 1,5-2 g/L, 6 UI si > 2 g/L",
    "Objectif tensionnel < 140/90 mmHg, HbA1c cible < 7 %",
    "Seuil transfusionnel fixé à 8 g/dL d'hémoglobine",
    "Taille des reins : 10,5 cm. Tumeur de 4 cm. Longueur du col 28 mm.",
    "Le tibia mesure 38 cm. Pièce opératoire pesant 340 g.",
    "Tabac 15 cig/j, alcool 30 g/j",
    "Appeler le 15 si SpO2 < 88 %",
    "Créatinine : en attente. CRP : non faite.",
]


@pytest.mark.parametrize("text", _NO_VALUE)
def test_what_is_no_value_gives_none(text: str) -> None:
    assert said(text) == ""
