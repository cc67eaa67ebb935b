"""What the record lists of one kind: allergies, germs, diseases of the family; each thing once, in its words."""

from collections.abc import Callable, Sequence

from assistant.exact.types import Draft
from assistant.pointing import asked_kinds
from assistant.question import Question
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held

MOST_ITEMS = 4
"""Things that one answer lists; the ranked sentences tell the rest."""

_SHORT = 160
"""Characters of a line that speaks of little else."""

_EVERYTHING = frozenset({"*", "medicines"})


def listing(question: Question, held: Sequence[Held]) -> list[Draft]:
    """Return a draft for each thing of the list that a question asks for, or none when it asks for no such list."""
    kinds = asked_kinds(question)
    if "family" in question.intents:
        return _drafts(_of_family(question, held))
    if "allergy" in kinds and not any(topic.kind == "problem" for topic in question.topics):
        return _drafts(_allergies(question, held))
    if "microorganism" in kinds and "yes_no" not in question.intents:
        return _drafts(_distinct(_found(held, "microorganism"), lambda item: item.fact.fact.name))
    return []


def _drafts(items: Sequence[Held]) -> list[Draft]:
    """Return a quotation for each line: one line may tell several things."""
    lines = {(item.fact.document_pk, item.fact.fact.start): item for item in items}
    return [Draft("quotation", (item,)) for item in list(lines.values())[:MOST_ITEMS]]


def _of_family(question: Question, held: Sequence[Held]) -> list[Held]:
    told = [item for item in held if item.fact.fact.kind == "problem" and item.fact.fact.subject == "family"]
    asked = [topic for topic in question.topics if topic.kind == "problem"]
    if asked:
        told = [item for item in told if any(topic.covers(item.fact.fact) for topic in asked)]
    return _distinct(told, lambda item: f"{item.fact.fact.name} {item.fact.fact.detail('relative')}")


def _allergies(question: Question, held: Sequence[Held]) -> list[Held]:
    """Return what the record says of the allergen asked about, then the allergies that stand.

    Who asks of one allergen is told of the others: an answer that names none would pass for "no allergy". The
    denials are told when nothing stands.
    """
    told = [item for item in held if item.fact.fact.kind == "allergy" and item.fact.fact.subject == "patient"]
    asked = [topic for topic in question.topics if topic.kind in ("medication", "allergy")]
    standing = [item for item in told if item.stands]
    named = [item for item in standing if any(topic.covers(item.fact.fact) for topic in asked)]
    positive = [item for item in standing if item.fact.fact.polarity == "affirmed"]
    removed = [item for item in standing if item.fact.fact.detail("delabelled") or _is_precise_denial(item)]
    everything = [item for item in standing if item.fact.fact.name in _EVERYTHING]
    chosen = [*named, *positive, *removed] or everything
    return _distinct(chosen, lambda item: item.fact.fact.name)


def _is_precise_denial(item: Held) -> bool:
    fact = item.fact.fact
    return fact.polarity in ("negated", "ruled_out") and fact.name not in _EVERYTHING


def _found(held: Sequence[Held], kind: str) -> list[Held]:
    facts = [item for item in held if item.fact.fact.kind == kind and item.stands]
    return [item for item in facts if item.fact.fact.polarity == "affirmed" and item.fact.fact.subject == "patient"]


def _distinct(items: Sequence[Held], name_of: Callable[[Held], str]) -> list[Held]:
    """Return the most telling fact of each name, in order of the first time that it was told."""
    groups: dict[str, list[Held]] = {}
    for item in items:
        groups.setdefault(name_of(item), []).append(item)
    return [max(group, key=_telling) for group in groups.values()]


def _telling(item: Held) -> tuple[int, bool, str]:
    """Prefer a line with more slots filled (a reaction, a resistance), a short one, then the newest."""
    return len(item.fact.fact.details), len(item.fact.quote) <= _SHORT, moment_of(item.fact)
