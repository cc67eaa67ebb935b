"""Find implants and invasive devices: what was placed or removed, when, on which side, with its traceability."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingestion.facts.clauses import in_section, once, side_of, words_after, words_before
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.context import effective_of
from ingestion.facts.phrases import phrase_in
from ingestion.facts.rows import cells
from ingestion.facts.types import Fact, Line, Source
from ingestion.normalise import fold, medicine_names

_CODE = r"[A-Z0-9][\w./-]*\d[\w./-]*"
_SLOTS = {
    "reference": re.compile(rf"\b[Rr][ée]f(?:[ée]rence)?s?\b\.?\s*:?\s*(?:n°\s*)?({_CODE})"),
    "lot": re.compile(rf"(?i:\blot\b|\bbatch\b)\s*(?:n°|num[ée]ro)?\s*:?\s*({_CODE}|\d{{3,}})"),
    "serial": re.compile(
        rf"(?i:n°\s*(?:de\s+)?s[ée]rie|num[ée]ro de s[ée]rie|s[ée]rie|\bS/?N\b)\s*(?:n°)?\s*:?\s*({_CODE}|\d{{4,}})"
    ),
}
_SIDE = re.compile(r"(?i:\bc[ôo]t[ée]|\blat[ée]ralit[ée])\s*:?\s*((?i:gauche|droite?)|[GD]\b)")
_COLUMNS = {"reference": "ref", "lot": "lot", "serial": r"(?:n. )?serie|sn\b", "side": "cote|lateralite"}
_LABEL_ENDS = re.compile(r"(?i)\s{2,}|\||\s[-–:]\s|,|\br[ée]f|\blot\b|\bs[ée]rie|\bn°")
_COMPONENT = {"cup", "insert", "stem", "head", "knee_component", "screw", "bone_cement", "lead"}
_VERB_REACH = 30
"""How far before a device the verb that places or removes it may stand, in characters."""


def find_devices(source: Source) -> list[Fact]:
    """Return the implants and invasive devices of a document, with their denial; "hypothetical" when only planned.

    ``placed`` and ``removed`` are dates (ISO 8601), or "true" when the document says so without a date; ``side`` is
    left, right or both.
    """
    found = [
        _fact(source, line, mention) for line, mention in mentions(source, "devices") if _is_one(source, line, mention)
    ]
    named = {fact.start for fact in found}
    return once((*found, *(fact for fact in _traced(source) if fact.start not in named)))


def _is_one(source: Source, line: Line, mention: Mention) -> bool:
    """Leave out the components' names where they are anatomy or tools: they count where they are traced."""
    if mention.code not in _COMPONENT:
        return True
    return bool(_slots(source, line, line.start)) or in_section(line, "dispositifs")


def _fact(source: Source, line: Line, mention: Mention) -> Fact:
    after, before = words_after(source, line, mention.end), words_before(source, line, mention.start)
    details = {
        **_slots(source, line, mention.end),
        "placed": _event(source, line, mention, "device_placed"),
        "removed": _event(source, line, mention, "device_removed"),
    }
    details["side"] = side_of(mention.label) or side_of(after) or details.get("side", "") or side_of(before[-20:])
    fact = fact_of("device", source, line, mention, details)
    moved = details["placed"] or details["removed"] or phrase_in("device_removed", f"{before[-_VERB_REACH:]} {after}")
    if fact.polarity == "affirmed" and not moved and phrase_in("device_planned", f"{before[-40:]} {after[:50]}"):
        return replace(fact, polarity="hypothetical")
    return fact


def _event(source: Source, line: Line, mention: Mention, verb: str) -> str:
    """Return when a device was placed or removed, as its clause says behind it or just before; not what is to come."""
    after, before = words_after(source, line, mention.end), words_before(source, line, mention.start)
    if match := phrase_in(verb, after):
        start, around = mention.end + match.start(), after[: match.end()]
    elif match := phrase_in(verb, before[-_VERB_REACH:]):
        start, around = (
            mention.start - len(before[-_VERB_REACH:]) + match.start(),
            before[-2 * _VERB_REACH :] + after[:20],
        )
    else:
        return ""
    when = effective_of(source, line, start, start + len(match[0]))
    ahead = source.date is not None and when[:10] > source.date.date().isoformat()
    return "" if ahead or phrase_in("device_later", around) else when or "true"


def _slots(source: Source, line: Line, start: int) -> dict[str, str]:
    """Return the traceability that a line gives from a position on, by words or by columns."""
    words, columns = source.text[start : line.end], cells(source, line)
    found = {slot: match[1].rstrip(".") for slot, pattern in _SLOTS.items() if (match := pattern.search(words))}
    if match := _SIDE.search(words):
        found["side"] = match[1]
    for slot, title in _COLUMNS.items():
        found.setdefault(slot, next((cell for name, cell in columns.items() if re.match(title, fold(name))), ""))
    found["side"] = side_of(found["side"])
    return {slot: value for slot, value in found.items() if value and value not in "-–"}


def _traced(source: Source) -> Iterator[Fact]:
    """Yield the implants that no table knows: a line that gives two of reference, lot and serial number."""
    for line in source.lines:
        words, slots = source.words(line), _slots(source, line, line.start)
        known = len(slots.keys() & _SLOTS.keys())
        if known < (1 if in_section(line, "dispositifs") else 2) or medicine_names(words):
            continue
        label = _LABEL_ENDS.split(words.lstrip("-•* "))[0].strip(" :-")
        if re.search(r"[^\W\d_]{3}", label):
            start = source.text.index(label, line.start)
            mention = Mention("traced", fold(label), label, start, start + len(label))
            yield replace(fact_of("device", source, line, mention, slots), polarity="affirmed", subject="patient")
