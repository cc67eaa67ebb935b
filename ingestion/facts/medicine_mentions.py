"""Where a document names medicines: each name once, its brand and its generic joined."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingestion.facts.concepts import concepts_in
from ingestion.facts.plain import plain
from ingestion.facts.types import Line, Source
from ingestion.normalise import fold, medicine_names

_FORM = r"(?: ?(?:lp|lm|l\.p\.|forte|retard|xr|sr|mr)\b)?"
_ALIAS_OPENS = re.compile(rf"{_FORM}\s*(?:\(\s*|[/=,]\s*)(?:soit |ou )?$")
_ALIAS_BEHIND_DOSE = re.compile(r"[^()\n;|]{0,40}\(\s*(?:soit |= ?)?$")
_ALIAS_JOINS = re.compile(rf"{_FORM}\s*(?:/|,|\+|-|et|,? ?(?:equivalent|generique) d[eu'] ?)\s*(?:ac(?:ide|\.)? ?)?$")
_CLOSES = re.compile(rf"{_FORM}\s*(?:cp|gel|sachet)?s?\s*\)")
_TABLE = "medicine_groups"


@dataclass(frozen=True, repr=False)
class MedicineMention:
    """A medicine where a document names it: ``start:end`` are offsets of the document, the joined name included.

    ``name`` is the generic, folded, the parts of a combination joined by "+"; ``label`` the first name as written,
    ``brand`` the brand as written; ``group`` tells of a class of medicines ("AVK").
    """

    start: int
    end: int
    name: str
    label: str
    brand: str = ""
    atc: str = ""
    group: bool = False

    def __repr__(self) -> str:
        return f"MedicineMention({self.start}:{self.end})"


def medicine_mentions(source: Source) -> Iterator[tuple[Line, list[MedicineMention]]]:
    """Yield the lines that name medicines, with what they name, in order."""
    starts = [line.start for line in source.lines]
    by_line: dict[int, list[MedicineMention]] = {}
    for mention in _named(source.text):
        position = bisect_right(starts, mention.start) - 1
        if position >= 0 and mention.end <= source.lines[position].end:
            by_line.setdefault(position, []).append(mention)
    for position, found in by_line.items():
        yield source.lines[position], _joined(source.text, found)


def _named(text: str) -> Iterable[MedicineMention]:
    """Return the names of the lexicon and of the table of groups, without overlap, the former first."""
    found = [
        MedicineMention(
            name.start,
            name.end,
            name.generic.replace(" + ", "+"),
            label := text[name.start : name.end],
            "" if _is_generic(fold(label), name.generic) else label,
            name.atc,
        )
        for name in medicine_names(text)
        if not (text[name.end - 1] in "éÉ" and name.generic.endswith("e"))  # "un tube hépariné" names no medicine
    ]
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    for concept in concepts_in(text, _TABLE):
        if concept.start not in taken and concept.end - 1 not in taken:
            group = concept.code.startswith("class:")
            atc = concept.code.removeprefix("class:")
            found.append(MedicineMention(concept.start, concept.end, concept.name, concept.label, "", atc, group))
    return sorted(found, key=lambda mention: mention.start)


def _is_generic(folded: str, generic: str) -> bool:
    """Say whether a name is that of the substance, however it is written ("méropénem", "héparine calcique")."""
    words, parts = re.findall(r"[a-z]+", folded), re.findall(r"[a-z]+", generic)
    near = [any(_differ_at_end(word, part) for part in parts) for word in words]
    return bool(near) and (near[0] or all(near))


def _differ_at_end(word: str, other: str) -> bool:
    """Say whether two words differ by their last two letters at most ("asparte", "aspart")."""
    size = max(len(word), len(other)) - 2
    return word[:size] == other[:size]


def _joined(text: str, mentions: Iterable[MedicineMention]) -> list[MedicineMention]:
    """Join "COUMADINE (warfarine)", "BIPRETERAX (périndopril/indapamide)", "warfarine, COUMADINE"."""
    joined: list[MedicineMention] = []
    read = 0
    for mention in mentions:
        if joined and _is_alias(text, joined[-1], read, mention):
            joined[-1] = _with_alias(text, joined[-1], read, mention)
        else:
            joined.append(mention)
        read = max(mention.end, joined[-1].end)
    return joined


def _is_alias(text: str, named: MedicineMention, read: int, other: MedicineMention) -> bool:
    """Say whether a name repeats the one before it; ``read`` is where the last name, or its alias, ends."""
    if named.group or other.group or not _same(named, other) or other.start - read > 40:
        return False
    between = plain(text[read : other.start])
    inside = "(" in text[named.start : read] and ")" not in text[named.start : read]
    pattern = _ALIAS_JOINS if inside else _ALIAS_OPENS
    if between.strip(" :") == "" and bool(named.brand) != bool(other.brand):
        return True  # "olanzapine ZYPREXA 5 mg"
    return bool(pattern.fullmatch(between) or (not inside and _ALIAS_BEHIND_DOSE.fullmatch(between)))


def _same(named: MedicineMention, other: MedicineMention) -> bool:
    """Say whether two names are those of one medicine, or of it and of a part of it."""
    parts, others = set(named.name.split("+")), set(other.name.split("+"))
    if parts <= others or others <= parts:
        return True
    return bool(named.atc) and named.atc == other.atc


def _with_alias(text: str, named: MedicineMention, read: int, other: MedicineMention) -> MedicineMention:
    """Return the first name completed by the second; a dose between them stays outside of the name."""
    longer = named if named.name.count("+") >= other.name.count("+") else other
    closed = _CLOSES.match(plain(text[other.end : other.end + 12]))
    opened = "(" in text[named.start : other.start]
    end = other.end + closed.end() if closed and opened else other.end
    if read == named.end and _ALIAS_BEHIND_DOSE.fullmatch(between := plain(text[read : other.start])):
        end = named.end if re.search(r"\d", between) else end
    brand = named.brand or other.brand
    return replace(named, end=end, name=longer.name, atc=longer.atc or named.atc, brand=brand)
