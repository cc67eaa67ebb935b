"""Prepare a document for the extractors: its lines, each with the section it stands in."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from ingestion.facts.types import Line, Source
from ingestion.types import Offsets, Section
from ingestion.units import units_of

_COPIED = r"(?:re)?copi[ée]e?s?|copier[- ]coller|repris(?:e?s)?|report[ée]e?s?|pour m[ée]moire"
_COPY_HEADER = re.compile(
    # "[repris entrée]", "Allergies (repris urgences) :", "Rappel (note du 12/02, copiée) :", "Rappel J1 (18/03) :"
    rf"[ \t]*(?:\[[^\]\n]{{0,20}}\b(?:{_COPIED}|rappel)\b[^\]\n]{{0,60}}\]"
    rf"|[^:.\n]{{0,60}}\([^)\n]{{0,40}}\b(?:{_COPIED})\b[^)\n]{{0,60}}\)\s*(?:[:;]|$)"
    r"|[\W\d]*rappels?\b(?! (?:vacc|anti|dtp|rdv|de vacc|[ée]quipe|patient))[^:,.\n]{0,60}(?::|$)"
    rf"|[\W\d]*[^:.,\n]{{0,40}}\b(?:(?:re)?copi[ée]e?s?)\b[^:.,\n]{{0,50}}:"
    r"|[\W\d]*pour m[ée]moire\b)",
    re.IGNORECASE | re.MULTILINE,
)
_TODAY = re.compile(r"\W*(?:ce jour|aujourd['’]hui|mise [àa] jour|jour m[êe]me)\b", re.IGNORECASE)

_LONGEST, _LONGEST_ROW = 640, 2_000
"""Longest sentence and longest row of a table, in characters."""


def source_of(text: str, kind: str, date: datetime | None, sections: Sequence[Section]) -> Source:
    """Return a document cut in lines; ``sections`` are those of ``find_sections``, in order."""
    return Source(text, kind, date, tuple(sections), tuple(_lines(text, sections)))


def copy_header(text: str, position: int) -> tuple[int, int] | None:
    """Return the span of the words that announce a copy ("Rappel (note du 12/02) :") on the line of a position."""
    match = _COPY_HEADER.match(text, text.rfind("\n", 0, position) + 1)
    return match.span() if match else None


def _lines(text: str, sections: Sequence[Section]) -> Iterator[Line]:
    """Yield the lines, each with its section and whether it was copied."""
    position, copies = 0, list(_copies(text))
    for unit in units_of(text):
        while position < len(sections) and sections[position].end <= unit.start:
            position += 1
        inside = position < len(sections) and sections[position].start <= unit.start
        section = sections[position] if inside else None
        copied = any(start <= unit.start < end for start, end in copies)
        for start, stop in _pieces(text, unit.start, unit.end, _LONGEST_ROW if unit.row else _LONGEST):
            yield Line(start, stop, unit.row, unit.header, section, copied)


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[Offsets]:
    """Cut at white space what is too long to be a sentence: a report without a line end, a dump of results.

    An extractor compares the items of a line with each other; this bounds what it can cost.
    """
    while end - start > longest and (cut := text.rfind(" ", start + longest // 2, start + longest)) > 0:
        yield start, start + len(text[start:cut].rstrip())
        start = cut + 1 + len(text[cut + 1 : end]) - len(text[cut + 1 : end].lstrip())
    yield start, end


def _copies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that are announced as copied.

    An announcement followed by words on its own line speaks of that line; alone on its line, of the block below it,
    up to an empty line or to what is said of the day.
    """
    for match in re.finditer(r"^.*(?:copi|repris|report|rappel|m[ée]moire).*$", text, re.IGNORECASE | re.MULTILINE):
        header = _COPY_HEADER.match(text, match.start())
        if header is None or header.end() > match.end():
            continue
        if text[header.end() : match.end()].strip(" \t:=-"):
            yield match.span()
        else:
            yield match.start(), _block_end(text, match.end())


def _block_end(text: str, position: int) -> int:
    lines = text[position:].split("\n")
    for line in lines[1:]:
        if not line.strip() or _TODAY.match(line):
            break
        position += 1 + len(line)
    return position + 1
