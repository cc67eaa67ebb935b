"""The slots of a medication fact: what a line says of one medicine, in the words of the contract."""

import re
from dataclasses import replace

from ingestion.facts.context import effective_of, since_of
from ingestion.facts.medication_events import Event
from ingestion.facts.medication_lines import MedicineLine, Reading
from ingestion.facts.medication_reasons import reason_of
from ingestion.facts.medication_tables import Columns, columns_of
from ingestion.facts.posology import Posology, posologies_of
from ingestion.types import Offsets

_FORMER = re.compile(
    r"(?:etait|avant|au lieu de|contre|anciennement|remplace|vs)\W{0,3}(?:a |de )?"
    r"(\d+(?:[.,]\d+)? ?(?:[mu]?g|ui|ml)(?:/[a-z0-9]+)*)(?![a-z])"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DOSED = {"started", "resumed", "increased", "decreased", "changed", "continued", "planned"}
_REASONED = {"stopped", "suspended", "replaced", "decreased", "increased", "changed", "not_given", "refused", "started"}


def posology_slots(view: MedicineLine, reading: Reading, posology: Posology) -> dict[str, str]:
    """Return how a medicine is taken; a slot that the line does not give is empty."""
    first = posology is reading.posologies[0]
    columns = columns_of(view.source, view.line, view.dates) if first else Columns()
    return {
        "brand": reading.mention.brand,
        "atc": reading.mention.atc,
        "strength": posology.strength,
        "intake": posology.intake,
        "route": posology.route,
        "frequency": columns.frequency or posology.frequency,
        "duration": posology.duration,
        "condition": posology.condition,
        "basis": posology.basis,
        "start": date_at(view, posology.start) or columns.start,
        "stop": date_at(view, posology.stop) or columns.stop,
    }


def event_slots(view: MedicineLine, reading: Reading, event: Event | None, name: str, listed: bool) -> dict[str, str]:
    """Return why an event happened, from which dose, and which medicine took over from which.

    ``listed`` tells that a heading, or a label, tells the event of a whole list: there a colon opens the reason.
    """
    slots = {"event": name, "reason": "", "replaces": "", "replaced_by": ""}
    if name in _REASONED:
        slots["reason"] = _reason(view, reading, event, listed)
    if event and event.other is not None:
        other = view.readings[event.other].mention.name
        slots["replaces" if event.event == "started" else "replaced_by"] = other
    former = _FORMER.search(view.words, reading.place.end, view.limit(reading))
    slots["previous"] = view.text[slice(*former.span(1))] if former else ""
    return slots


def dose_of_event(view: MedicineLine, reading: Reading, event: Event) -> Posology:
    """Return the dose that an event leads to ("abaissée à 12 UI", the former dose kept beside), else the medicine's."""
    first = reading.posologies[0]
    tags = event.trigger.form == "mark" and bool(first.value)  # "20 mg   NOUVEAU (40 mg jusqu'au 12/06)"
    if tags or event.event not in _DOSED or event.trigger.start < reading.place.end:
        return first
    spans = [(start, end) for start, end, _ in view.dates]
    told = posologies_of(view.text, event.trigger.end, view.limit(reading), spans)[0]
    if not (told.value and told.unit) or (event.trigger.end <= reading.place.reach and told.value == first.value):
        return first
    former = " ".join(filter(None, (first.value, first.unit))) if first.value != told.value else ""
    return replace(told, previous=told.previous or first.previous or former)


def change_between(before: str, after: str) -> str:
    """Return the event that leads from a dose to another: increased, decreased, or changed when they do not compare."""
    numbers = [float(found[0].replace(",", ".")) for dose in (before, after) if (found := _NUMBER.search(dose))]
    units = [re.sub(r"[\d\s.,]", "", dose) for dose in (before, after)]
    if len(numbers) < 2 or numbers[0] == numbers[1] or (all(units) and units[0] != units[1]):
        return "changed"
    return "increased" if numbers[1] > numbers[0] else "decreased"


def moment_of_event(view: MedicineLine, reading: Reading, event: Event | None) -> str:
    """Return when a fact holds: its event's date ("suspendue depuis le 10/02" included), else the medicine's."""
    line = view.line
    if event is None:
        return effective_of(view.source, line, line.start + reading.place.start, line.start + reading.place.end)
    span = (line.start + event.trigger.start, line.start + event.trigger.end)
    return since_of(view.source, line, *span) or effective_of(view.source, line, *span)


def date_at(view: MedicineLine, span: Offsets | None) -> str:
    """Return the date of a span of the line, ISO 8601, or an empty string."""
    return next((iso for start, _, iso in view.dates if span and start == span[0]), "")


def date_behind(view: MedicineLine, position: int) -> str:
    """Return the first date close behind a position of the line, or an empty string."""
    return next((iso for start, _, iso in view.dates if position <= start <= position + 25), "")


def _reason(view: MedicineLine, reading: Reading, event: Event | None, listed: bool) -> str:
    """Return the reason that stands behind the event, or behind the medicine in a list of what was stopped."""
    limit, place = _end_of_clause(view, reading), reading.place
    positions = [place.reach, place.end]
    if event is not None and event.trigger.start >= place.end:
        positions = [place.reach, event.trigger.end] if listed else [event.trigger.end]
    for position in positions:
        reason = reason_of(view.text[position:limit], listed) if position < limit else ""
        if _names_only(view, reason):
            continue
        return reason
    return ""


def _names_only(view: MedicineLine, reason: str) -> bool:
    """Say whether a reason is none: names of medicines in brackets."""
    for other in view.readings:
        reason = reason.replace(other.mention.label, "").replace(other.mention.brand or "\n", "")
    return not reason.strip(" ,/()")


def _end_of_clause(view: MedicineLine, reading: Reading) -> int:
    """Return where what is said of a medicine ends: the next one of the list; one named in a reason does not end it."""
    for other in view.readings[reading.rank + 1 :]:
        if re.search(r"(?:^|[;/+,]|\s-|\bet)\s*(?:(?:le|la|les|l'|du|de|d')\s*)*$", view.words[: other.place.lead]):
            return other.place.lead
    return len(view.text)
