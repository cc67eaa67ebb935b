"""Score the passages of one search by how many characters must be read to meet the evidence.

A number of passages would reward long ones; a budget of characters does not. Passages are read in
order; the one that crosses the budget is cut to what remains. A quote is found when one passage covers at
least half of it, at any place where the passage and the quote stand, or holds the same words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success

from assistant.types import FoundPassage
from evals.gold import Evidence, GoldQuestion, Span
from evals.matching import fold
from evals.measures import BUDGETS
from evals.scoring import overlap
from evals.types import Pair

_RANKED = (Success @ 1, Success @ 5, RR @ 10)
_folded = lru_cache(maxsize=8192)(fold)


@dataclass(frozen=True)
class RetrievalScore:
    """How many pieces of evidence each budget holds, of how many, and measures by rank."""

    evidence: int
    found: dict[int, int]
    ranked: dict[str, float]

    def pairs(self) -> dict[str, Pair]:
        """Return each measure as (numerator, denominator)."""
        anything = {f"any_{budget}": (float(count > 0), 1.0) for budget, count in self.found.items()}
        everything = {f"all_{budget}": (float(count == self.evidence), 1.0) for budget, count in self.found.items()}
        return anything | everything | {name: (value, 1.0) for name, value in self.ranked.items()}


def score_passages(question: GoldQuestion, passages: Sequence[FoundPassage]) -> RetrievalScore:
    """Score passages, best first, against the evidence of an answerable question."""
    found = {budget: len(_found(question.evidence, passages, budget)) for budget in BUDGETS}
    return RetrievalScore(len(question.evidence), found, _by_rank(question, passages))


def within(passages: Sequence[FoundPassage], budget: int) -> Iterable[tuple[FoundPassage, int]]:
    """Yield the passages that a budget of characters lets read, with how many characters of each."""
    left = budget
    for passage in passages:
        if left <= 0:
            return
        kept = min(len(passage.text), left)
        yield passage, kept
        left -= kept


def covers(passage: FoundPassage, kept: int, evidence: Evidence) -> bool:
    """Tell whether the first ``kept`` characters of a passage cover at least half of a quote."""
    places = [_cut(passage.document, passage.start, passage.end, kept)]
    places += [_cut(place.document, place.start, place.end, kept) for place in passage.also]
    half = len(evidence.quote) / 2
    if any(overlap(place, span) >= half for span in evidence.spans for place in places):
        return True
    return _folded(evidence.quote) in _folded(passage.text[:kept])


def _found(evidence: Iterable[Evidence], passages: Sequence[FoundPassage], budget: int) -> set[int]:
    read = list(within(passages, budget))
    return {n for n, quote in enumerate(evidence) if any(covers(passage, kept, quote) for passage, kept in read)}


def _cut(document: str, start: int, end: int, kept: int) -> Span:
    return document, start, min(end, start + kept)


def _by_rank(question: GoldQuestion, passages: Sequence[FoundPassage]) -> dict[str, float]:
    useful = [n for n, p in enumerate(passages) if any(covers(p, len(p.text), e) for e in question.evidence)]
    judged = [Qrel(question.id, str(n), 1) for n in useful] or [Qrel(question.id, "absent", 1)]
    run = [ScoredDoc(question.id, str(n), -float(n)) for n in range(len(passages))]
    run = run or [ScoredDoc(question.id, "none", 0.0)]
    return {str(metric.measure): metric.value for metric in ir_measures.iter_calc(_RANKED, judged, run)}
