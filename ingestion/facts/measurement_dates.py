"""Tell when a value holds: its own date, that of its sentence, its lines or its sample, else its document's."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from ingestion.facts.context import effective_of
from ingestion.facts.measurement_values import number_of
from ingestion.facts.measurement_words import forms
from ingestion.facts.page import Measured, Page
from ingestion.facts.time import FoundDate, dates_in

_HEAD_OF_LINE = re.compile(
    r"[\s\-•*>|]*(?:\d{1,2}[.)] )?(?:[a-z' ]{2,25} ?: ?)?(?:le |du |nuit (?:du )?|ce |j ?\d+ ?[-(:]? ?)?"
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)\w*\.? )?"
)
_DAY_LINE = re.compile(r"[\s\-•*=]*(?:le |du |(?:journee|nuit|matin) du )?(?:\w+di )?@[\s\-•*=:.]*")
_LINE_HEAD = re.compile(
    r"[\s\-•*=>|]*(?:le |du )?(?:j ?\+? ?\d{1,3}[ ,(:-]*)?(?:(?:lun|mar|mer|jeu|ven|sam|dim)\w*\.? )?"
)
_LASTS = re.compile(r" ?(?:au?|->|-|et|jusqu'au)(?= ?\d| le )")
_RECENT = 90  # days over which a journal is written
_BEFORE_EXAM = re.compile(r"(?:[^\d\n]*\bexam\w* \d ?[:;.-])?\D*")
_AFTER_EXAM = re.compile(r"\W*|[;,].*")
_TIME = re.compile(r"[\s\-•*\[(,:]*(?:a )?(?P<hour>[01]?\d|2[0-3]) ?[h:] ?(?P<minute>[0-5]\d)?(?![\w/:])")
_SAME_DAY = re.compile(r"\b(?:le |du |ce )?meme jour\b")
_SAMPLE = re.compile(r"\b(?:prelev\w*|prelevt|prlvt?|plvt)\b[^\n]{0,40}?(?=\d)")
_LONGEST_HEAD = 60  # characters of a line that heads dated entries
_SENTENCE = 640  # characters before a value in which its line may tell its date
_LIST = 90  # characters over which a list of results goes on
_HEAD = 300  # characters in which a sheet of results without letterhead does
_SAMPLE_WITHIN = 1200  # characters in which a report says when its sample was taken


_AT_ADMISSION = re.compile(
    r"\b(?:a l'(?:entree|admission|arrivee)|(?:entree|admission|arrivee)(?= ?[:=]? ?\d)"
    r"|initiale(?:ment)?|d'(?:entree|admission|arrivee))\b"
)
_ADMISSION = re.compile(r"\b(?:entree|admis\w*|arrivee|hospitalis\w*|sejour)\b[^\n\d]{0,25}")
_OF_ADMISSION = re.compile(r"urgence|entree|admission|adress|infirm|transmission")


@dataclass(frozen=True)
class _Entry:
    """What a journal says of a day: its dated line, and the lines under one that is only a heading."""

    start: int
    end: int
    day: str


@dataclass(frozen=True)
class _DayLine:
    """A line that heads dated entries; ``of_paragraph`` tells that it reaches no further than the next empty line."""

    start: int
    day: str
    of_paragraph: bool


@dataclass(frozen=True)
class _Calendar:
    """What of a document dates its values: the dates that some of them own, the days that head lines, the sample's."""

    owned: frozenset[int]
    shared: frozenset[int]  # those that stand between a name and its value ("la VS de vendredi est à 98, CRP 104")
    day_lines: tuple[_DayLine, ...]
    entries: tuple[_Entry, ...]
    sample: str
    admission: str


def dates_of(page: Page, found: Sequence[Measured], tabled: Sequence[Measured]) -> list[str]:
    """Return when each value of a document holds, ISO 8601, empty when unknown; ``found`` are in order.

    ``tabled`` are those of its tables: a comment that repeats one of their figures speaks of its day.
    """
    owners = [(one.date[0], one) for one in found if one.date]
    shared = frozenset(
        start for start, one in owners if one.label[1] <= start < one.reading.start and _is_free(page, start)
    )
    calendar = _Calendar(
        frozenset(start for start, _ in owners),
        shared,
        _day_lines(page),
        _entries(page),
        _sample(page, bool(tabled)),
        _admission(page),
    )
    ends = [_start_of(one, before.reading.end) for before, one in pairwise(found)]
    ends = [*ends, len(page.text)][: len(found)]
    dates = [_date_of(page, one, end, calendar) for one, end in zip(found, ends, strict=True)]
    columns = _columns(tabled)
    today = page.source.date.date().isoformat() if page.source.date else ""
    return [
        columns.get(_figure(one), day) if one.header is None and not one.date and day == today else day
        for one, day in zip(found, dates, strict=True)
    ]


def _columns(tabled: Sequence[Measured]) -> dict[tuple[str, float | None], str]:
    """Return the dates of the figures that the tables give once."""
    dates: dict[tuple[str, float | None], set[str]] = {}
    for one in tabled:
        if one.date:
            dates.setdefault(_figure(one), set()).add(one.date[2])
    return {figure: days.pop() for figure, days in dates.items() if len(days) == 1}


def _figure(one: Measured) -> tuple[str, float | None]:
    return one.reading.analyte.code, number_of(one.reading.number or one.reading.value)


def _is_free(page: Page, start: int) -> bool:
    """Say whether a date stands outside brackets."""
    return page.text[start - 1 : start] not in ("(", "[")


def _start_of(one: Measured, after: int) -> int:
    """Return where what belongs to a value starts: its name or its date, behind the value before it."""
    places = (one.label[0], one.date[0] if one.date else after, one.reading.start)
    return min((place for place in places if place >= after), default=after)


def _date_of(page: Page, one: Measured, end: int, calendar: _Calendar) -> str:
    if one.date:
        return one.date[2]
    if one.undated:
        return ""
    line, place = page.line_at(one.reading.start), min(one.label[0], one.reading.start)
    before = page.dates_between(line.start, place)
    behind = re.split(r"[,;.()]", page.lower[one.reading.end : one.reading.end + 30])[0]
    around = page.lower[max(one.label[1], one.reading.start - 25) : one.reading.end] + behind
    if _SAME_DAY.search(around):
        told = page.dates_between(line.start, one.reading.start)
        owned = [found for found in told if found[0] in calendar.owned]
        if owned:
            return owned[-1][2]
    near = [found for found in before if found[0] not in calendar.shared or _is_listed_after(one, found)]
    heading = next((found for found in reversed(near) if _heads(page, found, line.start, calendar)), None)
    if heading and not _exam_opened().search(page.lower, heading[1], place):
        return heading[2]
    if aside := _in_brackets_of(page, one, calendar):
        return aside
    if _AT_ADMISSION.search(re.split(r"\d ?[a-z%/]*[,;]", around)[-1]) and not _OF_ADMISSION.search(page.source.kind):
        return calendar.admission
    day = _told_by_context(page, one, max(end, one.reading.end), calendar)
    return _at_time(page, day, line.start)


def _is_listed_after(one: Measured, found: FoundDate) -> bool:
    """Say whether a value may be of the list that another value, which has its date before it, opens."""
    return one.reading.analyte.family == "laboratory" and one.reading.start - found[1] < _LIST


def _in_brackets_of(page: Page, one: Measured, calendar: _Calendar) -> str:
    """Return the date of the value whose brackets hold this one ("96 µmol/L en mars 2025 (DFG 55)")."""
    opening = page.text.rfind("(", max(0, one.label[0] - 40), one.label[0])
    if opening < 0 or ")" in page.text[opening : one.label[0]]:
        return ""
    close = [found for found in page.dates_between(max(0, opening - 25), opening) if found[0] in calendar.owned]
    return close[-1][2] if close and page.text[close[-1][1] : opening].strip() == "" else ""


def _heads(page: Page, found: FoundDate, line_start: int, calendar: _Calendar) -> bool:
    """Say whether a date is that of all the values behind it: it opens a line, dates an examination, or has a colon."""
    before = page.lower[line_start : found[0]]
    if re.search(r"(?:\bdepuis|\bjusqu'(?:au?|en)|\bdes) (?:le )?$", before):
        return False
    if re.match(r" ?: ", page.lower[found[1] : found[1] + 3]):
        return True
    if found[0] in calendar.owned:
        return found[0] in calendar.shared
    return bool(_HEAD_OF_LINE.fullmatch(before) or _exam_before().search(before))


@cache
def _exam_opened() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{forms('exam')}) ?:")


@cache
def _exam_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z])(?:{forms('exam')})(?: [a-z'-]+){{0,4}} ?\(?[,:-]? ?(?:du|de|d'|le|en|au)? ?(?:[a-z]+di )?\(?$"
    )


def _told_by_context(page: Page, one: Measured, end: int, calendar: _Calendar) -> str:
    """Return what the context says of a value, up to the next one; a date that another value owns is not its own."""
    line, reading = page.line_at(one.reading.start), one.reading
    near = max(line.start, reading.start - _SENTENCE)
    clipped = replace(line, start=near, end=max(min(line.end, end), near + 1))
    told = effective_of(page.source, clipped, reading.start, reading.end)
    owned = [found for found in page.dates_between(line.start, reading.start) if found[0] in calendar.owned]
    if any(found[2] == told for found in owned):
        told = effective_of(page.source, replace(clipped, start=owned[-1][1]), reading.start, reading.end)
    today = page.source.date.date().isoformat() if page.source.date else ""
    if told in page.births or any(
        found[2] == told for found in dates_in(page.text[reading.start : reading.end], page.source.date)
    ):
        told = today  # a birth, or figures that look like a date
    if line.copied or not today or told[:10] < today[: len(told)]:
        return told
    return (
        _entry_day(calendar, line.start) or _day_above(page, calendar, line.start) or calendar.sample or today
    )  # no value is of a day to come


def _entries(page: Page) -> tuple[_Entry, ...]:
    """Return the entries of a journal: lines that open with their day, of two days at least, none of them old."""
    found, is_heading = list[_Entry](), False
    for match in re.finditer(r"[^\n]+", page.lower):
        head = _LINE_HEAD.match(page.lower, match.start(), match.end())
        told = page.date_starts.get(head.end()) if head else None
        if told and len(told[2]) >= 10 and _is_recent(page, told[2]) and not _LASTS.match(page.lower, told[1]):
            found.append(_Entry(*match.span(), told[2][:10]))
            rest = page.lower[told[1] : match.end()]
            is_heading = len(rest) < _LONGEST_HEAD and not re.search(r"\d(?!\)? ?=*$)", rest)
        elif found and found[-1].end == match.start() - 1 and is_heading:
            found[-1] = replace(found[-1], end=match.end())
    return tuple(found) if len({entry.day for entry in found}) > 1 else ()


def _is_recent(page: Page, iso: str) -> bool:
    return page.source.date is not None and 0 <= (page.source.date.date() - date.fromisoformat(iso[:10])).days < _RECENT


def _entry_day(calendar: _Calendar, line_start: int) -> str:
    position = bisect_right(calendar.entries, line_start, key=lambda entry: entry.start)
    entry = calendar.entries[position - 1] if position else None
    return entry.day if entry and line_start < entry.end else ""


def _day_lines(page: Page) -> tuple[_DayLine, ...]:
    """Return the lines that hold a day and nothing else, or an examination and its day: they head what follows."""
    heads = []
    for line in page.source.lines:
        dates = page.dates_between(line.start, line.end) if line.end - line.start < _LONGEST_HEAD else []
        if len(dates) != 1 or len(dates[0][2]) < 10:
            continue
        start, end, iso = dates[0]
        before, behind = page.lower[line.start : start], page.lower[end : line.end]
        if _DAY_LINE.fullmatch(f"{before}@{behind}"):
            heads.append(_DayLine(line.start, iso[:10], of_paragraph=False))
        elif _exam_before().search(before) and _AFTER_EXAM.fullmatch(behind) and _BEFORE_EXAM.fullmatch(before):
            heads.append(_DayLine(line.start, iso, of_paragraph=True))
    return tuple(heads)


def _day_above(page: Page, calendar: _Calendar, line_start: int) -> str:
    position = bisect_right(calendar.day_lines, line_start, key=lambda head: head.start)
    head = calendar.day_lines[position - 1] if position else None
    if head is None or (head.of_paragraph and "\n\n" in page.text[head.start : line_start]):
        return ""
    return head.day


def _sample(page: Page, has_tables: bool) -> str:
    """Return when the sample of a laboratory report was taken, when it says so of one sample only."""
    is_report = "biologie" in page.source.kind or re.search(r"\blabo", page.lower[:300])
    days = set()
    for match in _SAMPLE.finditer(page.lower, 0, _SAMPLE_WITHIN if is_report else _HEAD * has_tables):
        line_end = page.lower.find("\n", match.end())
        found = page.dates_between(match.start(), line_end if line_end > 0 else len(page.text))
        several = len(found) > 1 and re.search(r"\bet\b", page.lower[found[0][1] : found[1][0]])
        days |= {iso for _, _, iso in found[: 2 if several else 1]}
    return days.pop() if len(days) == 1 else ""


def _admission(page: Page) -> str:
    """Return the day on which the document says that the stay began, or an empty string."""
    for match in _ADMISSION.finditer(page.lower, 0, _SAMPLE_WITHIN):
        found = page.date_starts.get(match.end())
        if found and len(found[2]) >= 10:
            return found[2]
    return ""


def _at_time(page: Page, day: str, line_start: int) -> str:
    """Add the time that opens a line ("13h40 - TA 124/68") to a day."""
    time = _TIME.match(page.lower, line_start)
    if len(day) != 10 or not time or (time["minute"] is None and page.lower[time.end() - 1] == ":"):
        return day
    return f"{day}T{int(time['hour']):02}:{time['minute'] or '00'}"
