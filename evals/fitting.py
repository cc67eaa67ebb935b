"""Fit the two small weight files of the assistant on the patients of ``tune``.

``ranking.json``: listwise softmax over the sentences of a record (ListNet's top-one probability, Cao et
al., ICML 2007), one loss term for each piece of gold evidence, L2 penalty. ``answerable.json``: logistic
regression, unanswerable questions weighing more, on signs computed with rankings fitted without the
patient (cross-fitting): a ranking looks too sure of itself on the patients that it was fitted on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import answerable, features
from assistant.access import allow
from assistant.bootstrap import Workspace
from assistant.candidates import Candidate
from assistant.ranking import Ranked
from assistant.retrieve import Found, retrieve
from assistant.types import LOCAL
from evals.gold import Gold, GoldQuestion, Span
from evals.running import Progress
from evals.types import Advance
from evals.workspace import workspace_over

Array = NDArray[np.float64]

FOLDS = 7
UNANSWERABLE_WEIGHT = 3.5
"""An invented answer costs more than a missing one (docs/decisions/0009, "operating point")."""

_RANKING_L2, _RANKING_STEPS, _RANKING_RATE = 0.02, 200, 0.15
_ANSWERABLE_L2, _ANSWERABLE_STEPS, _ANSWERABLE_RATE = 0.5, 3000, 0.4


@dataclass(frozen=True, repr=False)
class Example:
    """A question with the features of each sentence (n × features) and which evidence each one meets (n × pieces)."""

    question: GoldQuestion
    found: Found
    values: Array
    meets: NDArray[np.bool_]

    def __repr__(self) -> str:
        return f"Example({self.question.id!r}, {len(self.values)} sentences)"


@dataclass(frozen=True)
class Fitted:
    """Both weight tables, by name of feature and of sign."""

    ranking: dict[str, float]
    answerable: dict[str, float]


PRODUCT = Path(features.__file__).parent
"""Where the product reads its weights."""


def fit_weights(golds: Sequence[Gold], progress: Progress) -> Fitted:
    """Fit both tables on the golds given (patients to tune on), each ingested into a temporary home."""
    examples = [example for gold in golds for example in _examples_of(gold, progress)]
    patients = [patient.name for gold in golds for patient in gold.patients]
    weights = _fit_ranking(examples)
    signs = [s for fold in range(FOLDS) for s in _held_out_signs(examples, patients[fold::FOLDS])]
    return Fitted(
        ranking=_named(features.NAMES, weights),
        answerable=_named(answerable.NAMES, _fit_answerable(signs)),
    )


def write(fitted: Fitted, folder: Path) -> None:
    """Write ``ranking.json`` and ``answerable.json``."""
    for name, weights in (("ranking", fitted.ranking), ("answerable", fitted.answerable)):
        content = {"fitted_by": "liaison-evals fit", "weights": weights}
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _examples_of(gold: Gold, progress: Progress) -> Sequence[Example]:
    with progress("Ingestion") as advance, workspace_over(gold, advance) as workspace, progress("Questions") as advance:
        return _examples(workspace, gold, advance)


def _examples(workspace: Workspace, gold: Gold, advance: Advance) -> Sequence[Example]:
    examples = []
    for done, question in enumerate(gold.questions, 1):
        found = retrieve(workspace.retriever, allow(workspace.record, LOCAL, question.ipp), question.question)
        meets = [[_meets(r.candidate, piece.spans) for piece in question.evidence] for r in found.ranked]
        values = np.array([r.values for r in found.ranked], dtype=np.float64)
        examples.append(Example(question, found, values, np.array(meets, dtype=bool).reshape(len(values), -1)))
        advance(done, len(gold.questions))
    return examples


def _meets(candidate: Candidate, spans: Sequence[Span]) -> bool:
    """Say whether a sentence shares half of the shorter of the two with a piece of evidence, wherever it stands."""
    unit = candidate.analysed.unit
    return any(
        place.document == document
        and min(end, place.start + unit.end) - max(start, place.start + unit.start)
        >= 0.5 * min(end - start, unit.end - unit.start)
        for place in candidate.passage.occurrences
        for document, start, end in spans
    )


def _fit_ranking(examples: Sequence[Example]) -> Array:
    used = [e for e in examples if e.meets.any()]
    weights = np.zeros(len(features.NAMES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _RANKING_STEPS + 1):  # Adam (Kingma & Ba, ICLR 2015)
        gradient = sum((_ranking_gradient(e, weights) for e in used), np.zeros_like(weights)) / max(1, len(used))
        gradient += _RANKING_L2 * weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        weights -= _RANKING_RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _ranking_gradient(example: Example, weights: Array) -> Array:
    scores = example.values @ weights
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    gradient = np.zeros_like(weights)
    for piece in example.meets.T:
        if piece.any():
            inside = shares[piece] / (shares[piece].sum() + 1e-12)
            gradient += (example.values.T @ shares - example.values[piece].T @ inside) / example.meets.shape[1]
    return gradient


def _held_out_signs(examples: Sequence[Example], held: Sequence[str]) -> list[tuple[tuple[float, ...], bool]]:
    weights = _fit_ranking([e for e in examples if e.question.patient not in held])
    return [
        (answerable.signs_of(_ranked_anew(e, weights)), e.question.answerable)
        for e in examples
        if e.question.patient in held
    ]


def _ranked_anew(example: Example, weights: Array) -> Found:
    scores = example.values @ weights
    ranked = [
        Ranked(r.candidate, r.values, float(score)) for r, score in zip(example.found.ranked, scores, strict=True)
    ]
    return replace(example.found, ranked=tuple(sorted(ranked, key=lambda r: -r.score)))


def _fit_answerable(signs: Sequence[tuple[tuple[float, ...], bool]]) -> Array:
    values = np.array([s for s, _ in signs])
    answerable_ = np.array([float(a) for _, a in signs])
    cost = np.where(answerable_ == 0, UNANSWERABLE_WEIGHT, 1.0)
    weights = np.zeros(values.shape[1])
    penalised = np.array([0.0] + [1.0] * (len(weights) - 1))  # not the bias
    for _ in range(_ANSWERABLE_STEPS):
        chance = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ ((chance - answerable_) * cost) + _ANSWERABLE_L2 * penalised * weights
        weights -= _ANSWERABLE_RATE * gradient / len(values)
    return weights


def _named(names: Sequence[str], weights: Array) -> dict[str, float]:
    values: list[Any] = weights.round(4).tolist()
    return dict(zip(names, values, strict=True))
