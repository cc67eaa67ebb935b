"""What stands around an item in its clause."""

import pytest

from ingestion.facts.clauses import operator_of, person_of, side_of, words_after, words_before
from tests.ingestion.facts.marked import source


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("genou gauche", "left"),
        ("HANCHE DROITE", "right"),
        ("hanche dte", "right"),
        ("inguinale D 2008", "right"),
        ("cheville gche", "left"),
        ("cataracte bilatérale", "both"),
        ("vitamine D", ""),
        ("Dr G. DURAND", ""),
        ("2 g", ""),
        ("8 G/L", ""),
        ("angle droit de l'estomac gauche", "right"),
    ],
)
def test_sides(words: str, expected: str) -> None:
    assert side_of(words) == expected


@pytest.mark.parametrize(
    ("words", "person", "operator"),
    [
        (" par le Dr A. LE GOFF, sans incident", "Dr A. LE GOFF", "Dr A. LE GOFF"),
        (" avec le Pr MARTIN-DURAND le 12/03", "Pr MARTIN-DURAND", ""),
        (" au docteur", "", ""),
    ],
)
def test_persons(words: str, person: str, operator: str) -> None:
    assert (person_of(words), operator_of(words)) == (person, operator)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("fièvre, drain retiré hier ; sonde", " ", " retiré hier "),
        ("KT 2,5 cm - drain en place / sonde", " ", " en place "),
        ("le drain du Dr B. PAUL est propre", "le ", " du Dr B. PAUL est propre"),
    ],
)
def test_clauses(text: str, before: str, after: str) -> None:
    document, start = source(text), text.index("drain")
    (line,) = document.lines
    assert words_before(document, line, start) == before
    assert words_after(document, line, start + len("drain")) == after
