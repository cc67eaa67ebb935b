"""Go from the name of a measure to its value, over the words, dates and brackets that may stand between them.

Only the words of ``measurement_words.tsv`` may: any other opens another statement. Figures that are aims, thresholds or
conditions ("objectif SpO2 > 92 %", "si EVA > 3") are no values.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ingestion.facts.analytes import Naming, Sense
from ingestion.facts.measurement_values import Reading, read_value
from ingestion.facts.measurement_words import forms
from ingestion.facts.page import Page
from ingestion.facts.time import FoundDate

_SIGN = re.compile(
    r"\s+|=>|[:=~|]+|[*_…]+(?!\d)|\.{2,} ?|-{1,2}>|→|[-–](?=[ :])|,(?= ?(?:a|le|du|mesure|dose|controle|ce|hier|qui)\b)"
)
_MOMENT = re.compile(
    r"/? ?\d{1,3} ?(?:h(?:eures)?|min(?:utes)?)(?![a-z0-9/])(?= *[:=]| +\d)"
    r"|(?:a |vers )?(?:[01]?\d|2[0-3]) ?(?:h ?[0-5]\d|:[0-5]\d|h)(?![a-z0-9])"
    r"|(?:a |vers )?[a-z]{2,7}(?:-[a-z]{2,7})? heures?(?: [a-z-]{2,16}(?= ?[:=]))?(?= ?[:=])"
    r"|(?:[jhs] ?[+-]? ?\d{1,3})(?![a-z0-9/,.])"
)
_OXYGEN = re.compile(
    r"sous (?:o2 ?)?\d+(?:[.,]\d)? ?l(?:itres?)?(?: ?/ ?min)?(?![a-z])"
    r"|(?:fio2|vni|ohd|vm) ?\d+ ?%|sous (?:vni|o2|vm|ohd)"
)
_ASIDE = re.compile(r"[(\[](?P<inside>[^()\[\]\n]{0,60})[)\]]")
_OPENS_WITH_VALUE = re.compile(r"[(\[] ?[<>]? ?\d+(?:[.,]\d+)?(?! ?(?:[-/]|a) ?\d)")
_USUAL = re.compile(r"\b(?:habituel|sec\b|cible|ideal|objectif|attendu|vise|souhait|maximal autor)")
_REFUSED = re.compile(
    r" ?(?:(?:\(|, )?(?:en cible|dans la cible|comme objectif|souhaitee?|vise[es]?\b|minimum requis|habituel\w*)"
    r"|\(cible\)|/ ?(?:kg|j|jour|sem|semaine|mois|prise|dose)\b(?! ?/))"
)
_AIMED_TITLE = re.compile(r"(?:[^\n]|^)\b(?:cibles?|objectifs?) *[:=]? *(?:d[eu']? ?|l[ea'] ?|un |une )*$")
_HERALDS = frozenset({"le", "du", "au", "les", "depuis", "en"})


class Seen(NamedTuple):
    """A value, and the date that stands between its name and it."""

    reading: Reading
    date: FoundDate | None


def value_after(page: Page, position: int, end: int, senses: Sequence[Sense]) -> Seen | None:
    """Return the value that stands after a place, or None when something else does."""
    date: FoundDate | None = None
    last = ""
    while position < end:
        found = page.date_starts.get(position)
        if found and found[1] <= end and _is_date(page, found, last, end, senses):
            date, position, last = found, found[1], ""
            continue
        if reading := read_value(page.text, position, end, senses):
            return None if _REFUSED.match(page.lower, reading.end, end) else Seen(reading, date)
        if (bracketed := page.date_starts.get(position + 1)) and page.text[position] in "([":
            date = bracketed if page.text[bracketed[1] : bracketed[1] + 1] in (")", "]") else date
        step = _step(page, position, end, senses)
        if step is None:
            return None
        last = page.lower[position:step].strip() or last
        position = step
    return None


def is_aim(page: Page, naming: Naming, line_start: int) -> bool:
    """Say whether what precedes a name in its clause makes of its value an aim or a condition."""
    before = page.lower[max(line_start, naming.start - 90) : naming.start]
    clause = re.split(r"[.;](?=\s)|=>|->|\n| [-/] ", before)[-1]
    if _AIMED_TITLE.search(clause):
        return True
    aim = _aims().search(clause)
    return aim is not None and not re.search(r"[a-z] ?[=:]? ?\d[^.;]*,[^.;]*$", clause[aim.end() :])


def _is_date(page: Page, found: FoundDate, last: str, end: int, senses: Sequence[Sense]) -> bool:
    """Tell a date from a value: a score out of ten, a blood pressure, four figures of a unit may look like one."""
    traits = senses[0].analyte.traits
    if ({"pair", "scale"} & traits and last not in _HERALDS) or len(found[2]) == 4:
        reading = read_value(page.text, found[0], end, senses)
        return reading is None or (len(found[2]) == 4 and reading.unit == "" and last in _HERALDS)
    return True


def _step(page: Page, position: int, end: int, senses: Sequence[Sense]) -> int | None:
    """Return where reading goes on behind one word, sign or bracket that may stand before a value."""
    if page.text[position] in "([":
        if _OPENS_WITH_VALUE.match(page.lower, position) and position + 1 not in page.date_starts:
            reading = read_value(page.text, position + 1, min(end, position + 40), senses)
            if reading and reading.end < len(page.text) and page.text[reading.end] in "),; ":
                return position + 1
        aside = _ASIDE.match(page.text, position, end)
        return aside.end() if aside and not _USUAL.search(aside["inside"].lower()) else None
    for pattern in (_SIGN, _MOMENT, _OXYGEN, _between()):
        if match := pattern.match(page.lower, position, end):
            return match.end()
    return None


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?:{forms('between')})(?![a-z0-9])(?:\.(?= ?[\da-z<>(=:]))?|[dlqns]u?'")


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{forms('aim')})(?![a-z0-9])|\bcibles? ?: ?(?=[^\n]*\d)")
