"""Where the text of a titled part begins in a line: "Allergies : …", or the lines below a heading."""

import re

from ingestion.facts.types import Line, Source
from ingestion.types import Section

_BULLETED = re.compile(r"\s*[-•*·]\s")


def label_end_in(source: Source, line: Line, name: str) -> int | None:
    """Return where the text of a line of a section of this name begins in the line, or None for another line.

    A heading that has its text on its own line announces no more than that line; another, up to an empty line.
    """
    section = _titled(source, line)
    if section is None or section.name != name:
        return None
    ends = source.text.find("\n", section.start)
    if ends < 0 or line.start < ends:
        return max(0, section.body - line.start) if line.end > section.body else None
    if section.body < ends and source.text[section.body : ends].strip(" :=-\t"):
        return None
    lead = source.text[ends : line.start].lstrip("\n =-_")
    return 0 if "\n\n" not in lead else None


def _titled(source: Source, line: Line) -> Section | None:
    """Return the section of a line; an item of a list that was taken for a heading belongs to the one above it."""
    section = line.section
    if section is None or not _BULLETED.match(source.text, section.start):
        return section
    above = (one for one in reversed(source.sections) if one.start < section.start)
    return next((one for one in above if not _BULLETED.match(source.text, one.start)), section)
