"""Gather what was said once and copied forward: the earliest document has said it, the others repeat it."""

import re
from collections.abc import Hashable, Iterable

from ingestion.facts.authority import PRIMARY, document_class
from ingestion.facts.chronology import written_of
from ingestion.facts.types import Held, StoredFact
from ingestion.lexicon.folding import fold

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SAME_NUMBERS = 3
"""Numbers that a line must share with another to be taken for its copy: two days may share one or two."""

_TREATMENT_ACTS = frozenset({"order", "administration", "reconciliation", "admission", "outside"})
_OF_A_DOCUMENT = frozenset({"copied", "standing", "replaces_document", "replaces_part", "flag", "reference"})


def gather(facts: Iterable[StoredFact]) -> list[Held]:
    """Return each thing said once with its copies, in order of documents.

    Copies are the same words about the same thing in another document. An act is never one: the same line in two
    prescriptions is two prescriptions, "TA 120/80" on two days is two measurements. A measurement told twice with
    its own moment is one measurement, whatever the words.
    """
    first: dict[Hashable, StoredFact] = {}
    copies: dict[StoredFact, list[StoredFact]] = {}
    for stored in sorted(dict.fromkeys(facts), key=_in_order):
        sample, words = _sample(stored), _words(stored)
        repeated = (sample, None if _is_act(stored) else words)
        origin = next((first[key] for key in repeated if key in first), None)
        if origin is not None and origin.document_pk != stored.document_pk:
            copies[origin].append(stored)
            continue
        copies[stored] = []
        for key in filter(None, (sample, words)):
            first.setdefault(key, stored)
    return [Held(stored, tuple(also)) for stored, also in copies.items()]


def number_of(value: str) -> float | None:
    """Return the number of a value as written ("4,40", "1 250", "< 5"), or None when it is none."""
    match = re.search(r"-?\d+(?:[.,]\d+)?", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", value))
    return float(match[0].replace(",", ".")) if match else None


def _in_order(stored: StoredFact) -> tuple[bool, str, int, int]:
    written = written_of(stored)
    return not written, written, stored.document_pk, stored.fact.start


def _sample(stored: StoredFact) -> Hashable:
    """Return what another measurement shares when it is the same one, whatever the words; None without a moment."""
    fact, number = stored.fact, number_of(stored.fact.value)
    if fact.kind != "measurement" or number is None or "T" not in fact.effective:
        return None
    rejected = fact.detail("status") == "rejected"
    return fact.name, fact.detail("specimen"), number, fact.unit, fact.effective, fact.subject, rejected


def _words(stored: StoredFact) -> Hashable:
    """Return what another fact shares when it says the same thing in the same words; None without words."""
    fact = stored.fact
    if not stored.quote:
        return None
    details = tuple(pair for pair in fact.details if pair[0] not in _OF_A_DOCUMENT)
    line = re.sub(r"[\W_]+", " ", fold(stored.quote)).strip()
    return fact.kind, fact.name, fact.value, fact.polarity, fact.subject, details, line


def _is_act(stored: StoredFact) -> bool:
    """Say whether the same words in another document would tell another act, not repeat this one."""
    fact, origin = stored.fact, document_class(stored.kind, stored.title)
    if fact.kind == "medication":
        return origin in _TREATMENT_ACTS or fact.detail("moment") == "discharge"
    if fact.kind != "measurement" or fact.detail("copied"):
        return False
    return origin in PRIMARY or len(_NUMBER.findall(stored.quote)) < _SAME_NUMBERS
