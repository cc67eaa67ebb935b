"""Read a row of a table under its header, whether the columns are ruled ("|", tabulation) or aligned with spaces."""

import re

from ingestion.facts.types import Line, Source

_RULE = re.compile(r"\s*\|\s*|\t+|\s{3,}")


def cells(source: Source, line: Line) -> dict[str, str]:
    """Return the cells of a row by the title of their column; empty when the row has no header or another shape."""
    if line.header is None:
        return {}
    titles = _cut(source.text[slice(*line.header)])
    values = _cut(source.words(line))
    return dict(zip(titles, values, strict=True)) if len(titles) == len(values) else {}


def _cut(row: str) -> list[str]:
    return [cell.strip() for cell in _RULE.split(row.strip().strip("|").strip())]
