"""Read what belongs to a value behind it: its date, its reference range, under how much oxygen, in what posture."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingestion.facts.measurement_gaps import Seen
from ingestion.facts.page import Measured, Page
from ingestion.facts.time import FoundDate
from ingestion.types import Offsets

_OXYGEN = re.compile(
    r"[ ,(]{0,2}(?P<oxygen>(?:en |on )?(?:aa\b|ra\b|air ambiant|room air)"
    r"|(?:sous|avec|a) (?:o2 )?(?:a )?\d+(?:[.,]\d)? ?l(?:itres?)?\b"
    r"(?: ?/ ?min)?(?: d'?o(?:2|xygene))?|sous (?:vni|o2|ohd|masque|lunettes|vm)\b(?: ?(?:fio2 ?)?\d+ ?%)?)\)?"
)
_POSTURE = re.compile(
    r" ?(?:irr(?:eg\w*)?\.?|reg(?:ul\w*)?\.?|spontanee?|au repos|a l'effort|a la marche"
    r"|(?:au |du )?bras (?:d|g|droit|gauche)"
    r"|a droite|a gauche|couchee?|debout|assise?|droite?|gauche|veineuse?|capillaire|arterielle?|symetrique|ample"
    r"|stable|total|repos"
    r"|(?:a l'(?:entree|admission|arrivee)|a la sortie|au (?:controle|depart|repos|lit)|initialement))(?![a-z])"
)
_REFERENCE = re.compile(
    r" *[\[(] ?(?:n|norme?s?|vn|ref|reference|normale?)?[ .:=]*"
    r"(?P<reference>[<>] ?\d[\d.,]*|\d[\d.,]* ?(?:-|a) ?\d[\d.,]*)(?: ?[a-z%/0-9]{0,10})? ?[\])]"
)
_COLUMN = re.compile(
    r"(?: {2,}|\t| *\| *)(?P<reference>[<>] ?\d[\d.,]*|\d[\d.,]* ?- ?\d[\d.,]*) *(?=$|\n|\||\t| {2})", re.MULTILINE
)
_AT_TIME = re.compile(r" ?\(?(?:a |vers )(?:[01]?\d|2[0-3]) ?h ?(?:[0-5]\d)?(?![a-z0-9])\)?")
_VAGUE = re.compile(r" ?\(?(?:le mois|la semaine|l'an|l'annee)\b \w+|auparavant|anterieurement|habituellement")
_HERALD = re.compile(
    r" *\(?(?:(?:le|du|au|a|en|ce|de|des|lors|vers|fin|debut|preleve\w*|dose\w*|mesure\w*|pese\w*|noteee?|etait) ?)*"
    r"(?:j ?\d{1,3} ?)?\(?"
)
_CLOSE = re.compile(r"[)\]]?(?: \([^()\n]{0,12}\))?")
_HEADS_ANOTHER = re.compile(r"[)\]]?(?: (?:a|au|vers|le) [a-z0-9 -]{2,30})? ?[:=](?!>) ?[<>]? ?\d")


class Tail(NamedTuple):
    """What belongs to a value behind it, and where it ends."""

    end: int
    date: FoundDate | None
    unit: str
    details: dict[str, str]
    vague: bool = False  # of a day that the words do not tell ("le mois dernier")


def tail_of(page: Page, seen: Seen, end: int) -> Tail:
    """Return what follows a value and belongs to it."""
    position, date, details, vague = seen.reading.end, seen.date, dict[str, str](), False
    for _ in range(6):
        reference = _REFERENCE.match(page.lower, position, end)
        if reference and reference.start("reference") not in page.date_starts:
            details["reference"] = page.source.text[slice(*reference.span("reference"))]
            position = reference.end()
        elif column := _COLUMN.match(page.lower, position, end):
            details["reference"] = page.source.text[slice(*column.span("reference"))]
            position = column.end()
        elif oxygen := _OXYGEN.match(page.lower, position, end):
            details["oxygen"] = page.source.text[slice(*oxygen.span("oxygen"))]
            position = oxygen.end()
        elif time := _AT_TIME.match(page.lower, position, end):
            position = time.end()
        elif told := _VAGUE.match(page.lower, position, end):
            vague, position = True, told.end()
        elif posture := _POSTURE.match(page.lower, position, end):
            position = posture.end()
        elif date is None and (found := date_behind(page, position, end)):
            date, position = found
        else:
            break
    return Tail(position, date, seen.reading.unit, details, vague)


def stated(page: Page, label: Offsets, seen: Seen, tail: Tail, undated: bool) -> Measured:
    """Return the measure that a line states under the name at ``label``."""
    line = page.line_at(seen.reading.start)
    undated = (undated or tail.vague) and tail.date is None
    return Measured(
        seen.reading, label, (line.start, line.end), tail.date, undated, details=tuple(tail.details.items())
    )


def date_behind(page: Page, position: int, end: int) -> tuple[FoundDate, int] | None:
    """Return the date that directly follows a value, and where reading goes on behind it."""
    for start in _starts(page, position, end):
        found = page.date_starts.get(start)
        if found and found[1] <= end and not _HEADS_ANOTHER.match(page.lower, found[1]):
            closed = _CLOSE.match(page.lower, found[1], end)
            return found, closed.end() if closed else found[1]
    return None


def _starts(page: Page, position: int, end: int) -> Iterator[int]:
    """Yield the places where a date may start behind a value: at once, or behind "le", "(", "à J8 ("."""
    herald = _HERALD.match(page.lower, position, end)
    close = herald.end() if herald else position
    yield from (start for start in range(position, close + 1) if start in page.date_starts)
