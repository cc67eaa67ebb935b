"""When an item of a line holds."""

import re
from bisect import bisect_right
from datetime import date
from functools import lru_cache

from ingestion.facts.day_zero import day_zero_of
from ingestion.facts.source import copy_header
from ingestion.facts.time import FoundDate, dates_in
from ingestion.facts.types import Line, Source

_SINCE = re.compile(
    r"(?:\bdepuis(?: (?:le|la|les|l['’]|env\.?|environ|d[ée]but|fin|au moins))*|\bdepuis)\s*$|^depuis\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:jusqu['’]?\s?(?:à|au|a|en)|d['’]ici)\s*(?:le |la )?$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:n[ée]e?\(?e?\)? (?:le|en)|ddn|naissance|(?:cf\.?|voir) [^.;]{0,25}(?:du|de)|dossier"
    r"|[ée]dition du|imprim[ée] le|rdv|rendez-vous|contr[ôo]le|reprise|prochaine?)\s*:?\s*(?:le |du |de )?$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?:à|a) (?:l['’][âa]ge de )?\d{1,2} (?:ans|mois)\b|dans l['’](?:enfance|adolescence)", re.IGNORECASE
)
_SEGMENT = re.compile(r"[;|]|,(?!\d)|\.\s|=>|->|→|\n|\s[-–]\s|\s{3,}|\bpuis\b")
_CLAUSE = re.compile(r"[;|]|\.\s|\n|\s{3,}")
_APPOSED = re.compile(r"[,(\s]*(?:le|en|depuis le|depuis|du|d[èe]s)?\s*", re.IGNORECASE)
_LEADING = re.compile(r"^[\s\-•*\[(«]*(?:(?:le|du|depuis|en|d[èe]s|vers)\s+)?$", re.IGNORECASE)
_HISTORY = {"antecedents", "antecedents_familiaux"}


def moment_in(source: Source, line: Line, start: int, end: int) -> str:
    """Return when the item at ``start:end`` of the document holds, or an empty string when it cannot be told.

    The date that the line gives to the item, else its heading's, else the day of the note it was copied from, else the
    day of the document. "Depuis" tells when a thing began, not when it holds: see ``onset_in``.
    """
    words, first, last = source.words(line), start - line.start, end - line.start
    if own := told_in(source, line, start, end):
        return own
    if _AGE.match(words[last : last + 30].lstrip(" ,(")) or _AGE.match(words[last : last + 40].split(",")[0].strip()):
        return ""
    return _column(source, line, first) or _headed(source, line, start) or written_on(source, line)


def told_in(source: Source, line: Line, start: int, end: int) -> str:
    """Return the date that the line itself gives to the item at ``start:end``, or an empty string."""
    words = source.words(line)
    found = [one for one in _dates(source, line) if not _is_since(words, one) and not _UNTIL.search(words, 0, one[0])]
    return _own(words, found, start - line.start, end - line.start)


def written_on(source: Source, line: Line) -> str:
    """Return the day on which a line was written: the copied note's when it was copied, "" when nobody knows."""
    if line.copied:
        return copied_from(source, line)
    return source.date.date().isoformat() if source.date else ""


def onset_in(source: Source, line: Line, start: int, end: int) -> str:
    """Return since when the item at ``start:end`` holds ("depuis 2014", "depuis 3 semaines"), or an empty string."""
    words = source.words(line)
    since = [moment for moment in _dates(source, line) if _is_since(words, moment)]
    return _own(words, since, start - line.start, end - line.start)


def reference_of(source: Source, line: Line) -> date | None:
    """Return the day on which a line was written: the copied note's when it was copied, None when nobody knows."""
    if line.copied:
        day = copied_from(source, line)
        return date.fromisoformat(day[:10]) if len(day) >= 10 else None
    return source.date.date() if source.date else None


def copied_from(source: Source, line: Line) -> str:
    """Return the date of the note that a copied line comes from, or an empty string."""
    position = bisect_right(source.lines, line.start, key=lambda other: other.start) - 1
    today = source.date.date() if source.date else None
    while position >= 0 and source.lines[position].copied:
        if header := copy_header(source.text, source.lines[position].start):
            found = dates_in(source.text[slice(*header)], today, _day_zero(source.text, today))
            return found[0][2] if found else ""
        position -= 1
    return ""


def _dates(source: Source, line: Line) -> list[FoundDate]:
    words = source.words(line)
    today = source.date.date() if source.date else None
    found = _dates_of(words, reference_of(source, line), _day_zero(source.text, today))
    return [moment for moment in found if not _ELSEWHERE.search(words, 0, moment[0])]


@lru_cache(maxsize=256)
def _dates_of(words: str, reference: date | None, day_zero: date | None) -> list[FoundDate]:
    """Return the dates of a line; kept, for every item of the line asks for them."""
    return dates_in(words, reference, day_zero)


def _is_since(words: str, found: FoundDate) -> bool:
    return bool(_SINCE.search(words[: found[0]]) or words[found[0] : found[1]].lower().startswith("depuis"))


def _own(words: str, found: list[FoundDate], first: int, last: int) -> str:
    """Return the date that a line gives to an item: in its segment, behind it, then before it; else the leading one."""
    if not found:
        return ""
    begin, close = _around(_SEGMENT, words, first, last)
    inside = [moment for moment in found if begin <= moment[0] < close]
    behind = [moment for moment in inside if moment[0] >= last]
    if inside:
        return behind[0][2] if behind else inside[-1][2]
    for moment in found:
        if moment[0] >= close and _APPOSED.fullmatch(words, close, moment[0]):
            return moment[2]
    clause, _ = _around(_CLAUSE, words, first, last)
    leading = next((moment for moment in found if clause <= moment[0] < first), None)
    return leading[2] if leading and _LEADING.match(words[clause : leading[0]]) else ""


def _around(edges: re.Pattern[str], words: str, first: int, last: int) -> tuple[int, int]:
    begin, close = 0, len(words)
    for match in edges.finditer(words):
        if match.end() <= first:
            begin = match.end()
        elif match.start() >= last:
            close = match.start()
            break
    return begin, close


def _column(source: Source, line: Line, first: int) -> str:
    """Return the date that heads the column in which an item stands, in a table with bars or aligned by spaces."""
    if line.header is None:
        return ""
    words, header = source.words(line), source.text[slice(*line.header)]
    found = dates_in(header, reference_of(source, line))
    if "|" in header:
        cell = words.count("|", 0, first) - (words.startswith("|") - header.startswith("|"))
        found = [moment for moment in found if header.count("|", 0, moment[0]) == cell]
        return found[0][2] if found else ""
    column = first + line.start - source.text.rfind("\n", 0, line.start) - 1
    offset = line.header[0] - source.text.rfind("\n", 0, line.header[0]) - 1
    near = [one for one in found if one[0] + offset - 3 <= column <= one[1] + offset + 3]
    return near[0][2] if near else ""


def _headed(source: Source, line: Line, start: int) -> str:
    """Return the one day that the heading above an item bears ("Biologie du 11/02"), or an empty string."""
    section = line.section
    if section is None or section.name in _HISTORY or start < section.body:
        return ""
    found = dates_in(source.text[section.start : section.body], reference_of(source, line))
    return found[0][2] if len(found) == 1 and len(found[0][2]) >= 10 else ""


@lru_cache(maxsize=8)
def _day_zero(text: str, today: date | None) -> date | None:
    return day_zero_of(text, today)
