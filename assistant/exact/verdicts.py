"""Yes or no, as the record says it of the patient: "no" only with words that deny."""

import re
from collections.abc import Sequence

from assistant.exact.types import Draft
from assistant.kinds import provenance
from assistant.proof import one_line
from assistant.question import Question
from assistant.topics import Topic
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held
from ingestion.normalise import fold

_DECIDABLE = frozenset({"problem", "transfusion", "microorganism", "allergy"})
_DENIED = frozenset({"negated", "ruled_out"})
_LONGEST_QUOTE = 240
_INTERROGATIVE = re.compile(
    r"\b(que|qu'|quoi|quel(le)?s?|qui|quand|comment|pourquoi|pq|combien|ou est|lequel|laquelle)\b|^ou\b"
)
_EST_CE_QUE = re.compile(r"(?<!')\best[- ]ce qu(?:e\b|')")


def verdict(question: Question, held: Sequence[Held]) -> Draft | None:
    """Return "Oui" or "Non" with the words that say so, or None when the record does not settle it alone.

    Only what stands is heard, and only about the patient. What one document affirms and another denies is not
    decided here: both sides are shown by quotation.
    """
    topics = [topic for topic in question.topics if topic.kind in _DECIDABLE]
    beside = [topic for topic in question.topics if topic not in topics and not _is_within(topic, topics)]
    if not is_polar(question) or "family" in question.intents or not topics or beside or not _is_all_said(question):
        return None
    heard = [
        item
        for item in held
        if item.stands and item.fact.fact.subject == "patient" and any(topic.covers(item.fact.fact) for topic in topics)
    ]
    # "Pas de diabète de type 2" does not deny diabetes.
    named = {topic.name for topic in topics}
    denying = [item for item in heard if item.fact.fact.polarity in _DENIED and item.fact.fact.name in named]
    affirming = [item for item in heard if item.fact.fact.polarity == "affirmed"]
    if bool(denying) == bool(affirming):
        return None
    chosen = max(denying or affirming, key=_weight)
    quote = one_line(chosen.fact.quote)
    if len(quote) > _LONGEST_QUOTE:
        return None
    word = "Non" if denying else "Oui"
    told = f"{word} : « {quote} » ({provenance(chosen.fact.kind, chosen.fact.date)})."
    return Draft("quotation", (chosen,), told)


def _is_all_said(question: Question) -> bool:
    """Say whether topics are all that a question is about: "infection de l'ascite" is not answered by "ascite"."""
    return bool(question.topics) and all(question.topics_of(term) for term in question.terms)


def _is_within(topic: Topic, others: Sequence[Topic]) -> bool:
    """Say whether the words of a topic are also those of another one: "hypertendu" names a pressure too."""
    return any(topic.span[0] < other.span[1] and other.span[0] < topic.span[1] for other in others)


def is_polar(question: Question) -> bool:
    """Say whether a question is to be answered by yes or no: an inversion of its own, no interrogative word."""
    asked = _EST_CE_QUE.sub("", fold(question.text))
    return "yes_no" in question.intents and not _INTERROGATIVE.search(asked)


def _weight(item: Held) -> tuple[bool, bool, str]:
    """Prefer what is certain, then what is short enough to be of this only, then the newest."""
    fact = item.fact.fact
    return fact.certainty == "certain", len(item.fact.quote) <= _LONGEST_QUOTE // 2, moment_of(item.fact)
