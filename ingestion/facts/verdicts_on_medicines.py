"""Judge which lines of treatment others set aside: stopped, suspended, replaced, prescribed anew."""

from collections.abc import Iterator, Sequence

from ingestion.facts.authority import document_class
from ingestion.facts.chronology import Chronology, written_of
from ingestion.facts.doses import differ, has_dose
from ingestion.facts.substances import covers
from ingestion.facts.types import StoredFact
from ingestion.facts.verdicts import Verdict
from ingestion.lexicon.folding import fold
from ingestion.lexicon.medicines import medicine_by_name

_CHANGES = frozenset({"started", "increased", "decreased", "changed", "resumed"})
ENDS = frozenset({"stopped", "suspended", "replaced"})
"""Events after which a medicine is off."""

NO_ACT = frozenset({"planned", "refused", "not_given"})
"""Events that neither prescribe nor end."""


def judge_medicines(facts: Sequence[StoredFact], chronology: Chronology) -> Iterator[Verdict]:
    """Set aside lines of treatment; ``facts`` are all medications of one patient.

    What was administered was administered: it is never set aside. What a patient takes is changed by no
    prescription, but ends when the medicine is stopped.
    """
    mine = [item for item in facts if item.fact.subject == "patient"]
    groups: dict[str, list[StoredFact]] = {}
    for item in sorted(mine, key=chronology.order):
        groups.setdefault(item.fact.name, []).append(item)
    replacing = [item for item in mine if item.fact.detail("replaces") and _is_act(item)]
    for name, group in groups.items():
        yield from _ended(group, chronology)
        yield from _resumed(group, chronology)
        yield from _prescribed_anew(group, chronology)
        for winner in replacing:
            if replaces(winner, name):
                yield from (Verdict(item, winner, "replaced_medicine") for item in _before(group, winner, chronology))


def is_order(stored: StoredFact) -> bool:
    """Say whether a line prescribes: an order, a discharge treatment, a change decided by a physician."""
    if not _is_act(stored) or stored.fact.detail("state") in ("administered", "taken", "mentioned"):
        return False
    if stored.fact.detail("moment") in ("entry", "past"):
        return False
    origin = document_class(stored.kind, stored.title)
    if origin == "order" or (origin == "discharge" and stored.fact.detail("moment") == "discharge"):
        return True
    return stored.fact.detail("event") in _CHANGES and origin not in ("nursing", "outside")


def replaces(stored: StoredFact, name: str) -> bool:
    """Say whether a line says that it replaces a medicine, by its generic name, a brand or its class."""
    words = fold(stored.fact.detail("replaces"))
    if not words or name == stored.fact.name:
        return False
    known = medicine_by_name().get(words)
    return covers(known.generic if known else words, name)


def _is_act(stored: StoredFact) -> bool:
    fact = stored.fact
    return fact.polarity == "affirmed" and fact.detail("event") not in (ENDS | NO_ACT)


def _is_end(stored: StoredFact, event: str) -> bool:
    """Say whether a line ends a treatment; an end announced for a later day has not come yet."""
    fact = stored.fact
    announced = written_of(stored) and fact.effective[:10] > written_of(stored)[:10]
    return fact.detail("event") == event and fact.polarity in ("affirmed", "negated") and not announced


def _ended(group: Sequence[StoredFact], chronology: Chronology) -> Iterator[Verdict]:
    for event, rule in (("stopped", "stopped"), ("replaced", "replaced_medicine")):
        for end in (item for item in group if _is_end(item, event)):
            yield from (Verdict(item, end, rule) for item in _before(group, end, chronology))
    for pause in (item for item in group if _is_end(item, "suspended")):
        if not any(chronology.order(item) > chronology.order(pause) and is_order(item) for item in group):
            yield from (Verdict(item, pause, "suspended") for item in _before(group, pause, chronology))


def _resumed(group: Sequence[StoredFact], chronology: Chronology) -> Iterator[Verdict]:
    for pause in (item for item in group if _is_end(item, "suspended")):
        for item in group:
            if chronology.order(item) > chronology.order(pause) and is_order(item):
                yield Verdict(pause, item, "resumed")
                break


def _before(group: Sequence[StoredFact], end: StoredFact, chronology: Chronology) -> Iterator[StoredFact]:
    """Yield what was prescribed or taken before the end of a treatment."""
    for item in group:
        open_ended = item.fact.detail("state") != "administered" and item.fact.detail("event") not in ENDS
        if open_ended and item.fact.polarity == "affirmed" and chronology.order(item) < chronology.order(end):
            yield item


def _prescribed_anew(group: Sequence[StoredFact], chronology: Chronology) -> Iterator[Verdict]:
    """Set aside a line when a later order gives another dose, and no line of that order gives the same."""
    orders: dict[int, list[StoredFact]] = {}
    for item in group:
        if is_order(item) and has_dose(item.fact):
            orders.setdefault(item.document_pk, []).append(item)
    for loser in group:
        if loser.fact.detail("state") in ("administered", "taken") or not _is_act(loser) or not has_dose(loser.fact):
            continue
        for lines in orders.values():
            later = [item for item in lines if _comes_after(item, loser, chronology)]
            if later and all(differ(item.fact, loser.fact) for item in later):
                yield Verdict(loser, later[0], "later_order")
                break


def _comes_after(order: StoredFact, line: StoredFact, chronology: Chronology) -> bool:
    """Say whether an order comes after a line; lines of one list stand side by side."""
    if order.document_pk != line.document_pk:
        return chronology.order(order) > chronology.order(line)
    changes = order.fact.detail("event") in _CHANGES or order.fact.detail("moment") != line.fact.detail("moment")
    return changes and chronology.order(order) > chronology.order(line)
