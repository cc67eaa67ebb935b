"""Marked sentences: imaging examinations, and the conclusion of their reports."""

import pytest

from ingestion.facts.imaging import find_imagings
from tests.ingestion.facts.marked import found, source

SLOTS = ("effective", "side", "conclusion")
SENTENCES = [
    (
        "TDM cérébrale du 04/03 : pas de saignement.",
        ["scanner cerebral effective=2025-03-04 conclusion=pas de saignement."],
    ),
    ("IRM LOMBAIRE 2019 : HERNIE L5-S1", ["irm rachis effective=2019 conclusion=HERNIE L5-S1"]),
    ("La radiographie thoracique est normale.", ["radiographie thorax effective=2025-03-10 conclusion=est normale"]),
    (
        "rx poignet D : fract non déplacée",
        ["radiographie poignet effective=2025-03-10 side=right conclusion=fract non déplacée"],
    ),
    (
        "L'échographie abdominale d'hier retrouve une lithiase vésiculaire.",
        ["echographie abdomen effective=2025-03-09 conclusion=retrouve une lithiase vésiculaire"],
    ),
    (
        "Pas de dilatation à l'échographie rénale.",
        ["echographie renal effective=2025-03-10 conclusion=Pas de dilatation"],
    ),
    ("Scanner TAP à programmer", ["?scanner thoraco-abdomino-pelvien effective=2025-03-10"]),
    ("CAT : ETT demain", ["?echocardiographie transthoracique effective=2025-03-11"]),
    ("Si l'IRM est négative, sortie.", []),
    ("ETT : FEVG 35 %, HTAP", ["echocardiographie transthoracique effective=2025-03-10 conclusion=FEVG 35 %, HTAP"]),
    (
        "Doppler veineux MI : pas de TVP",
        ["echo-doppler veineux membres inferieurs effective=2025-03-10 conclusion=pas de TVP"],
    ),
    ("Service de radiologie", []),
    ("Bladder scan 200 mL", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_imaging(text: str, expected: list[str]) -> None:
    assert found(find_imagings, text, SLOTS) == expected


def test_a_report_is_proved_by_its_conclusion() -> None:
    head = "SCANNER CEREBRAL SANS INJECTION\nIndication : chute.\nPas de fracture.\n\n"
    text = f"{head}CONCLUSION\nAtrophie.\nPas d'hématome.\n\nDr A. B"
    (fact,) = find_imagings(source(text, "compte_rendu_imagerie"))
    assert text[fact.start : fact.end] == "Atrophie.\nPas d'hématome."
    assert (fact.name, fact.detail("conclusion")) == ("scanner cerebral", "Atrophie. Pas d'hématome.")
