"""Results that templates state are computed again, and an entailment model may disagree."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from assistant.types import Citation
from assistant.verify import TREND_WORDS, Problem, age_on, days_between, difference, entails, trend, verify
from assistant.verify.quantities import date_keys, unit_of
from models.hashing import HashingEmbedder

TEXTS = {
    "A": "Poids 68,5 kg",
    "B": "Poids 63,5 kg",
    "C": "Né le 12/03/1944",
    "D": "Entrée le 11/02/2025, sortie le 19/02/2025",
}
DATES = {"A": "2025-02-11", "B": "2025-02-19", "C": "2025-02-11", "D": "2025-02-19"}
SERIES = "Poids : 68,5 kg (11/02/2025), 63,5 kg (19/02/2025)"


def verdict(said: str, *documents: str) -> str:
    citations = [
        Citation(name, 0, len(TEXTS[name]), TEXTS[name], "", "note_evolution", DATES[name]) for name in documents
    ]
    return verify(said, citations, TEXTS.__getitem__).verdict


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"{SERIES}, en baisse.", "supported"),
        (f"{SERIES}, en hausse.", "contradicted"),
        (f"{SERIES}, stable.", "contradicted"),
        (f"{SERIES}, différence : 5 kg.", "supported"),
        (f"{SERIES}, différence : 6 kg.", "contradicted"),
        (f"{SERIES}, soit -5 kg.", "supported"),
        (f"{SERIES}, soit -4 kg.", "contradicted"),
        ("Poids : 68,5 kg, en baisse.", "unsupported"),
    ],
)
def test_trend_and_difference(said: str, expected: str) -> None:
    assert (verdict(said, "A", "B") == "supported") == (expected == "supported")


@pytest.mark.parametrize(
    ("days", "supported"), [("8 jours", True), ("9 jours", True), ("7 jours", False), ("8 mois", False)]
)
def test_a_duration_lies_between_two_cited_dates(days: str, supported: bool) -> None:
    said = f"Entrée le 11/02/2025, sortie le 19/02/2025, durée : {days}"
    assert (verdict(said, "D") == "supported") == supported


@pytest.mark.parametrize(("age", "supported"), [("80 ans", True), ("81 ans", False)])
def test_an_age_follows_from_the_birth_date(age: str, supported: bool) -> None:
    said = f"Né le 12/03/1944, âge : {age} (11/02/2025)"
    assert (verdict(said, "C") == "supported") == supported


def test_functions() -> None:
    assert trend([Fraction(100), Fraction(130), Fraction(96)]) == "stable"
    assert trend([Fraction(100), Fraction(94)]) == "down"
    assert set(TREND_WORDS) == {"up", "down", "stable"}
    assert difference(Fraction(5), Fraction(3)) == -2
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert [age_on(date(2000, 2, 29), day) for day in (date(2001, 2, 28), date(2001, 3, 1))] == [0, 1]
    with pytest.raises(ValueError, match="two values"):
        trend([Fraction(1)])


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("mg/24h", "mg/j", True),
        ("µg/L", "ng/mL", True),
        ("G/L", "10^9/L", True),
        ("U/L", "UI/L", True),
        ("g/L", "G/L", False),
        ("mg/h", "mg/j", False),
        ("mmol/L", "mg/L", False),
        ("mg/kg/j", "mg/j", False),
        ("an", "mois", False),
    ],
)
def test_units(one: str, other: str, equal: bool) -> None:
    assert (unit_of(one) == unit_of(other)) == equal
    assert unit_of(one)


def test_a_day_without_a_year_takes_it_from_its_document() -> None:
    assert "d20240512" in date_keys("12/05", "2024-05-20")
    assert "d20231228" in date_keys("28/12", "2024-01-03")
    assert "d20240512" not in date_keys("12/05")
    assert date_keys("42/05") == frozenset()


class Alike:
    """A Reranker that scores by spelling: the vectors of the product's own hashing embedder."""

    name = "alike"

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        embedder = HashingEmbedder()
        asked = embedder.embed_query(question)
        vectors = embedder.embed_passages(passages)
        return [sum(a * b for a, b in zip(asked, vector, strict=True)) for vector in vectors]


def test_an_entailment_model_has_the_last_word() -> None:
    assert entails(Alike(), "Poids 68,5 kg", ["Poids 68,5 kg"])
    assert not entails(Alike(), "Poids 68,5 kg", ["Glycémie à jeun normale"])
    cited = Citation("A", 0, len(TEXTS["A"]), TEXTS["A"], "", "", "")
    assert verify("Poids : 68,5 kg", (cited,), TEXTS.__getitem__, reranker=Alike()).verdict == "supported"
    finding = verify("kg 68500 g", (cited,), TEXTS.__getitem__, reranker=Alike())
    assert finding.problems in ((Problem("implication"),), ())
