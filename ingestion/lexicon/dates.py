"""Dates and times of clinical French brought to one written form, for search.

A full date gives ``d20250212`` (the day), ``d0212`` (the day of any year) and ``m202502`` (the month), so that
"12/02/2025", "12 févr. 25", "le 12/02" and "en février 2025" meet. Nothing is converted between time zones.
"""

import re

MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
# Accents are optional so that the same pattern reads the text as written and the text without accents.
_MONTH = (
    r"(?i:janvier|janv|jan|f[eé]vrier|f[eé]vr|f[eé]v|mars|avril|avr|mai|juin|juillet|juil|ao[uû]t"
    r"|septembre|sept|sep|octobre|oct|novembre|nov|d[eé]cembre|d[eé]c)"
)
NUMERIC_DATE = (
    r"(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}-\d{1,2}-\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{4}|\d{1,2}/\d{1,2})(?![\d/]|[.,]\d)"
)
# Two digits behind a month are a year unless they are the hour, or the dose, that follows it.
_SHORT_YEAR = r"\d{2}(?![\d/:%]|[.,]\d| ?(?:[hHxX]|[mkµuc]?[gGlLmM]|cp|UI?|gtt|mmol|ans?|jours?|mois)(?![^\W_\d]))"
WRITTEN_DATE = rf"\d{{1,2}}(?:er)?[ \xa0]+{_MONTH}\b\.?(?:[ \xa0]+(?:\d{{4}}|{_SHORT_YEAR})(?!\d))?"
MONTH_AND_YEAR = rf"{_MONTH}\b\.?[ \xa0]+\d{{4}}(?!\d)"
TIME = r"\d{1,2}(?:[ \xa0]?[hH][ \xa0]?[0-5]\d|[hH]|:[0-5]\d)(?![^\W_]|:)"

_SHAPE = re.compile(
    r"[0-9]{1,4}(?:[./-][0-9]{1,4}){1,2}|[0-9]{1,2}(?:er)?\s+[a-z]+\.?(?:\s+[0-9]{2,4})?|[a-z]+\.?\s+[0-9]{4}"
)
_PARTS = re.compile(r"\d+|[a-z]+")
_PIVOT = 40  # two-digit years: 00-39 are 2000-2039, 40-99 are 1940-1999 (birth dates)


def canonical_date(folded: str) -> tuple[str, ...]:
    """Return the search tokens of a folded date ("12/02/2025", "12 fevr. 25", "02/2025"), or () when it is none."""
    if not _SHAPE.fullmatch(folded):
        return ()
    parts = _PARTS.findall(folded.replace("1er", "1"))
    if folded[:1].isalpha():
        return _month_tokens(_year(parts[-1]), _MONTH_NUMBER.get(parts[0], 0))
    if len(parts) > 1 and parts[1].isalpha():
        year = _year(parts[2]) if len(parts) > 2 else None
        return _tokens(year, _MONTH_NUMBER.get(parts[1], 0), int(parts[0]))
    return _numeric_tokens(parts)


def canonical_time(folded: str) -> str | None:
    """Return the search token of a folded time ("14h30", "8h", "06:00"), or None when it is none."""
    parts = _PARTS.findall(folded.replace("h", ":"))
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    return f"h{hour:02}{minute:02}" if hour < 25 else None


def _numeric_tokens(parts: list[str]) -> tuple[str, ...]:
    if len(parts) == 3 and len(parts[0]) == 4:
        return _tokens(int(parts[0]), int(parts[1]), int(parts[2]))
    if len(parts) == 3:
        return _tokens(_year(parts[2]), int(parts[1]), int(parts[0]))
    if len(parts) == 2 and len(parts[1]) == 4:
        return _month_tokens(int(parts[1]), int(parts[0]))
    if len(parts) == 2:
        return _tokens(None, int(parts[1]), int(parts[0]))
    return ()


def _tokens(year: int | None, month: int, day: int) -> tuple[str, ...]:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    name = MONTHS[month - 1][0]
    if year is None:
        return f"d{month:02}{day:02}", name
    if not 1880 <= year <= 2120:
        return ()
    return f"d{year}{month:02}{day:02}", f"d{month:02}{day:02}", f"m{year}{month:02}", name, str(year)


def _month_tokens(year: int, month: int) -> tuple[str, ...]:
    if not (1 <= month <= 12 and 1880 <= year <= 2120):
        return ()
    return f"m{year}{month:02}", MONTHS[month - 1][0], str(year)


def _year(digits: str) -> int:
    value = int(digits)
    if len(digits) > 2:
        return value
    return value + (2000 if value < _PIVOT else 1900)
