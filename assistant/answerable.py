"""Decide, before the first statement, whether the record answers: a few readable signs, weighed.

The weights of ``answerable.json`` are fitted by ``liaison-evals fit`` on the patients of ``tune``
(logistic regression with an L2 penalty). A question is abstained from when the weighed signs are
below zero; among those, it is *awaited* when the best sentences say that the result is to come.
"""

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from assistant.candidates import Candidate, Stems, stems_of
from assistant.features import NAMES as FEATURES
from assistant.features import is_key
from assistant.retrieve import Found
from ingestion.normalise import tokens

CONSIDERED = 3
"""Sentences that speak for the record: the best ones."""

NAMES = (
    "bias",
    "coverage",
    "coverage_passage",
    "exact_coverage",
    "key_coverage",
    "key_coverage_passage",
    "score",
    "absent_known",
    "absent_noun",
    "absent_key",
    "absent_all",
    "awaited",
    "awaited_only",
    "undone",
    "unexplained",
    "unexplained_stop",
    "unmeasured",
    "unmeasured_term",
    "undated",
    "terms",
)
_COVERAGE, _COVERAGE_PASSAGE = FEATURES.index("coverage"), FEATURES.index("coverage_passage")
_EXACT_COVERAGE = FEATURES.index("coverage_exact")
_NOT_A_RESULT = {"yes_no", "reason", "family", "person", "contradiction", "list", "antecedent"}
"""Intents of a question that no result to come can answer."""

_FIGURE = re.compile(r"\d")
_AFTER = 40
"""Characters after a term in which its figure is expected."""

_NEAR = 0.8
"""A sentence speaks of the question when its coverage reaches this share of the best one's."""


@dataclass(frozen=True)
class Judgement:
    """Whether the record answers, with the signs (in the order of ``NAMES``) and their weighed sum."""

    outcome: Literal["answered", "not_in_record", "awaited"]
    signs: tuple[float, ...]
    score: float


def judge(found: Found, weights: Sequence[float] | None = None) -> Judgement:
    """Judge from the ranked sentences whether they answer; ``weights`` replaces those of ``answerable.json``."""
    weights = _weights() if weights is None else weights
    if not found.ranked:
        return Judgement("not_in_record", (0.0,) * len(NAMES), 0.0)
    signs = signs_of(found)
    score = sum(w * s for w, s in zip(weights, signs, strict=True))
    if score >= 0:
        return Judgement("answered", signs, score)
    named = dict(zip(NAMES, signs, strict=True))
    awaited = named["awaited"] > 0 and not named["absent_all"] and not named["absent_known"]
    return Judgement("awaited" if awaited else "not_in_record", signs, score)


def signs_of(found: Found) -> tuple[float, ...]:
    """Return the signs, each between 0 and 1; ``score`` is in tenths of the best score's units."""
    ranked, setting, intents = found.ranked, found.setting, found.question.intents
    coverage = max(r.values[_COVERAGE] for r in ranked)
    best = [r for r in ranked[:CONSIDERED] if r.values[_COVERAGE] >= _NEAR * coverage]
    near = [r.candidate.analysed.marks for r in best]
    marks = frozenset().union(*near)
    asks_value = bool(intents & {"value", "dose", "last", "evolution"})
    asks_result = not intents & _NOT_A_RESULT
    known = [absent and term.kind != "word" for absent, term in zip(setting.absent, found.question.terms, strict=True)]
    nouns = [
        absent and term.kind == "word" and is_key(term)
        for absent, term in zip(setting.absent, found.question.terms, strict=True)
    ]
    return (
        1.0,
        coverage,
        max(r.values[_COVERAGE_PASSAGE] for r in ranked),
        max(r.values[_EXACT_COVERAGE] for r in ranked),
        _key_coverage(found, [r.candidate.analysed.stems for r in ranked]),
        _key_coverage(found, [r.candidate.passage_stems | r.candidate.context_stems for r in ranked]),
        ranked[0].score / 10,
        _share(known),
        _share(nouns),
        float(any(known) or any(nouns)),
        float(bool(setting.absent) and all(setting.absent)),
        float(asks_result and "awaited" in marks),
        float(asks_result and "awaited" in marks and not any("measure" in m for m in near if "awaited" not in m)),
        float(asks_result and "undone" in marks),
        float("reason" in intents and "because" not in marks),
        float({"reason", "stopping"} <= intents and not any({"stopped", "because"} <= m for m in near)),
        float(asks_value and "measure" not in marks),
        float(asks_value and not any(_measured(found, r.candidate) for r in best)),
        float("date" in intents and "date" not in marks),
        min(1.0, len(found.question.terms) / 5),
    )


def _measured(found: Found, candidate: Candidate) -> bool:
    """Say whether a figure stands just after a key term in the sentence ("Hb 9,6", "PPC à 8 cmH2O")."""
    keys = [w for w, term in zip(found.setting.wordings, found.question.terms, strict=True) if is_key(term)]
    text = candidate.text
    return any(
        _FIGURE.search(text[token.end : token.end + _AFTER])
        for token in tokens(text)
        if any(not key.singles.isdisjoint(stems_of(token.text)) for key in keys)
    )


def _key_coverage(found: Found, places: Sequence[Stems]) -> float:
    """Return the largest share of the key terms that stand together in one place."""
    keys = [w for w, term in zip(found.setting.wordings, found.question.terms, strict=True) if is_key(term)]
    return max(sum(key.match(stems) for key in keys) for stems in set(places)) / len(keys) if keys else 0.5


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


@functools.cache
def _weights() -> tuple[float, ...]:
    table = json.loads(resources.files("assistant").joinpath("answerable.json").read_text(encoding="utf-8"))["weights"]
    return tuple(float(table.get(name, 0.0)) for name in NAMES)
