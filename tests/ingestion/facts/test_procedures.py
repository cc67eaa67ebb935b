"""Marked sentences: operations, endoscopies, acts."""

import pytest

from ingestion.facts.procedures import find_procedures
from tests.ingestion.facts.marked import found

SENTENCES = [
    ("Appendicectomie en 1982, césarienne 1995.", ["appendicectomie effective=1982", "cesarienne effective=1995"]),
    ("PTH DROITE EN 2012", ["arthroplastie de hanche effective=2012 side=right"]),
    (
        "Coronarographie le 02/03/2025 par le Dr A. MARTIN : lésions tritronculaires.",
        ["coronarographie effective=2025-03-02 operator=Dr A. MARTIN result=lésions tritronculaires."],
    ),
    ("Coloscopie prévue en avril.", ["?coloscopie"]),
    ("Gastroscopie à programmer", ["?gastroscopie"]),
    ("Le patient refuse la biopsie rénale.", ["-ponction-biopsie renale"]),
    ("Thrombolyse non réalisée (délai dépassé)", ["-thrombolyse"]),
    ("Pas d'indication à une trachéotomie.", ["-tracheotomie"]),
    ("Dialyse : [ ] oui [x] non", ["-dialyse"]),
    (
        "cholécystectomie coelioscopique pour lithiase symptomatique",
        ["cholecystectomie indication=lithiase symptomatique"],
    ),
    ("Colectomie gauche en urgence hier", ["colectomie effective=2025-03-09 side=left"]),
    ("hématurie post-biopsie", []),
    ("Cicatrice de thyroïdectomie propre", []),
    (
        "Fibroscopie bronchique ce jour : sécrétions purulentes, LBA fait",
        ["fibroscopie bronchique effective=2025-03-10 result=sécrétions purulentes, LBA fait"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_procedures(text: str, expected: list[str]) -> None:
    slots = [
        slot for slot in ("effective", "side", "operator", "result", "indication") if f" {slot}=" in " ".join(expected)
    ]
    assert found(find_procedures, text, slots) == expected


def test_an_operative_report_names_its_operator_once() -> None:
    text = (
        "COMPTE RENDU OPERATOIRE\nOpérateur : Dr C. DURAND - Aide : M. PETIT\nIntitulé : cure d'éventration médiane\n"
    )
    slots = ("operator",)
    assert found(find_procedures, text, slots, "compte_rendu_operatoire") == ["cure de hernie operator=Dr C. DURAND"]


def test_an_act_that_no_table_knows_is_named_by_the_title_of_its_report() -> None:
    text = "Intervention : exérèse d'un kyste pilonidal sous anesthésie générale"
    assert found(find_procedures, text, (), "compte_rendu_operatoire") == ["exerese d'un kyste pilonidal"]
    assert found(find_procedures, text) == []
