"""How a text of the records is laid out: what is a heading, a table, a column-aligned block, a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["heading", "line", "aligned", "table", "space", "rule"]

_RULE = re.compile(r"\s*(?:={3,}|-{3,})\s*$")
_COLUMNS = re.compile(r"\S {3,}\S|^ +\S")


@dataclass(frozen=True)
class Block:
    """Consecutive lines that are set the same way. A heading and a line hold one each, a space and a rule none."""

    kind: Kind
    lines: tuple[str, ...] = ()

    def rows(self) -> list[list[str]]:
        """Return the cells of a table."""
        return [[cell.strip() for cell in line.split("|")] for line in self.lines]


def blocks_of(text: str) -> list[Block]:
    """Cut a text into blocks; nothing but rules, indentation of rules and empty lines is lost."""
    lines = text.strip("\n").split("\n")
    marked = [(_kind(line, lines[index + 1 : index + 2]), line) for index, line in enumerate(lines)]
    kept = [pair for index, pair in enumerate(marked) if not _underlines(marked, index)]
    return list(_grouped(kept))


def _kind(line: str, following: list[str]) -> Kind:
    if not line.strip():
        return "space"
    if _RULE.match(line):
        return "rule"
    if line.count(" | ") >= 2:
        return "table"
    if _COLUMNS.search(line):
        return "aligned"
    return "heading" if (following and _RULE.match(following[0])) or _is_capitals(line) else "line"


def _is_capitals(line: str) -> bool:
    return line.isupper() and len(line) <= 60 and not any(character.isdigit() for character in line)


def _underlines(marked: list[tuple[Kind, str]], index: int) -> bool:
    """Say whether a rule only underlines the heading above it."""
    return marked[index][0] == "rule" and index > 0 and marked[index - 1][0] == "heading"


def _grouped(marked: list[tuple[Kind, str]]) -> Iterator[Block]:
    for (kind, _), pairs in groupby(marked, key=lambda pair: (pair[0], _shape(*pair))):
        lines = tuple(line for _, line in pairs)
        if kind in ("aligned", "table"):
            yield Block(kind, lines)
        elif kind in ("space", "rule"):
            yield Block(kind)
        else:
            yield from (Block(kind, (line,)) for line in lines)


def _shape(kind: Kind, line: str) -> int:
    """Keep the rows of one table together: those of as many cells."""
    return line.count("|") if kind == "table" else 0
