"""Tell which values a document rejects, corrects, calls provisional, or has from the patient's mouth only.

A mark ("hémolysé", "à ne pas retenir", "erreur de saisie") strikes the figure that stands before it in its sentence,
all the figures of an enumeration when it is plural, or the figure right behind it. What a comment strikes is struck
wherever the document gives that figure of that measure on that day; a note that opens with "(*)" strikes the values
that bear it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingestion.facts.measurement_exports import is_export_row
from ingestion.facts.measurement_values import number_of
from ingestion.facts.page import Measured, Page
from ingestion.facts.types import Line
from ingestion.facts.wrong_figures import struck_by_value

_FAR = 110  # characters between a figure and the mark that strikes it
_SHORT = 90  # characters of a sentence that may judge the sentence before it
_IN_THE_TUBE = frozenset(
    {
        "hémolyse",
        "dilution",
        "tube contaminé",
        "prélèvement non conforme",
        "échantillon coagulé",
        "agrégats plaquettaires",
        "ininterprétable",
    }
)
_HAEMOLYSED = frozenset({"potassium", "ldh", "ast", "phosphate"})
_PLURAL = re.compile(r"(?:nt|nt pas|es|s)$")
_PROVISIONAL = re.compile(r" ?[(,-]{1,2} ?(?:(?:resultat )?provisoire|sous reserve|a confirmer|non valide)")
_OF_THE_VALUE = re.compile(
    r" ?(?:(?:valeur|chiffre|resultat|mesure|dosage|probable\w*|surement|tres|manifestement) ?)*"
)
_OTHER_FIGURE = re.compile(r" ?:? ?(?:a )?\d")
_STAR_NOTE = re.compile(r"\s*(?:\(\*+\)|\*+) ?(?=\S)")
_HEAD = 600  # characters in which a report says that it is cancelled
_CANCELLED = re.compile(
    r"\b(?:compte[- ]rendu|resultats?|edition|examen|bilan) (?:annul(?:e|ee|es|ees)|a ne pas prendre en compte)\b"
    r"(?! (?:l[ea]s?\b|et remplac)| l')"
)
_KEPT_VALUE = re.compile(r"(?<!pas )\bretenir (?:la valeur (?:de )?|le )?(?=\d)")


@dataclass(frozen=True)
class Standing:
    """How a value stands: ``status`` is rejected, corrected, provisional or ""; ``previous`` is the wrong figure."""

    status: str = ""
    reason: str = ""
    previous: str = ""
    declared: bool = False


def standings_of(page: Page, found: Sequence[Measured], dates: Sequence[str]) -> list[Standing]:
    """Return how each value of a document stands; ``found`` are all of them, in order, with their ``dates``."""
    struck: dict[int, str] = {}
    told: dict[int, str] = {}
    marks = sorted(_pattern("reject").finditer(page.lower), key=lambda mark: _reason(mark) == "annulé")
    for match in marks:  # that a result is cancelled says less than why
        if _denied().search(page.lower[max(0, match.start() - 24) : match.start()]):
            continue
        if (by_value := struck_by_value(page, found, match)) is not None:
            kept, targets = by_value
            told |= kept
        else:
            targets = _targets(page, found, match)
        struck = dict.fromkeys(targets, _reason(match)) | struck
    struck = dict.fromkeys(_said_wrong(page, found), "erreur de report") | struck
    struck = _replaced_by_kept(page, found, dates) | struck
    corrected = told | _corrected(page, found, struck)
    _spread(found, dates, struck)
    if _CANCELLED.search(page.lower, 0, _HEAD):
        struck = {position: struck.get(position, "annulé") for position in range(len(found))}
    return [_standing(page, one, position, struck, corrected) for position, one in enumerate(found)]


def calls_wrong(before: str) -> bool:
    """Say whether the words right before a figure call it the wrong one ("et non", "au lieu de")."""
    return bool(_ending("wrong").search(before))


def calls_right(before: str) -> bool:
    """Say whether the words right before a figure call it the one to use ("lire", "contrôle")."""
    return bool(_ending("right").search(before)) and not calls_wrong(before)


def _targets(page: Page, found: Sequence[Measured], match: re.Match[str]) -> list[int]:
    """Return the ranks of the values that a mark strikes."""
    line = page.line_at(match.start())
    here = [rank for rank, one in enumerate(found) if line.start <= one.reading.start < line.end]
    right_behind = [r for r in here if 0 <= found[r].reading.start - match.end() < 6]
    if right_behind:
        return right_behind
    before = [r for r in here if found[r].reading.end <= match.start() and not _is_right(page, found[r])]
    if not before and _STAR_NOTE.match(page.text, page.text.rfind("\n", 0, match.start()) + 1):
        return [rank for rank, one in enumerate(found) if "*" in one.reading.flag]
    if len(here) == 1 and is_export_row(page.source.words(line)):
        return here
    if _reason(match) == "hémolyse":
        before = [r for r in before if found[r].reading.analyte.code in _HAEMOLYSED] or _only_potassium(found, here)
    if before and _reaches(page, found[before[-1]], match):
        return _enumerated(page, found, [r for r in before if match.start() - found[r].reading.end < _FAR], match)
    behind = [r for r in here if _is_behind(page, found[r], match) and not _is_right(page, found[r])]
    return behind[:1] or (_in_previous(page, found, line, match) if not here and _reason(match) != "hémolyse" else [])


def _is_behind(page: Page, one: Measured, match: re.Match[str]) -> bool:
    """Say whether a figure is the object of the mark that precedes it ("ne pas tenir compte de la kaliémie à 7,1")."""
    between = page.lower[match.end() : one.reading.start]
    return match.end() <= one.reading.start and len(between) < 40 and "(" not in between and match[0][:3] != "non"


def _is_right(page: Page, one: Measured) -> bool:
    line = page.line_at(one.reading.start)
    before = page.lower[max(line.start, one.reading.start - 45) : one.reading.start]
    return calls_right(before) or bool(
        re.search(r"(?<![a-z])(?:re-?)?control(?:e|ee)s?\b(?! de)[^.;,=(]{0,25}$", before)
    )


def _reaches(page: Page, one: Measured, match: re.Match[str]) -> bool:
    """Say whether nothing separates a figure from a mark: another statement, or a place too far."""
    between = page.lower[one.reading.end : match.start()]
    if len(between) > _FAR or ";" in between:
        return False
    if _reason(match) in _IN_THE_TUBE or _reason(match) == "à ne pas retenir":
        return True
    if _reason(match) == "annulé" and len(between) > 25:
        return False
    outside = re.sub(r"\d,\d|\([^)]*\)|\([^)]*$", "", between)
    return "," not in outside or bool(_OF_THE_VALUE.fullmatch(outside.rpartition(",")[2]))


def _enumerated(page: Page, found: Sequence[Measured], before: Sequence[int], match: re.Match[str]) -> list[int]:
    """Return the figures of the enumeration that a mark closes, when it is plural or when they share its brackets."""
    last = found[before[-1]].reading
    opening = page.text.rfind("(", 0, last.start)
    bracketed = (
        opening >= 0 and ")" not in page.text[opening : last.start] and ")" in page.text[last.end : match.start()]
    )
    if bracketed:
        return [r for r in before if found[r].reading.start > opening]
    return list(before) if _PLURAL.search(match[0]) and _reason(match) != "hémolyse" else [before[-1]]


def _only_potassium(found: Sequence[Measured], here: Sequence[int]) -> list[int]:
    """A sample that a comment calls haemolysed spoils the potassium, when the document gives a single one."""
    ranks = [rank for rank, one in enumerate(found) if one.reading.analyte.code == "potassium"]
    return ranks if len(ranks) == 1 and not here else []


def _in_previous(page: Page, found: Sequence[Measured], line: Line, match: re.Match[str]) -> list[int]:
    """Return the last figure of the sentence before a short one that judges without naming anything."""
    if line.end - line.start > _SHORT or not _judges_a_result(page.lower[line.start : match.start()], match):
        return []
    before = page.line_at(max(0, line.start - 1)) if line.start else line
    if before.row or before.start == line.start or line.start - before.end > 2:
        return []
    ranks = [r for r, one in enumerate(found) if before.start <= one.reading.start < before.end]
    return ranks[-1:] if ranks and not _is_right(page, found[ranks[-1]]) else []


def _judges_a_result(before: str, match: re.Match[str]) -> bool:
    """Say whether a sentence that cancels speaks of a result, not of a journey or of an operation."""
    if _reason(match) != "annulé":
        return True
    return bool(
        re.search(r"\b(?:resultat|valeur|chiffre|dosage|mesure|prelevement|tube|echantillon|examen)", before)
    ) or not re.search(r"[a-z]{3}", before)


def _said_wrong(page: Page, found: Sequence[Measured]) -> list[int]:
    return [
        rank
        for rank, one in enumerate(found)
        if one.header is None and calls_wrong(page.lower[max(0, one.reading.start - 30) : one.reading.start])
    ]


def _replaced_by_kept(page: Page, found: Sequence[Measured], dates: Sequence[str]) -> dict[int, str]:
    """Strike the other figures of a measure on a day for which a comment says which to keep ("retenir 137")."""
    struck: dict[int, str] = {}
    for match in _KEPT_VALUE.finditer(page.lower):
        kept = number_of(page.text[match.end() : match.end() + 12])
        same = [r for r, one in enumerate(found) if _number(one) == kept]
        codes = {found[rank].reading.analyte.code for rank in same}
        if len(codes) != 1:
            continue
        days = {dates[rank][:10] for rank in same}
        for rank, one in enumerate(found):
            if one.reading.analyte.code in codes and dates[rank][:10] in days and _number(one) != kept:
                struck[rank] = "à ne pas retenir"
    return struck


def _corrected(page: Page, found: Sequence[Measured], struck: dict[int, str]) -> dict[int, str]:
    """Return the wrong figure by the rank of the right one that its sentence, else one beside it, puts in its place."""
    corrected: dict[int, str] = {}
    for wrong in (rank for rank, reason in struck.items() if reason in ("erreur de report", "autre patient")):
        place = page.line_at(found[wrong].reading.start)
        near = [
            rank
            for rank, one in enumerate(found)
            if place.start - 160 < one.reading.start < place.end + 160 and one.header is None and rank not in struck
            if one.reading.analyte.code == found[wrong].reading.analyte.code and _number(one) != _number(found[wrong])
        ]
        beside = [rank for rank in near if place.start <= found[rank].reading.start < place.end]
        for rank in beside or near:
            corrected.setdefault(rank, found[wrong].reading.value)
    return corrected


def _spread(found: Sequence[Measured], dates: Sequence[str], struck: dict[int, str]) -> None:
    """Strike the same figure of the same measure and day wherever the document gives it."""
    for rank, reason in list(struck.items()):
        for other, one in enumerate(found):
            same = one.reading.analyte.code == found[rank].reading.analyte.code and _number(one) == _number(found[rank])
            if other not in struck and same and _may_agree(dates[rank], dates[other]):
                struck[other] = reason


def _may_agree(first: str, second: str) -> bool:
    size = min(len(first), len(second), 10)
    return first[:size] == second[:size]


def _standing(page: Page, one: Measured, rank: int, struck: dict[int, str], corrected: dict[int, str]) -> Standing:
    behind = page.lower[one.reading.end : one.reading.end + 40]
    named = page.lower[one.label[0] : one.label[1]]
    gap = page.lower[one.label[1] : one.reading.start]
    told = _pattern("declared").match(behind.lstrip(" ,:-"))
    declared = (
        (told is not None and not _OTHER_FIGURE.match(told.string, told.end()))
        or _pattern("declared").search(gap) is not None
        or "declare" in named
        or "declaratif" in behind
    )
    if rank in struck:
        return Standing("rejected", struck[rank], declared=declared)
    if rank in corrected:
        return Standing("corrected", previous=corrected[rank], declared=declared)
    return Standing("provisional" if _PROVISIONAL.match(behind) else "", declared=declared)


def _number(one: Measured) -> float | None:
    return number_of(one.reading.number or one.reading.value)


def _reason(match: re.Match[str]) -> str:
    return _rows("reject")[int((match.lastgroup or "r0")[1:])][1]


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern of a kind of words; the group that matches tells the row."""
    rows = "|".join(rf"(?P<r{rank}>{forms})" for rank, (forms, _) in enumerate(_rows(kind)))
    return re.compile(rf"(?<![a-z])(?:{rows})(?![a-z])")


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """Return the pattern of a kind of words that a text ends with, a few words of time or place apart."""
    rows = "|".join(forms for forms, _ in _rows(kind))
    return re.compile(rf"(?<![a-z])(?:{rows})(?:[ :=]|a\b|le\b|ce jour|[a-z]{{0,3}} ?\d\d[/h:]\d\d ?:?)*$")


@cache
def _denied() -> re.Pattern[str]:
    rows = "|".join(forms for forms, _ in _rows("denied"))
    return re.compile(rf"(?<![a-z])(?:{rows}) ?(?:l'|une |des )?$")


@cache
def _rows(kind: str) -> tuple[tuple[str, str], ...]:
    lines = resources.files("ingestion.facts").joinpath("corrections.tsv").read_text(encoding="utf-8").splitlines()
    cells = ((*line.split("\t"), "")[:3] for line in lines if line and not line.startswith("#"))
    return tuple((forms, reason) for name, forms, reason in cells if name == kind)
