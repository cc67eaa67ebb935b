"""Examinations that a line names, by the table ``examinations.tsv``."""

import re
from functools import cache
from importlib import resources
from typing import NamedTuple


class Examination(NamedTuple):
    """An examination named in a folded line: its span, its normalised name, whether it is an act (yes, of, -)."""

    start: int
    end: int
    name: str
    act: str = "-"


def examinations_in(folded: str) -> list[Examination]:
    """Return the examinations of a folded line, in order, without overlap.

    >>> [one.name for one in examinations_in("anapath et pcr cmv en cours")]
    ['anatomopathologie', 'pcr cmv']
    """
    pattern, names = _table()
    return [
        Examination(
            *match.span(),
            _precise(names[(match.lastindex or 1) - 1][0], match[0]),
            names[(match.lastindex or 1) - 1][1],
        )
        for match in pattern.finditer(folded)
    ]


def _precise(name: str, words: str) -> str:
    """Keep what is looked for by a method that looks for many things: "pcr cmv", "serologie vih"."""
    return words.strip() if name in ("pcr", "serologies", "dosage") else name


@cache
def _table() -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    lines = resources.files("ingestion.facts").joinpath("examinations.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    pattern = "|".join(f"({re.sub(r'[(](?![?])', '(?:', expression)})" for _, _, expression in rows)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), [(name, act) for name, act, _ in rows]
