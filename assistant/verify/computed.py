"""The named functions whose results a statement may hold: inputs are cited, verification computes them again."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

Trend = Literal["up", "down", "stable"]

STEADY = Fraction(1, 20)
"""A last value within 5 % of the first is stable: less than what laboratories and scales vary by from day to day."""

TREND_WORDS: dict[Trend, str] = {"up": "en hausse", "down": "en baisse", "stable": "stable"}
"""How templates say a trend."""


def trend(values: Sequence[Fraction]) -> Trend:
    """Return how a series evolved, from its first value to its last, oldest first. Raises ValueError under two values.

    >>> trend([Fraction(55), Fraction(42)]), trend([Fraction(100), Fraction(104)])
    ('down', 'stable')
    """
    if len(values) < 2:
        raise ValueError("a trend needs two values")
    change = values[-1] - values[0]
    if abs(change) <= STEADY * abs(values[0]):
        return "stable"
    return "up" if change > 0 else "down"


def difference(first: Fraction, last: Fraction) -> Fraction:
    """Return what a value gained (or lost, below zero) since an earlier one."""
    return last - first


def days_between(first: date, last: date) -> int:
    """Return the days from one day to another; both days counted, it is one more."""
    return (last - first).days


def age_on(birth: date, day: date) -> int:
    """Return an age in whole years.

    >>> age_on(date(1944, 3, 12), date(2025, 3, 11))
    80
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
