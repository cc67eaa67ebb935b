"""Read measures in rows of a laboratory's export: fields between semicolons, without a header.

A field that holds a name and nothing else, and a value in the field behind it, make a measure
("2025-06-01;15:40;CREA;Créatinine;92;µmol/L;64-104;;validé"). Its day and time are the fields that hold nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.facts.analytes import Naming
from ingestion.facts.letters import plain
from ingestion.facts.measurement_tables import read_whole_cell, whole_naming
from ingestion.facts.page import Measured, Page
from ingestion.facts.tables import Cell, moment_in_cell
from ingestion.facts.time import FoundDate
from ingestion.types import Offsets

_ROW = re.compile(r"^[^\n;]*;(?! )[^\n]*$", re.MULTILINE)
_RANGE = re.compile(r"[<>≤≥] ?\d[\d.,]*|\d[\d.,]* ?(?:-|a) ?\d[\d.,]*")
_FLAG = re.compile(r"H{1,2}|B{1,2}|L{1,2}|N|\*{1,2}|\+{1,3}|-{1,3}")
_FEWEST_FIELDS = 4
_FIELDS_OF_VALUE = 6  # a value, its unit, its range, its flag, and what stands of it


def read_exports(page: Page, taken: Sequence[Offsets]) -> tuple[list[Measured], list[Offsets]]:
    """Return the measures of the rows of fields of a document, and the spans that are read."""
    found, spans = list[Measured](), list[Offsets]()
    for match in _ROW.finditer(page.text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        measures = list(_read_row(page, _fields(page.text, *match.span())))
        found.extend(measures)
        # A name and its value are read, nothing else of the row: its other fields may be sentences.
        spans.extend((one.label[0], one.reading.end) for one in measures)
    return found, spans


def is_export_row(words: str) -> bool:
    """Say whether a line is a row of fields: what one of them says of the value holds over the semicolons between."""
    return len(re.findall(r";(?! )", words)) >= _FEWEST_FIELDS - 1


def _fields(text: str, start: int, end: int) -> list[Cell]:
    cells, position = [], start
    for words in text[start:end].split(";"):
        left = position + len(words) - len(words.lstrip())
        cells.append(Cell(left, max(left, position + len(words.rstrip())), left - start))
        position += len(words) + 1
    return cells


def _read_row(page: Page, fields: Sequence[Cell]) -> Iterator[Measured]:
    moment = _moment_of(page, fields)
    for rank, field in enumerate(fields[:-1]):
        naming = whole_naming(page, field)
        if naming and (measured := _measure(page, naming, fields[rank + 1 : rank + 1 + _FIELDS_OF_VALUE])):
            yield replace(measured, date=moment)


def _measure(page: Page, naming: Naming, fields: Sequence[Cell]) -> Measured | None:
    """Return the measure that a name and the fields behind it make."""
    unit = page.source.text[fields[1].start : fields[1].end] if len(fields) > 1 else ""
    known = any(one.analyte.unit_pattern and one.analyte.unit_pattern.fullmatch(plain(unit)) for one in naming.senses)
    reading = read_whole_cell(page, fields[0], naming.senses, plain(unit) if known else "")
    if reading is None:
        return None
    words = [page.text[one.start : one.end] for one in fields[1:]]
    reference = next((one for one in words if _RANGE.fullmatch(one.lower())), "")
    flag = next((one for one in words if _FLAG.fullmatch(one)), "")
    line = page.line_at(naming.start)
    return Measured(
        replace(reading, unit=reading.unit or (unit if known else ""), flag=reading.flag or flag),
        (naming.start, naming.end),
        (line.start, line.end),
        details=(("reference", reference),) if reference else (),
    )


def _moment_of(page: Page, fields: Sequence[Cell]) -> FoundDate | None:
    """Return the moment that the fields of a row give, when they give a day."""
    moments = [(one, told) for one in fields if (told := moment_in_cell(page.text[one.start : one.end]))]
    day = next((found for one, _ in moments for found in page.dates_between(one.start, one.end)), None)
    if day is None:
        return None
    time = next((told["time"] for _, told in moments if told["time"] and not told["date"]), "")
    match = re.fullmatch(r"(\d{1,2}) ?[hH:] ?(\d\d)?", time.strip())
    iso = f"{day[2]}T{int(match[1]):02}:{match[2] or '00'}" if match and len(day[2]) == 10 else day[2]
    return day[0], day[1], iso
