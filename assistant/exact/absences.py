"""A medicine that the discharge prescription does not name: said as such, never as a stop."""

from collections.abc import Sequence

from assistant.exact.types import Draft
from assistant.kinds import day, kind_label
from assistant.question import Question
from assistant.topics import Topic
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held, StoredFact

_LIST = frozenset({"ordonnance_sortie"})
_SHORTEST_LIST = 2


def absence(question: Question, held: Sequence[Held]) -> Draft | None:
    """Return the sentence on a medicine that was in use and that the last discharge prescription does not name.

    The whole list is cited, with the last words on the medicine. None when the prescription names it, when the
    record never had it, or when the question is about something else than what goes on after discharge.
    """
    if not question.intents & {"discharge", "stopping"}:
        return None
    medicines = [topic for topic in question.topics if topic.kind == "medication"]
    lines = _last_list(held)
    if len(medicines) != 1 or len(lines) < _SHORTEST_LIST:
        return None
    known = [item for item in held if _is_of(medicines[0], item) and moment_of(item.fact) <= moment_of(lines[0].fact)]
    if not known or any(_is_named(medicines[0], item, lines[0].fact) for item in held):
        return None
    last, origin = known[-1], lines[0].fact
    told = f"{last.fact.fact.label} : ne figure pas dans l'{kind_label(origin.kind)} du {day(origin.date)}"
    return Draft("absence", (last, *lines), f"{told}.", medicines[0].name)


def _last_list(held: Sequence[Held]) -> list[Held]:
    """Return the lines of the newest discharge prescription."""
    listed = [
        item for item in held if item.fact.kind in _LIST and item.fact.fact.kind == "medication" and item.fact.date
    ]
    if not listed:
        return []
    newest = max(listed, key=lambda item: str(item.fact.date)).fact.document_pk
    return [item for item in listed if item.fact.document_pk == newest]


def _is_of(topic: Topic, item: Held) -> bool:
    fact = item.fact.fact
    return (
        fact.kind == "medication" and fact.subject == "patient" and fact.polarity == "affirmed" and topic.covers(fact)
    )


def _is_named(topic: Topic, item: Held, origin: StoredFact) -> bool:
    places = (item.fact, *item.also)
    return topic.covers(item.fact.fact) and any(place.document_pk == origin.document_pk for place in places)
