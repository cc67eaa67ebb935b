"""The value of a measure, or how it evolved, as the record's facts give it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from assistant.exact.types import Draft
from assistant.kinds import day
from assistant.marks import marks_of
from assistant.question import Question
from ingestion.facts.analytes import analytes
from ingestion.facts.copies import number_of
from ingestion.facts.history import latest, moment_of, series
from ingestion.facts.types import Fact, Held
from ingestion.normalise import fold
from ingestion.types import Stay

MOST_POINTS = 8
"""Values of an evolution that one sentence tells; a longer one keeps its ends, its extremes, its turns."""

_COURSE = re.compile(
    r"\bevol|\bcourbe\b|\bcinetique\b|\bdepuis\b|\btendance\b|\bau cours d|\bpendant le sejour\b|\bentre\b.*\bet\b"
)
_DURING_STAY = re.compile(r"\bsejour\b|\bdepuis l'?(entree|admission|arrivee)|\bhospitalisation\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FEWEST_POINTS = 2
_NEAR_DAYS = 5


def values(question: Question, held: Sequence[Held], stays: Sequence[Stay]) -> Iterator[Draft]:
    """Yield a draft for each measure that a question asks about: its course, or its value at the time meant.

    None when it asks why: "la cause de l'anémie" is no haemoglobin.
    """
    if "reason" in question.intents and not is_course(question):
        return
    for name in dict.fromkeys(topic.name for topic in question.topics if topic.kind == "measurement"):
        draft = course(question, held, stays, name) if is_course(question) else None
        yield from [draft] if draft else value(question, held, stays, name)


def is_course(question: Question) -> bool:
    """Say whether a question asks how something evolved."""
    return "evolution" in question.intents or bool(_COURSE.search(fold(question.text)))


def course(question: Question, held: Sequence[Held], stays: Sequence[Stay], name: str) -> Draft | None:
    """Return the values of a measure in order of time, within the stay when the question says so."""
    points = _told_once(_within(question, series(held, name), stays))
    if len(points) < _FEWEST_POINTS:
        return None
    kept = _telling(points)
    unit = _shared_unit(kept)
    told = ", ".join(f"{_amount(item.fact.fact, bool(unit))} ({_when(item)})" for item in kept)
    label = analytes()[name].label + (f" ({unit})" if unit else "")
    return Draft("measure", tuple(kept), f"{label} : {told}.", name, course=True)


def value(question: Question, held: Sequence[Held], stays: Sequence[Stay], name: str) -> list[Draft]:
    """Return the value of a measure at the day asked, at entry, or the newest; then what sets another one aside."""
    measured = [item for item in held if _is_of(item.fact.fact, name)]
    if question.days or question.dates:
        standing = [item for item in measured if item.stands and _on_day(question, item)]
        chosen = max(standing, key=_trust, default=None)
    elif "entry" in question.intents:
        chosen = next(iter(_of_last_stay(series(held, name), stays)), None)
    else:
        chosen = latest(held, name)
    if chosen is None:
        return []
    told = f"{analytes()[name].label} : {_amount(chosen.fact.fact, False)} ({_when(chosen)})."
    return [Draft("measure", (chosen,), told, name), *_correction(measured, chosen)]


def _correction(measured: Sequence[Held], chosen: Held) -> list[Draft]:
    """Return the words that set aside another value of about that day, when there are any."""
    aside = [item for item in measured if not item.stands and _is_near(item, chosen) and _differs(item, chosen)]
    places = [stored for item in aside for stored in (item.superseded_by, item.fact) if stored is not None]
    saying = [stored for stored in places if "correction" in marks_of(fold(stored.quote))]
    by_fact = {id(item.fact): item for item in measured}
    told = [by_fact[id(stored)] for stored in saying if id(stored) in by_fact and by_fact[id(stored)] is not chosen]
    return [Draft("quotation", (told[0],))] if told else []


def _is_of(fact: Fact, name: str) -> bool:
    return fact.kind == "measurement" and fact.name == name and bool(fact.value) and fact.subject == "patient"


def _on_day(question: Question, item: Held) -> bool:
    moment = moment_of(item.fact)
    compact = moment[:10].replace("-", "")
    return bool(question.dates & {f"d{compact}", f"m{compact[:6]}"}) or (compact[4:] in question.days)


def _is_near(item: Held, other: Held) -> bool:
    """Say whether two facts hold within a few days: a correction is copied in the notes that follow."""
    one, two = moment_of(item.fact)[:10], moment_of(other.fact)[:10]
    if len(one) != len(two) or len(one) != len("2025-02-12"):
        return one[:7] == two[:7]
    return abs((date.fromisoformat(one) - date.fromisoformat(two)).days) <= _NEAR_DAYS


def _trust(item: Held) -> tuple[bool, str]:
    """Prefer, on one day, what gives the hour, as reports do; then the last one."""
    moment = moment_of(item.fact)
    return "T" in moment, moment


def _told_once(points: Sequence[Held]) -> list[Held]:
    """Leave out a number told again for a less precise moment, or repeated in the notes of the days that follow."""
    kept: list[Held] = []
    for item in points:
        number = number_of(item.fact.fact.value)
        same = [other for other in kept if number_of(other.fact.fact.value) == number]
        if any(_is_near(item, other) for other in same) and item is not points[-1]:
            continue
        kept = [
            other for other in kept if other not in same or not moment_of(item.fact).startswith(moment_of(other.fact))
        ]
        kept.append(item)
    return kept


def _differs(item: Held, other: Held) -> bool:
    return number_of(item.fact.fact.value) != number_of(other.fact.fact.value)


def _within(question: Question, points: Sequence[Held], stays: Sequence[Stay]) -> list[Held]:
    """Keep the values of the period that the question names: years, the stay; else all of them."""
    years = _YEAR.findall(question.text)
    if years:
        return [item for item in points if min(years) <= moment_of(item.fact)[:4] <= max(years)] or list(points)
    if _DURING_STAY.search(fold(question.text)):
        return _of_last_stay(points, stays)
    return list(points)


def _of_last_stay(points: Sequence[Held], stays: Sequence[Stay]) -> list[Held]:
    admitted = [stay.admitted for stay in stays if stay.admitted]
    if not admitted:
        return list(points)
    since = f"{max(admitted):%Y-%m-%d}"
    return [item for item in points if moment_of(item.fact)[:10] >= since] or list(points)


def _telling(points: Sequence[Held]) -> list[Held]:
    """Return the ends, the extremes, then the values nearest to the turns of the curve, in order of time."""
    if len(points) <= MOST_POINTS:
        return list(points)
    numbers = [number_of(item.fact.fact.value) or 0.0 for item in points]
    order = range(len(points))
    kept = {0, len(points) - 1, max(order, key=numbers.__getitem__), min(order, key=numbers.__getitem__)}
    changes = {after: abs(numbers[after] - numbers[before]) for before, after in pairwise(order)}
    for position in sorted(changes, key=changes.__getitem__, reverse=True):
        if len(kept) == MOST_POINTS:
            break
        kept.add(position)
    return [points[position] for position in sorted(kept)]


def _shared_unit(points: Sequence[Held]) -> str:
    units = {item.fact.fact.unit for item in points}
    return units.pop() if len(units) == 1 else ""


def _amount(fact: Fact, without_unit: bool) -> str:
    """Return a value with its sign and unit, as written."""
    number = f"{fact.detail('comparator')} {fact.value}".strip()
    with_letters = any(map(str.isalpha, fact.value))  # "84 kilos 2" holds its unit
    return number if without_unit or with_letters else f"{number} {fact.unit}".strip()


def _when(item: Held) -> str:
    """Return when a value was true, as precisely as a day at most."""
    moment = moment_of(item.fact)[:10]
    if len(moment) == len("2025-02-12"):
        return day(moment)
    return f"{moment[5:7]}/{moment[:4]}" if len(moment) == len("2025-02") else moment or "date inconnue"
