"""Read measures in tables: a measure by row, or by column, or one that the title names, under columns of moments."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingestion.facts.analytes import Naming, Sense, analytes
from ingestion.facts.letters import plain
from ingestion.facts.measurement_values import Reading, read_cell
from ingestion.facts.page import Measured, Page
from ingestion.facts.tables import Cell, Column, Row, Table, moment_in_cell, nearest, tables_of
from ingestion.facts.time import FoundDate

_BEHIND_NAME = re.compile(
    r"(?:[ :*.]|\([^)]*\)|(?:plasmatique|serique|sanguine?|veineuse?|totale?s?|arterielle?|a jeun|us|hs|residuelle?"
    r"|mesuree?|estimee?|standard|ultrasensible|moyenne?|repos|couche|debout|assis|droite?|gauche|bras|du jour|d|g"
    r"|ckd-epi|mdrd|cockcroft(?: et gault)?|20\d\d|24 ?h"
    r"|pre|post|avant|apres|entree|sortie|seance|debut|fin|depart|\d{1,2} ?h)(?![a-z0-9/]))*"
)
_BULLET = re.compile(r"(?:[-•*>]|\d{1,2}[.)/-])? *")
_EMPTY = re.compile(r"[-–—./* ]*|n\.?[cdrf]\.?|non (?:fait|dose|preleve|rendu).*|en cours|a venir|nf")
_REST = re.compile(r"[ *]*(?:\([^)]*\)|[a-z][^|]*|->.*|[;,/].*)?", re.IGNORECASE)
_LONGEST_TITLE = 60
_RANGE = re.compile(r"[<>] ?\d[\d.,]*|\d[\d.,]* ?(?:-|a) ?\d[\d.,]*")
_PRESSURE = re.compile(r"\d{2,3} ?/ ?\d{2,3}")


def read_tables(page: Page) -> tuple[list[Measured], list[tuple[int, int]]]:
    """Return the measures of the tables of a document, and the spans that are read: headers and rows."""
    found, taken = list[Measured](), list[tuple[int, int]]()
    for table in tables_of(page.text, lambda cell: whole_naming(page, cell) is not None):
        taken.append(table.header)
        if table.rank_of("treatment") is not None:
            continue
        for row in table.rows:
            measures = list(_read_row(page, table, row))
            found.extend(measures)
            if measures or _is_read(page, table, row):
                taken.append((row.start, _end_of_figures(table, row)))
    return found, taken


def _end_of_figures(table: Table, row: Row) -> int:
    """Return where the figures of a row end: a comment in its last column is read as a sentence."""
    rank = max(row.cells, default=0)
    return row.cells[rank].start if row.cells and table.columns[rank].kind == "note" else row.end


def _read_row(page: Page, table: Table, row: Row) -> Iterator[Measured]:
    by_column = _named_columns(page, table)
    if by_column:
        yield from _row_of_columns(page, table, row, by_column)
    elif naming := whole_naming(page, row.written[0]):
        crowded = len(row.written) > len(table.columns)
        yield from (_crowded_row if crowded else _named_row)(page, table, row, naming)
    elif _is_keyed(page, row):
        yield from _row_of_title(page, table, row)


def _is_read(page: Page, table: Table, row: Row) -> bool:
    """Say whether a row names a measure though it holds no value of it."""
    return whole_naming(page, row.written[0]) is not None and bool(_value_ranks(table))


def whole_naming(page: Page, cell: Cell) -> Naming | None:
    """Return the name that a cell holds, when it holds nothing else but what specifies it."""
    bullet = _BULLET.match(page.lower, cell.start, cell.end)
    start = bullet.end() if bullet else cell.start
    naming = next(iter(page.namings_between(start, start + 1)), None)
    if naming is None or naming.end > cell.end:
        return None
    behind = _BEHIND_NAME.match(page.lower, naming.end, cell.end)
    rest = page.lower[behind.end() if behind else naming.end : cell.end].strip()
    bare = re.sub(r" ?\([^()]*\)$", "", rest)  # "Glycemie g/L (8h)"
    return naming if not bare or _is_unit(rest, naming) or _is_unit(bare, naming) else None


def _value_ranks(table: Table) -> list[int]:
    """Return the ranks of the columns that hold values."""
    moments = [r for r, column in enumerate(table.columns) if r and column.kind in ("moment", "slot", "posture")]
    values = [r for r, column in enumerate(table.columns) if column.kind == "value"]
    previous = [r for r, column in enumerate(table.columns) if column.kind == "previous"]
    return values + moments + previous


def _named_row(page: Page, table: Table, row: Row, naming: Naming) -> Iterator[Measured]:
    """Yield the values of a row that names a measure."""
    own = page.dates_between(row.written[0].start, row.written[0].end)
    unit = _written_unit(page, table, row, naming)
    for rank in _value_ranks(table):
        reading = read_whole_cell(page, row.cells.get(rank), naming.senses, plain(unit))
        if reading is None:
            continue
        column = table.columns[rank]
        moment = own[0] if own else _moment_of(page, table, column)
        undated = column.kind == "previous" and moment is None
        measured = _measured(page, table, row, reading, naming)
        yield replace(measured, date=moment, undated=undated)


def _crowded_row(page: Page, table: Table, row: Row, naming: Naming) -> Iterator[Measured]:
    """Yield the value of a row that has more cells than its header has titles, then the one under a moment.

    The cells tell by themselves what they are: the first figure is the value, the unit follows it.
    """
    _, *cells = row.written
    units = (_words(page, cell) for cell in cells)
    unit = next((words for words in units if _is_unit(plain(words), naming)), _written_unit(page, table, row, naming))
    read = [(cell, read_whole_cell(page, cell, naming.senses, plain(unit))) for cell in cells]
    values = [(cell, replace(reading, unit=reading.unit or unit)) for cell, reading in read if reading]
    ranges = [cell for cell, _ in read if _RANGE.fullmatch(page.lower, cell.start, cell.end)]
    ranges = [cell for cell in ranges if not values or cell is not values[0][0]]
    values = [(cell, reading) for cell, reading in values if cell not in ranges]
    reference = _words(page, ranges[0]) if ranges else ""
    for position, (cell, reading) in enumerate(values):
        column = table.columns[nearest(table, cell)]
        moment = _moment_of(page, table, column) if position and column.kind in ("moment", "previous") else None
        if position == 0 or moment:
            details = (("reference", reference),) if reference else ()
            label, proof = (naming.start, naming.end), (row.start, row.end)
            yield Measured(reading, label, proof, moment, header=table.header, details=details)


def _is_unit(words: str, naming: Naming) -> bool:
    return any(sense.analyte.unit_pattern and sense.analyte.unit_pattern.fullmatch(words) for sense in naming.senses)


def _measured(page: Page, table: Table, row: Row, reading: Reading, naming: Naming) -> Measured:
    details = {}
    reference = table.rank_of("reference")
    if reference in row.cells:
        details["reference"] = _words(page, row.cells[reference])
    flag = table.rank_of("flag")
    if flag in row.cells:
        reading = replace(reading, flag=reading.flag or _words(page, row.cells[flag]))
    unit = reading.unit or _written_unit(page, table, row, naming)
    return Measured(
        replace(reading, unit=unit),
        (naming.start, naming.end),
        (row.start, row.end),
        header=table.header,
        details=tuple(details.items()),
    )


def _written_unit(page: Page, table: Table, row: Row, naming: Naming) -> str:
    """Return the unit of a row, as written: its column's cell, else what follows the name in brackets or not."""
    rank = table.rank_of("unit")
    if rank in row.cells:
        return _words(page, row.cells[rank]).strip("-")
    end = (
        row.cells[0].end if 0 in row.cells and row.cells[0].start <= naming.start else page.text.find("\n", naming.end)
    )
    behind = page.text[naming.end : max(end, naming.end)]
    for sense in naming.senses:
        match = sense.analyte.unit_pattern and sense.analyte.unit_pattern.search(re.sub(r"[()]", " ", behind))
        if match:
            return page.source.text[naming.end + match.start("unit") : naming.end + match.end("unit")]
    return ""


def read_whole_cell(page: Page, cell: Cell | None, senses: tuple[Sense, ...], unit: str = "") -> Reading | None:
    """Return the value that a cell holds, and nothing when something else follows it."""
    if cell is None or _EMPTY.fullmatch(page.lower, cell.start, cell.end):
        return None
    reading = read_cell(page.text, cell.start, cell.end, senses, unit)
    if reading is None or not _REST.fullmatch(page.text, reading.end, cell.end):
        return None
    return reading


def _moment_of(page: Page, table: Table, column: Column) -> FoundDate | None:
    """Return the moment that a column's title gives, else the date of the table's title."""
    place = (column.title.start, column.title.end)
    found = page.dates_between(*place)
    below = column.below and moment_in_cell(_words(page, column.below))
    match = moment_in_cell(_words(page, column.title))
    time = (below and below["time"]) or (match and match["time"]) or ""
    day = found[0][2] if found else _title_date(page, table) or (_day_of(page) if time else "")
    return (*place, _at(day, time)) if day else None


def _day_of(page: Page) -> str:
    return page.source.date.date().isoformat() if page.source.date else ""


def _at(moment: str, time: str) -> str:
    """Add a time of day to a day that has none."""
    match = re.fullmatch(r"(\d{1,2}) ?[hH:] ?(\d\d)?", time.strip())
    if len(moment) != 10 or not match:
        return moment
    return f"{moment}T{int(match[1]):02}:{match[2] or '00'}"


def _title_date(page: Page, table: Table) -> str:
    """Return the date of the line above a table, when that is a short title with no other figures."""
    found = page.dates_between(*table.title) if table.title else []
    if len(found) != 1 or table.title is None or table.title[1] - table.title[0] > _LONGEST_TITLE:
        return ""
    start, end, iso = found[0]
    others = page.text[table.title[0] : start] + page.text[end : table.title[1]]
    return "" if re.search(r"\d", others) else iso


def _named_columns(page: Page, table: Table) -> dict[int, Naming]:
    """Return the measures that the titles of columns name, when the rows are keyed by something else."""
    named = (
        (rank, whole_naming(page, column.title))
        for rank, column in enumerate(table.columns)
        if column.kind == "measure"
    )
    return {rank: naming for rank, naming in named if naming}


def _row_of_columns(page: Page, table: Table, row: Row, columns: dict[int, Naming]) -> Iterator[Measured]:
    """Yield the values of a row under columns that name measures."""
    moment = _key_of(page, table, row)
    for rank, naming in columns.items():
        if reading := read_whole_cell(page, row.cells.get(rank), naming.senses):
            measured = _measured(page, table, row, reading, naming)
            yield replace(measured, date=moment)


def _is_keyed(page: Page, row: Row) -> bool:
    """Say whether a row starts with its date or time."""
    return 0 in row.cells and moment_in_cell(_words(page, row.cells[0])) is not None


def _key_of(page: Page, table: Table, row: Row) -> FoundDate | None:
    """Return the moment of a row keyed by a date or a time."""
    place = (row.start, row.end)
    day, time = _title_date(page, table), ""
    if _is_keyed(page, row):
        cell = row.cells[0]
        found = page.dates_between(cell.start, cell.end)
        key = moment_in_cell(_words(page, cell))
        other = (
            moment_in_cell(_words(page, row.cells[1])) if 1 in row.cells and table.columns[1].kind == "key" else None
        )
        day = found[0][2] if found else day or _day_of(page)
        time = (key and key["time"]) or (other and other["time"]) or ""
    return (*place, _at(day, time)) if day else None


def _row_of_title(page: Page, table: Table, row: Row) -> Iterator[Measured]:
    """Yield the values of a row keyed by its date in a table whose title names the measure."""
    naming = _title_naming(page, table)
    moment = _key_of(page, table, row)
    for rank in _value_ranks(table):
        cell = row.cells.get(rank)
        senses = naming.senses if naming else ()
        if not senses and cell and _PRESSURE.match(page.text, cell.start, cell.end):
            senses = (Sense(analytes()["blood_pressure"], ""),)
        reading = read_whole_cell(page, cell, senses)
        if reading and cell:
            label = naming or Naming(table.columns[rank].title.start, table.columns[rank].title.end, senses)
            column = table.columns[rank]
            title = moment_in_cell(_words(page, column.title)) if column.kind == "moment" else None
            at = (*moment[:2], _at(moment[2], title["time"])) if moment and title and title["time"] else moment
            yield replace(_measured(page, table, row, reading, label), date=at)


def _title_naming(page: Page, table: Table) -> Naming | None:
    """Return the only measure that the line above a table names."""
    if table.title is None:
        return None
    start, end = table.title
    named = [one for one in page.namings if start <= one.start < end]
    return named[0] if len(named) == 1 else None


def _words(page: Page, cell: Cell) -> str:
    return page.source.text[cell.start : cell.end]
