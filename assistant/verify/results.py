"""Compute again what a statement says of its cited values: how they evolved, what differs, how long, how old."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

from assistant.verify.computed import age_on, days_between, difference, trend
from assistant.verify.reading import numbers_in
from assistant.verify.tables import cues_of
from assistant.verify.types import Keys, Mark, Reading
from ingestion.normalise import fold, stem, tokens

_TRENDS = {"state:increased": "up", "state:decreased": "down", "state:unchanged": "stable"}
_MINUTES_OF_A_DAY = 1440


def computed_words(text: str) -> frozenset[str]:
    """Return which computed results a statement announces (difference, duration, age), and the stems that do."""
    words = (fold(token.text) for token in tokens(text))
    found = [(cue.value, stem(word)) for word in words for cue in cues_of(word) if cue.what == "computed"]
    return frozenset(name for pair in found for name in pair)


def trend_of(state: Mark, said: Reading) -> bool | None:
    """Say whether a word of evolution fits the dated values of its statement; None when it cannot be told."""
    claimed = _TRENDS.get(state.claim)
    values = _series(said)
    return None if claimed is None or len(values) < 2 else trend(values) == claimed


def is_result(number: Mark, said: Reading, proven: Keys, announced: Iterable[str]) -> bool:
    """Say whether a number that no citation holds follows from what citations hold of its statement."""
    announced = frozenset(announced)
    inputs = [mark for mark in said.marks() if mark.held_by(proven)]
    quantity, value = next(numbers_in([number]), ("", None))
    if value is None:
        return False
    if "difference" in announced and value in _differences(inputs, quantity):
        return True
    days = sorted(filter(None, map(_day, inputs)))
    if "duration" in announced and quantity == "min" and value in set(_durations(days)):
        return True
    return (
        "age" in announced
        and quantity == "month"
        and any(value == 12 * age_on(first, last) for first, last in combinations(days, 2))
    )


def _series(said: Reading) -> list[Fraction]:
    """Return the values of a statement, oldest first, when they measure one thing and each is followed by its day."""
    found: list[tuple[str, str, Fraction]] = []
    for mark in said.marks():
        for quantity, value in numbers_in([mark]):
            found.append(("", quantity, value))
        if mark.kind == "date" and found and not found[-1][0]:
            found[-1] = (mark.claim, *found[-1][1:])
    days = [day for day, *_ in found]
    if len({quantity for _, quantity, _ in found}) != 1 or not all(
        day.startswith("d") and len(day) == 9 for day in days
    ):
        return []
    return [value for *_, value in sorted(found, key=lambda item: item[0])]


def _differences(inputs: Sequence[Mark], quantity: str) -> Iterator[Fraction]:
    values = [value for unit, value in numbers_in(inputs) if unit == quantity]
    return (abs(difference(first, last)) for first, last in combinations(values, 2))


def _durations(days: Sequence[date]) -> Iterator[int]:
    for first, last in combinations(days, 2):
        span = days_between(first, last)
        yield from (span * _MINUTES_OF_A_DAY, (span + 1) * _MINUTES_OF_A_DAY)


def _day(mark: Mark) -> date | None:
    claim = mark.claim
    if mark.kind != "date" or not claim.startswith("d") or len(claim) != 9:
        return None
    try:
        return date(int(claim[1:5]), int(claim[5:7]), int(claim[7:9]))
    except ValueError:
        return None
