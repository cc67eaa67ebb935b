"""What the record says both ways and no document settles: both sides, with their dates, no winner."""

from collections.abc import Sequence

from assistant.exact.types import Draft
from assistant.question import Question
from ingestion.facts.history import conflicts, moment_of
from ingestion.facts.types import Held

_SIDES = 2


def sides(question: Question, held: Sequence[Held], told: Sequence[Held]) -> list[Draft]:
    """Return one draft for each side of the first contradiction that an answer meets, none when there is none.

    ``told`` are the facts that the answer would tell; without any, a contradiction is met when it is about a
    topic of the question. Each side is worded by quotation. A course meets many values and no contradiction.
    """
    if "evolution" in question.intents:
        return []
    for group in conflicts(held):
        of_topic = any(topic.covers(item.fact.fact) for topic in question.topics for item in group)
        if any(item in told for item in group) if told else of_topic:
            return [Draft("quotation", (item,), apart=True) for item in _distinct(group)]
    return []


def _distinct(group: Sequence[Held]) -> list[Held]:
    """Keep the newest fact of each side, at most two sides, the oldest first."""
    newest: dict[tuple[str, str, str, str], Held] = {}
    for item in group:
        fact = item.fact.fact
        newest[fact.polarity, fact.value, fact.unit, fact.detail("event")] = item
    last = sorted(newest.values(), key=lambda item: moment_of(item.fact))[-_SIDES:]
    return last if len(last) == _SIDES else []
