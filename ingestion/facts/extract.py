"""Extract the facts of a document: every extractor over the same lines, then what the document says of itself.

Pure functions of the text. Two details are added to what the extractors find: ``copied`` ("true": in a block
announced as copied from an older note) and ``standing`` ("provisional" or "final", as the document, or the
section, says of itself), with ``replaces_document`` (see ``ingestion.facts.standing``).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ingestion.facts.allergies import find_allergies
from ingestion.facts.appointments import find_appointments
from ingestion.facts.awaited import find_awaited
from ingestion.facts.devices import find_devices
from ingestion.facts.directives import find_directives
from ingestion.facts.imaging import find_imagings
from ingestion.facts.measurements import find_measurements
from ingestion.facts.medications import find_medications
from ingestion.facts.microorganisms import find_microorganisms
from ingestion.facts.problems import find_problems
from ingestion.facts.procedures import find_procedures
from ingestion.facts.social import find_socials
from ingestion.facts.source import source_of
from ingestion.facts.standing import Standing, standing_of, state_of
from ingestion.facts.transfusions import find_transfusions
from ingestion.facts.types import Fact, Line, Source
from ingestion.types import Section

_EXTRACTORS: tuple[Callable[[Source], list[Fact]], ...] = (
    find_medications,
    find_measurements,
    find_allergies,
    find_awaited,
    find_problems,
    find_procedures,
    find_devices,
    find_microorganisms,
    find_transfusions,
    find_imagings,
    find_appointments,
    find_socials,
    find_directives,
)


def extract(text: str, kind: str, date: datetime | None, sections: Sequence[Section]) -> tuple[Fact, ...]:
    """Return the facts of a document, in order of their place; ``sections`` are those of ``find_sections``."""
    source = source_of(text, kind, date, sections)
    found = (fact for find in _EXTRACTORS for fact in find(source))
    ordered = sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind, fact.name))
    return tuple(_marked(source, ordered))


def _marked(source: Source, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Add to each fact whether it is copied, and how its document stands."""
    standing = standing_of(source.text, source.date.date() if source.date else None)
    states = {section: state_of(section.title) for section in source.sections}
    # One document may hold a provisional part and a final one: then its head speaks of neither alone.
    by_section = {"provisional", "final"} <= set(states.values())
    starts = [line.start for line in source.lines]
    for fact in facts:
        line = source.lines[max(0, bisect_right(starts, fact.start) - 1)]
        own = states.get(line.section, "") if by_section and line.section else standing.state
        yield replace(fact, details=(*fact.details, *_marks(line, replace(standing, state=own))))


def _marks(line: Line, standing: Standing) -> Iterator[tuple[str, str]]:
    if line.copied:
        yield "copied", "true"
    if standing.state:
        yield "standing", standing.state
    if standing.replaces:
        yield "replaces_document", standing.replaces
        if standing.part:
            yield "replaces_part", "true"
