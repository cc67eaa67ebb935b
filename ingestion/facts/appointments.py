"""Find appointments and follow-up: what, with whom, when, where, after how long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingestion.facts.clauses import in_section, once, person_of
from ingestion.facts.concepts import Mention, fact_of, mentions_on
from ingestion.facts.phrases import phrase_in
from ingestion.facts.time import dates_in
from ingestion.facts.types import Fact, Line, Source

_NUMBER = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|huit|dix|quinze)"
_DELAY = re.compile(
    rf"(?i)\b(?:[àa]|dans|sous|d['’]ici|entre {_NUMBER} et|tous les|toutes les|chaque|tous)\s+(?:environ\s+)?"
    rf"(?:{_NUMBER}(?:\s*(?:[àa-]|et|ou)\s*{_NUMBER})?\s*(?:j\b|jours?|sem\b|semaines?|mois|ans?)"
    r"|J ?\+? ?\d{1,3}|M ?\+?\d{1,2}|S ?\+?\d{1,2}|(?:lun|mar|mercre|jeu|vendre|same)dis?"
    r"|jours|semaines?|mois|distance)\b"
    r"|\b\d+ ?(?:x|fois)? ?(?:/|par) ?(?:j|jour|sem|semaine|mois)\b|\b(?:\w+ )?fois par (?:jour|semaine|mois)"
    r"|\b(?:hebdomadaire|mensuel)(?:le)?s?\b"
)
_PLACE = re.compile(
    r"\b(?:au|à la|à l['’]|aux|en)\s*((?:CHU|CHR?|HDJ|CMP|PMI|SMR|cabinet|[Cc]linique|[Cc]entre"
    r"|[Hh][ôo]pital|h[ôo]pital de jour"
    r"|maison m[ée]dicale|laboratoire|ville\b|externe\b)[^,.;:()\n\d]{0,40})"
)
_DAY_NAME = re.compile(r"\s*(?:le )?(?:lun|mar|mercre|jeu|vendre|same)di.*$|\s+(?:le|à|dans|avec|pour)\b.*$", re.I)
_PURPOSE = re.compile(r"(?i)\bpour\s+((?!le \d|les \d|lui\b|\d)[^.;,()\n]{4,80})")
_VALUE = re.compile(
    r"\s*(?:\(\w[^)]{0,20}\) )?(?:à |:|=|<|>)?\s*\d+(?:[.,]\d+)?"
    r"\s*(?:[,.;)]|$|[µmn]?(?:mol|g|L)\b|[µmn]?g/|G/L|%|UI|mm|\()"
)
_RECIPIENT = re.compile(
    r"(?i)r[ée]sultats?[^.;]{0,20} (?:au|à|chez) (?:Dr|Pr)[^.;,]*|adress[ée]e?s? (?:au|à) (?:Dr|Pr)[^.;,]*"
)
_CARD = re.compile(r"\b(?:RPPS|t[ée]l|IPP|n[ée]e? le)\b", re.I)
_FOLLOW_UP = ("rendez_vous", "suites", "conduite", "resultats_attente")


@dataclass(frozen=True)
class _Part:
    """A part of a line between semicolons, with the days to come that it names: place, ISO date."""

    start: int
    end: int
    days: tuple[tuple[int, str], ...]


def find_appointments(source: Source) -> list[Fact]:
    """Return what is arranged after the document: it has a day to come, a delay, or is said to be arranged.

    ``name`` is the type (consultation, biology, imaging, nursing, …); ``when`` is ISO 8601 when the day is known.
    ``specialty`` is French, folded.
    """
    return once(fact for line in source.lines for fact in _of_line(source, line))


def _of_line(source: Source, line: Line) -> Iterator[Fact]:
    asked = mentions_on(source, line, "appointments")
    if (not asked and not in_section(line, "rendez_vous")) or _CARD.search(source.words(line)):
        return
    for part in _parts(source, line):
        within = [mention for mention in asked if part.start <= mention.start < part.end]
        if not within and part.days and in_section(line, "rendez_vous"):
            within = _unnamed(source, line, part)
        for position, mention in enumerate(within):
            following = within[position + 1].start if position + 1 < len(within) else part.end
            if fact := _fact(source, line, part, mention, following):
                yield fact


def _unnamed(source: Source, line: Line, part: _Part) -> list[Mention]:
    """Return the consultation that a list of appointments leaves unsaid: a specialty or a person, and a day."""
    for mention in mentions_on(source, line, "specialties"):
        if part.start <= mention.start < part.end:
            return [replace(mention, code="consultation")]
    name = person_of(source.text[part.start : part.end])
    start = source.text.find(name, part.start) if name else -1
    return [Mention("consultation", "", name, start, start + len(name))] if start >= 0 else []


def _fact(source: Source, line: Line, part: _Part, mention: Mention, following: int) -> Fact | None:
    if _VALUE.match(source.text, mention.end, line.end):
        return None
    slots = _slots(source, line, part, mention, following)
    arranged = in_section(line, *_FOLLOW_UP) and phrase_in("meeting_to_come", source.text[part.start : part.end])
    if not (slots["when"] or slots["delay"] or arranged):
        return None
    fact = fact_of("appointment", source, line, mention, slots)
    if fact.polarity == "affirmed" and phrase_in("meeting_only_if", source.text[part.start : mention.start]):
        fact = replace(fact, polarity="hypothetical")
    if fact.polarity == "hypothetical" and slots["when"] and in_section(line, "rendez_vous"):
        fact = replace(fact, polarity="affirmed")
    return replace(fact, name=mention.code, effective=slots["when"], subject="patient", certainty="certain")


def _slots(source: Source, line: Line, part: _Part, mention: Mention, following: int) -> dict[str, str]:
    """Return the slots of one appointment: its own up to the next one, else those of its part of the line."""
    own, words = source.text[mention.start : following], source.text[part.start : part.end]
    delay = _DELAY.search(own)
    place = _PLACE.search(own)
    purpose = _PURPOSE.search(source.text, mention.end, part.end)
    specialty = [one.name for one in mentions_on(source, line, "specialties") if part.start <= one.start < part.end]
    return {
        "with": person_of(_RECIPIENT.sub("", own)) or person_of(_RECIPIENT.sub("", words)),
        "specialty": specialty[0] if specialty else "",
        "when": _when(part, mention, following, bool(delay)),
        "delay": delay[0].strip() if delay else "",
        "place": _DAY_NAME.sub("", place[1]).strip() if place else "",
        "purpose": purpose[1].strip() if purpose else "",
    }


def _when(part: _Part, mention: Mention, following: int, delayed: bool) -> str:
    """Return the day named behind the appointment, else before it; a full date rather than a month."""
    behind = [iso for place, iso in part.days if mention.start <= place < following]
    before = [] if behind or delayed else [iso for place, iso in part.days if place < mention.start]
    found = behind or before[::-1]
    return next((iso for iso in found if len(iso) >= 10), found[0] if found else "")


def _parts(source: Source, line: Line) -> Iterator[_Part]:
    days = _days(source, line)
    start = line.start
    for stop in [*(match.start() for match in re.finditer(r";", source.words(line))), line.end - line.start]:
        end = line.start + stop
        yield _Part(start, end, tuple((place, iso) for place, iso in days if start <= place < end))
        start = end + 1


def _days(source: Source, line: Line) -> list[tuple[int, str]]:
    """Return the days to come that a line names, with their time when it follows, and where they stand."""
    if source.date is None:
        return []
    words, written = source.words(line), source.date.date()
    found = []
    for start, end, iso in dates_in(words, written):
        iso = _ahead(words[start:end], iso, written)
        if iso[:10] > written.isoformat()[: len(iso)] and not phrase_in(
            "meeting_other_day", words[max(0, start - 40) : start]
        ):
            found.append((line.start + start, iso))
    return found


def _ahead(words: str, iso: str, written: date) -> str:
    """Put a day without a year in the year to come when that is the nearer one: an appointment is not behind."""
    if len(iso) < 10 or re.search(r"\d{4}|\d+[/.]\d+[/.]\d+|[a-zéû]{3,}\.? \d\d\b", words):
        return iso
    try:
        following = date.fromisoformat(iso[:10]).replace(year=int(iso[:4]) + 1)
    except ValueError:
        return iso
    return f"{following.isoformat()}{iso[10:]}" if timedelta(0) < following - written < timedelta(days=240) else iso
