"""The date that a document gives of itself, near its top.

Conservative: a wrong date misplaces a document among the others, no date does not. A date counts
only where the line says that it is the document's: a label, "Le ...", a line that holds nothing
else, or the end of a line that names a kind of document. Never a date of birth.
"""

import re
from datetime import datetime

from ingestion.readers.titles import names_a_document

_TOP_LINES = 12
_MONTHS = (
    ("janvier", "janv", "jan"),
    ("février", "fevrier", "févr", "fevr", "fév"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("août", "aout"),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("décembre", "decembre", "déc"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|edi|anche|dredi)?\.?\s+)?"
_DAY = (
    r"(?:(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
    r"|(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})"
    rf"|(?P<word_day>\d{{1,2}})(?:er)?\s+(?P<word_month>{'|'.join(_MONTH_NUMBER)})\.?\s+(?P<word_year>\d{{4}}))(?!\d)"
)
_HOUR = r"(?:(?:\s*[,à-]\s*|\s+|T)(?P<hour>[01]?\d|2[0-3])\s?[h:](?P<minute>[0-5]\d)(?!\d))?"
_DATE = _WEEKDAY + _DAY + _HOUR
_LABEL = (
    r"(?:date(?:\s+(?:du\s+document|de\s+rédaction|du\s+compte\s+rendu))?|[ée]dité\s+le|rédigé\s+le"
    r"|[ée]dition\s+(?:cumulative\s+)?(?:du\s+)?)"
)

_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_LABEL}\s*:?\s*{_DATE}",
        rf"^(?:[^\d\n]{{0,60}},\s*)?le\s+{_DATE}\s*(?:[-.,;].*)?$",
        rf"^{_DATE}\s*[.,;]?$",
    )
)
_AT_END_OF_TITLE = re.compile(rf"(?:\s[-–]\s(?:le\s+)?|\bdu\s+){_DATE}\s*$", re.IGNORECASE)
_BIRTH = re.compile(r"\bné\(?e?\)?\s+le\b|\bnée?\b|\bnee?\s+le\b|\bddn\b|naissance", re.IGNORECASE)


def first_date(text: str) -> datetime | None:
    """Return the date that the top of ``text`` gives of the document, as written (no time zone), or None."""
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()]
    for line in lines[:_TOP_LINES]:
        found = _dated(line)
        if found is not None:
            return found
    return None


def _dated(line: str) -> datetime | None:
    if _BIRTH.search(line):
        return None
    patterns = (*_PLACES, _AT_END_OF_TITLE) if names_a_document(line) else _PLACES
    return next((_moment(found) for found in (pattern.search(line) for pattern in patterns) if found), None)


def _moment(found: re.Match[str]) -> datetime | None:
    group = found.groupdict()
    if group["iso_year"]:
        year, month, day = int(group["iso_year"]), int(group["iso_month"]), int(group["iso_day"])
    elif group["year"]:
        year, month, day = _full_year(group["year"]), int(group["month"]), int(group["day"])
    else:
        year, month = int(group["word_year"]), _MONTH_NUMBER[group["word_month"].lower()]
        day = int(group["word_day"])
    try:
        return datetime(year, month, day, int(group["hour"] or 0), int(group["minute"] or 0))
    except ValueError:
        return None


def _full_year(year: str) -> int:
    """Read two digits as POSIX does: 69 to 99 in the twentieth century."""
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= 69 else 2000)
