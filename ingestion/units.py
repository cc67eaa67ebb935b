"""Cut a passage into what an answer may quote: one sentence, one line, one row of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"\S {3,}\S|\|.*\||\t")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÝŒ(«\"=-])")
# A full stop after one of these ends no sentence.
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Pr|M|Mme|Mlle|Ste?|(?i:env|max|min|cf|ex|n|réf|ref|tél|tel|av|art|sup|inf|irr|prof|jug|int|ext|lat|rad)|[A-Z])\.$"
)
# What heads a column: a moment, or one of these words.
_MOMENT = re.compile(
    r"\b(?:\d{4}-\d\d-\d\d|[0-3]\d/[01]\d(?:/(?:\d\d){1,2})?|[0-3]\d\.[01]\d\.(?:\d\d){1,2}|J ?[+-]? ?\d{1,3}"
    r"|[012]?\d ?[hH] ?(?:[0-5]\d)?|[012]?\d:[0-5]\d)(?![\w/])"
)
_COLUMN = re.compile(
    r"\b(?:param(?:[èe]tres?|\b)|r[ée]sultats?|valeurs?|normes?|unit[ée]s?|r[ée]f(?:[ée]rences?)?|ant[ée]rieur|date|heure"
    r"|contexte|m[ée]dicament|dose|posologie|voie|horaires?|d[ée]but|fin|matin|midi|soir|coucher|nuit|droite?|gauche"
    r"|pr[ée]l[èe]vement|germe|dispositif|implant|lots?|s[ée]rie|c[ôo]t[ée]|antibiotique|entr[ée]e|sortie|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    re.I,
)
LONGEST = 320
"""Longest unit, in characters; a longer sentence is cut at semicolons or commas."""


@dataclass(frozen=True, repr=False)
class Unit:
    """A quotable span, with offsets relative to the passage's text.

    ``row`` tells of a row of values in a table or an aligned list; ``header`` is the row that heads its columns.
    """

    start: int
    end: int
    row: bool = False
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
            if _is_header(line):
                units.append(Unit(start, end))
                header = header or (start, end)
            else:
                units.append(Unit(start, end, row=True, header=header))
            continue
        header = None
        units.extend(Unit(start + first, start + last) for first, last in _sentences(line))
    return tuple(units)


def _is_header(line: str) -> bool:
    """Say whether a row heads the columns below it: moments and names of columns, no value and no "label : value".

    A row of values taken for a header would date or name the values of the other rows wrongly.
    """
    words = _MOMENT.sub("", line)
    if re.search(r"\d|\s:|:\s", words):
        return False
    return len(_MOMENT.findall(line)) + len(_COLUMN.findall(words)) >= 2


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        yield from _trimmed(text, *match.span())


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
        yield from _trimmed(line, start, cut + 1)
        start = cut + 1
    yield from _trimmed(line, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space around it, or nothing when it is blank."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
