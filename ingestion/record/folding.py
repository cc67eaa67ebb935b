"""Fold names and read birth dates, so that a search ignores accents, case and the way a date is written."""

import re
import unicodedata
from datetime import date

_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_FRENCH = re.compile(r"\b(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})\b")
_SPELLED = re.compile(rf"\b(?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})\b")


def fold(text: str | None) -> str:
    """Return words in lower case without accents, one space apart; ``œ`` is ``oe``, punctuation a space.

    >>> fold("  LE GOFF-Cœur, Éloïse ")
    'le goff coeur eloise'
    """
    lowered = (text or "").casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", lowered)
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())


def split_birth_date(query: str) -> tuple[date | None, str]:
    """Take a birth date out of a query, in ISO or French form, and return it with the rest of the query.

    >>> split_birth_date("Berthelot 12/03/1944")
    (datetime.date(1944, 3, 12), 'Berthelot')
    """
    for pattern, text in ((_ISO, query), (_FRENCH, query), (_SPELLED, fold(query))):
        if (found := pattern.search(text)) and (birth := _date(found)):
            return birth, (text[: found.start()] + " " + text[found.end() :]).strip()
    return None, query


def _date(found: re.Match[str]) -> date | None:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
