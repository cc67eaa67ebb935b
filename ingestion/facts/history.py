"""What the documents of one patient say together: copies, corrections, contradictions, what holds now.

Pure functions over the facts of the documents that a reader may use: hiding a document changes what these
functions see, never how they judge. Nothing is chosen by a guess: a fact is set aside only by a rule of
``authority.tsv``; two facts that contradict each other and that no document settles both stand, and
``conflicts`` names them.

    held = settle(record.facts(document_pks))
    latest(held, "potassium")            # Held: the newest value that stands, its copies in ``also``
    series(held, "creatinine")           # every value that stands, oldest first
    current_medications(held, as_of)     # one Held for each medicine (and state) that is on at that time
    unaccounted_medications(held, as_of) # those that the last discharge list neither keeps nor stops
    conflicts(held)                      # groups of Held that contradict each other
    reason_label(item.reason)            # French: why ``item.superseded_by`` prevails over ``item.fact``
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ingestion.facts.authority import PRIMARY, document_class, reason_label, rules
from ingestion.facts.chronology import Chronology, moment_of, written_of
from ingestion.facts.contradictions import conflicts
from ingestion.facts.copies import gather, number_of
from ingestion.facts.regimen import current_medications, unaccounted_medications
from ingestion.facts.types import Held, StoredFact
from ingestion.facts.verdicts import (
    Verdict,
    judge_allergies,
    judge_awaited,
    judge_documents,
    judge_hypotheses,
    judge_states,
)
from ingestion.facts.verdicts_on_medicines import judge_medicines
from ingestion.facts.verdicts_on_values import judge_values

__all__ = [
    "conflicts",
    "current_medications",
    "latest",
    "moment_of",
    "reason_label",
    "series",
    "settle",
    "unaccounted_medications",
]

_STATES = ("device", "appointment", "social", "directive")


def settle(facts: Iterable[StoredFact]) -> tuple[Held, ...]:
    """Return each thing said once, with its copies and what sets it aside, in order of the moment it holds.

    ``facts`` are of one patient, of any kinds; the more documents, the better it is judged. All of them come
    back: as ``fact``, or in the ``also`` of the earliest document with the same words.
    """
    gathered = gather(facts)
    strength = {name: rank for rank, name in enumerate(rules())}
    verdicts: dict[StoredFact, Verdict] = {}
    for verdict in _judge([item.fact for item in gathered]):
        earlier = verdicts.setdefault(verdict.loser, verdict)
        if strength[verdict.rule] < strength[earlier.rule]:
            verdicts[verdict.loser] = verdict
    settled = (_with_verdict(item, verdicts.get(item.fact)) for item in gathered)
    return tuple(sorted(settled, key=lambda item: _place(item.fact)))


def latest(held: Sequence[Held], name: str, as_of: datetime | None = None) -> Held | None:
    """Return the newest standing measurement of a name (a code of ``analytes.tsv``), or None.

    Of those of one moment, the one of a report is taken.
    """
    last = as_of.isoformat() if as_of else "9999"
    points = [item for item in _measurements(held, name) if moment_of(item.fact) <= last]
    return max(points, key=lambda item: (moment_of(item.fact), _is_report(item.fact)), default=None)


def series(held: Sequence[Held], name: str) -> tuple[Held, ...]:
    """Return the standing measurements of a name that give a number, oldest first.

    A number told again for the same day is one point: the one that gives the hour, else the one of a report.
    """
    points: dict[tuple[str, float | None], Held] = {}
    for item in _measurements(held, name):
        place = moment_of(item.fact)[:10], number_of(item.fact.fact.value)
        known = points.get(place)
        if place[1] is not None and (known is None or _precision(item.fact) > _precision(known.fact)):
            points[place] = item
    return tuple(sorted(points.values(), key=lambda item: _place(item.fact)))


def _judge(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    yield from judge_documents(facts)
    yield from judge_values([item for item in facts if item.fact.kind == "measurement"])
    yield from judge_allergies(
        [item for item in facts if item.fact.kind == "allergy" and item.fact.subject == "patient"]
    )
    yield from judge_hypotheses([item for item in facts if rules()["ruled_out"].judges(item.fact.kind)])
    yield from judge_medicines([item for item in facts if item.fact.kind == "medication"], Chronology(facts))
    yield from judge_awaited(facts)
    yield from judge_states([item for item in facts if item.fact.kind in _STATES])


def _with_verdict(held: Held, verdict: Verdict | None) -> Held:
    return held if verdict is None else replace(held, superseded_by=verdict.winner, reason=verdict.rule)


def _measurements(held: Sequence[Held], name: str) -> list[Held]:
    return [item for item in held if item.stands and _is_measurement(item.fact, name)]


def _is_measurement(stored: StoredFact, name: str) -> bool:
    fact = stored.fact
    measured = fact.kind == "measurement" and fact.name == name and bool(fact.value)
    return measured and fact.subject == "patient" and fact.polarity == "affirmed"


def _is_report(stored: StoredFact) -> bool:
    return document_class(stored.kind, stored.title) in PRIMARY


def _precision(stored: StoredFact) -> tuple[bool, bool]:
    return "T" in stored.fact.effective, _is_report(stored)


def _place(stored: StoredFact) -> tuple[bool, str, str, int, int]:
    moment = moment_of(stored)
    return not moment, moment, written_of(stored), stored.document_pk, stored.fact.start
