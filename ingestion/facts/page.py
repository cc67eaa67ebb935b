"""A document as the readers of measurements see it: its plain text, its names, its dates."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from ingestion.facts.analytes import Naming, namings
from ingestion.facts.day_zero import day_zero_of
from ingestion.facts.implied_dates import implied_dates, is_birth
from ingestion.facts.letters import plain
from ingestion.facts.measurement_values import Reading
from ingestion.facts.moments import reference_of
from ingestion.facts.time import FoundDate, dates_in
from ingestion.facts.types import Line, Source
from ingestion.types import Offsets


@dataclass(frozen=True, repr=False)
class Measured:
    """A value, the place of the name it was read under, and what stands beside it.

    ``date`` is the date written beside the value or above its column; ``undated`` tells that the value is of another
    day than its line's, that nobody tells. ``header`` is the header of its table.
    """

    reading: Reading
    label: Offsets
    proof: Offsets
    date: FoundDate | None = None
    undated: bool = False
    header: Offsets | None = None
    details: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Measured({self.reading!r})"


@dataclass(frozen=True, repr=False)
class Page:
    """A document, its plain text (``lower``: in small letters) and, once for all, what stands in it."""

    source: Source
    text: str
    lower: str

    @cached_property
    def namings(self) -> tuple[Naming, ...]:
        """The places where measures are named, in order."""
        return tuple(namings(self.text))

    @cached_property
    def told(self) -> tuple[FoundDate, ...]:
        """All dates of the text, in order, each counted from the day on which its line was written."""
        source = self.source
        zero = day_zero_of(source.text, source.date)
        found = [
            (line.start + start, line.start + end, iso)
            for line in source.lines
            for start, end, iso in dates_in(source.words(line), reference_of(source, line), zero)
        ]
        dates = {one[0]: one for one in (*implied_dates(self.lower, source.date, found), *found)}
        return tuple(sorted(dates.values()))

    @cached_property
    def births(self) -> frozenset[str]:
        """The days of birth that the text tells, but those of the newborn."""
        year = str(self.source.date.year) if self.source.date else ""
        return frozenset(
            iso
            for start, end, iso in self.told
            if is_birth(self.lower, (start, end, iso), self.source.date) and not iso.startswith(year or "?")
        )

    @cached_property
    def dates(self) -> tuple[FoundDate, ...]:
        """The dates that may be those of a value: neither a birth nor the beginning of something that lasts."""
        return tuple(
            one
            for one in self.told
            if not is_birth(self.lower, one, self.source.date) and not self.lower.startswith("depuis", one[0])
        )

    @cached_property
    def date_starts(self) -> dict[int, FoundDate]:
        """The dates by the place where they start."""
        return {found[0]: found for found in self.dates}

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where the lines of the document start."""
        return tuple(line.start for line in self.source.lines)

    def line_at(self, position: int) -> Line:
        """Return the line in which a place of the text stands."""
        return self.source.lines[max(0, bisect_right(self.line_starts, position) - 1)]

    def namings_between(self, start: int, end: int) -> tuple[Naming, ...]:
        """Return the names of measures that start between two places."""
        first = bisect_left(self.namings, start, key=lambda one: one.start)
        last = bisect_left(self.namings, end, key=lambda one: one.start)
        return self.namings[first:last]

    def dates_between(self, start: int, end: int) -> list[FoundDate]:
        """Return the dates that stand whole between two places."""
        first = bisect_left(self.dates, start, key=lambda found: found[0])
        last = bisect_left(self.dates, end, key=lambda found: found[0])
        return [found for found in self.dates[first:last] if found[1] <= end]

    def __repr__(self) -> str:
        return f"Page({self.source!r})"


def page_of(source: Source) -> Page:
    """Return a document ready to be read."""
    text = plain(source.text)
    return Page(source, text, text.lower())
