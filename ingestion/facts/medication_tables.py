"""What the columns of a table of medicines say: first and last day, and how much at which moment of the day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.facts.plain import plain
from ingestion.facts.time import FoundDate
from ingestion.facts.types import Line, Source

_CELL = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_FIRST_DAY = re.compile(r"(?:du|debut(?:e)?(?: le)?|date (?:de )?debut|depuis(?: le)?|start|date)")
_LAST_DAY = re.compile(r"(?:au|fin|stop|arret|date (?:de )?fin|jusqu'au)(?: ?[/(].*)?")
_MOMENT = re.compile(r"(?:matin|midi|gouter|apres-midi|soir|coucher|nuit|[0-2]?\d ?h(?: ?\d\d)?|[0-2]?\d:\d\d)")
_NOTHING = re.compile(r"[-–0x./]*|non|ras")
_AMOUNT = re.compile(r"(?:½|\d+(?:[.,/]\d+)?)(?: ?[a-z]{1,10}\.?)?|x|ok|oui", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """What the header of a table gives to one of its rows: ISO days, and the amounts of the day as written."""

    start: str = ""
    stop: str = ""
    frequency: str = ""


def columns_of(source: Source, line: Line, dates: Sequence[FoundDate]) -> Columns:
    """Return what the columns of a row say; empty when the row has no header.

    ``dates`` are those of the row, with offsets in it. Columns are ruled by "|" or aligned by spaces.
    """
    if line.header is None:
        return Columns()
    header, row = source.text[slice(*line.header)], source.words(line)
    titles = [(match.start(), plain(match[0])) for match in _CELL.finditer(header)]
    shift = _indent(source, line.start) - _indent(source, line.header[0])
    ruled = "|" in header

    def title_at(position: int) -> str:
        if ruled:
            rank = row.count("|", 0, position) - (row.startswith("|") - header.startswith("|"))
            return titles[rank][1] if 0 <= rank < len(titles) else ""
        return next((title for start, title in reversed(titles) if start <= position + shift + 1), "")

    by_title = [(title_at(start), iso) for start, end, iso in dates if _is_alone(row, start, end)]
    return Columns(
        start=next((iso for title, iso in by_title if _FIRST_DAY.fullmatch(title)), ""),
        stop=next((iso for title, iso in by_title if _LAST_DAY.fullmatch(title)), ""),
        frequency=", ".join(
            f"{cell[0]} {title}"
            for cell in _CELL.finditer(row)
            if _MOMENT.fullmatch(title := title_at(cell.start())) and _is_amount(cell[0])
        ),
    )


def _is_alone(row: str, start: int, end: int) -> bool:
    """Say whether a date is what its cell tells: a cell with another figure ("5 mg à partir du 13/02") is a remark."""
    cell = next((cell for cell in _CELL.finditer(row) if cell.start() <= start < cell.end()), None)
    return cell is None or not re.search(r"\d", row[cell.start() : start] + row[end : cell.end()])


def _indent(source: Source, position: int) -> int:
    """Return how far a position stands from the start of its line of text."""
    return position - source.text.rfind("\n", 0, position) - 1


def _is_amount(cell: str) -> bool:
    return not _NOTHING.fullmatch(plain(cell)) and bool(_AMOUNT.fullmatch(cell))
