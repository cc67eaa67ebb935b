"""Read the tables of a text: cells under their columns, whether ruled ("|"), tabulated or aligned with spaces.

A header is a row of column titles and moments. The rows under it are assigned to its columns by rank in a ruled table,
by position in an aligned one; a short title or an empty line between rows does not end a table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from ingestion.types import Offsets

_IS_ROW = re.compile(r"\s*\S.*?(?:\||\t| {2,}\S)")
_RULE = re.compile(r"\s*\|\s*")
_TAB = re.compile(r" *\t *")
_GAP = re.compile(r" {2,}")
_GAP_OR_RULE = re.compile(r" {2,}(?:\| ?)?|\s*\|\s*")
_INNER_GAP = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_SINGLE = ("reference", "unit", "flag")  # what no table has two columns of
_FEWEST_GAPS = 3  # gaps that make of a row with a rule or two an aligned one
_UNDERLINE = re.compile(r"[\s|+=_:.-]+")
_MOMENT = re.compile(
    r"(?:(?:ett|eto|irm|tdm|bio|bilan|labo|le|du|cs|hdj|(?:lun|mar|mer|jeu|ven|sam|dim)\.?) (?=\d))?"
    r"(?P<date>\d{4}-\d\d-\d\d|[0-3]?\d[/.-][01]?\d(?:[/.-](?:\d{4}|\d\d))?|[jh] ?[+-]? ?\d{1,3}"
    r"|(?:\d{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4}"
    r"|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|(?:\d{1,2}(?:er)? )?(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\.?(?: \d{2,4})?"
    r"|hier|ce jour|aujourd'hui|veille|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?"
    r"[ ,a-]{0,3}(?P<time>[0-2]?\d ?(?:h ?[0-5]\d|:[0-5]\d|h))?(?: ?\([a-z][^)]{0,20}\))?",
    re.IGNORECASE,
)
_DATED_TITLE = re.compile(r"(?P<title>[a-z. ]+?)[ :]*\(?(?:du |le )?\d[\d/.: h]*\)?", re.IGNORECASE)
_FIGURE = re.compile(r"[<>]? ?\d+(?:[.,]\d+)?(?![/.:\d]).*")
_INDENT = 6  # characters before a first title that stands above values
_LONGEST_TITLE = 60  # characters of a line that may stand between two rows


@dataclass(frozen=True)
class Cell:
    """A cell at ``start:end`` of the text, ``left`` characters from the start of its line."""

    start: int
    end: int
    left: int


@dataclass(frozen=True)
class Column:
    """A column: what its title says that it holds ("value", "unit", "moment"…; "" for an unknown title)."""

    kind: str
    title: Cell
    below: Cell | None = None  # the second line of the header under the title


@dataclass(frozen=True)
class Row:
    """A row: ``cells`` by the rank of their column, empty ones left out; ``written`` are all, from left to right."""

    start: int
    end: int
    cells: dict[int, Cell]
    written: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table: ``header`` is the span of its header, ``title`` of the line of text above it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: Offsets
    title: Offsets | None

    def rank_of(self, kind: str) -> int | None:
        """Return the rank of the first column of a kind."""
        return next((rank for rank, column in enumerate(self.columns) if column.kind == kind), None)


def tables_of(plain: str, is_measure: Callable[[Cell], bool]) -> list[Table]:
    """Return the tables of a plain text that have a header, in order.

    ``is_measure`` says whether a cell names a measure: such a title heads a column of its own.
    """
    found: list[Table] = []
    table: Table | None = None
    title: Offsets | None = None
    for match in re.finditer(r"[^\n]+", plain):
        start, end = match.span()
        if _UNDERLINE.fullmatch(plain, start, end):
            continue
        if not _IS_ROW.match(plain, start, end):
            table = table if end - start <= _LONGEST_TITLE else None
            title = (start, end)
            continue
        cells = _cells(plain, start, end)
        columns = _header(plain, cells, is_measure)
        titled = [column for column in columns if column.title.start < column.title.end]
        if titled and table and not table.rows and all(column.kind == "moment" for column in titled):
            table = _deepened(table, titled)
        elif columns:
            table = Table(columns, (), (cells[0].start, cells[-1].end), title)
        elif table:
            grown = replace(table, rows=(*table.rows, _row(plain, table, cells)))
            found = [*found[:-1], grown] if table.rows else [*found, grown]
            table = grown
    return found


def moment_in_cell(words: str) -> re.Match[str] | None:
    """Return the match of a cell that holds nothing but a moment (groups ``date`` and ``time``), or None."""
    match = _MOMENT.fullmatch(words.strip())
    return match if match and (match["date"] or match["time"]) else None


def _cells(plain: str, start: int, end: int) -> list[Cell]:
    """Cut a line in its cells; those of a ruled or tabulated table may be empty."""
    ruled = _is_ruled(plain, start, end)
    rule = _RULE if ruled else _TAB if plain.find("\t", start, end) >= 0 else _GAP_OR_RULE
    first, last = _trimmed(plain, start, end)
    if ruled:
        first += plain[first] == "|"
        last -= plain[last - 1] == "|" and last > first
    cells, position = [], first
    for gap in (*rule.finditer(plain, first, last), None):
        cell = _trimmed(plain, position, gap.start() if gap else last)
        cells.append(Cell(*cell, cell[0] - start))
        position = gap.end() if gap else last
    return cells


def _is_ruled(plain: str, start: int, end: int) -> bool:
    """Say whether rules part the cells of a row, rather than spaces with a rule before the last columns."""
    rules = plain.count("|", start, end)
    if not rules or rules > 2:
        return rules > 0
    return sum(1 for _ in _INNER_GAP.finditer(plain, start, end)) < _FEWEST_GAPS


def _trimmed(plain: str, start: int, end: int) -> Offsets:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return start, end


def _header(plain: str, cells: Sequence[Cell], is_measure: Callable[[Cell], bool]) -> tuple[Column, ...]:
    """Return the columns that a row heads, or nothing when it is no header.

    Two titles at least are known, most of them, and none of the others is a figure.
    """
    kinds = (_kind_of(plain[cell.start : cell.end]) for cell in cells)
    columns = tuple(
        Column(kind or ("measure" if is_measure(cell) else ""), cell) for kind, cell in zip(kinds, cells, strict=True)
    )
    if sum(column.kind == "measure" for column in columns) == 1 and columns[0].kind == "measure":
        columns = (replace(columns[0], kind=""), *columns[1:])  # a measure that names its row
    if columns[0].kind in ("moment", "unit", "value", "reference") and columns[0].title.left > _INDENT:
        start = columns[0].title.start
        columns = (Column("", Cell(start, start, 0)), *columns)  # the names of the rows have no title
    known = sum(column.kind != "" for column in columns)
    named = sum(column.kind == "" and column.title.start < column.title.end for column in columns[1:])
    if known < 2 and not (known == 1 and len(columns) == 2 and columns[1].kind == "moment"):
        return ()
    if any(sum(column.kind == kind for column in columns) > 1 for kind in _SINGLE):
        return ()  # "normale" under three dates is a finding
    has_figure = any(_FIGURE.fullmatch(plain, c.title.start, c.title.end) for c in columns if not c.kind)
    return () if has_figure or named > known else columns


def _kind_of(words: str) -> str:
    if moment_in_cell(words):
        return "moment"
    bare = re.sub(r" ?\([^)]*\)", "", words).strip(" :*").lower()
    dated = _DATED_TITLE.fullmatch(words)
    title = dated["title"].strip().lower() if dated else bare
    return next((kind for kind, pattern in _titles() if pattern.fullmatch(bare) or pattern.fullmatch(title)), "")


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = resources.files("ingestion.facts").joinpath("columns.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "kind\t")))
    return tuple((kind, re.compile(title)) for kind, title in rows)


def _deepened(table: Table, columns: Sequence[Column]) -> Table:
    """Add a second line of header ("16:50" under "12/05") to the columns that it stands under."""
    below = {nearest(table, column.title): column.title for column in columns}
    deeper = tuple(replace(column, below=below.get(rank)) for rank, column in enumerate(table.columns))
    return replace(table, columns=deeper, header=(table.header[0], columns[-1].title.end))


def _row(plain: str, table: Table, cells: Sequence[Cell]) -> Row:
    start, end = cells[0].start, cells[-1].end
    aligned = not _is_ruled(plain, start, end) and plain.find("\t", start, end) < 0
    if aligned:
        cells = [part for cell in cells for part in _parted(plain, table, cell)]
    if aligned and len(cells) != len(table.columns):
        placed: dict[int, Cell] = {}
        for cell in cells:
            placed.setdefault(nearest(table, cell), cell)
    else:
        placed = dict(enumerate(cells[: len(table.columns)]))
    filled = {rank: cell for rank, cell in placed.items() if cell.start < cell.end}
    return Row(start, end, filled, tuple(cells))


def _parted(plain: str, table: Table, cell: Cell) -> Iterator[Cell]:
    """Cut a cell where a column starts, when only one space stands before it ("Troponine T us ng/L")."""
    start, left = cell.start, cell.left
    for column in table.columns[1:]:
        cut = cell.start + column.title.left - cell.left
        if start < cut < cell.end and plain[cut - 1] == " " and plain[cut] != " ":
            yield Cell(*_trimmed(plain, start, cut), left)
            start, left = cut, column.title.left
    yield Cell(start, cell.end, left)


def nearest(table: Table, cell: Cell) -> int:
    """Return the rank of the column whose title stands nearest to a cell, by one of its edges."""
    return min(range(len(table.columns)), key=lambda rank: _distance(table.columns[rank].title, cell))


def _distance(title: Cell, cell: Cell) -> int:
    right = title.left + title.end - title.start - (cell.left + cell.end - cell.start)
    return min(abs(title.left - cell.left), abs(right))
