"""Rank candidate sentences, and passages, by the weighted features of ``ranking.json``.

The weights are fitted by ``liaison-evals fit`` on the patients of ``tune`` (listwise softmax with an L2
penalty), one number per named feature: the file can be read, and edited, by a person.
"""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from assistant.candidates import Candidate
from assistant.features import NAMES, Setting, features
from assistant.question import Question
from ingestion.types import Passage


@dataclass(frozen=True, repr=False)
class Ranked:
    """A candidate with its features (in the order of ``features.NAMES``) and its score."""

    candidate: Candidate
    values: tuple[float, ...]
    score: float

    def __repr__(self) -> str:
        return f"Ranked({self.candidate!r}, {self.score:.2f})"


def rank(
    question: Question, setting: Setting, candidates: Sequence[Candidate], weights: Sequence[float] | None = None
) -> list[Ranked]:
    """Return the candidates best first; ``weights`` replaces those of ``ranking.json``."""
    weights = _weights() if weights is None else weights
    ranked = []
    for candidate in candidates:
        values = features(question, candidate, setting)
        score = sum(w * v for w, v in zip(weights, values, strict=True))
        ranked.append(Ranked(candidate, values, score))
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.occurrence.document, r.candidate.start))


def rank_passages(ranked: Sequence[Ranked]) -> list[tuple[Passage, float]]:
    """Return the passages best first, each scored by its best candidate."""
    best: dict[str, tuple[Passage, float]] = {}
    for r in ranked:
        best.setdefault(r.candidate.passage.id, (r.candidate.passage, r.score))
    return sorted(best.values(), key=lambda pair: -pair[1])


@functools.cache
def _weights() -> tuple[float, ...]:
    table = json.loads(resources.files("assistant").joinpath("ranking.json").read_text(encoding="utf-8"))["weights"]
    return tuple(float(table.get(name, 0.0)) for name in NAMES)
