"""What a document says of itself: provisional, final, or in place of an earlier one."""

import re
from dataclasses import dataclass
from datetime import date

from ingestion.lexicon.dates import NUMERIC_DATE, WRITTEN_DATE, canonical_date
from ingestion.lexicon.folding import fold

_HEAD = 600
"""Characters in which a document says what it is: letterhead, identity, title, status."""

_UNTICKED = re.compile(r"(?:\[ *\]|\( *\)|☐|□|o\s(?=provisoire|d[ée]finitif)) *[\w'’-]+", re.IGNORECASE)
_PROVISIONAL = re.compile(
    r"\b(?:provisoires?|pr[ée]liminaires?|partiel(?:le)?s?|non (?:encore )?(?:valid|sign)[ée]+e?s?"
    r"|(?:validation|relecture|signature) en (?:cours|attente))\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\b(?:d[ée]finiti(?:fs?|ves?)|rectifi(?:[ée]+e?s?|cati(?:fs?|ves?))|corrig[ée]+e?s?|compl[ée]mentaires?|relecture"
    r"|version finale|compte[- ]rendu final|(?:compte[- ]rendu|statut) ?:? ?(?:valid|sign)[ée]+)\b",
    re.IGNORECASE,
)
_OBJECT = (
    r"(?P<whole>[ée]dition|compte[- ]rendu|cr\b|version|feuille|fiche|ordonnance|prescription|document|examen"
    r"|r[ée]sultats?|courrier|lettre|bilan|pr[ée]c[ée]dent|ant[ée]rieur|provisoire|pr[ée]liminaire)|(?P<part>conclusions?)"
)
_ARTICLE = r"(?:l[ea]s?|l['’]|tou(?:te?s?|s)|celui|celle|notre|ce(?:tte|t)?)\s*(?:l[ea]s?\s+|l['’]\s*)?"
_DAY = rf"(?P<date>{WRITTEN_DATE}|{NUMERIC_DATE}|\d\d\.\d\d(?!\d))"
_REPLACES = re.compile(
    r"\b(?:(?:annul|corrig|rectifi|compl[èe]t)(?:e|ant)\s+et\s+rempla(?:ce|[cç]ant)|annul(?:e|ant)|rempla(?:ce|[cç]ant)"
    rf"|rectifi(?:e|ant)|corrige(?:ant)?)\s+{_ARTICLE}(?:{_OBJECT})[\w'’ -]{{0,40}}?"
    rf"(?:\b(?:du|le|de l['’]\w+ du)\s+{_DAY}|(?=[^\w'’ -]|$|\s{{2}}))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Standing:
    """What a document says of itself.

    ``replaces`` is the ISO day of the document it replaces, "previous" when no date is given, else empty;
    ``part`` tells that only what it says again is replaced (a conclusion), not the whole document.
    """

    state: str = ""  # "provisional", "final" or ""
    replaces: str = ""
    part: bool = False


def standing_of(text: str, written: date | None) -> Standing:
    """Return what a document says of itself, in its head or in a sentence that says what it replaces."""
    found = _REPLACES.search(text)
    if found is not None:
        day = _day(found["date"], written) if found["date"] else "previous"
        return Standing("final", day, part=found["part"] is not None)
    return Standing(state_of(text[:_HEAD]))


def state_of(words: str) -> str:
    """Return "provisional" or "final" as a head or a heading says; a box that is not ticked says nothing."""
    ticked = _UNTICKED.sub("", words)
    if _PROVISIONAL.search(ticked):
        return "provisional"
    return "final" if _FINAL.search(ticked) else ""


def _day(words: str, written: date | None) -> str:
    """Return the ISO day of a date; without a year, the last such day that is not after ``written``."""
    tokens = canonical_date(fold(words).replace("\xa0", " "))
    if not tokens or not tokens[0].startswith("d"):
        return "previous"
    digits = tokens[0][1:]
    if len(digits) == 4:
        if written is None:
            return "previous"
        year = written.year if digits <= f"{written:%m%d}" else written.year - 1
        digits = f"{year}{digits}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
