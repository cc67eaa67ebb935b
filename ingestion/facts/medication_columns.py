"""Medicines that head a column, or a row, of a table whose other cells hold nothing but doses.

A nurse's sheet: the days stand in the first column, "INSULATARD matin" heads another, "14 UI" stands below it.
"""

import re
from collections.abc import Iterator, Sequence

from ingestion.facts.medicine_mentions import MedicineMention
from ingestion.facts.plain import plain
from ingestion.facts.types import Line, Source

_CELL = re.compile(r"[^\s|;](?:[^\s|;]| (?! ))*")
_DOSE = re.compile(r"\d+(?:[.,]\d+)? ?(?:[mu]?g|ui|u|ml|cp|gouttes?|mmol|meq)(?:/[a-z0-9]+)*")
_NARROW = 3
"""How many characters a cell may stand to the left of the name that heads its column."""


def doses_below(
    source: Source, header: Line, mentions: Sequence[MedicineMention]
) -> Iterator[tuple[Line, MedicineMention, int]]:
    """Yield the rows of a table that dose a medicine of its header, that medicine, and where its dose starts."""
    columns = list(_columns(source, header, mentions))
    if not columns:
        return
    for row in source.lines:
        if row.header == (header.start, header.end):
            for mention, rank, start in columns:
                dose = _dose_at(source.words(row), rank, start, "|" in source.words(header))
                if dose is not None:
                    yield row, mention, dose


def _columns(
    source: Source, header: Line, mentions: Sequence[MedicineMention]
) -> Iterator[tuple[MedicineMention, int, int]]:
    """Yield the medicines with the rank of their cell and where it starts."""
    cells = list(_CELL.finditer(source.words(header)))
    for mention in mentions:
        place = mention.start - header.start
        for rank, cell in enumerate(cells):
            if cell.start() == place and rank > 0:
                yield mention, rank, place


def _dose_at(row: str, rank: int, start: int, ruled: bool) -> int | None:
    """Return where the dose in the cell of a column starts; None when the cell holds something else."""
    cells = list(_CELL.finditer(row))
    if ruled:
        found = cells[rank] if rank < len(cells) else None
    else:
        found = next((cell for cell in cells if start - _NARROW <= cell.start() < start + 16), None)
    return found.start() if found and _DOSE.fullmatch(plain(found[0])) else None
