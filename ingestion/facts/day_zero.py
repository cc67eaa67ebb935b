"""The day from which a document counts: "J5" is five days after it."""

import re
from datetime import date, datetime, timedelta

from ingestion.facts.time import WEEKDAYS, dates_in

_ANY_DAY = r"\d{4}-\d\d-\d\d|[0-3]\d-[01]\d(?![\d-])|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|ce jour|aujourd['’]hui"
_DASHED = re.compile(r"^(\d\d)-(\d\d)$")
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}|{'|'.join(name[:3] for name in WEEKDAYS)})\.? )?"
_RANKED_DAY = re.compile(
    rf"\bJ ?\+? ?(?P<rank>\d{{1,3}})(?:[ (,:-]| post[- ]?[^\n\d]{{2,25}}?)*{_WEEKDAY}\(?(?P<day>{_ANY_DAY})(?![\d/])"
    rf"|(?P<day_after>{_ANY_DAY}) ?[(,:-]+ ?J ?\+? ?(?P<rank_after>\d{{1,3}})(?![\d/]| ?(?:à|a|au|-|->) ?J)",
    re.IGNORECASE,
)
_RANKED_TITLE = re.compile(
    r"^[^\n]{0,80}\bJ ?\+? ?(?P<rank>\d{1,3})(?= ?$| ?[-–(]| (?:d['’e]|post)[^\n]{0,40}$)", re.MULTILINE
)
_FIRST_DAY = re.compile(
    r"\b(?:op[eé]r[eé]e?s?|intervention|bloc|entr[eé]e?|admise?|hospitalis[eé]e?)(?: :)? (?:le|du|au) ",
    re.IGNORECASE,
)
_LONGEST = timedelta(days=120)
"""A stay or an operation older than this is no longer counted in days."""


def day_zero_of(text: str, reference: date | None) -> date | None:
    """Return the day that "J0" stands for in a document, or None when the document does not tell it.

    A heading that bears both a rank and its day ("J5 - samedi 15/02/25") tells it, or "ce jour (J49)"; else the day
    of an operation ("opéré le …": J0) or of admission ("entrée le …").
    """
    today = reference.date() if isinstance(reference, datetime) else reference
    if today is None:
        return None
    for match in _RANKED_DAY.finditer(text):
        rank = int(match["rank"] or match["rank_after"])
        found = dates_in(_DASHED.sub(r"le \1/\2", match["day"] or match["day_after"]), today)
        if found and len(found[0][2]) >= 10:
            return date.fromisoformat(found[0][2][:10]) - timedelta(days=rank)
    if title := _RANKED_TITLE.search(text, 0, 400):
        return today - timedelta(days=int(title["rank"]))
    return _first_day(text, today)


def _first_day(text: str, today: date) -> date | None:
    for match in _FIRST_DAY.finditer(text):
        found = dates_in(text[match.end() : match.end() + 30], today)
        if found and found[0][0] < 12 and len(found[0][2]) >= 10:
            day = date.fromisoformat(found[0][2][:10])
            if timedelta(0) <= today - day < _LONGEST:
                return day
    return None
