"""The ways in which notes say that a thing was done, is planned, was refused…: rows of ``phrases.tsv``.

A row is ``name<TAB>expression``; the rows of one name are alternatives. Expressions are of plain text (small letters,
no accents) and start at a word; "^" and "$" tie them to the ends of the words that are searched.
"""

import re
from functools import cache
from importlib import resources

from ingestion.facts.plain import plain


def phrase_in(name: str, words: str) -> re.Match[str] | None:
    """Return the first place where some words say what the phrases of a name say; offsets are those of ``words``."""
    return _phrases()[name].search(plain(words))


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    lines = resources.files("ingestion.facts").joinpath("phrases.tsv").read_text(encoding="utf-8").splitlines()
    rows: dict[str, list[str]] = {}
    for name, expression in (line.split("\t") for line in lines if line and not line.startswith("#")):
        rows.setdefault(name, []).append(expression)
    return {name: re.compile(rf"(?<![a-z0-9])(?:{'|'.join(found)})") for name, found in rows.items()}
