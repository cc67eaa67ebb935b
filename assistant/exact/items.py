"""Single things that facts hold whole: an appointment, the number of an implant, a person of trust."""

import re
from collections.abc import Sequence

from assistant.candidates import stems_of
from assistant.exact.types import Draft
from assistant.features import is_key, wordings_of
from assistant.question import Question
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held
from ingestion.normalise import Term, fold

MOST_ITEMS = 3
_APPOINTMENT = re.compile(r"\brdv\b|\brendez[- ]vous\b|\bconsultations?\b|\bconvoc")
_IDENTIFIER = re.compile(r"\blots?\b|\bref(erence)?s?\b|\bseries?\b|\bnumeros?\b|\bno\b|\bn°|\bmodeles?\b|\bmarque\b")
_IDENTIFIERS = ("reference", "serial", "lot")


def items(question: Question, held: Sequence[Held]) -> list[Draft]:
    """Return quotations of the facts that are the thing asked for, the newest first; none when there is none."""
    folded = fold(question.text)
    chosen: list[Held] = []
    if _APPOINTMENT.search(folded):
        chosen = _appointments(question, held)
    elif _IDENTIFIER.search(folded):
        chosen = _of_topics(question, held, "device", any_detail=_IDENTIFIERS)
    elif any(topic.kind == "directive" for topic in question.topics):
        chosen = _of_topics(question, held, "directive")
    lines = {(item.fact.document_pk, item.fact.fact.start): item for item in reversed(chosen)}
    return [Draft("quotation", (item,)) for item in list(lines.values())[:MOST_ITEMS]]


def _appointments(question: Question, held: Sequence[Held]) -> list[Held]:
    """Return the appointments whose line holds all that the question says besides "rendez-vous"."""
    terms = [term for term in question.terms if is_key(term) and not _APPOINTMENT.search(fold(term.surface))]
    told = [item for item in held if item.fact.fact.kind == "appointment" and item.stands and _is_set(item)]
    return [item for item in told if _holds(item, terms)] if terms else []


def _is_set(item: Held) -> bool:
    """Say whether an appointment is one that will be: neither refused nor only spoken of, with its moment."""
    return item.fact.fact.polarity not in ("negated", "ruled_out") and bool(item.fact.fact.detail("when"))


def _holds(item: Held, terms: Sequence[Term]) -> bool:
    details = " . ".join(value for _, value in item.fact.fact.details)
    stems = stems_of(f"{item.fact.quote} . {details}")
    return all(wordings_of(term).match(stems) for term in terms)


def _of_topics(question: Question, held: Sequence[Held], kind: str, any_detail: tuple[str, ...] = ()) -> list[Held]:
    told = [
        item
        for item in held
        if item.fact.fact.kind == kind
        and item.stands
        and any(topic.covers(item.fact.fact) for topic in question.topics)
    ]
    kept = [item for item in told if not any_detail or any(map(item.fact.fact.detail, any_detail))]
    return sorted(kept, key=lambda item: moment_of(item.fact))
