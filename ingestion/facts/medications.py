"""Medicines of a document: what is prescribed, given or taken, and what happens to it.

A medicine is dosed, listed as a treatment, denied, or something happens to it; a name of which nothing is said is a
fact in the state "mentioned", which tells of no order. Names of allergies, of antibiograms, of levels in blood and of
contrast agents are left to others.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingestion.facts.context import certainty_of, polarity_of, subject_of
from ingestion.facts.medication_columns import doses_below
from ingestion.facts.medication_events import Event
from ingestion.facts.medication_lines import MedicineLine, Reading, read_dose, read_line
from ingestion.facts.medication_setting import Setting, State, is_listed, setting_of
from ingestion.facts.medication_slots import (
    change_between,
    date_at,
    date_behind,
    dose_of_event,
    event_slots,
    moment_of_event,
    posology_slots,
)
from ingestion.facts.medication_steps import steps_below
from ingestion.facts.medicine_mentions import medicine_mentions
from ingestion.facts.medicine_roles import (
    is_answered_no,
    is_conditional,
    is_denied,
    is_harm,
    is_no_treatment,
    is_ruled_out,
    is_supposed,
    is_treatment,
)
from ingestion.facts.posology import Posology
from ingestion.facts.types import Fact, Polarity, Source

_STATES: dict[str, State] = {"given": "administered", "taken": "taken", "prescribed": "prescribed"}
_ONLY_IF = re.compile(r"(?<![a-z])ne (?:sera|seront|pourra|devra|peut|doit)(?:it)? (?:pas )?(?:etre )?$")
_BARE_ITEM = re.compile(r"\s*(?:$|[,;/+.)|(\[>-]|et\b|\d)")
"""What may stand behind an item of a list that has no dose: a colon would open a remark."""
_SILENT = {*_STATES, "last", "dropped"}
"""Words of the table that tell a state, a date or an idea given up, and no event."""


def find_medications(source: Source) -> list[Fact]:
    """Return the medication facts of a document, in order of their lines."""
    headers = {line.header for line in source.lines}
    found: list[Fact] = []
    for line, mentions in medicine_mentions(source):
        if (line.start, line.end) in headers:
            below = list(doses_below(source, line, mentions))
        else:
            found.extend(_facts_of_line(read_line(source, line, mentions)))
            steps = steps_below(source, line) if len(mentions) == 1 else ()
            below = [(step, mentions[0], start) for step, start in steps]
        found.extend(_fact_below(read_dose(source, *dosed)) for dosed in below)
    return sorted(dict.fromkeys(found), key=lambda fact: fact.start)  # a name said twice in a line is one fact


def _fact_below(view: MedicineLine) -> Fact:
    """Return the fact of a line that only doses a medicine named above it."""
    reading = view.readings[0]
    dose = reading.posologies[-1]
    told = "planned" if _is_to_come(view, dose) else ""
    return _fact(view, reading, dose, (told, None), setting_of(view.source, view.line, 0), False)


def _facts_of_line(view: MedicineLine) -> Iterator[Fact]:
    listed, denied = False, False
    setting = setting_of(view.source, view.line, view.readings[0].place.start)
    for reading in view.readings:
        joined = reading.rank > 0 and bool(view.readings[reading.rank - 1].place.joined)
        listed = is_listed(setting, view.before(reading), previous_listed=listed)
        denied = (
            (joined and denied) or is_denied(view.words[: reading.place.lead]) or is_answered_no(view.after(reading))
        )
        # What a list of stops names beside its items is a reason: "PLAVIX : hémorragie sous ELIQUIS".
        own = setting if listed or reading.rank == 0 or joined else replace(setting, event="")
        if is_harm(view.source, view.line, reading.mention):
            reading = replace(reading, events=tuple(e for e in reading.events if e.event not in _STATES))
        if is_no_treatment(view.source, view.line, reading.mention, any(reading.posologies) or denied):
            continue
        if _is_fact(view, reading, listed, own.event, denied):
            yield from _facts_of(view, reading, own, denied)
        elif not reading.mention.group and is_treatment(view.source, view.line, reading.mention):
            yield from _facts_of(view, reading, replace(own, state="mentioned"), denied)


def _is_fact(view: MedicineLine, reading: Reading, listed: bool, of_place: str, denied: bool) -> bool:
    """Say whether the line says something of a medicine as a treatment."""
    dosed, events = any(reading.posologies), [event.event for event in reading.events]
    happened = any(event not in _SILENT for event in events)
    if is_harm(view.source, view.line, reading.mention):
        return happened or dosed
    if reading.mention.group:
        return happened or denied or (bool(of_place) and listed)
    if (
        _is_to_come(view, reading.posologies[0])
        or dosed
        or denied
        or events
        or of_place
        or is_ruled_out(view.after(reading))
        or _shares_dose(view, reading)
    ):
        return True
    listed = listed or _is_enumerated(view, reading)
    return listed and bool(_BARE_ITEM.match(view.words, reading.place.reach))


def _is_enumerated(view: MedicineLine, reading: Reading) -> bool:
    """Say whether a name ends a list of which two items at least are dosed ("CORTANCYL 5, AMLOR 5, bisoprolol")."""
    joined = reading.rank > 0 and view.readings[reading.rank - 1].place.joined
    return bool(joined) and sum(bool(other.posologies[0].value) for other in view.readings) > 1


def _shares_dose(view: MedicineLine, reading: Reading) -> bool:
    """Say whether a name is joined to the next, which has a dose ("paracétamol + OXYNORM 5 mg")."""
    following = view.readings[reading.rank + 1 : reading.rank + 2]
    return bool(reading.place.joined in ("+", "et") and following and any(following[0].posologies))


def _facts_of(view: MedicineLine, reading: Reading, setting: Setting, denied: bool) -> Iterator[Fact]:
    """Yield a fact for each event of a medicine, or one without event, then one for each further dose."""
    events = {event.event: event for event in reading.events if event.event not in _SILENT}
    for less, more in (("planned", "given"), ("not_given", "stopped"), ("not_given", "suspended")):
        if more in events or any(event.event == more for event in reading.events):
            events.pop(less, None)
    first, *others = reading.posologies
    of_place = setting.event or ("planned" if _is_to_come(view, first) else "")
    if of_place == "stopped" and "replaced" in events:
        events.pop("stopped", None)
    for name, event in events.items():
        posology = dose_of_event(view, reading, event)
        name = "stopped" if of_place == "stopped" and name in ("not_given", "replaced") else name
        ends = (
            name == "stopped"
            and posology.value
            and setting.moment == "discharge"
            and _is_end(view, reading, event, posology)
        )
        yield _fact(view, reading, posology, (of_place if ends else name, event), setting, denied)
    if not events:
        changed = change_between(first.previous, f"{first.value} {first.unit}") if first.previous else of_place
        yield _fact(view, reading, first, (changed, None), setting, denied)
    for before, posology in zip(reading.posologies, others, strict=False):
        yield _fact(view, reading, posology, (_name_of_step(view, before, posology), None), setting, denied)


def _is_to_come(view: MedicineLine, posology: Posology) -> bool:
    """Say whether a posology starts after the day of the document."""
    start = date_at(view, posology.start or posology.at)
    return bool(start and view.source.date and start[:10] > view.source.date.date().isoformat())


def _is_end(view: MedicineLine, reading: Reading, event: Event, posology: Posology) -> bool:
    """Say whether "stop" only tells the last day of a course that goes on ("20 mg 1/j, stop le 07/04")."""
    end = date_at(view, posology.stop) or moment_of_event(view, reading, event)
    return bool(end and view.source.date and end[:10] > view.source.date.date().isoformat())


def _name_of_step(view: MedicineLine, before: Posology, after: Posology) -> str:
    """Return what a further dose is: planned when it is to come, else a change when both are dated and compare."""
    if _is_to_come(view, after):
        return "planned"
    if not (before.value and after.value and after.start):
        return ""
    change = change_between(f"{before.value} {before.unit}", f"{after.value} {after.unit}")
    return "" if change == "changed" else change


def _fact(
    view: MedicineLine,
    reading: Reading,
    posology: Posology,
    event: tuple[str, Event | None],
    setting: Setting,
    denied: bool,
) -> Fact:
    name, told = event
    line, place = view.line, reading.place
    span = (line.start + place.start, line.start + place.end)
    slots = posology_slots(view, reading, posology) | event_slots(view, reading, told, name, bool(setting.event))
    slots["previous"] = posology.previous or slots["previous"]
    slots["state"] = next((_STATES[e.event] for e in reading.events if e.event in _STATES), setting.state)
    slots["moment"] = setting.moment
    last = next((e for e in reading.events if e.event == "last"), None)
    if last is not None and not slots["stop"]:
        slots["stop"] = date_behind(view, max(last.trigger.end, place.end))
    if told is not None and told.event == "stopped" and name != "stopped":
        slots["stop"] = slots["stop"] or moment_of_event(view, reading, told)
    return Fact(
        kind="medication",
        name=reading.mention.name,
        label=reading.mention.label,
        start=line.start,
        end=line.end,
        value="" if reading.mention.atc.startswith("J07") and not posology.unit else posology.value,
        unit=posology.unit,
        polarity=_polarity(view, reading, event, denied),
        subject=subject_of(view.source, line, *span),
        certainty=certainty_of(view.source, line, *span),
        effective=_moment(view, reading, event, posology),
        header=line.header,
        details=tuple((slot, value) for slot, value in slots.items() if value),
    )


def _is_to_be_decided(view: MedicineLine, reading: Reading, told: Event) -> bool:
    """Say whether an event is still to come: "ne sera repris que …", "suspendu, réintroduction par …"."""
    if _ONLY_IF.search(view.words, 0, told.trigger.start):
        return True
    before = [event for event in reading.events if event.trigger.start < told.trigger.start]
    off = any(event.event in ("stopped", "suspended", "not_given") for event in before)
    again = told.event in ("resumed", "started") and told.trigger.form in ("noun", "verb")
    return off and again and not date_behind(view, told.trigger.end)


def _moment(view: MedicineLine, reading: Reading, event: tuple[str, Event | None], posology: Posology) -> str:
    """Return when a fact holds: what is planned at its start, a further dose on its own day."""
    name, told = event
    if name == "planned" and (start := date_at(view, posology.start)):
        return start
    if told is None and posology.previous and (day := date_at(view, posology.at)):
        return day
    if posology is not reading.posologies[0] and (day := date_at(view, posology.at or posology.start)):
        return day
    return moment_of_event(view, reading, told)


def _polarity(view: MedicineLine, reading: Reading, event: tuple[str, Event | None], denied: bool) -> Polarity:
    """Return how a fact is meant; an event that says no ("non repris") needs no other denial."""
    name, told = event
    after = view.after_joined(reading)
    if name in ("", "planned", "started", "replaced") and (
        is_ruled_out(after) or any(e.event == "dropped" for e in reading.events)
    ):
        return "ruled_out"
    if denied and told is None:
        return "negated"
    if is_supposed(view.words[: reading.place.lead], after):
        return "hypothetical"
    if told is not None and name in ("stopped", "suspended", "resumed", "started", "increased", "decreased"):
        if _is_to_be_decided(view, reading, told):
            return "hypothetical"
        last = view.last_joined(reading)
        start = told.trigger.end if told.trigger.form == "participle" else max(told.trigger.end, last.place.end)
        if is_conditional(view.words[start : min(start + 80, view.limit(last))]):
            return "hypothetical"
    if name == "not_given":
        return "affirmed" if reading.posologies[0].value and not denied else "negated"
    if denied or any(e.denied and e.event == "taken" for e in reading.events):
        return "affirmed" if name in ("stopped", "continued", "suspended") else "negated"
    if told is not None or any(reading.posologies):
        return "affirmed"
    start = view.line.start
    return polarity_of(view.source, view.line, start + reading.place.start, start + reading.place.end)
