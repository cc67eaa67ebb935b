"""Analytes, vital signs, scores and measures: what is known of each, and where a text names them.

Names are matched on a ``plain`` text, which has the length of the text it comes from, so that its offsets are those of
the document. A word of seven letters or more may hold one typing error.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from ingestion.facts.letters import plain

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9βγΘθ][A-Za-z0-9]*")
_PIECE = re.compile(r"[^\W_]+|[^\w]|_")
_SEPARATORS = {" ": "[ -]{1,2}", "-": "[ -]?", "'": "' ?", "/": " ?/ ?", "(": r" ?\( ?", ")": r" ?\)", ".": r"\.?"}
_MISTAKEN = 7  # letters of the shortest word in which a typing error is looked for
_UNIT_PARTS = (
    # Written or dictated ("g/dL", "grammes par décilitre"); each is applied to what the ones before left.
    (r"/", "(?: ?/ ?| par )"),
    (r"\bumol\b", "(?:u|mc|micro)mol(?:es?)?"),
    (r"\bmmol\b", "(?:m|milli)mol(?:es?)?"),
    (r"\bnmol\b", "(?:n|nano)mol(?:es?)?"),
    (r"\bpmol\b", "(?:p|pico)mol(?:es?)?"),
    (r"\bug\b", "(?:ug|mcg|microg(?:rammes?)?)"),
    (r"\bmg\b", "(?:mg|milligrammes?)"),
    (r"\bng\b", "(?:ng|nanogrammes?)"),
    (r"\bpg\b", "(?:pg|picogrammes?)"),
    (r"^g\b", "(?:g|gr|giga|grammes?)"),
    (r"\bmin\b", "(?:min(?:utes?)?|mn)"),
    (r"24h", "24 ?h(?:eures)?"),
    (r"12h", "12 ?h(?:eures)?"),
    (r"1,73m2", "1[.,]73 ?m2"),
    (r"\bmm3\b", "(?:mm ?3|millimetres? cubes?)"),
    (r"\bml\b", "(?:ml|millilitres?)"),
    (r"\bdl\b", "(?:dl|decilitres?)"),
    (r"\bfl$", "(?:fl|femtolitres?)"),
    (r"\bl$", "l(?:itres?)?"),
    (r"^%$", "(?:%|pour ?cents?\\b)"),
    (r"10\^", r"(?:x ?)?10 ?\^? ?"),
)


@dataclass(frozen=True)
class Analyte:
    """What is known of one measure: ``low`` and ``high`` bound the values believed without a unit, if any is."""

    code: str
    label: str
    family: str
    units: tuple[str, ...]
    low: float | None
    high: float | None
    traits: frozenset[str]

    @functools.cached_property
    def unit_pattern(self) -> re.Pattern[str] | None:
        """Match one of the units at a position of a plain text."""
        if not self.units:
            return None
        longest_first = sorted(self.units, key=lambda unit: (unit.count("/"), len(unit)), reverse=True)
        written = "|".join(_unit_expression(unit) for unit in longest_first)
        return re.compile(rf" ?(?P<unit>{written})", re.IGNORECASE)


class Sense(NamedTuple):
    """What a name may mean, and what its value needs to be believed: nothing, a ``unit`` or a ``decimal``."""

    analyte: Analyte
    needs: str


@dataclass(frozen=True)
class Naming:
    """A place where a plain text names a measure, with its possible senses in order of preference."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class _Alias(NamedTuple):
    pattern: re.Pattern[str]
    cased: bool
    senses: tuple[Sense, ...]


@functools.cache
def analytes() -> dict[str, Analyte]:
    """Return the analytes by code, in the order of the table."""
    return {row[0]: _analyte(row) for row in _rows()}


def namings(text: str) -> list[Naming]:
    """Return where a plain text names measures, in order, the longest name at each place, without overlap."""
    lower, found, end = text.lower(), list[Naming](), 0
    for word in _WORD.finditer(text):
        if word.start() >= end and (naming := _naming(text, lower, word)):
            found.append(naming)
            end = naming.end
    return found


def _naming(text: str, lower: str, word: re.Match[str]) -> Naming | None:
    key = word[0].lower()
    index = _index()
    if key not in index:
        key = _corrected(key) if len(key) >= _MISTAKEN and key.isalpha() else ""
        return Naming(*word.span(), index[key][-1].senses) if key else None
    for alias in index[key]:
        match = alias.pattern.match(text if alias.cased else lower, word.start())
        if match and not _is_part_of_a_word(text, word.start(), match.end()):
            return Naming(word.start(), match.end(), alias.senses)
    return None


def _is_part_of_a_word(text: str, start: int, end: int) -> bool:
    """Tell "K" in "DIFFU-K", "vit K", "K-ras", "T" in "T/L" from a measure: a short name stands alone."""
    if end - start > 2:
        return False
    before, after = text[max(0, start - 10) : start], text[end : end + 2]
    return bool(
        re.search(r"(?:[\w)]-|\b(?:vit|vitamine|phase|groupe|type|stade|grade|classe)\.? ?)$", before, re.I)
        or re.match(r"-\w|'|/[lL]", after)
    )


@functools.lru_cache(maxsize=1 << 14)
def _corrected(word: str) -> str:
    """Return the name of one word from which a word differs by one typing error, or an empty string."""
    misspelt = _misspelt()
    for short in (word, *_shortened(word)):
        for name in misspelt.get(short, ()):
            if name[0] == word[0] and abs(len(name) - len(word)) <= 1:
                return name
    return ""


@functools.cache
def _misspelt() -> dict[str, tuple[str, ...]]:
    """Return the names of one long word by each of the forms that one letter less gives."""
    found: dict[str, tuple[str, ...]] = {}
    for key, aliases in _index().items():
        last = aliases[-1]
        if len(key) > _MISTAKEN and not last.cased and re.fullmatch(last.pattern, key):
            for short in (key, *_shortened(key)):
                found[short] = (*found.get(short, ()), key)
    return found


def _shortened(word: str) -> Iterator[str]:
    return (word[:position] + word[position + 1 :] for position in range(1, len(word)))


@functools.cache
def _index() -> dict[str, tuple[_Alias, ...]]:
    """Return the aliases by their first word, in small letters; the longest come first."""
    senses: dict[tuple[str, bool], list[Sense]] = {}
    for row in _rows():
        for name in row[7].split("|"):
            marks, written = re.fullmatch(r"([=!~]*)(.+)", name).groups()  # type: ignore[union-attr]
            needs = "unit" if "!" in marks else "decimal" if "~" in marks else ""
            cased = "=" in marks
            key = plain(written) if cased else plain(written).lower()
            senses.setdefault((key, cased), []).append(Sense(analytes()[row[0]], needs))
    index: dict[str, list[tuple[str, _Alias]]] = {}
    for (written, cased), meanings in senses.items():
        first = _WORD.match(written)
        if first:
            alias = _Alias(re.compile(_expression(written, cased)), cased, tuple(meanings))
            for key in _numbers_of(first[0].lower(), cased):
                index.setdefault(key, []).append((written, alias))
    ordered = {key: sorted(group, key=lambda one: (-len(one[0]), not one[1].cased)) for key, group in index.items()}
    return {key: tuple(alias for _, alias in group) for key, group in ordered.items()}


def _numbers_of(word: str, cased: bool) -> set[str]:
    """Return the singular and the plural of the first word of a name; a short form has none."""
    return {word} if cased or len(word) < 4 else {word, word.removesuffix("s"), word.removesuffix("s") + "s"}


def _expression(written: str, cased: bool) -> str:
    pieces = []
    for piece in _PIECE.findall(written):
        if piece in _SEPARATORS:
            pieces.append(_SEPARATORS[piece])
        elif cased or len(piece) < 4 or not piece.isalpha():
            pieces.append(re.escape(piece))
        else:
            pieces.append(re.escape(piece.removesuffix("s")) + "s?")
    if written.endswith("-"):
        pieces[-1] = "-"
    return "".join(pieces) + r"(?![A-Za-z0-9])"


def _unit_expression(unit: str) -> str:
    expression = re.escape(plain(unit).lower()).replace(r"\ ", " ?").replace(r"\^", "^")
    for part, written in _UNIT_PARTS:
        expression = re.sub(part, written.replace("\\", r"\\"), expression)
    return expression + (r"(?![A-Za-z0-9]|\^)" if unit[-1].isalnum() else "")


def _analyte(row: list[str]) -> Analyte:
    code, label, family, units, bare, _, traits, _ = row
    low, high = re.fullmatch(r"(-?[\d,]+)-(-?[\d,]+)", bare).groups() if bare else (None, None)  # type: ignore[union-attr]
    return Analyte(
        code,
        label,
        family,
        tuple(filter(None, units.split("|"))),
        _number(low),
        _number(high),
        frozenset(traits.split()),
    )


def _number(written: str | None) -> float | None:
    return float(written.replace(",", ".")) if written else None


@functools.cache
def _rows() -> tuple[list[str], ...]:
    lines = resources.files("ingestion.facts").joinpath("analytes.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if line and not line.startswith(("#", "code\t")))
