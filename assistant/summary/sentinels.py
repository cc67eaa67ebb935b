"""Lines that must not pass unseen: they hold a word of a critical part, and extraction made nothing of them.

A part of a summary that says nothing tells a reader that the record is silent: that has to be true.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.chart import Chart
from assistant.summary.tables import rows
from ingestion.facts.types import Fact, Held, Kind, StoredFact
from ingestion.normalise import fold
from ingestion.record.types import DocumentRow
from ingestion.units import units_of

_MOST = 4
"""Lines quoted in one part, the newest first."""

_KINDS: dict[str, Kind] = {
    "allergies": "allergy",
    "devices": "device",
    "resistance": "microorganism",
    "directives": "directive",
    "awaited": "awaited",
}


@dataclass(frozen=True)
class _Sentinel:
    part: str
    when: str
    days: str
    pattern: re.Pattern[str]


def unseen(chart: Chart, part: str, *, empty: bool) -> list[Held]:
    """Return the lines of a part of which no fact of its kind was made, newest first, each wording once."""
    watching = [sentinel for sentinel in _sentinels() if sentinel.part == part and (empty or sentinel.when == "always")]
    told: set[str] = set()
    found: list[Held] = []
    for row in sorted(chart.documents, key=lambda row: row.date.isoformat() if row.date else "", reverse=True):
        patterns = [sentinel.pattern for sentinel in watching if _is_news(chart, row, sentinel.days)]
        for line in _lines(chart, row, patterns, _KINDS[part]) if patterns else ():
            words = " ".join(fold(line.quote).split())
            if words not in told and len(found) < _MOST:
                told.add(words)
                found.append(Held(line))
    return found


def _is_news(chart: Chart, row: DocumentRow, days: str) -> bool:
    if days == "*":
        return True
    if days == "-":
        return chart.last_stay is None or row.stay == chart.last_stay.id
    return row.date is not None and row.date.date().isoformat() >= chart.days_before(int(days))


def _lines(chart: Chart, row: DocumentRow, patterns: Sequence[re.Pattern[str]], kind: Kind) -> Iterator[StoredFact]:
    """Yield the lines of a document that hold a pattern and no fact of this kind."""
    text = chart.archive.text(row.id)
    known = [
        (place.fact.start, place.fact.end)
        for held in chart.held
        if held.fact.fact.kind == kind
        for place in (held.fact, *held.also)
        if place.document == row.id
    ]
    for unit in units_of(text):
        words = text[unit.start : unit.end]
        if any(start < unit.end and unit.start < end for start, end in known):
            continue
        if any(pattern.search(fold(words)) for pattern in patterns):
            # A line that nothing was made of is neither affirmed nor denied: it is quoted whole.
            fact = Fact(kind, "", words, unit.start, unit.end, polarity="hypothetical", header=unit.header)
            yield StoredFact(fact, row.id, row.pk, row.kind, row.title, row.date, words)


@cache
def _sentinels() -> tuple[_Sentinel, ...]:
    return tuple(_Sentinel(part, when, days, re.compile(pattern)) for part, when, days, pattern in rows("sentinels"))
