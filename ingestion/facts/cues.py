"""Cues of denial and doubt, and how far they reach.

The cues are rows of ``context.tsv``, looked for in the folded line; its comments say what each place means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from ingestion.facts.types import Certainty, Polarity

_REACH = 75
"""How many characters a cue may stand before the item it bears on."""
_BEHIND = 45
"""The same, for a cue that follows its item."""
_GOVERNED = re.compile(
    r"\s*(?:d'|de |des )?(?:(?:signes?|elements?|arguments?|notion|images?|aspects?|lesions?)(?: \w+)? )?\s*"
)
_HYPOTHETICAL = ("possible", "probable")
_DE = r"(?=\s(?:de|du|des)\b|\sd')"


class Cue(NamedTuple):
    """A cue found in a folded line."""

    start: int
    end: int
    effect: str
    place: str


@dataclass(frozen=True, repr=False)
class Reading:
    """How a line means one of its items."""

    polarity: Polarity
    certainty: Certainty

    def __repr__(self) -> str:
        return f"Reading({self.polarity!r}, {self.certainty!r})"


@lru_cache(maxsize=512)
def read(folded: str, start: int, end: int) -> Reading:
    """Return how the item at ``start:end`` of a folded line is meant, by the cues that reach it."""
    item, (cues, masks) = Cue(start, end, "", ""), _cues(folded)
    cues = tuple(cue for cue in cues if not any(_overlap(cue, mask) and not _overlap(item, mask) for mask in masks))
    before = [cue for cue in cues if cue.end <= start and _reaches_forward(folded, cue, start, end)]
    after = [cue for cue in cues if cue.start >= end and _reaches_back(folded, cue, end)]
    effect = _decide(folded, before, {cue.effect for cue in after})
    if effect in _HYPOTHETICAL:
        doubts = {cue.effect for cue in (*before, *after)} & set(_HYPOTHETICAL)
        return Reading("hypothetical", "possible" if "possible" in doubts else "probable")
    return Reading({"negated": "negated", "ruled_out": "ruled_out"}.get(effect, "affirmed"), "certain")  # type: ignore[arg-type]


def _decide(folded: str, before: list[Cue], after: set[str]) -> str:
    """Weigh the cues: what rules out wins, then what follows the item, then what precedes it."""
    first = _outermost(folded, before)
    if "ruled_out" in after or first == "ruled_out":
        return "ruled_out"
    if "negated" in after and "affirmed" not in after:
        return "negated"
    if "affirmed" in after and first != "negated":
        return "affirmed"
    doubt = next((effect for effect in _HYPOTHETICAL if effect in after), "")
    return doubt or first or "affirmed"


def _outermost(folded: str, before: list[Cue]) -> str:
    """Return the effect of the nearest cue, or of the one that governs it: "si pas de", "aucun signe en faveur de"."""
    effect, edge = "", None
    for cue in sorted(before, key=lambda cue: -cue.start):
        if edge is None or _GOVERNED.fullmatch(folded, min(cue.end, edge), edge):
            effect, edge = cue.effect, cue.start
    return effect


def _reaches_forward(folded: str, cue: Cue, start: int, end: int) -> bool:
    gap = folded[cue.end : start]
    if cue.place == "touch":
        return len(gap) <= 14 and not re.search(r"[,;:.()|/\n]|\w\s+\w+\s", gap)
    if cue.place not in ("before", "list") or len(gap) > _REACH or _parted(folded, cue.end, start):
        return False
    if cue.place == "list":
        gap = re.sub(r"^\s*:", " ", gap)
        return not _halt().search(gap)
    return not _halt().search(gap) and ("," not in gap or _goes_on(gap, folded[end : end + _REACH]))


def _goes_on(gap: str, rest: str) -> bool:
    """Say whether a list goes on across its commas: "pas de fièvre, de toux", "sans fièvre, toux ou dyspnée"."""
    parts = gap.split(",")[1:]
    if all(re.match(r"\s*(?:de|d'|du|des|ni|ou)(?!\w)", part) for part in parts):
        return True
    rest = re.split(r"[;:(]|\.\s", rest)[0]
    return bool(
        re.search(r"\b(?:ni|ou)\b", parts[-1]) or re.match(r"[\w' -]{0,30}(?:,[\w' -]{1,30})*? (?:ni|ou) ", rest)
    )


def _reaches_back(folded: str, cue: Cue, end: int) -> bool:
    gap = folded[end : cue.start]
    if cue.place == "answer":
        return not gap.strip() or bool(re.fullmatch(r"[\w' /-]{1,24}", gap) and not _halt().search(gap))
    if cue.place not in ("after", "open") or len(gap) > _BEHIND or _parted(folded, end, cue.start):
        return False
    if cue.place == "open":
        return "," not in gap
    plural = folded[cue.start : cue.end].endswith("s")
    gap = re.sub(r"(?:\bet|\bou)\b", " ", gap) if plural else gap
    gap = re.sub(r"\b(?:et|puis)\s*$", " ", gap)
    # Right before the cue a comma or a bracket opens its apposition: "embolie pulmonaire, éliminée".
    gap = re.sub(r"\s*[,(:]\s*(?:(?:a|est|finalement|puis|hypothese|diagnostic)\s+)*$", " ", gap)
    return "," not in gap and not _halt().search(gap) and len(gap.split()) <= 5


@lru_cache(maxsize=512)
def _cues(folded: str) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """Return the cues of a folded line, without those that stand inside a longer one, and the masks."""
    found = sorted(_all(folded), key=lambda cue: (cue.start, -cue.end))
    masks = tuple(cue for cue in found if cue.place == "mask")
    cues = [cue for cue in found if cue.place != "mask"]
    return tuple(cue for cue in cues if not any(_holds(other, cue) for other in cues)), masks


def _holds(other: Cue, cue: Cue) -> bool:
    return other.start <= cue.start and cue.end <= other.end and other[:2] != cue[:2]


def _overlap(first: Cue, second: Cue) -> bool:
    return first.start < second.end and second.start < first.end


def _all(folded: str) -> Iterator[Cue]:
    for effect, place, pattern in _table():
        for match in pattern.finditer(folded):
            yield Cue(match.start(), match.end(), effect, place)


def _parted(folded: str, first: int, last: int) -> bool:
    """Say whether a proposition ends between two places."""
    return any(first <= start < last for start in _stops(folded))


@lru_cache(maxsize=512)
def _stops(folded: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _edges("stop").finditer(folded))


def _halt() -> re.Pattern[str]:
    return _edges("halt")


@cache
def _edges(place: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for _, kind, pattern in _rows() if kind == place))


@cache
def _table() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return the cues, the rows of one effect and one place joined in one expression."""
    joined: dict[tuple[str, str], list[str]] = {}
    for effect, place, pattern in _rows():
        if place not in ("stop", "halt"):
            joined.setdefault((effect, place), []).append(pattern)
    return tuple((*key, _compiled(key[1], "|".join(patterns))) for key, patterns in joined.items())


def _compiled(place: str, pattern: str) -> re.Pattern[str]:
    bounded = pattern if place in ("answer", "open") else rf"(?<!\w)(?:{pattern})(?!\w)"
    return re.compile(bounded)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    lines = resources.files("ingestion.facts").joinpath("context.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple(
        (effect, place, pattern.replace("(?={de})", "{de}").replace("{de}", _DE)) for effect, place, pattern in rows
    )
