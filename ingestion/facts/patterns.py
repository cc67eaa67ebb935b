"""Regular expressions kept as data: a TSV beside this module gives each a name.

Rows are name<TAB>expression, over plain text (see ``ingestion.facts.plain``). A name in capitals is a part, which other
expressions use as ``{NAME}``; rows of one name are alternatives.
"""

import re
from functools import cache
from importlib import resources

_PART = re.compile(r"\{([A-Z_]+)\}")


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Return the expression of a name of a table, compiled. Raises KeyError when the table has no such name."""
    found = [expression for row, expression in rows(table) if row == name]
    if not found:
        raise KeyError(name)
    return re.compile("|".join(found))


@cache
def rows(table: str) -> tuple[tuple[str, str], ...]:
    """Return the names and expressions of a table in its order, parts put in their places."""
    lines = resources.files("ingestion.facts").joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    parts: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for line in lines:
        if line and not line.startswith("#"):
            name, expression = line.split("\t")
            expression = _PART.sub(lambda match: parts[match[1]], expression)
            if name.isupper():
                parts[name] = f"(?:{expression})"
            else:
                found.append((name, expression))
    return tuple(found)
