"""Cut a passage into what an answer may quote: one sentence, one line, one row of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"\S {3,}\S|\|.*\||\t")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÝŒ(«\"=-])")
# A full stop after one of these ends no sentence.
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Pr|M|Mme|Mlle|St|Ste|env|max|min|cf|ex|n|réf|ref|tél|tel|av|art|sup|inf|irr|prof|[A-Z])\.$"
)
_COLUMN = re.compile(
    r"\d{1,2}[/.]\d{1,2}|\d{4}-\d{2}|\bJ ?\d+\b|\d{1,2}[hH:]\d{0,2}|r[ée]sultat|valeur|norme|unit[ée]|r[ée]f", re.I
)
LONGEST = 320
"""Longest unit, in characters; a longer sentence is cut at semicolons or commas."""


@dataclass(frozen=True, repr=False)
class Unit:
    """A quotable span. Offsets are relative to the passage's text; ``header`` is the table's header row, if any."""

    start: int
    end: int
    header: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return f"Unit({self.start}:{self.end})"


def units_of(text: str) -> tuple[Unit, ...]:
    """Return the units of a passage, in order; together they cover all that is not white space."""
    units: list[Unit] = []
    header: tuple[int, int] | None = None
    for start, end in _lines(text):
        line = text[start:end]
        if _ROW.search(line):
            if header is None or _is_header(line):
                header = (start, end)
                units.append(Unit(start, end))
            else:
                units.append(Unit(start, end, header))
            continue
        header = None
        units.extend(Unit(start + first, start + last) for first, last in _sentences(line))
    return tuple(units)


def _is_header(line: str) -> bool:
    return len(_COLUMN.findall(line)) >= 2 and not re.match(r"\s*\|?\s*[\w-]+ +\d+[.,]\d", line)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for boundary in _SENTENCE_END.finditer(line):
        if _ABBREVIATION.search(line, 0, boundary.start()):
            continue
        yield from _shortened(line, start, boundary.start())
        start = boundary.end()
    yield from _shortened(line, start, len(line))


def _shortened(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long to be read at a glance, at its clauses."""
    while end - start > LONGEST:
        cut = max(line.rfind(mark, start + LONGEST // 3, start + LONGEST) for mark in ("; ", " => ", ", ", " - "))
        if cut < 0:
            break
        yield start, cut + 1
        start = cut + 1
        while start < end and line[start] == " ":
            start += 1
    if start < end:
        yield start, end
