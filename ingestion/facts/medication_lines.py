"""Read a line that names medicines: where each stands, how it is taken, what happens to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingestion.facts.boxes import boxes_in
from ingestion.facts.medication_events import Event, Place, events_in
from ingestion.facts.medicine_mentions import MedicineMention
from ingestion.facts.plain import plain
from ingestion.facts.posology import Posology, dose_before, posologies_of, with_dose_before
from ingestion.facts.time import FoundDate, dates_in
from ingestion.facts.types import Line, Source
from ingestion.types import Offsets

_JOINED = re.compile(
    r"[\s)]*(?P<link>,|/|\+|\bet\b|\bou\b|&|\bni\b|\bainsi que\b)[\s,]*(?:et )?"
    r"(?:(?:le|la|les|l'|du|de la|de l'|de|d'|des|son|sa|tout|un peu de)\s*)*"
)
_CLASS_TO_NAME = re.compile(
    r"\s+(?:[a-z-]+ ){0,2}(?:par|type|a base de|avec)\s+(?:(?:le|la|les|l'|du|de la|de l'|de|d'|des)\s*)?[*_]*"
)
_FAR_DOSE = re.compile(
    r"[^.;:]{0,110}?(?<![a-z])a (?:la |une )(?:dose|posologie) (?:initiale |reduite |habituelle )?d[e'] ?"
)
_RANGE = re.compile(r"\s*(?:[-=]*>|-|au)\s*(?:le )?")
_CLASS_OPENS = re.compile(r"(?:\s+[a-z' ]{0,30})?\s*\((?:par |type |ici )?")
_LINKS = {",": ",", "/": "/", "+": "+", "&": "+"}


@dataclass(frozen=True, repr=False)
class Reading:
    """A medicine of a line: its rank, its name, its place in the line, its ways of taking and its events."""

    rank: int
    mention: MedicineMention
    place: Place
    posologies: tuple[Posology, ...]
    events: tuple[Event, ...]

    def __repr__(self) -> str:
        return f"Reading({self.mention!r}, {len(self.events)} events)"


@dataclass(frozen=True, repr=False)
class MedicineLine:
    """A line read: its text and its text in plain letters, its dates, its medicines; offsets are of the line."""

    source: Source
    line: Line
    text: str
    words: str
    dates: tuple[FoundDate, ...]
    readings: tuple[Reading, ...]

    def before(self, reading: Reading) -> str:
        """Return the plain words between the medicine before and this one."""
        start = self.readings[reading.rank - 1].place.reach if reading.rank else 0
        return self.words[start : reading.place.lead]

    def after(self, reading: Reading) -> str:
        """Return the plain words between the name of a medicine and the next medicine."""
        return self.words[reading.place.end : self.limit(reading)]

    def after_joined(self, reading: Reading) -> str:
        """Return the plain words behind the last of the medicines that "+" or "et" joins to this one."""
        return self.after(self.last_joined(reading))

    def last_joined(self, reading: Reading) -> Reading:
        """Return the last of the medicines that "+" or "et" joins to this one, or itself."""
        while reading.place.joined in ("+", "et"):
            reading = self.readings[reading.rank + 1]
        return reading

    def limit(self, reading: Reading) -> int:
        """Return where the words of the next medicine start, or the end of the line."""
        following = self.readings[reading.rank + 1 : reading.rank + 2]
        return following[0].place.lead if following else len(self.text)

    def __repr__(self) -> str:
        return f"MedicineLine({self.line!r}, {len(self.readings)} medicines)"


def read_line(source: Source, line: Line, mentions: Sequence[MedicineMention]) -> MedicineLine:
    """Read the medicines of a line; ``mentions`` are what it names, in order."""
    text = source.words(line)
    words = plain(text)
    dates = tuple(dates_in(text, source.date.date() if source.date else None))
    spans = [(mention.start - line.start, mention.end - line.start) for mention in mentions]
    leads = [
        dose_before(text, before, start)
        for before, (start, _) in zip([0, *(end for _, end in spans)], spans, strict=False)
    ]
    limits = [*leads[1:], len(text)]
    taken = [
        _posologies(text, (lead, *span, limit), dates) for lead, span, limit in zip(leads, spans, limits, strict=True)
    ]
    places = _joined(words, list(map(_place, mentions, spans, leads, taken)))
    events = events_in(_without_empty_boxes(text, _masked(words, dates)), places)
    readings = (
        Reading(rank, mention, place, posologies, tuple(event for event in events if event.medicine == rank))
        for rank, (mention, place, posologies) in enumerate(zip(mentions, places, taken, strict=True))
    )
    return MedicineLine(source, line, text, words, dates, tuple(readings))


def read_dose(source: Source, line: Line, mention: MedicineMention, start: int) -> MedicineLine:
    """Read a line that doses, from ``start`` on, a medicine that a line above names; the dose is its last posology."""
    text = source.words(line)
    dates = tuple(dates_in(text, source.date.date() if source.date else None))
    spans = [(opens, closes) for opens, closes, _ in dates]
    dose = posologies_of(text, start, len(text), spans)[0]
    bounds = [span for span in spans if span[0] >= start]
    if len(bounds) == 2 and _RANGE.fullmatch(plain(text), bounds[0][1], bounds[1][0]):
        dose = replace(dose, start=bounds[0], stop=bounds[1])
    dose = replace(dose, at=dose.at or next(iter(spans), None) if not (dose.start or dose.stop) else None)
    reading = Reading(0, mention, Place(start, start, start, dose.end), (Posology(), dose), ())
    return MedicineLine(source, line, text, plain(text), dates, (reading,))


def _posologies(text: str, place: tuple[int, int, int, int], dates: Sequence[FoundDate]) -> tuple[Posology, ...]:
    lead, start, end, limit = place
    spans = [(opens, closes) for opens, closes, _ in dates]
    first, *others = posologies_of(text, end, limit, spans)
    if not first and (far := _FAR_DOSE.match(plain(text), end, limit)):
        # "reprise du X, dès que les selles sont normales, à la dose de 15 mg": what stands between stays to be read.
        return (replace(posologies_of(text, far.end(), limit, spans)[0], end=first.end),)
    return (with_dose_before(first, text[lead:start]) if lead < start else first, *others)


def _place(mention: MedicineMention, span: Offsets, lead: int, taken: tuple[Posology, ...]) -> Place:
    return Place(lead, *span, reach=max(span[1], taken[-1].end), group=mention.group)


def _joined(words: str, places: Sequence[Place]) -> list[Place]:
    """Return the places, each with what joins it to the next."""
    joins = [_link(words, before, after) for before, after in pairwise(places)]
    return [replace(place, joined=joined) for place, joined in zip(places, [*joins, ""], strict=True)]


def _link(words: str, before: Place, after: Place) -> str:
    """Return what joins two medicines: ",", "/", "+", "et", "par" ("anticoagulation par …"), or ""."""
    if before.group and any(
        pattern.fullmatch(words, before.end, after.lead) for pattern in (_CLASS_TO_NAME, _CLASS_OPENS)
    ):
        return "par"
    match = _JOINED.fullmatch(words, before.reach, after.lead)
    return _LINKS.get(match["link"], "et") if match else ""


def _without_empty_boxes(text: str, words: str) -> str:
    """Return the words with the labels of boxes that are not ticked blanked: "Nouveau ☐ Modifié ☑" is a change."""
    boxes = boxes_in(text)
    # A line that ends with a box has its labels before their boxes; the first starts where its column does.
    before = bool(boxes) and not text[boxes[-1].end :].strip(" .;|")
    for box, edge in zip(boxes, [0, *(box.end for box in boxes)], strict=False):
        if not box.ticked:
            first, last = (
                (max(edge, words.rfind("  ", edge, box.start)), box.start) if before else (box.first, box.last)
            )
            words = words[:first] + " " * (last - first) + words[last:]
    return words


def _masked(words: str, dates: Sequence[FoundDate]) -> str:
    """Return the words with their dates masked by "#", so that a date is one kind of word."""
    for start, end, _ in dates:
        words = words[:start] + "#" * (end - start) + words[end:]
    return words
