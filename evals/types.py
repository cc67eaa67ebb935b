"""Nouns of a run: a case, a figure, and what a suite hands to the report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evals.gold import GoldQuestion

Pair = tuple[float, float]
Advance = Callable[[int, int], None]
"""Called with how many cases are done, of how many."""


@dataclass(frozen=True, repr=False)
class Case:
    """One question put to the assistant: what was asked, said, expected, and what each measure says of it.

    ``measures`` holds (numerator, denominator) pairs; a measure that does not apply is absent.
    ``citations`` are those of the answer, or the passages found. The fields are the keys of ``cases.jsonl``.
    """

    id: str
    passed: bool
    verdict: str
    split: str
    category: str
    patient: str
    question: str
    outcome: str
    answer: str
    gold_answer: str
    gold_evidence: tuple[Mapping[str, Any], ...]
    citations: tuple[Mapping[str, Any], ...]
    measures: Mapping[str, Pair]
    notes: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def __repr__(self) -> str:
        return f"Case(id={self.id!r}, verdict={self.verdict!r})"


@dataclass(frozen=True)
class Figure:
    """A measure over many cases: the ratio of sums, and its 95 % interval when patients are resampled."""

    value: float
    low: float
    high: float
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Difference:
    """A measure before and after, and the 95 % interval of after minus before when patients are resampled."""

    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True)
class Broken:
    """A question on which the assistant raised an error instead of answering."""

    id: str
    error: str


@dataclass(frozen=True)
class SuiteRun:
    """What running a suite gives: its cases in the order of the questions, and what broke."""

    suite: str
    cases: tuple[Case, ...]
    broken: tuple[Broken, ...] = ()


def gold_evidence(question: GoldQuestion) -> tuple[dict[str, Any], ...]:
    """Return a question's evidence as a case shows it."""
    return tuple({"document": evidence.document, "quote": evidence.quote} for evidence in question.evidence)
