"""What a patient is treated with at a moment: the lines that are on, and those that the last list passes over."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ingestion.facts.authority import document_class
from ingestion.facts.chronology import Chronology, days_between, written_of
from ingestion.facts.doses import differ, has_dose
from ingestion.facts.types import Held, StoredFact
from ingestion.facts.verdicts_on_medicines import ENDS, NO_ACT, is_order, replaces
from ingestion.lexicon.folding import fold

_OFF = ENDS | NO_ACT
_LISTS = frozenset({"order", "discharge", "reconciliation"})
_SHORTEST_LIST = 2
_TOGETHER = 2
"""Days between the lists of one discharge: a prescription and the letter that repeats it."""

_DURATION = re.compile(r"\b(\d{1,3}) ?(j|jours?|jrs?|semaines?|sem)\b")
"""Durations after which a treatment is over; months are those of a supply, renewed by the general practitioner."""

_LASTING = re.compile(r"renouvel|au long cours|a reevaluer|a vie|sans interruption|qsp")
_DAYS = {"j": 1, "s": 7}


def current_medications(held: Sequence[Held], as_of: datetime) -> tuple[Held, ...]:
    """Return the lines of treatment that are on at ``as_of``, in order of names."""
    lines = _lines(held)
    chronology = Chronology(item.fact for item in held)
    day = as_of.isoformat()[:10]
    last = _last_lists(lines, chronology, day)
    open_lines = [item for item in lines if item.stands and _is_on(item.fact, chronology, day)]
    if last:
        since = max(written_of(item.fact) for item in last)
        kept = {item.fact for item in last}
        open_lines = [
            item
            for item in open_lines
            if item.fact in kept or chronology.order(item.fact)[:3] > (since[:10], True, since)
        ]
    return tuple(_most_telling(open_lines, chronology))


def unaccounted_medications(held: Sequence[Held], as_of: datetime) -> tuple[Held, ...]:
    """Return the lines of before the last discharge list, one per medicine, that it neither keeps nor stops."""
    lines = _lines(held)
    chronology = Chronology(item.fact for item in held)
    day = as_of.isoformat()[:10]
    last = _last_lists(lines, chronology, day)
    if not last:
        return ()
    told = {item.fact.fact.name for item in last}
    since = chronology.admission(max(written_of(item.fact)[:10] for item in last))
    before = [
        item
        for item in lines
        if item.stands and item.fact.fact.name not in told and _is_on(item.fact, chronology, day)
        if item.fact.fact.detail("moment") == "entry" and chronology.day(item.fact) >= since
        if not any(replaces(line.fact, item.fact.fact.name) for line in last)
    ]
    return tuple(_most_telling(before, chronology))


def _lines(held: Iterable[Held]) -> list[Held]:
    return [item for item in held if item.fact.fact.kind == "medication" and item.fact.fact.subject == "patient"]


def _last_lists(lines: Sequence[Held], chronology: Chronology, day: str) -> list[Held]:
    """Return what the last discharge lists keep and stop; nothing when the patient came back since."""
    lists: dict[int, list[Held]] = {}
    for item in lines:
        stored = item.fact
        is_list = stored.fact.detail("moment") == "discharge" and document_class(stored.kind, stored.title) in _LISTS
        if is_list and "" < written_of(stored)[:10] <= day:
            lists.setdefault(stored.document_pk, []).append(item)
    long_enough = [items for items in lists.values() if len(items) >= _SHORTEST_LIST]
    newest = max((written_of(items[0].fact)[:10] for items in long_enough), default="")
    if not newest or chronology.admission(day) > newest:
        return []
    pks = {items[0].fact.document_pk for items in long_enough if _together(items[0].fact, newest)}
    said = [item for item in lines if item.fact.document_pk in pks]
    return [
        item
        for item in said
        if item.fact.fact.detail("moment") == "discharge" or item.fact.fact.detail("event") in _OFF
    ]


def _together(stored: StoredFact, newest: str) -> bool:
    gap = days_between(written_of(stored), newest)
    return gap is not None and gap <= _TOGETHER


def _is_on(stored: StoredFact, chronology: Chronology, day: str) -> bool:
    fact = stored.fact
    if (
        fact.polarity != "affirmed"
        or fact.detail("state") in ("administered", "mentioned")
        or fact.detail("moment") == "past"
    ):
        return False
    started = (fact.detail("start") or chronology.day(stored))[:10]
    return fact.detail("event") not in _OFF and started <= day and not _is_over(stored, started, day)


def _is_over(stored: StoredFact, started: str, day: str) -> bool:
    """Say whether a treatment has run its time: a stop that was given, or a duration."""
    fact = stored.fact
    if re.match(r"\d{4}-\d\d", fact.detail("stop")):
        return fact.detail("stop")[:10] < day[: len(fact.detail("stop")[:10])]
    duration = _DURATION.search(fold(fact.detail("duration")))
    if duration is None or len(started) < 10 or _LASTING.search(fold(stored.quote)):
        return False
    end = datetime.fromisoformat(started) + timedelta(days=int(duration[1]) * _DAYS[duration[2][0]])
    return end.isoformat()[:10] < day


def _most_telling(lines: Sequence[Held], chronology: Chronology) -> list[Held]:
    """Keep for each medicine and state its last order, else its last list of entry, else its last mention.

    Lines of that same document are all kept when they differ: one in the morning, another in the evening.
    """
    groups: dict[tuple[str, bool], list[Held]] = {}
    for item in lines:
        groups.setdefault((item.fact.fact.name, item.fact.fact.detail("state") == "taken"), []).append(item)
    kept: list[Held] = []
    for _, group in sorted(groups.items()):
        best = max(group, key=lambda item: (*_weight(item.fact), chronology.order(item.fact)))
        beside = [
            item
            for item in group
            if item.fact.document_pk == best.fact.document_pk
            and item is not best
            and _weight(item.fact) == _weight(best.fact)
            and differ(item.fact.fact, best.fact.fact)
        ]
        kept += sorted([best, *beside], key=lambda item: item.fact.fact.start)
    return kept


def _weight(stored: StoredFact) -> tuple[bool, bool]:
    """Return what tells most: what was decided or listed before what is mentioned, a dose before none."""
    listed = document_class(stored.kind, stored.title) in ("admission", "outside", "reconciliation")
    return is_order(stored) or listed, has_dose(stored.fact)
