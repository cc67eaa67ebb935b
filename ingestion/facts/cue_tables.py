"""Tables of cues beside this module: lines of ``kind<TAB>folded regular expression``; the rows of a kind add up."""

import re
from functools import cache
from importlib import resources


@cache
def expression(table: str, kind: str) -> str:
    """Return the rows of a kind joined in one expression, to be put in a group."""
    lines = resources.files("ingestion.facts").joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return "|".join(pattern for name, pattern in rows if name == kind)


@cache
def words(table: str, kind: str) -> re.Pattern[str]:
    """Return the rows of a kind compiled as whole words."""
    return re.compile(rf"(?<!\w)(?:{expression(table, kind)})(?!\w)")
