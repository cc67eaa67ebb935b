"""The words of a posology, read one after the other over plain text; the words are rows of ``posology.tsv``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ingestion.facts.patterns import pattern, rows
from ingestion.types import Offsets

ItemKind = Literal[
    "change",  # "5 -> ", "de 5 à ": the former dose, before a new one
    "weighted",  # "5 mg/kg/j", "1,3 mg/m²"
    "concentration",  # "100 UI/mL", "2,4 %"
    "mass",  # "2,5 mg", "40 mg/j"
    "bare",  # "Xarelto 20": figures without unit right behind the name
    "scheme",  # "1-0-1-0"
    "intake",  # "2 cp", "un comprimé et demi"
    "limit",  # "max 3/j"
    "condition",  # "si douleur"
    "frequency",
    "time",
    "duration",
    "route",
    "date",
    "from",  # "depuis", "du"
    "to",  # "jusqu'au", "au"
    "then",
    "equal",  # "soit", "=", "=>"
    "happened",  # "débuté", "repris"
    "open",  # "("
    "filler",
]
_TABLE = "posology"
_SMALLEST_STRENGTH = 5
"""Figures without unit below this are a count ("DOLIPRANE 3 le soir"), not a strength."""
_SMALLEST_COUNTED_STRENGTH = 20
"""The same, when a form or a rate follows ("MODOPAR 125 gélule")."""


@dataclass(frozen=True, repr=False)
class Item:
    """One group of words of a posology: its kind and its half-open span."""

    kind: ItemKind
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Item({self.kind!r}, {self.start}:{self.end})"


def items_in(words: str, start: int, end: int, dates: Sequence[Offsets] = ()) -> list[Item]:
    """Return the items of ``words[start:end]`` (plain text) up to the first word that belongs to no posology.

    ``dates`` are the spans of the dates of the text. Brackets that hold something else are passed over.
    """
    ends = dict(dates)
    items = [item for item in _bare_strength(words, start, end) if item.start not in ends]
    position = items[-1].end if items else start
    while position < end:
        item = _item_at(words, position, end, ends)
        if item is None or _opens_next_item(words, item, max(start, position - 3)):
            break
        if item.kind == "date" and items and items[-1].kind == "date" and item.start - items[-1].end < 2:
            items.pop()  # "mercredi 9 avril": the day of the week says no more
        if item.kind != "filler" or not words[item.start : item.end].isspace():
            items.append(item)
        position = item.end
    while items and items[-1].kind in ("filler", "from", "to", "then", "equal", "open"):
        items.pop()
    return [item for item in items if item.kind not in ("filler", "open")]


def _opens_next_item(words: str, item: Item, start: int) -> bool:
    """Say whether a form behind a comma opens the next item of a list ("TAVANIC 500 mg, aérosols de …")."""
    return item.kind == "route" and bool(pattern(_TABLE, "next_item").search(words, start, item.end))


def _bare_strength(words: str, start: int, end: int) -> list[Item]:
    """Read "20" in "Xarelto 20 le soir": figures without unit, right behind the name, too large for a count."""
    match = pattern(_TABLE, "bare").match(words, start, end)
    if match is None or pattern(_TABLE, "no_strength").fullmatch(match["figures"]):
        return []
    smallest = _SMALLEST_COUNTED_STRENGTH if match["count"] else _SMALLEST_STRENGTH
    if match["figures"].isdigit() and int(match["figures"]) < smallest:
        return []
    return [Item("bare", *match.span("figures"))]


def _item_at(words: str, position: int, end: int, dates: dict[int, int]) -> Item | None:
    if position in dates:
        return Item("date", position, min(dates[position], end))
    match = _items().match(words, position, end)
    if match is None or match.end() == position:
        return None
    kind = _kind(match)
    if kind == "open" and not _opens_posology(words, position + 1, end, dates):
        closed = pattern(_TABLE, "parenthesis").match(words, position, end)
        return Item("filler", *closed.span()) if closed else None
    return Item(kind, *match.span())


def _opens_posology(words: str, position: int, end: int, dates: dict[int, int]) -> bool:
    """Say whether what a bracket holds belongs to the posology."""
    match = _items().match(words, position, end)
    return position in dates or (match is not None and _kind(match) not in ("filler", "open", "to", "from"))


def _kind(match: re.Match[str]) -> ItemKind:
    return cast(ItemKind, _kinds()[int((match.lastgroup or "k0")[1:])])


@cache
def _items() -> re.Pattern[str]:
    expressions = (expression for name, expression in rows(_TABLE) if name.startswith("item_"))
    return re.compile("|".join(f"(?P<k{rank}>{expression})" for rank, expression in enumerate(expressions)))


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(name.removeprefix("item_") for name, _ in rows(_TABLE) if name.startswith("item_"))
