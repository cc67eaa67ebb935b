"""Tell what happened to one patient in order of time: stays, acts, treatments, events, values, each with its proof."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import get_args

from assistant.chart import Chart
from assistant.overviews import EventKind, Timeline, TimelineEvent
from assistant.proof import citations_of, prove
from assistant.sentences import several_measures, wordings
from assistant.stays import stay_statement
from ingestion.facts.history import moment_of
from ingestion.facts.types import Fact, Held

_AT_ONCE = 8
"""Values of one document and day told together."""

_ROLES = frozenset(("diagnosis", "complication", "reason"))
_LASTING = frozenset(("planned", "continued"))
"""What happens to a medicine that is no event."""


def timeline_of(chart: Chart) -> Timeline:
    """Return what happened, oldest first; what has no date, what is denied and what was set aside is left out."""
    events = [*_stays(chart), *_once(_facts(chart)), *_values(chart)]
    ordered = sorted(events, key=lambda event: (event.date, _KINDS.index(event.kind)))
    return Timeline(tuple(ordered), chart.now.isoformat(timespec="seconds"), chart.sources)


_KINDS: tuple[EventKind, ...] = get_args(EventKind)


def _stays(chart: Chart) -> Iterator[TimelineEvent]:
    for stay in chart.stays:
        statement = stay_statement(stay)
        if stay.admitted and statement is not None:
            end = stay.discharged.isoformat() if stay.discharged else ""
            yield TimelineEvent(stay.admitted.isoformat(), end, "stay", statement)


def _facts(chart: Chart) -> Iterator[TimelineEvent]:
    """Yield one event a thing and day; the first fact of a line speaks for it."""
    for kind in _KINDS:
        for item in _happened(chart, kind):
            words = wordings(item, chart.archive, sourced=False)
            statement = prove(words, citations_of((item,), chart.archive), chart.archive)
            if statement is not None:
                yield TimelineEvent(_when(item), "", kind, statement)


def _happened(chart: Chart, kind: EventKind) -> Iterator[Held]:
    """Yield the facts of a kind that are events, each thing once a day."""
    if kind == "stay" or kind == "measurement":
        return
    seen: set[tuple[str, str]] = set()
    for item in chart.standing(kind):
        key = item.fact.fact.name, _when(item)[:10]
        if key[1] and key not in seen and _is_event(item.fact.fact) and _when(item) <= _end_of(chart):
            seen.add(key)
            yield item


def _is_event(fact: Fact) -> bool:
    if fact.polarity != "affirmed":
        return False
    match fact.kind:
        case "problem":
            return fact.detail("role") in _ROLES or bool(fact.effective)
        case "medication":
            return bool(fact.detail("event")) and fact.detail("event") not in _LASTING
        case "device":
            return bool(fact.detail("placed") or fact.detail("removed") or fact.effective)
        case "allergy":
            return bool(fact.effective)
    return True


def _once(events: Iterable[TimelineEvent]) -> Iterator[TimelineEvent]:
    """Yield the events whose words were not told for the same day: one line may hold several facts."""
    told: set[tuple[str, str]] = set()
    for event in events:
        key = event.date[:10], event.statement.text
        if key not in told:
            told.add(key)
            yield event


def _values(chart: Chart) -> Iterator[TimelineEvent]:
    """Yield the values of one document and day together, a few at once."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for item in chart.standing("measurement"):
        if item.fact.fact.value and item.fact.fact.polarity == "affirmed" and _when(item):
            groups[item.fact.document, _when(item)[:10]].append(item)
    for (_, day), items in groups.items():
        for first in range(0, len(items), _AT_ONCE):
            chosen = items[first : first + _AT_ONCE]
            citations = citations_of(chosen, chart.archive)
            statement = prove(several_measures(chosen), citations, chart.archive)
            if statement is not None:
                yield TimelineEvent(day, "", "measurement", statement)


def _when(item: Held) -> str:
    """Return when something happened: the day it was placed or removed when the record gives one."""
    fact = item.fact.fact
    told = next((day for slot in ("removed", "placed") if (day := fact.detail(slot)) not in ("", "true")), "")
    return told or moment_of(item.fact)


def _end_of(chart: Chart) -> str:
    return f"{chart.now.date().isoformat()}T99"
