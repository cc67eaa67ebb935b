"""What a sentence bears, seen without understanding it: a measure, a dose, a date, a cause, a denial, …

The patterns of ``marks.tsv`` are looked for in folded text.
"""

import functools
import re
from importlib import resources

_DATE = re.compile(
    r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](?:20)?(\d\d))?\b|\b(20\d\d)-(\d\d)-(\d\d)\b|\b(\d{1,2})(?:er)? ([a-zéû]{3,9})\b"
)
_MONTHS: tuple[str, ...] = ("janvier", "fevrier", "mars", "avril", "mai", "juin")
_MONTHS += ("juillet", "aout", "septembre", "octobre", "novembre", "decembre")


def marks_of(folded: str) -> frozenset[str]:
    """Return the names of the marks that a folded text bears."""
    return frozenset(name for name, pattern in _patterns() if pattern.search(folded))


def days_of(folded: str) -> frozenset[str]:
    """Return the days named in a folded text, as ``MMDD``."""
    found = set()
    for match in _DATE.finditer(folded):
        day, month, _, _, iso_month, iso_day, long_day, long_month = match.groups()
        if day:
            found.add(f"{int(month):02}{int(day):02}")
        elif iso_month:
            found.add(f"{iso_month}{iso_day}")
        elif long_month in _MONTHS:
            found.add(f"{_MONTHS.index(long_month) + 1:02}{int(long_day):02}")
    return frozenset(found)


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = resources.files("assistant").joinpath("marks.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((mark, re.compile(pattern)) for mark, pattern in rows)
