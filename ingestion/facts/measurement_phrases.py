"""Read measures in sentences: a name and its value, then the values that continue it or refer to it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingestion.facts.analytes import Naming
from ingestion.facts.measurement_bodies import read_bodies
from ingestion.facts.measurement_chains import chain
from ingestion.facts.measurement_gaps import Seen, is_aim, value_after
from ingestion.facts.measurement_references import read_references
from ingestion.facts.measurement_values import Reading, read_cell, read_value
from ingestion.facts.measurement_words import words
from ingestion.facts.page import Measured, Page
from ingestion.types import Offsets

_AIMED_FIRST = re.compile(
    r" ?:? ?\(?(?:cible|objectif)s?[^,;.\n]{0,25}[,;)] ?(?=(?:actuel|mesure|ce jour|releve|obtenu|ce matin|dernier)\w*)"
)
_BEFORE_NAME = re.compile(
    r"(?<![\d.,/-])(?<!dont )(?:[<>] ?)?\d+(?:[.,]\d+)? ?(?:%|pour cent|[a-z0-9^]+/[a-z0-9]+|/mm3)(?= (?:de |d')\Z)"
)
_BEHIND_UNIT = re.compile(r" *(?:\([^()\n]{0,20}\))? *[:=|]? *[<>]? ?\d")
_REACH = 90  # characters between a name and its value
_TWO_FIGURES = re.compile(r" ?[:=]? ?(?:a |respectivement )?(\d+(?:[.,]\d+)?) ?(?:/|et) ?(\d+(?:[.,]\d+)?)")
_OF_FLUIDS = frozenset(
    {"white_cells", "neutrophils", "lymphocytes", "red_cells", "eosinophils", "total_protein", "albumin", "glucose"}
    | {"ldh", "sodium", "potassium", "chloride", "ph", "amylase", "bilirubin", "creatinine", "urea"}
)
_OF_BATHS = frozenset({"potassium", "calcium", "sodium", "bicarbonate", "glucose", "temperature", "magnesium"})
_BATH = re.compile(r"\b(?:bain|dialysat|dialyseur)s?\b(?P<behind>[^;,\n]*)\Z")
_IN_BATH = 20  # characters between the bath of a dialysis and what it holds
_LABELLED = re.compile(r" *[a-z][a-z ]{2,25}(?: \d\d/\d\d(?:/\d+)?)? ?:")  # a line with a subject of its own
_OF_A_PIECE = re.compile(
    r"\b(?:piece|specimen|fragment|placenta|uterus|rate|foie|prostate|tumeur|copeaux|rein|lobe)\w*[^.;,]{0,25}$"
)


def read_phrases(page: Page, tabled: Sequence[Measured], taken: Sequence[Offsets]) -> list[Measured]:
    """Return the measures that the sentences of a document state.

    ``tabled`` are the measures of its tables, ``taken`` the spans read there.
    """
    free = [naming for naming in page.namings if not any(start <= naming.start < end for start, end in taken)]
    found = list[Measured]()
    stop = len(page.text)
    for naming in reversed(free):
        seen = _first_value(page, naming) or _value_before(page, naming)
        found.extend(_measures(page, naming, seen, stop))
        stop = naming.start if seen else stop
    found.sort(key=lambda one: one.reading.start)
    found.extend(read_references(page, found, tabled))
    found.extend(read_bodies(page, found, taken))
    return found


def _first_value(page: Page, naming: Naming) -> Seen | None:
    """Return the value of a name, which stands before the next name."""
    line = page.line_at(naming.start)
    if is_aim(page, naming, line.start):
        return None
    following = bisect_right(page.namings, naming.start, key=lambda one: one.start)
    while following < len(page.namings) and _is_same_name(page, naming, page.namings[following]):
        following += 1
    stop = page.namings[following].start if following < len(page.namings) else line.end
    bracketed = page.text[naming.start - 1 : naming.start] == "(" and page.text[naming.end : naming.end + 1] == ")"
    shortened = page.text[naming.end : naming.end + 2] == ". "
    aimed = _AIMED_FIRST.match(page.lower, naming.end, line.end)  # "SpO2 cible 88-92, actuelle 90"
    start = aimed.end() if aimed else naming.end + (bracketed or shortened)  # "(Norton) : 15", "Plaq. 139"
    unit, start = _unit_behind_name(page, naming, start, line.end)
    seen = value_after(page, start, min(stop, line.end, naming.end + _REACH), naming.senses)
    if seen and unit and not seen.reading.unit:
        seen = seen._replace(reading=replace(seen.reading, unit=unit))
    return None if seen is None or _is_elsewhere(page, naming, seen.reading, line.start) else seen


def _unit_behind_name(page: Page, naming: Naming, start: int, end: int) -> tuple[str, int]:
    """Return the unit that stands between a name and its value ("Glycemie g/L : 1,42"), and where reading goes on."""
    for sense in naming.senses:
        match = sense.analyte.unit_pattern and sense.analyte.unit_pattern.match(page.text, start, end)
        if match and _BEHIND_UNIT.match(page.text, match.end(), end):
            return page.source.text[slice(*match.span("unit"))], match.end()
    return "", start


def _value_before(page: Page, naming: Naming) -> Seen | None:
    """Return the concentration or the share that stands before its name ("3 % de schizocytes")."""
    line = page.line_at(naming.start)
    match = _BEFORE_NAME.search(page.lower, max(line.start, naming.start - 30), naming.start)
    if match is None or naming.senses[0].analyte.family != "laboratory" or is_aim(page, naming, line.start):
        return None
    reading = read_value(page.text, match.start(), match.end(), naming.senses)
    if reading is None or not reading.unit or _is_elsewhere(page, naming, reading, line.start):
        return None
    return Seen(reading, None)


def _is_same_name(page: Page, naming: Naming, other: Naming) -> bool:
    """Say whether a name only specifies the one before it ("clairance (Cockcroft)", "ClCr Cockcroft")."""
    between = page.text[naming.end : other.start]
    return between.strip() in ("", "(") and len(between) < 3 and naming.senses[0].analyte is other.senses[0].analyte


def _measures(page: Page, naming: Naming, seen: Seen | None, stop: int) -> list[Measured]:
    """Return the value of a name and those that continue it before another value, in the name's line."""
    end = page.line_at(naming.start).end
    if seen:
        return list(chain(page, (naming.start, naming.end), seen, min(stop, end)))
    return _shared(page, naming, end)


def _shared(page: Page, naming: Naming, end: int) -> list[Measured]:
    """Return the two values that two names share ("ASAT/ALAT 45/60", "Na/K : 138/4,2")."""
    following = bisect_right(page.namings, naming.start, key=lambda one: one.start)
    if following == len(page.namings) or page.text[naming.end : page.namings[following].start].strip() != "/":
        return []
    other = page.namings[following]
    figures = _TWO_FIGURES.match(page.text, other.end, end)
    first = read_cell(page.text, figures.start(1), figures.end(1), naming.senses) if figures else None
    second = read_cell(page.text, figures.start(2), end, other.senses) if figures else None
    if first is None or second is None:
        return []
    first = replace(first, unit=first.unit or second.unit)
    line = page.line_at(naming.start)
    labels = (naming.start, naming.end), (other.start, other.end)
    return [
        Measured(reading, label, (line.start, line.end)) for reading, label in zip((first, second), labels, strict=True)
    ]


def _is_elsewhere(page: Page, naming: Naming, reading: Reading, line_start: int) -> bool:
    """Say whether a value is of urine, of a fluid or of a piece, not of the blood or the body."""
    before = page.lower[max(line_start, naming.start - 120) : naming.start]
    if reading.analyte.code == "weight":
        return bool(_OF_A_PIECE.search(before))
    if reading.analyte.code in _OF_BATHS and _is_of_bath(page, naming, reading, line_start):
        return True
    if reading.analyte.code not in _OF_FLUIDS:
        return False
    sentence = re.split(r"[.;](?=\s)", before)[-1]
    behind = page.lower[naming.end : reading.start]
    if any(words("other").search(part) for part in (sentence, behind)):
        return True
    paragraph = page.lower.rfind("\n\n", 0, naming.start) + 2
    return bool(words("other").match(page.lower, paragraph)) and not _LABELLED.match(before)


def _is_of_bath(page: Page, naming: Naming, reading: Reading, line_start: int) -> bool:
    """Say whether a value is that of the bath of a dialysis ("bain K 2 / Ca 1,5")."""
    bath = _BATH.search(page.lower, max(line_start, naming.start - 60), naming.start)
    return bath is not None and (reading.analyte.code == "temperature" or len(bath["behind"]) < _IN_BATH)
