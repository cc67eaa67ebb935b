"""The words around the values of a record: which may stand where, read from ``measurement_words.tsv``."""

import re
from functools import cache
from importlib import resources


@cache
def forms(kind: str) -> str:
    """Return the alternatives of a kind of words, as a regular expression over small letters without accents."""
    lines = (
        resources.files("ingestion.facts").joinpath("measurement_words.tsv").read_text(encoding="utf-8").splitlines()
    )
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return "|".join(row[1] for row in rows if row[0] == kind)


@cache
def words(kind: str) -> re.Pattern[str]:
    """Return the pattern of one whole word of a kind."""
    return re.compile(rf"(?<![a-z0-9])(?:{forms(kind)})(?![a-z0-9])")
