"""Dates that only the rest of a document makes clear: "14.01" among dates with stops, "à J10" beside "J8 (12/09)"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from ingestion.facts.time import FoundDate, dates_in

_DOTTED_FULL = re.compile(r"(?<![\d.])[0-3]\d\.[01]\d\.(?:\d{4}|\d\d)(?![\d.])")
_DOTTED = re.compile(r"(?<![\d.,/])(?P<first>\d\d)\.(?P<second>\d\d)(?![\d/%]|[.,]\d| ?(?:m?mol|[mu]?g/|ui|g/l|kg|cm))")
_DOTTED_HEAD = re.compile(
    r"(?:^[ \-•*]*|\b(?:bio\w*|bilan|labo\w*|le|du|ett|echo|ecg|nfs|iono) )"
    r"(?P<day>[0-3]\d\.[01]\d)(?= ?:(?!\d))",
    re.MULTILINE,
)
_SHORT_HEAD = re.compile(r"^[ \-•*]*(?P<day>[0-3]?\d/[01]?\d)(?= ?;| ?[|:](?!\d)| - )", re.MULTILINE)
_DASHED_FULL = re.compile(r"(?<![\d-])[0-3]\d-[01]\d-(?:\d{4})(?![\d-])")
_DASHED = re.compile(
    r"(?<![\d.,/-])(?P<first>[0-3]\d)-(?P<second>[01]\d)"
    r"(?![\d/%-]|[.,]\d| ?(?:m?mol|[mu]?g/|ui|g/l|kg|cm|ml|%|ans|j\b|jours))"
)
_OF_THE_MONTH_TOLD = re.compile(r"\b(?:le|du|au) (?P<day>[0-3]?\d)(?= ?[,;.:)]| ?$| et\b)(?![,.]\d)", re.MULTILINE)
_NEAR = 60  # characters in which "le 14" is of the month of the date before it
_OF_MONTH = re.compile(
    r"\b(?:d'|de |du mois d(?:e |'))(?P<month>[a-z]{3,9}\.?)(?: (?:dernier|passe))?(?![a-z])(?! \d{4})"
)
_RANKED = re.compile(r"(?<![a-z0-9])j ?\+? ?(?P<rank>\d{1,3})(?![\d/]|[.,]\d)")
_BIRTH = re.compile(r"(?:\bnee?(?:\(e\))? ?(?:le)? ?:? ?|\bddn\b ?:? ?|naissance ?:? ?(?:le )?)$")
_OF_STAY = re.compile(r"\b(?:le|du|au|sejour|examen|edit)\b[^,;-]{0,12}$")
_IDENTITY = re.compile(r"\b(?:ipp|ins|nir)\b")


def implied_dates(lower: str, written: datetime | None, found: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """Yield the dates of a plain text in small letters that its words alone do not tell; ``found`` are the others."""
    if written is None:
        return
    if _DOTTED_FULL.search(lower):
        yield from _dotted(lower, written)
    else:
        for match in _DOTTED_HEAD.finditer(lower):
            yield from ((*match.span("day"), told[2]) for told in dates_in(f"le {match['day']}", written)[:1])
    if _DASHED_FULL.search(lower):
        for match in _DASHED.finditer(lower):
            words = f"le {match['first']}/{match['second']}{lower[match.end() : match.end() + 8]}"
            if told := dates_in(words, written):
                yield match.start(), match.start() + told[0][1] - len("le "), told[0][2]
    for match in _SHORT_HEAD.finditer(lower):
        yield from ((*match.span("day"), told[2]) for told in dates_in(f"le {match['day']}", written)[:1])
    yield from _ranked(lower, found)
    yield from _days_alone(lower, found)
    for match in _OF_MONTH.finditer(lower):
        if told := dates_in(f"en {match['month']}", written):
            yield match.start("month"), match.end(), told[0][2]


def is_birth(lower: str, found: FoundDate, written: datetime | None) -> bool:
    """Say whether a date is of birth: told as such, or of an earlier year in the line of the patient's numbers."""
    start, _, iso = found
    line = lower.rfind("\n", 0, start) + 1
    if _BIRTH.search(lower, max(line, start - 20), start):
        return True
    if len(iso) < 10 or written is None or int(iso[:4]) >= written.year:
        return False
    end = lower.find("\n", start)
    named = _IDENTITY.search(lower, line, end if end >= 0 else len(lower))
    return bool(named) and not _OF_STAY.search(lower[line:start])


def _dotted(lower: str, written: datetime) -> Iterator[FoundDate]:
    """Yield "14.01" (a day) and "11.24" (a month) where a document writes its dates with full stops."""
    for match in _DOTTED.finditer(lower):
        first, second = int(match["first"]), int(match["second"])
        if 1 <= first <= 31 and 1 <= second <= 12:
            if told := dates_in(f"le {match[0]}", written):
                yield *match.span(), told[0][2]
        elif 1 <= first <= 12 and second <= written.year % 100:
            yield *match.span(), f"{written.year // 100}{second:02}-{first:02}"


def _days_alone(lower: str, found: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """Yield "le 14" behind a whole date of its line: a day of the same month ("148 le 13 octobre, 131 le 14")."""
    days = sorted(one for one in found if len(one[2]) >= 10)
    for match in _OF_THE_MONTH_TOLD.finditer(lower):
        place = match.start("day")
        before = next((one for one in reversed(days) if one[1] <= match.start()), None)
        if before is None or place - before[1] > _NEAR or "\n" in lower[before[1] : place]:
            continue
        iso = f"{before[2][:8]}{int(match['day']):02}"
        if 1 <= int(match["day"]) <= 31 and _is_day(iso):
            found_day = (place, match.end(), iso)
            days = sorted((*days, found_day))
            yield found_day


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _ranked(lower: str, found: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """Yield the days of stay ("à J10") that a document counts as it shows elsewhere ("J8 (12/09)")."""
    days = {start: date.fromisoformat(iso[:10]) for start, _, iso in found if len(iso) >= 10}
    ranks = list(_RANKED.finditer(lower))
    zeros = set()
    for match in ranks:
        opening = re.compile(r" ?\( ?").match(lower, match.end())
        if opening and opening.end() in days:
            zeros.add(days[opening.end()] - timedelta(days=int(match["rank"])))
    if len(zeros) == 1:
        zero = zeros.pop()
        yield from ((*match.span(), (zero + timedelta(days=int(match["rank"]))).isoformat()) for match in ranks)
