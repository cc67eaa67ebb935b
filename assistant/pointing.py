"""What the facts of a record say of a question's topics, as signs of the sentences that they stand in.

A sentence inherits from its facts: that it is of the thing asked about, the newest value, set aside by a
correction, of the family, denied, stopped, … ``NAMES`` are features beside those of the words.
"""

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources

from assistant.question import Question
from ingestion.facts.history import moment_of
from ingestion.facts.types import Fact, Held, Kind, StoredFact
from ingestion.normalise import fold
from ingestion.types import Offsets

NAMES = (
    "fact_topic",
    "fact_topic_all",
    "fact_kind",
    "fact_latest",
    "fact_first",
    "fact_value",
    "fact_dose",
    "fact_stopped",
    "fact_started",
    "fact_reason",
    "fact_discharge",
    "fact_entry",
    "fact_denied",
    "fact_affirmed",
    "fact_family",
    "fact_not_patient",
    "fact_set_aside",
    "fact_prevails",
    "fact_day",
    "fact_awaited",
    "fact_list",
    "fact_reference",
    "fact_with",
)
_STOPPED = frozenset({"stopped", "suspended", "refused", "not_given"})
_STARTED = frozenset({"started", "resumed", "increased", "decreased", "changed"})
_ASKED_OF_STOPS = frozenset({"stopping", "reason"})
_ASKED_OF_STARTS = frozenset({"date", "reason", "dose"})
_DENIED = frozenset({"negated", "ruled_out"})
_SLOTS_OF_REFERENCE = ("reference", "serial", "lot")


@dataclass(frozen=True, repr=False)
class Pointed:
    """A fact that concerns the question: which topics it is of, and how it stands among the others of its name."""

    held: Held
    stored: StoredFact
    topics: frozenset[int]
    latest: bool
    first: bool
    prevails: bool

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.stored.fact

    def __repr__(self) -> str:
        return f"Pointed({self.stored!r}, topics={sorted(self.topics)})"


@dataclass(frozen=True, repr=False)
class Pointing:
    """The facts that concern a question, by document; ``kinds`` are those that it asks for."""

    question: Question
    kinds: frozenset[Kind]
    facts: tuple[Pointed, ...] = ()
    _by_document: dict[int, tuple[tuple[int, ...], tuple[Pointed, ...]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Pointing({len(self.facts)} facts)"

    @functools.cached_property
    def told(self) -> frozenset[int]:
        """The numbers of the topics of which a fact stands; of a measure, one that gives a value."""
        standing = (one for one in self.facts if one.held.stands)
        measured = (one for one in standing if one.fact.kind != "measurement" or one.fact.value)
        return frozenset().union(*(one.topics for one in measured))

    def facts_at(self, document_pk: int, span: Offsets) -> list[Pointed]:
        """Return the facts that share characters with a span of a document."""
        starts, facts = self._by_document.get(document_pk, ((), ()))
        last = bisect_left(starts, span[1])
        return [item for item in facts[max(0, last - _LOOK_BACK) : last] if item.fact.end > span[0]]

    def signs(self, document_pk: int, span: Offsets) -> tuple[float, ...]:
        """Return the signs of a sentence, in the order of ``NAMES``; each between 0 and 1."""
        facts = self.facts_at(document_pk, span)
        if not facts:
            return _NO_SIGN
        return _signs(self, facts)


_LOOK_BACK = 60
"""Facts of one sentence, at most: they are in order of place, and a long table row holds many."""

_NO_SIGN = (0.0,) * len(NAMES)


def point(question: Question, held: Sequence[Held]) -> Pointing:
    """Find the facts that are of a topic of the question, or of a kind that it asks for."""
    kinds = asked_kinds(question)
    named = [(item, _topics_of(question, item.fact.fact)) for item in held]
    moments = _moments(named)
    winners = {id(item.superseded_by) for item in held if item.superseded_by}
    pointed = [
        Pointed(item, stored, topics, *_place(item, moments), prevails=id(item.fact) in winners)
        for item, topics in named
        if topics or item.fact.fact.kind in kinds or item.fact.fact.kind == "awaited"
        for stored in (item.fact, *item.also)
    ]
    by_document: dict[int, list[Pointed]] = defaultdict(list)
    for one in sorted(pointed, key=lambda one: (one.fact.start, one.fact.end)):
        by_document[one.stored.document_pk].append(one)
    index = {pk: (tuple(one.fact.start for one in facts), tuple(facts)) for pk, facts in by_document.items()}
    return Pointing(question, kinds, tuple(pointed), index)


def asked_kinds(question: Question) -> frozenset[Kind]:
    """Return the kinds of facts that a question asks for, named or not."""
    folded = fold(question.text)
    asked = {kind for kind, pattern in _patterns() if pattern.search(folded)}
    return frozenset(asked | {topic.kind for topic in question.topics})


def _topics_of(question: Question, fact: Fact) -> frozenset[int]:
    return frozenset(number for number, topic in enumerate(question.topics) if topic.covers(fact))


_Series = tuple[str, str, str]


def _series_of(fact: Fact) -> _Series:
    return fact.kind, fact.name, fact.detail("state")


def _moments(named: Iterable[tuple[Held, frozenset[int]]]) -> dict[_Series, list[str]]:
    """Return when each thing asked about was said by facts that stand, in order."""
    found: dict[_Series, list[str]] = defaultdict(list)
    for item, topics in named:
        fact = item.fact.fact
        if topics and item.stands and (fact.kind != "measurement" or fact.value):
            found[_series_of(fact)].append(moment_of(item.fact))
    return {key: sorted(moments) for key, moments in found.items()}


def _place(item: Held, moments: dict[_Series, list[str]]) -> tuple[bool, bool]:
    told = moments.get(_series_of(item.fact.fact))
    if not told or not item.stands:
        return False, False
    moment = moment_of(item.fact)
    return moment >= told[-1], moment <= told[0]


def _signs(pointing: Pointing, facts: Sequence[Pointed]) -> tuple[float, ...]:
    question, intents = pointing.question, pointing.question.intents
    of_topic = [one for one in facts if one.topics]
    aimed = of_topic or facts
    covered = frozenset().union(*(one.topics for one in facts))
    family = "family" in intents
    events = [one for one in of_topic if one.fact.detail("event")]

    def any_of(chosen: Iterable[Pointed], test: bool = True) -> float:
        return float(test and any(True for _ in chosen))

    return (
        any_of(of_topic),
        len(covered) / len(question.topics) if question.topics else 0.0,
        any_of(one for one in facts if one.fact.kind in pointing.kinds),
        any_of(one for one in of_topic if one.latest),
        any_of(one for one in of_topic if one.first),
        any_of(one for one in of_topic if one.fact.kind == "measurement" and one.fact.value),
        any_of((one for one in of_topic if one.fact.kind == "medication" and one.fact.value), "dose" in intents),
        any_of((one for one in events if one.fact.detail("event") in _STOPPED), bool(intents & _ASKED_OF_STOPS)),
        any_of((one for one in events if one.fact.detail("event") in _STARTED), bool(intents & _ASKED_OF_STARTS)),
        any_of((one for one in of_topic if one.fact.detail("reason")), "reason" in intents),
        any_of((one for one in aimed if one.fact.detail("moment") == "discharge"), "discharge" in intents),
        any_of((one for one in aimed if one.fact.detail("moment") == "entry"), "entry" in intents),
        any_of((one for one in aimed if one.fact.polarity in _DENIED), bool(intents & {"yes_no", "allergy"})),
        any_of((one for one in of_topic if one.fact.polarity == "affirmed"), "yes_no" in intents),
        any_of((one for one in aimed if one.fact.subject == "family"), family),
        any_of((one for one in of_topic if one.fact.subject != "patient"), not family),
        any_of(one for one in aimed if not one.held.stands),
        any_of(one for one in of_topic if one.prevails),
        any_of(one for one in of_topic if _on_asked_day(question, one)),
        any_of(one for one in aimed if one.fact.kind == "awaited"),
        any_of((one for one in aimed if one.fact.kind in pointing.kinds), "list" in intents),
        any_of((one for one in facts if any(map(one.fact.detail, _SLOTS_OF_REFERENCE))), "device" in pointing.kinds),
        any_of((one for one in facts if one.fact.detail("when") or one.fact.detail("with")), "follow_up" in intents),
    )


def _on_asked_day(question: Question, one: Pointed) -> bool:
    moment = moment_of(one.stored)
    day, month = moment[:10].replace("-", ""), moment[:7].replace("-", "")
    return bool(question.dates & {f"d{day}", f"m{month}"}) or day[4:] in question.days


@functools.cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    lines = resources.files("assistant").joinpath("asked_kinds.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)  # type: ignore[misc]
