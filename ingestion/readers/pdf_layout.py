"""From words with their places on a page to lines of text.

A PDF holds no spaces, lines or paragraphs to rely on: a column is a gap, a paragraph a wider pitch.
Three things are rebuilt, each only where geometry proves it:

- columns: a gap wider than prose has becomes as many spaces as keep rows aligned;
- paragraphs: a pitch larger than the page's usual one becomes an empty line;
- wrapped prose: two lines become one, joined by a space, when the second one's first word could not
  have stood at the end of the first. A hyphen at a line's end is left alone with its line break.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, repr=False)
class Word:
    """Characters without a space, with their left and right edges in points."""

    text: str
    left: float
    right: float

    @property
    def advance(self) -> float:
        """Mean width of a character."""
        return (self.right - self.left) / len(self.text)


@dataclass(frozen=True, repr=False)
class Line:
    """Words of one line, left to right in reading order; ``top`` and ``bottom`` grow upwards, in points."""

    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def advance(self) -> float:
        """Median width of a character."""
        return median(word.advance for word in self.words for _ in word.text)

    @property
    def gap(self) -> float:
        """Widest space between two words."""
        return max((b.left - a.right for a, b in pairwise(self.words)), default=0.0)


_COLUMN_GAP = 2.5
"""Characters' widths: justified prose stretches its spaces to one and a half at most."""
_PARAGRAPH_PITCH = 1.3
_FULL_LINE = 0.45
"""Share of the page's width below which a line is an item, an address or a cell, whatever its neighbours."""
_SAME_WIDTH = 0.03
_SAME_SIZE = 0.15
_SMALL_WORD = re.compile(
    r"(?:aux?|avec|ces?|chez|contre|d'une?|dans|de|depuis|des|deux|du|en|entre|et|la|les?|leur|mme|m\.|dr|ou|par|pas|pour"
    r"|puis|sa|sans|selon|ses|si|son|sous|sur|une?|vers|à)",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?:[-–—•*·▪◦>+=]|\d{1,2}[.)/]|[a-zA-Z][.)/]|\[[ xX]?\])(?:\s|$)|[A-ZÀ-Þ][^\s:]{0,25}(?: [^\s:]{1,15})? ?:"
)


def page_text(lines: Sequence[Line], width: float) -> str:
    """Return the text of a page of this width (in points), its lines separated by ``\\n``."""
    rows = [line for line in _merge_rows(lines) if line.words]
    if not rows:
        return ""
    pitch = _usual_pitch(rows)
    margin = max(line.words[-1].right for line in rows)
    pieces = list(_set(rows, pitch))
    text = pieces[0]
    for above, below, piece in zip(rows, rows[1:], pieces[1:], strict=False):
        wraps = above.words[-1].right - above.words[0].left > _FULL_LINE * width and _is_wrapped(above, below, margin)
        text += _separator(above, below, pitch, wraps=wraps) + piece
    return text


def _merge_rows(lines: Sequence[Line]) -> list[Line]:
    """Join consecutive lines that stand side by side: the cells of one row."""
    rows: list[Line] = []
    for line in lines:
        if rows and line.words and _same_row(rows[-1], line):
            last = rows.pop()
            line = Line(last.words + line.words, max(last.top, line.top), min(last.bottom, line.bottom))
        rows.append(line)
    return rows


def _same_row(one: Line, other: Line) -> bool:
    if not one.words or other.words[0].left < one.words[-1].right:
        return False
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.6 * min(one.top - one.bottom, other.top - other.bottom)


def _usual_pitch(rows: Sequence[Line]) -> float:
    pitches = [above.top - below.top for above, below in pairwise(rows)]
    near = [pitch for pitch in pitches if 0 < pitch < 3 * (rows[0].top - rows[0].bottom)]
    return median(near) if near else 0.0


def _set(rows: Sequence[Line], pitch: float) -> Iterator[str]:
    """Yield the text of each row; the rows of one table share a grid, so that their columns stay aligned."""
    for block in _blocks(rows, pitch):
        if not _has_columns(block[0]):
            yield from (" ".join(word.text for word in row.words) for row in block)
            continue
        grid = min(row.advance for row in block)
        origin = min(row.words[0].left for row in block)
        yield from (_on_grid(row, origin, grid) for row in block)


def _blocks(rows: Sequence[Line], pitch: float) -> Iterator[list[Line]]:
    """Cut rows where columns begin or end, where the kind of font changes, and between paragraphs."""
    block = [rows[0]]
    for above, below in pairwise(rows):
        same_kind = (_has_columns(above), _is_monospaced(above)) == (_has_columns(below), _is_monospaced(below))
        if not same_kind or above.top - below.top > _PARAGRAPH_PITCH * pitch:
            yield block
            block = []
        block.append(below)
    yield block


def _has_columns(row: Line) -> bool:
    threshold = 1.5 if _is_monospaced(row) else _COLUMN_GAP
    return row.gap > threshold * row.advance


def _is_monospaced(row: Line) -> bool:
    widths = [word.advance for word in row.words]
    return sum(len(word.text) for word in row.words) > 5 and max(widths) - min(widths) < _SAME_WIDTH * max(widths)


def _on_grid(row: Line, origin: float, grid: float) -> str:
    text = ""
    for previous, word in zip((None, *row.words), row.words, strict=False):
        column = round((word.left - origin) / grid)
        if previous is None:
            text = " " * column + word.text
        elif word.left - previous.right > 1.5 * grid:
            text += " " * max(2, column - len(text)) + word.text
        else:
            text += " " + word.text
    return text


def _separator(above: Line, below: Line, pitch: float, *, wraps: bool) -> str:
    step = above.top - below.top
    if step > _PARAGRAPH_PITCH * pitch:
        return "\n\n"
    return " " if step > 0 and wraps else "\n"


def _is_wrapped(above: Line, below: Line, margin: float) -> bool:
    if _has_columns(above) or _has_columns(below) or not _same_size(above, below):
        return False
    room = margin - above.words[-1].right
    first = below.words[0]
    if room > first.right - first.left + 0.6 * above.advance:
        return False
    if _MARKER.match(" ".join(word.text for word in below.words[:4])):
        return False
    return _runs_on(above.words[-1].text, first.text)


def _runs_on(last: str, first: str) -> bool:
    """Say whether a sentence may go on from one word to the other: a capital needs a comma or a small word before."""
    if last.endswith("-"):
        return False
    if first[0].isupper():
        return last.endswith(",") or _SMALL_WORD.fullmatch(last) is not None
    return first[0].islower() or not last.endswith((".", ":", ";", "!", "?"))


def _same_size(above: Line, below: Line) -> bool:
    one, other = above.top - above.bottom, below.top - below.bottom
    return abs(one - other) < _SAME_SIZE * max(one, other)
