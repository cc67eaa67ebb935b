"""How a medicine is taken: dose, intake, route, frequency, duration, condition, from the words behind its name.

Reading stops at the first word that belongs to no posology: what is said further in the sentence
("…, créatinine 118") is never taken for a dose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from ingestion.facts.patterns import pattern
from ingestion.facts.plain import plain
from ingestion.facts.posology_words import Item, ItemKind, items_in
from ingestion.types import Offsets

_expression = partial(pattern, "posology")
_DOSES = (("scheme", "scheme_dose"), ("intake", "counted"), ("concentration", "mass"))
"""Where a dose is counted, in order, and the expression that reads it."""
_EDGES = " \t,;:()-."


@dataclass(frozen=True, repr=False)
class Posology:
    """One way of taking a medicine; texts are as written, spans are those of dates in the text that was read.

    ``value`` and ``unit`` are the dose of one intake when it is given in figures, else the strength. ``basis`` is
    a dose by weight or surface ("5 mg/kg/j") beside the dose it gives. ``at`` is a day, ``start`` and ``stop`` bounds;
    ``end`` is where reading stopped.
    """

    value: str = ""
    unit: str = ""
    strength: str = ""
    intake: str = ""
    route: str = ""
    frequency: str = ""
    duration: str = ""
    condition: str = ""
    previous: str = ""
    basis: str = ""
    at: Offsets | None = None
    start: Offsets | None = None
    stop: Offsets | None = None
    end: int = 0

    def __bool__(self) -> bool:
        return any(
            (self.value, self.intake, self.frequency, self.condition, self.route, self.duration, self.start, self.stop)
        )

    def __repr__(self) -> str:
        return f"Posology(end={self.end})"


def posologies_of(text: str, start: int, end: int, dates: Sequence[Offsets] = ()) -> tuple[Posology, ...]:
    """Return the ways of taking given by ``text[start:end]``, the words behind the name of a medicine.

    There is always one, which may be empty; there are more when a dose follows another ("60 mg puis 120 mg/24 h",
    "50 mg du 20/03 au 02/04, 40 mg du …"). ``dates`` are the spans of the dates of the text, in order.

    >>> [(one.value, one.unit, one.frequency) for one in posologies_of("BISOPROLOL 2,5 mg : 1 cp le matin", 10, 33)]
    [('2,5', 'mg', 'le matin')]
    """
    words = plain(text)
    steps = _steps(items_in(words, start, end, dates))
    return tuple(_posology(text, words, step, start) for step in steps)


def dose_before(text: str, start: int, end: int) -> int:
    """Return where the dose starts that leads to a name at ``end`` ("60 mg de …", "un comprimé de …"), else ``end``."""
    first = max(start, end - 60)
    match = _expression("before").search(plain(text[first:end]))
    return first + match.start() if match else end


def with_dose_before(found: Posology, text: str) -> Posology:
    """Return a posology completed by the words that lead to the name ("60 mg de", "un comprimé de")."""
    match = _expression("before").search(plain(text))
    if match is None:
        return found
    if match["mass"]:
        dose = Item("mass", *match.span("mass"))
        return found if found.value else _measured(found, text, plain(text), dose)
    intake = text[slice(*match.span("intake"))].strip() if match["intake"] else match["count"]
    strength = found.strength or " ".join(filter(None, (found.value, found.unit)))
    return replace(found, intake=found.intake or intake, strength=strength)


def _steps(items: Sequence[Item]) -> list[list[Item]]:
    """Cut where a dose follows a dose that is already complete: after "puis", or after its dates."""
    steps: list[list[Item]] = [[]]
    dosed, closed = False, False
    for item in items:
        doses = item.kind in ("mass", "weighted", "intake", "bare", "change")
        if doses and dosed and closed:
            steps.append([])
            dosed, closed = False, False
        steps[-1].append(item)
        dosed = dosed or doses
        closed = closed or item.kind in ("then", "duration") or (item.kind == "date" and dosed)
    return steps


def _posology(text: str, words: str, items: Sequence[Item], start: int) -> Posology:
    """Fill the slots from the items of one step."""
    found = Posology(
        intake=", ".join(_texts(text, items, "intake")[:1]),
        route=", ".join(_texts(text, items, "route")[:1]),
        frequency=", ".join(_texts(text, _without_hours_of_events(words, items), "frequency", "time", "scheme")),
        duration=", ".join(_texts(text, items, "duration")[:1]),
        condition=", ".join(_texts(text, items, "condition", "limit")),
        at=_day(items),
        start=_bound(items, "from"),
        stop=_bound(items, "to"),
        end=items[-1].end if items else start,
    )
    return _with_dose(found, text, words, items)


def _texts(text: str, items: Sequence[Item], *kinds: ItemKind) -> list[str]:
    found = (text[item.start : item.end].strip(_EDGES) for item in items if item.kind in kinds)
    return list(dict.fromkeys(words.removeprefix("et ") for words in found))


def _without_hours_of_events(words: str, items: Sequence[Item]) -> list[Item]:
    """Leave out the hour of what happened: "débuté à 20h30", "le 12/02 au soir" give no frequency."""
    return [
        item
        for before, item in pairwise([Item("filler", 0, 0), *items])
        if not (before.kind in ("happened", "date") and (item.kind == "time" or _is_of_day(words, item)))
    ]


def _is_of_day(words: str, item: Item) -> bool:
    return item.kind == "frequency" and words[item.start : item.end].strip() in ("au soir", "au matin", "soir", "matin")


def _bound(items: Sequence[Item], side: ItemKind) -> Offsets | None:
    """Return the date that "depuis", "du" or "jusqu'au" leads to."""
    for before, item in pairwise(items):
        if before.kind == side and item.kind == "date":
            return item.start, item.end
    return None


def _day(items: Sequence[Item]) -> Offsets | None:
    """Return the first date that is no bound."""
    for before, item in pairwise([Item("filler", 0, 0), *items]):
        if item.kind == "date" and before.kind not in ("from", "to"):
            return item.start, item.end
    return None


def _with_dose(found: Posology, text: str, words: str, items: Sequence[Item]) -> Posology:
    """Choose which figures are the dose, and which the strength of what is taken."""
    doses = [item for item in items if item.kind in ("mass", "bare")]
    aside = [text[item.start : item.end].strip() for item in items if item.kind == "concentration"]
    weighted = [item for item in items if item.kind == "weighted"]
    counted = any(item.kind in ("intake", "scheme") for item in items)
    dose = _equivalent(words, items, doses) or next(iter(doses or weighted), None)
    strength = aside[0] if aside else ""
    if doses and counted and not strength:
        strength = text[doses[0].start : doses[0].end].strip()
    found = replace(found, strength=strength, previous=_previous(text, items))
    if weighted and doses:
        found = replace(found, basis=text[weighted[0].start : weighted[0].end].strip())
    if dose is None:
        return _counted(found, text, words, items)
    return _measured(found, text, words, dose)


def _equivalent(words: str, items: Sequence[Item], doses: Sequence[Item]) -> Item | None:
    """Return the dose that the first figures amount to ("1 cp et demi, soit 60 mg", "0-0-0-½ (12,5 mg)")."""
    counted = False
    for before, item in pairwise(items):
        counted = counted or before.kind in ("intake", "scheme")
        if item in doses[1:] and (before.kind == "equal" or (counted and words[before.end : item.start].endswith("("))):
            return item
    return None


def _previous(text: str, items: Sequence[Item]) -> str:
    """Return the former dose of "5 -> 10 mg" or "de 5 à 10 mg"."""
    former = _texts(text, items, "change")
    return former[0].removeprefix("de ").rstrip("-=>→ ").removesuffix(" à").removesuffix(" a").strip() if former else ""


def _measured(found: Posology, text: str, words: str, dose: Item) -> Posology:
    """Set the dose of an item; a rate by day or hour goes to the frequency, unless it is by weight."""
    match = _expression("mass").match(words, dose.start, dose.end)
    if dose.kind == "bare" or match is None:
        return replace(found, value=text[dose.start : dose.end].strip())
    rate = text[slice(*match.span("rate"))].strip() if match["rate"] else ""
    return replace(
        found,
        value=text[slice(*match.span("value"))].strip(),
        unit=text[slice(*match.span("unit"))].strip(),
        frequency=", ".join(filter(None, (rate if rate != found.frequency else "", found.frequency))),
    )


def _counted(found: Posology, text: str, words: str, items: Sequence[Item]) -> Posology:
    """Set a dose that is counted ("12 UI-0-0-0", "2 bouffées"), else the concentration for want of a dose."""
    for kind, name in _DOSES:
        for item in items:
            if (
                item.kind == kind
                and not words.startswith("demi", item.start)
                and (match := _expression(name).search(words, item.start, item.end))
            ):
                value, unit = (text[slice(*match.span(group))].strip() for group in ("value", "unit"))
                return replace(found, value=value, unit=unit)
    return found
