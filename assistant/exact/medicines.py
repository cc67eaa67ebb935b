"""What the record says of a medicine, or of a class: its dose at discharge, why and when it was started or stopped."""

from collections.abc import Callable, Sequence

from assistant.exact.types import Draft
from assistant.question import Question
from ingestion.facts.history import moment_of
from ingestion.facts.types import Fact, Held

MOST_LINES = 4
"""Lines of one answer: a class may have several members."""

_OFF = frozenset({"stopped", "suspended", "replaced", "refused", "not_given", "decreased"})
_ON = frozenset({"started", "resumed", "increased", "changed", "replaced"})
_LONG = 220


def medicines(question: Question, held: Sequence[Held]) -> list[Draft]:
    """Return quotations of the lines on the medicine asked about that tell what is asked, the newest of each medicine.

    None when the question names no medicine, or asks for something that no slot of a fact holds.
    """
    return _quoted(_chosen(question, _told(question, held)))


def stopped(question: Question, held: Sequence[Held]) -> list[Draft]:
    """Return a quotation of the line that stops each medicine asked about, when there is one."""
    return _quoted(_best(_told(question, held), _OFF))


def _told(question: Question, held: Sequence[Held]) -> list[Held]:
    topics = [topic for topic in question.topics if topic.kind == "medication"]
    return [item for item in held if _is_told(item) and any(topic.covers(item.fact.fact) for topic in topics)]


def _quoted(chosen: Sequence[Held]) -> list[Draft]:
    """Return one quotation for each line: one line may tell several medicines."""
    lines = {(item.fact.document_pk, item.fact.fact.start): item for item in chosen}
    return [Draft("quotation", (item,)) for item in list(lines.values())[:MOST_LINES]]


def _chosen(question: Question, told: Sequence[Held]) -> list[Held]:
    intents = question.intents
    if "stopping" in intents:
        return _best(told, _OFF)
    if "reason" in intents:
        return _best([item for item in told if item.fact.fact.detail("reason")], _OFF | _ON)
    if "discharge" in intents:
        return _each(told, lambda fact: fact.detail("moment") == "discharge")
    if "entry" in intents:
        return _each(told, lambda fact: fact.detail("moment") == "entry")
    if "date" in intents:
        return _best([item for item in told if _is_dated(item.fact.fact)], _OFF | _ON)
    if "dose" in intents or "last" in intents:
        return _each(told, lambda fact: bool(fact.value) and fact.detail("event") not in _OFF)
    return []


def _is_told(item: Held) -> bool:
    fact = item.fact.fact
    return fact.kind == "medication" and fact.subject == "patient" and fact.polarity != "hypothetical"


def _is_dated(fact: Fact) -> bool:
    return bool(fact.detail("start") or fact.detail("stop") or fact.detail("event"))


def _best(told: Sequence[Held], events: frozenset[str]) -> list[Held]:
    """Return for each medicine the fact of one of these events that says most: with a reason, then the newest."""
    chosen: dict[str, Held] = {}
    for item in told:
        fact = item.fact.fact
        if fact.detail("event") in events and (fact.name not in chosen or _tells(item) >= _tells(chosen[fact.name])):
            chosen[fact.name] = item
    return list(chosen.values())


def _tells(item: Held) -> tuple[bool, bool, bool, str]:
    fact = item.fact.fact
    return bool(fact.detail("reason")), item.stands, len(item.fact.quote) <= _LONG, moment_of(item.fact)


def _each(told: Sequence[Held], test: Callable[[Fact], bool]) -> list[Held]:
    """Return the newest fact of each medicine that passes a test, those that still stand first."""
    newest: dict[str, Held] = {}
    for item in told:
        fact = item.fact.fact
        known = newest.get(fact.name)
        if test(fact) and (
            known is None or (item.stands, moment_of(item.fact)) >= (known.stands, moment_of(known.fact))
        ):
            newest[fact.name] = item
    last = max((moment_of(item.fact)[:10] for item in newest.values()), default="")
    return [item for item in newest.values() if item.stands or moment_of(item.fact)[:10] == last]
