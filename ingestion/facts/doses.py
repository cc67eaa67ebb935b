"""Compare how two facts say that a medicine is taken; what they leave out cannot differ."""

import re

from ingestion.facts.copies import number_of
from ingestion.facts.types import Fact
from ingestion.lexicon.folding import fold

_GRAMS = {"g": 1000.0, "mg": 1.0, "ug": 0.001, "mcg": 0.001}
_SCHEME = re.compile(r"(?<![\d/-])(\d(?:[.,/]\d)?)(?: ?- ?(\d(?:[.,/]\d)?)){2,3}(?![\d/-])")
_TIMES = re.compile(r"(?:x ?|[x*] ?)(\d)\b|\b(\d) ?(?:x|fois|/ ?(?:j|24)|par jour|prises?)|\b(\d) ?par j")
_EVERY = re.compile(r"(?:toutes les|/) ?(\d{1,2}) ?h")
_MOMENTS = re.compile(r"\b(?:matins?|midis?|soirs?|couchers?|nuits?|gouters?)\b|\b\d{1,2} ?h(?: ?\d\d)?\b")
_HALF = re.compile(r"(?:1/2|½|demi)")


def has_dose(fact: Fact) -> bool:
    """Say whether a fact tells a dose or a frequency."""
    return bool(fact.value or fact.detail("intake") or fact.detail("frequency"))


def differ(first: Fact, second: Fact) -> bool:
    """Say whether two facts of one medicine give another dose of one intake, or another number of intakes a day."""
    doses = _intake_dose(first), _intake_dose(second)
    if doses[0] and doses[1] and doses[0][1] == doses[1][1] and abs(doses[0][0] - doses[1][0]) > 1e-9:
        return True
    counts = _intakes_a_day(first.detail("frequency")), _intakes_a_day(second.detail("frequency"))
    return None not in counts and counts[0] != counts[1]


def _intake_dose(fact: Fact) -> tuple[float, str] | None:
    """Return the dose of one intake in its unit (milligrams for masses): the strength times the units taken."""
    number = number_of(fact.value)
    if number is None:
        return None
    unit = fold(fact.unit)
    strength = fact.detail("strength")
    if fact.detail("intake") and strength and number_of(strength) == number:
        number *= _count(fact.detail("intake"))
    return (number * _GRAMS[unit], "mg") if unit in _GRAMS else (number, unit)


def _count(intake: str) -> float:
    folded = fold(intake)
    half = 0.5 if _HALF.search(folded) else 0.0
    whole = re.match(r"\s*(\d+(?:[.,]\d+)?)(?!/)", folded)
    return (float(whole[1].replace(",", ".")) if whole else 0.0 if half else 1.0) + half


def _intakes_a_day(frequency: str) -> float | None:
    """Return the number of intakes a day, None when the words do not tell it."""
    words = fold(frequency)
    if scheme := _SCHEME.search(words):
        return float(sum(part.strip() not in ("0", "") for part in scheme[0].split("-")))
    if every := _EVERY.search(words):
        return 24 / int(every[1]) if int(every[1]) else None
    if times := _TIMES.search(words):
        return float(next(group for group in times.groups() if group))
    return float(len(_MOMENTS.findall(words))) or None
