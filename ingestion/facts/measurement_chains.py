"""Read the values that continue one: "28 puis 31", "74 (11.24) -> 198 (09.01)", "3,2 hier, 3,7 ce jour"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.facts.analytes import Sense
from ingestion.facts.measurement_gaps import Seen, value_after
from ingestion.facts.measurement_tails import Tail, date_behind, stated, tail_of
from ingestion.facts.measurement_values import Reading
from ingestion.facts.page import Measured, Page
from ingestion.types import Offsets

_CHANGE = re.compile(r" ?(?:-{1,2}>|=>|→|>(?= ?\d)|,? ?(?:puis|ensuite|soit)\b|,? ?(?:contre|vs)\b(?! ?indic))")
_MOVES = re.compile(
    r"\b(?:pass|remont|mont|descen|chut|baiss|augment|dimin|amelior|progress|evolu|tomb)\w* +de +(?![a-z])"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_TO = re.compile(r" ?[a-z%/0-9]{0,8}? ?(?:\([^)]*\) ?)?(?:jusqu')?a (?=\d)")
_RANK = re.compile(r"(?<![a-z0-9])[hj] ?\+? ?\d{1,3}(?![a-z0-9])")
_SIDE = re.compile(r" ?(?:a (?:droite|gauche)|(?:droite?|gauche|[dg])(?![a-z]))")
_ADDITION = re.compile(r" *(?:[,;|]|et\b|\(|[-/](?= ?\d[.,]))")
_AT_ANOTHER_TIME = re.compile(  # "entrée 82, sortie 77"
    r" ?(?:kg|cm|%|[a-z]{1,5}/[a-z]{1,3})? ?[,;/] ?(?:a la |a l'|au )?"
    r"(?:sortie|entree|admission|arrivee|controle|ce jour|actuel\w*|depart|retour|ce matin|ce soir)[ :=]*"
)
_TOLD = r"(?:annonce|declare|dit)(?:e|s|es)?\b"
_TOLD_BEHIND = re.compile(rf" ?(?:kg|cm|kilos)? ?{_TOLD}")
_TOLD_BEFORE = re.compile(rf" ?\( ?{_TOLD} ?:? ?(?:a )?")
_PRIOR = re.compile(r" ?\b(?:ant|anterieure?s?|precedente?s?|prec|vs|contre|rappel|elle|il)\b\.? ?")
_SKIPPED = re.compile(r"[^;,.()\n]{0,30}(?:\([^()\n]{0,100}\))?[^;,.()\n]{0,10}[;,] ?")
_ONE_OF_SEVERAL = r"\d+(?:[.,]\d+)?(?: ?\([^()\n]{1,24}\))?"
_SEVERAL = re.compile(rf"{_ONE_OF_SEVERAL}(?: ?[-–] {_ONE_OF_SEVERAL}){{2,}}(?!\d| ?[-–] ?\d)")
_NEXT_OF_SEVERAL = re.compile(r" ?[-–] ?(?=\d)")
_LISTED = frozenset({"glucose", "capillary_glucose"})  # measured many times a day, told as a list
_SLOW = ("laboratory", "measure")  # what an arrow takes from one day to another, not within a note


def chain(page: Page, label: Offsets, first: Seen, end: int) -> Iterator[Measured]:
    """Yield a value, then those that continue it before ``end``, all under the name at ``label``."""
    seen: Seen | None = first
    senses = (Sense(first.reading.analyte, ""),)
    if _is_measured_by_day(first.reading) and _SEVERAL.match(page.text, first.reading.start, end):
        yield from _several(page, label, first, end)
        return
    if moved := _moved(page, label, first, end, senses):
        yield stated(page, label, moved[0], tail_of(page, moved[0], end), undated=True)
        seen = moved[1]
    while seen:
        tail = tail_of(page, seen, end)
        following, change = _following(page, tail, end, senses)
        dated = following and (following.date or date_behind(page, following.reading.end, end))
        moved_on = change in ("->", "-->", "→") or (change == "=>" and bool(dated))
        before = moved_on and tail.date is None and seen.reading.analyte.family in _SLOW
        yield stated(page, label, seen, tail, undated=before)
        if following and change.startswith(("contre", "vs")) and tail_of(page, following, end).date is None:
            yield stated(page, label, following, tail_of(page, following, end), undated=True)
            return
        seen = following


def _is_measured_by_day(reading: Reading) -> bool:
    return reading.analyte.family == "laboratory" and reading.analyte.code not in _LISTED


def _several(page: Page, label: Offsets, first: Seen, end: int) -> Iterator[Measured]:
    """Yield the values of an enumeration with hyphens ("24,8 - 22,0 - 18,1 (22/08) - 9,4 G/L"), oldest first.

    One without its date is of a day that nothing tells, but for the last one.
    """
    seen: Seen | None = first
    senses = (Sense(first.reading.analyte, ""),)
    while seen:
        tail = tail_of(page, seen, end)
        hyphen = _NEXT_OF_SEVERAL.match(page.text, tail.end, end)
        yield stated(page, label, seen, tail, undated=hyphen is not None)
        seen = value_after(page, hyphen.end(), min(end, hyphen.end() + 30), senses) if hyphen else None


def _moved(page: Page, label: Offsets, first: Seen, end: int, senses: Sequence[Sense]) -> tuple[Seen, Seen] | None:
    """Return the two values of a move ("passée de 30 à 45 %"): the first one is past."""
    if not _MOVES.search(page.lower, label[1], first.reading.start):
        return None
    figure = _FIGURE.match(page.text, first.reading.start, end)
    bridge = _TO.match(page.lower, figure.end(), end) if figure else None
    second = value_after(page, bridge.end(), min(end, bridge.end() + 30), senses) if bridge else None
    if figure is None or second is None:
        return None
    past = replace(first.reading, value=figure[0], end=figure.end(), unit="", number="")
    return Seen(past, first.date), second


def _following(page: Page, tail: Tail, end: int, senses: Sequence[Sense]) -> tuple[Seen | None, str]:
    """Return the value that continues another, and the word of change before it, if it is one.

    Without a word of change, a further value is one only when it has its own date.
    """
    if change := _CHANGE.match(page.lower, tail.end, end):
        seen = value_after(page, change.end(), min(end, change.end() + 40), senses)
        if seen:
            return seen, change[0].strip(" ,")
    for start in _additions(page, tail.end, end):
        seen = value_after(page, start, min(end, start + 45), senses)
        if seen:
            own = seen.date or date_behind(page, seen.reading.end, end) or _is_other(page, start, seen.reading, tail)
            return (seen, "") if own else (None, "")
    return None, ""


def _is_other(page: Page, start: int, reading: Reading, tail: Tail) -> bool:
    """Say whether a value without date is one more of its measure.

    Two figures are a blood pressure whatever stands around ("148/84 à droite, 146/82 à gauche"); a rank or a side tells
    a value from another ("H0 14, H3 52"); glycaemias come in lists; brackets may say the same in another unit
    ("1,85 L (62 %)").
    """
    if "pair" in reading.analyte.traits:
        return bool(re.fullmatch(r"\d{2,3}/\d{2,3}", reading.value))
    if _RANK.search(page.lower, start, reading.start) or _SIDE.match(page.lower, reading.end):
        return True
    if reading.analyte.code in _LISTED and re.search(r"\d[.,]\d", reading.value):
        return True
    if _TOLD_BEFORE.match(page.lower, tail.end, reading.start) or _TOLD_BEHIND.match(page.lower, reading.end):
        return True  # the figure that the patient gave, beside the one measured
    if _AT_ANOTHER_TIME.fullmatch(page.lower, tail.end, reading.start):
        return True
    before = page.text[tail.end : reading.start].strip()
    return (
        before == "(" and reading.unit not in ("", tail.unit) and page.text[reading.end : reading.end + 1] in (")", " ")
    )


def _additions(page: Page, position: int, end: int) -> Iterator[int]:
    """Yield the places where a further value may start: behind a comma, a bracket, or what a comma closes."""
    yield position
    if match := _ADDITION.match(page.lower, position, end):
        inside = _PRIOR.match(page.lower, match.end(), end) or _TOLD_BEFORE.match(page.lower, position, end)
        yield inside.end() if inside else match.end()
    if skipped := _SKIPPED.match(page.lower, position, end):
        yield skipped.end()
