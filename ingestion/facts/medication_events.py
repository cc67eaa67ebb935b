"""What happens to the medicines of a line: which event strikes which medicine, on which side of it.

The words are rows of ``medication_events.tsv``. "Arrêt de X" acts on what follows, "X arrêté" on what precedes,
"a arrêté X" on what follows; a plural or a noun reaches the medicines joined by commas and "et".
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from ingestion.facts.medication_triggers import Trigger, triggers_in
from ingestion.facts.patterns import pattern

_expression = partial(pattern, "medication_patterns")


@dataclass(frozen=True)
class Place:
    """Where a line names a medicine: offsets in the line.

    ``lead`` is where the dose that leads to the name starts, ``start:end`` the name, ``reach`` where its posology
    ends; ``joined`` is the ",", "/", "+", "et" or "par" that alone parts it from the next ("" if other words do),
    ``group`` tells of a class ("AINS").
    """

    lead: int
    start: int
    end: int
    reach: int
    joined: str = ""
    group: bool = False


@dataclass(frozen=True)
class Event:
    """An event of one medicine (its rank in the line), the trigger that tells it and the other medicine it names."""

    event: str
    medicine: int
    trigger: Trigger
    denied: bool = False
    other: int | None = None


def events_in(words: str, places: Sequence[Place]) -> list[Event]:
    """Return the events of the medicines of a line, in order of their triggers.

    ``words`` is plain text whose dates are masked by as many "#".
    """
    events: list[Event] = []
    for trigger in triggers_in(words):
        if any(place.lead <= trigger.start < place.end for place in places):
            continue
        struck = {event.medicine for event in events}
        events.extend(
            _taking_over(words, places, trigger) if trigger.form == "link" else _struck(words, places, trigger, struck)
        )
    return events


@lru_cache(maxsize=512)
def event_of_title(title: str) -> str:
    """Return the event that a heading or a label tells of all that stands under it ("ARRÊTÉS :"), or ""."""
    found = {_DENIED.get(t.event, "") if t.denied else t.event for t in triggers_in(title)}
    if found == {"stopped", "suspended"}:
        return "stopped"
    return found.pop() if len(found) == 1 and found <= _TITLES else ""


_TITLES = {"stopped", "suspended", "started", "resumed", "increased", "decreased", "continued", "not_given", "changed"}
_DENIED = {
    "stopped": "continued", "suspended": "continued", "started": "not_given", "resumed": "not_given",
    "continued": "stopped", "given": "not_given", "taken": "taken", "prescribed": "prescribed", "last": "last",
    "not_given": "not_given",
}  # fmt: skip
_LONGEST_GAP = 70
_CLOSE = {"given", "planned", "prescribed", "not_given", "last"}
"""Events whose words are so common that they must stand right beside the medicine."""


def _struck(words: str, places: Sequence[Place], trigger: Trigger, struck: Collection[int]) -> Iterator[Event]:
    """Yield the events of a trigger: on the medicine it leads to, else on the one it follows."""
    ahead = _ahead(words, places, trigger)
    behind = _behind(words, places, trigger, struck)
    if trigger.form == "participle" and not _leads(words, places, trigger):
        ahead = None
    if (
        behind is not None
        and ahead is not None
        and trigger.form != "participle"
        and _tags(words, places[behind], trigger)
    ):
        ahead = None
    if ahead is not None:
        denied = trigger.denied or bool(
            re.search(r"(?<![a-z])(?:pas|jamais|aucune?|ni)(?![a-z])", words[trigger.end : places[ahead].lead])
        )
        for rank in _reached(words, places, trigger, ahead) if not denied or trigger.event in _DENIED else ():
            yield _event(trigger, rank, denied)
    elif behind is not None:
        if trigger.denied and trigger.event not in _DENIED:
            return
        for rank in _reached_back(words, places, trigger, behind):
            yield _event(trigger, rank, trigger.denied)


def _reached(words: str, places: Sequence[Place], trigger: Trigger, rank: int) -> range:
    """Return what "arrêt de A, B" or "prend A 5 mg, B" reaches; a dose ends the list of what is stopped."""
    last = _chain(places, rank)[-1]
    if trigger.event in ("taken", "prescribed"):
        partitive = _expression("partitive")
        while last + 1 < len(places) and partitive.search(words, places[last].reach, places[last + 1].lead):
            last = _chain(places, last + 1)[-1]
    else:
        last = next((r for r in range(rank, last) if _breaks(places, r)), last)
    return range(rank, last + 1)


def _breaks(places: Sequence[Place], rank: int) -> bool:
    """Say whether a list ends here: behind a dose, from a class to a name ("arrêt AINS, …"), before a first dose."""
    place, following = places[rank], places[rank + 1]
    dosed = following.reach > following.end
    if place.joined in ("et", "par"):
        return False
    return place.reach > place.end or (place.group and not following.group) or (place.joined == "," and dosed)


def _reached_back(words: str, places: Sequence[Place], trigger: Trigger, rank: int) -> range:
    """Return the medicines that a plural ("A et B arrêtés"), or a noun behind bare names ("A, B : arrêt"), reaches."""
    if trigger.form == "participle" and _expression("plural").search(words, trigger.start, trigger.end):
        return _chain_back(places, rank)
    bare = places[rank].reach == places[rank].end
    if trigger.form == "noun" and bare:
        return _chain_back(places, rank, only_bare=True)
    links = ("+", "et") if words[trigger.start : trigger.end].endswith("s") else ("+",)
    return _chain_back(places, rank, links=links)


def _event(trigger: Trigger, rank: int, denied: bool) -> Event:
    event = _DENIED.get(trigger.event, trigger.event) if denied else trigger.event
    return Event(event, rank, trigger, denied)


def _leads(words: str, places: Sequence[Place], trigger: Trigger) -> bool:
    """Say whether a participle acts on what follows: "a arrêté X", or a label "arrêtés : X" that opens the line."""
    if _expression("passive").search(words, 0, trigger.start):
        return False
    if _expression("active").search(words, 0, trigger.start):
        return True
    return words[trigger.end : trigger.end + 3].lstrip().startswith(":") or not any(
        p.end <= trigger.start for p in places
    )


def _ahead(words: str, places: Sequence[Place], trigger: Trigger) -> int | None:
    """Return the medicine that a trigger leads to, with only small words between."""
    if trigger.form == "mark":
        return None
    for rank, place in enumerate(places):
        if place.lead >= trigger.end:
            return rank if _expression("towards").fullmatch(words, trigger.end, place.lead) else None
    return None


def _behind(words: str, places: Sequence[Place], trigger: Trigger, struck: Collection[int]) -> int | None:
    """Return the medicine that a trigger follows."""
    rank = max((rank for rank, place in enumerate(places) if place.end <= trigger.start), default=None)
    if (
        rank is None
        or trigger.event == "taken"
        or (trigger.form == "noun" and trigger.event in ("given", "prescribed"))
    ):
        return None
    place = places[rank]
    gap = words[min(place.reach, trigger.start) : trigger.start]
    near = (
        bool(_expression("arrow").fullmatch(gap))
        or bool(_expression("beside").fullmatch(words, min(place.reach, trigger.start), trigger.start))
        or bool(_expression("beside").fullmatch(words, place.end, trigger.start))
    )
    if trigger.form == "mark":
        return rank if near or "[" in words[place.reach : trigger.start] else None
    if trigger.form in ("noun", "verb") or (trigger.event in _CLOSE and not trigger.denied):
        near = near or bool(_expression("labelled").fullmatch(words, place.reach, max(place.reach, trigger.start)))
        near = near or ((rank in struck or trigger.event == "last") and _owns(gap))
        return rank if near and not _expression("object").match(words, trigger.end) else None
    if _expression("active").search(words, 0, trigger.start) and (
        _expression("object").match(words, trigger.end) or not re.search(r"\bqu[e']|\bl'\s*a", gap)
    ):
        return None
    return rank if near or _expression("its_dose").search(gap) or _owns(gap) else None


def _owns(gap: str) -> bool:
    """Say whether a gap between a medicine and a word leaves that word to the medicine: it brings no other subject."""
    if len(gap) > _LONGEST_GAP or _expression("new_subject").search(gap):
        return False
    items = re.split(r"[-=]+>| [/-] ", gap)
    if len(items) > 1:
        return all(_expression("beside").fullmatch(item) for item in items[1:])
    clauses = re.split(r",(?!\d)|\(", gap)
    return len(clauses) == 1 or bool(_expression("beside").fullmatch(clauses[-1]))


def _tags(words: str, place: Place, trigger: Trigger) -> bool:
    """Say whether a noun is a tag of the medicine before it: "X -> STOP", "X : arrêt", "X   ARRET"."""
    return bool(re.fullmatch(r"\s*(?:[-=]*>|:|\[|\(|\s{2})\s*", words[place.reach : trigger.start]))


def _taking_over(words: str, places: Sequence[Place], trigger: Trigger) -> Iterator[Event]:
    """Yield both sides of "X relayé par Y" and of "Y remplace X"."""
    ahead, behind = _ahead(words, places, trigger), _behind_link(words, places, trigger)
    if ahead is None:
        return
    new, old = (ahead, behind) if trigger.event == "taken_over" else (behind, ahead)
    if ahead + 1 < len(places) and _expression("from_to").match(words, places[ahead].reach, places[ahead + 1].lead):
        new, old = ahead + 1, ahead
    if trigger.denied:
        yield Event("not_given", ahead, trigger, denied=True)
        return
    if new is not None:
        yield Event("started", new, trigger, other=old)
        if places[new].joined == "par":  # "relais par AVK (warfarine)": the class, and the member that it is
            yield Event("started", new + 1, trigger, other=old)
    if old is not None and old != new:
        for rank in _chain_back(places, old) if trigger.event == "taken_over" else _chain(places, old):
            yield Event("replaced", rank, trigger, other=new)


def _behind_link(words: str, places: Sequence[Place], trigger: Trigger) -> int | None:
    rank = max((rank for rank, place in enumerate(places) if place.end <= trigger.start), default=None)
    if rank is None:
        return None
    gap = words[min(places[rank].reach, trigger.start) : trigger.start]
    return rank if len(gap) <= 2 * _LONGEST_GAP and not re.search(r"[.]\s", gap) else None


def _chain(places: Sequence[Place], rank: int) -> range:
    last = rank
    while last + 1 < len(places) and places[last].joined:
        last += 1
    return range(rank, last + 1)


def _chain_back(
    places: Sequence[Place], rank: int, only_bare: bool = False, links: Collection[str] = (",", "+", "et", "/")
) -> range:
    first = rank
    while first > 0 and places[first - 1].joined in links:
        before = places[first - 1]
        if before.reach > before.end and (only_bare or places[rank].reach == places[rank].end):
            break
        first -= 1
    return range(first, rank + 1)
