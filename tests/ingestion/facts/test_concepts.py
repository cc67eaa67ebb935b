"""The matching of concepts: folding, endings, short forms, and tables that can be trusted."""

import re

import pytest

from ingestion.facts.concepts import aliases_of, concepts_in

_OPENING = re.compile(r"[a-z][a-z0-9]{2}(?![?*{])|[a-z][a-z0-9]?(?=[ .+/\\'-]|\(\?=|$)")
TABLES = (
    "appointments", "devices", "directives", "imaging", "microorganisms", "problems", "procedures", "regions", "social",
    "specialties", "specimens", "symptoms", "transfusions",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        ("Œdème aigu du poumon", "problems", ["oedeme aigu du poumon"]),
        ("INSUFFISANCES CARDIAQUES", "problems", ["insuffisance cardiaque"]),
        ("d’une hypothyroïdie fruste", "problems", ["hypothyroidie"]),
        ("hta, bpco", "problems", ["hypertension arterielle", "bronchopneumopathie chronique obstructive"]),
        ("EP à droite, mais « ep » n'est rien", "problems", ["embolie pulmonaire"]),
        ("un sas d'entrée", "problems", []),
        ("Mme PEREZ-SAS", "problems", []),
        ("anti-diabétique", "problems", []),
        ("2CGR passés", "transfusions", ["concentre de globules rouges"]),
        ("la plus longue : infarctus du myocarde", "problems", ["infarctus du myocarde"]),
        ("fracture du radius gauche", "problems", ["fracture du radius"]),
        ("port-à-cath", "devices", ["chambre implantable"]),
    ],
)
def test_concepts(text: str, table: str, expected: list[str]) -> None:
    assert [mention.name for mention in concepts_in(text, table)] == expected


@pytest.mark.parametrize("text", ["Œdème pulmonaire aigü ; HTA", "ﬁbrillation auriculaire ½ FA"])
def test_offsets_are_those_of_the_document(text: str) -> None:
    for mention in concepts_in(text, "problems"):
        assert text[mention.start : mention.end] == mention.label


@pytest.mark.parametrize("table", TABLES)
def test_tables_can_be_trusted(table: str) -> None:
    """An alias is looked up by its first three letters, captures nothing and stands for one concept."""
    seen: dict[str, str] = {}
    for code, alias, expression in aliases_of(table):
        assert _OPENING.match(expression.replace("[ -]", " ")), alias
        assert re.compile(expression).groups == 0, alias
        assert seen.setdefault(expression, code) == code, f"{alias} : {code} et {seen[expression]}"
