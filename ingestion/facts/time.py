"""Dates of a clinical text, written or told ("hier", "il y a 10 jours", "J2"), resolved from a reference day.

A date is ISO 8601, as precise as it is known: "2015", "2023-11", "2025-02-12", "2025-02-12T10:30". Dates are
read in the establishment's own time; nothing is converted.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from ingestion.lexicon.dates import MONTHS
from ingestion.normalise import fold

FoundDate = tuple[int, int, str]
"""Start, end (half-open, code points) and ISO 8601 form."""

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_UPCOMING = timedelta(days=60)
"""A day and month without a year that lie this near ahead, with no word of the past before them, are to come."""
_MONTH = (
    r"(?:janvier|janv|jan|f[eé]vrier|f[eé]vr?|mars|avril|avr|mai|juin|juillet|juil|ao[uû]t"
    r"|septembre|sept?|octobre|oct|novembre|nov|d[eé]cembre|d[eé]c)\b\.?"
)
_ENGLISH = {"feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8}
"""Abbreviations that French has not; they name a month only behind a hyphen ("04-Dec-2025")."""
_HYPHENED_MONTH = rf"(?:{_MONTH}|(?:{'|'.join(_ENGLISH)})\b)"
_YEAR = r"(?:19[2-9]\d|20[0-4]\d)"
_NO_MEASURE = (
    r"(?![\d/%]|[.,-]\d| ?(?:[hHxX]|[mkµu]?[gGlLmM]|mg|ml|cp|UI|U|gtt|mmol|kcal|pas|G|T|ans?|jours?|mois|fois)\b)"
)
_DAY_WORDS = (
    r"avant[- ]hier|hier|la veille|aujourd['’]hui|ce jour|ce matin|ce midi|cet apr[eè]s[- ]midi|ce soir|cette nuit"
    r"|jour m[eê]me|apr[eè]s[- ]demain|lendemain|demain"
)
_ABOUT = r"(?:environ |env\.? |pr[eè]s de |plus de |moins d[e'’] ?|~ ?|au moins )"
_COUNT = (
    r"(?P<count>\d{1,3}|une? (?:diz|quinz|vingt|trent)aine d(?:e |['’])|une?|deux|trois|quatre|cinq|six|sept|huit|neuf"
    r"|dix|douze|quinze|vingt|quelques|plusieurs) ?"
    r"(?P<unit>heures?|h|jours?|jrs?|j|semaines?|sem|mois|ann[eé]es?|ans?)\b"
)
_DATE = re.compile(
    # No date begins inside a word: said first, it spares the engine the alternatives.
    rf"(?<!\w)(?:(?P<iso>\b\d{{4}}-[01]\d-[0-3]\d(?!\d))"
    rf"|(?<![\d/.,-])(?P<full>[0-3]?\d(?P<mark>[/.-])[01]?\d(?P=mark)(?:\d{{4}}|\d{{2}}))(?![\d/]|[.,-]\d)"
    rf"|\b(?P<written>(?:[0-3]?\d|1er|premier)\s+{_MONTH}(?:\s+(?:\d{{4}}\b|\d{{2}}{_NO_MEASURE}))?"
    rf"|[0-3]?\d-{_HYPHENED_MONTH}(?:-\d{{4}}\b|-\d\d\b(?!-))?)"
    rf"|\b(?P<month>{_HYPHENED_MONTH}-{_YEAR}\b|{_MONTH}[ /-]?{_YEAR}\b|(?<![\d/.,])[01]?\d/{_YEAR}(?![\d/]))"
    rf"|(?<![\d/.,+-])(?P<day_month>[0-3]?\d/[01]?\d)(?![\d/%]|[.,]\d)"
    rf"|(?<![\d/.,+-])(?P<dotted>[0-3]\d\.[01]\d)(?![\d%]|[.,/]\d)"
    rf"|(?:\b(?:en|d[eé]but|fin|depuis|courant|mois d(?:e |['’])|jusqu['’]?en)\s+|\bmi[- ])"
    rf"(?P<bare_month>{_MONTH})(?!\.?\s*\d)"
    rf"|(?<![\w.,/°-])(?P<year>{_YEAR}){_NO_MEASURE}"
    rf"|\b(?P<told>(?P<way>il y a|depuis|[cç]a fait|voici|dans)\s+{_ABOUT}?{_COUNT})"
    rf"|\b(?P<word>{_DAY_WORDS})\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b(?: (?P<side>derni[eè]re?|pass[eé]e?|prochaine?))?"
    # A weekday before its own date only repeats it.
    rf"(?!,? (?:le )?(?:\d{{4}}-\d|\d{{1,2}}(?:er)?(?:[/.]\d| (?:{_MONTH}))))"
    rf"|(?<![\w/])(?P<relative>J ?(?P<sign>[+-]?) ?(?P<rank>\d{{1,3}}))(?![\d/]|[.,]\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[ ,]{0,2}(?:(?:à|a|vers|-) ?)?(?P<hour>[01]?\d|2[0-3])"
    r"(?: ?h ?(?P<minute>[0-5]\d)?|:(?P<minutes>[0-5]\d))(?!\w)",
    re.IGNORECASE,
)
_HERALD = re.compile(
    r"\b(?:les?|du|au|des?|d[eè]s|depuis|vers|et|à|en date d[eu])\s$|\d\s*(?:->|=>|et|au|à)\s$", re.IGNORECASE
)
_SCORE = re.compile(
    r"(?:\b(?:TA|PA|tension|PAS|EVA|EN|ENS|score|glasgow|GCS|MMSE?|MMS|MoCA|ADL|IADL|acuit[eé]|AV|Apgar|Norton|Braden|OG|OD)"
    r"\b|[<>=≤≥]|n°)[^;.|\d]{0,14}(?:\d{1,2}/\d{1,2}[^;.|\d]{1,4})?$",
    re.IGNORECASE,
)
_AT_RANK = re.compile(r"\b(?:C ?\d+|à|a|jusqu['’]à|cycle \d+)\s*$", re.IGNORECASE)


def dates_in(text: str, reference: date | None, day_zero: date | None = None) -> list[FoundDate]:
    """Return the dates of a text, in order: (start, end, ISO 8601).

    ``reference`` is the day on which the text was written (the document's): "hier", "il y a 10 jours" and "le 12/02"
    count from it and are left out without it. ``day_zero`` is the day that "J0" stands for.

    >>> dates_in("chute hier, opéré le 12/02 à 10h30", date(2025, 2, 14))
    [(6, 10, '2025-02-13'), (22, 35, '2025-02-12T10:30')]
    """
    today = reference.date() if isinstance(reference, datetime) else reference
    return list(_found(text, today, day_zero))


def _found(text: str, today: date | None, day_zero: date | None) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        name = match.lastgroup or ""
        iso = _resolved(match, text, today, day_zero)
        if not iso:
            continue
        start, end = match.span()
        if len(iso) == 10 and name not in ("told",) and (time := _TIME.match(text, end)):
            minute = time["minute"] or time["minutes"] or "00"
            iso, end = f"{iso}T{int(time['hour']):02}:{minute}", time.end()
        yield start, end, iso


def _resolved(match: re.Match[str], text: str, today: date | None, day_zero: date | None) -> str:
    """Return the ISO form of one match, or an empty string when it is no date or cannot be told."""
    if written := match["iso"] or match["full"] or match["written"] or match["month"]:
        return _written(fold(written), text[max(0, match.start() - 60) : match.start()], today)
    if today is None:
        return ""
    before = text[max(0, match.start() - 60) : match.start()]
    if match["day_month"] or match["dotted"]:
        return _day_and_month(match, text, before, today)
    if match["bare_month"]:
        return _bare_month(fold(match["bare_month"]), before, today)
    if match["year"]:
        return match["year"] if int(match["year"]) <= today.year + 1 else ""
    if match["told"]:
        return _told(match, today)
    if match["word"]:
        return (today + timedelta(days=_days()[fold(match["word"])])).isoformat()
    if match["weekday"]:
        return _weekday(match, before, today)
    return _ranked(match, before, day_zero)


def _written(folded: str, before: str, today: date | None) -> str:
    """Resolve a date that names its month: a year may lack."""
    parts = re.findall(r"\d+|[a-z]+", folded.replace("1er", "1").replace("premier", "1"))
    if parts[0].isdigit() and len(parts[0]) == 4:
        year, month, day = (int(part) for part in parts)
        return _iso(year, month, day)
    if len(parts) == 3:
        return _iso(_full_year(parts[2]), _month(parts[1]), int(parts[0]))
    if parts[1].isdigit() and len(parts[1]) == 4:
        month = _month(parts[0])
        return f"{parts[1]}-{month:02}" if 1 <= month <= 12 else ""
    return _nearest(_month(parts[1]), int(parts[0]), before, today) if today else ""


def _day_and_month(match: re.Match[str], text: str, before: str, today: date) -> str:
    """Resolve "12/02" or "12.02", which may also be a score, a blood pressure or a number."""
    written = match["day_month"] or match["dotted"]
    day, month = re.split(r"[/.]", written)
    heralded = bool(_HERALD.search(before))
    if match["dotted"] and not (heralded or _stands_alone(text, *match.span())):
        return ""
    if match["day_month"] and not heralded and (len(month) < 2 or len(day) < 2 or day == month == "10"):
        return ""
    if not heralded and _SCORE.search(before):
        return ""
    return _nearest(int(month), int(day), before, today)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a dotted number stands where dates do: at the start of a line, in brackets, before an arrow."""
    opens = re.search(r"(?:^|\n|[(|;,:>])\s*[-•*]?\s*$", text[max(0, start - 6) : start])
    closes = re.match(r"\s*(?:$|\n|[)|;:]|->|=>|,\s|\.\s)", text[end : end + 4])
    return bool(opens and closes)


def _nearest(month: int, day: int, before: str, today: date) -> str:
    """Return the day of a year that is not told: never ahead for a past event."""
    iso = _iso(today.year, month, day)
    if not iso:
        return ""
    moment, folded = date.fromisoformat(iso), fold(before)
    past, future = (_side(side).search(folded) for side in ("past", "future"))
    if moment > today and not (future and not past) and (past or moment - today > _UPCOMING):
        return _iso(today.year - 1, month, day)
    if moment < today - timedelta(days=180) and future and not past:
        return _iso(today.year + 1, month, day)
    return iso


def _bare_month(folded: str, before: str, today: date) -> str:
    month = _month(folded.strip("."))
    ahead = bool(_side("future").search(fold(before)))
    year = today.year - (month > today.month and not ahead) + (month < today.month and ahead)
    return f"{year}-{month:02}"


def _told(match: re.Match[str], today: date) -> str:
    """Resolve "il y a 10 jours", no more precise than its unit."""
    count = match["count"].strip().replace("’", "'")
    number = int(count) if count.isdigit() else _numbers()[fold(count)]
    size = _units()[fold(match["unit"])]
    if not number or (not size and number < 24):
        return today.isoformat() if number else ""
    sign = 1 if match["way"].lower() == "dans" else -1
    if size == 365:
        return str(today.year + sign * number)
    if size == 30:
        index = today.year * 12 + today.month - 1 + sign * number
        return f"{index // 12}-{index % 12 + 1:02}"
    return (today + sign * timedelta(days=number * size or number // 24)).isoformat()


def _weekday(match: re.Match[str], before: str, today: date) -> str:
    behind = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    ahead = (match["side"] or "").lower().startswith("prochain") or bool(_side("future").search(fold(before)))
    return (today + timedelta(days=7 - behind if ahead else -behind)).isoformat()


def _ranked(match: re.Match[str], before: str, day_zero: date | None) -> str:
    """Resolve "J2"; "à J4", "C1J8" count from another day than the stay's."""
    if day_zero is None or match["relative"][0] != "J" or _AT_RANK.search(before):
        return ""
    rank = int(match["rank"])
    return (day_zero + timedelta(days=-rank if match["sign"] == "-" else rank)).isoformat()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next((number for number, names in enumerate(MONTHS, start=1) if word in names), _ENGLISH.get(word, 0))


@cache
def _days() -> dict[str, int]:
    return {form: int(value) for form, value in _forms("day")}


@cache
def _units() -> dict[str, int]:
    return {form: int(value) for form, value in _forms("unit")} | {"jr": 1}


@cache
def _numbers() -> dict[str, int]:
    return {form: int(value) for form, value in _forms("number")}


@cache
def _side(name: str) -> re.Pattern[str]:
    return re.compile("|".join(form for form, _ in _forms(name)))


def _forms(kind: str) -> Iterator[tuple[str, str]]:
    lines = resources.files("ingestion.facts").joinpath("time.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        name, form, value = [*line.split("\t"), ""][:3] if line and not line.startswith("#") else ("", "", "")
        if name == kind:
            yield form, value
