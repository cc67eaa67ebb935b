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
from assistant.pointing import Pointed
from assistant.ranking import Ranked
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
    "awaited_words",
    "undone",
    "unexplained",
    "unexplained_stop",
    "unmeasured",
    "unmeasured_term",
    "undated",
    "terms",
    "exact",
    "topic_fact",
    "topic_silent",
    "measure_silent",
    "medicine_silent",
    "kind_silent",
    "family_only",
    "allergen_silent",
)
_COVERAGE, _COVERAGE_PASSAGE = FEATURES.index("coverage"), FEATURES.index("coverage_passage")
_EXACT_COVERAGE = FEATURES.index("coverage_exact")
_NOT_A_RESULT = {"reason", "family", "person", "contradiction", "list", "antecedent"}
"""Intents of a question that no result to come can answer."""

_HALF, _SURELY = 0.5, 0.85
MOST_AWAITED = 12
"""Sentences among which the one that says that a result is to come is looked for."""

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
    named = dict(zip(NAMES, signs, strict=True))
    # Only the line that announces the result speaks of it: it is awaited, however sure the ranking is.
    if named["awaited_only"] >= _SURELY and not found.drafts and not found.question.intents & _NOT_A_RESULT:
        return Judgement("awaited", signs, score)
    # A plain "oui" or "non", said by facts that nothing contradicts, is an answer however the sentences rank.
    if score >= 0 or any(draft.template == "quotation" and draft.text for draft in found.drafts):
        return Judgement("answered", signs, score)
    awaited = named["awaited"] + named["awaited_words"] > 0 and not named["absent_all"] and not named["absent_known"]
    return Judgement("awaited" if awaited else "not_in_record", signs, score)


def awaited_lines(found: Found) -> list[Ranked]:
    """Return the best sentences that say that a result is to come: those with an awaited fact first."""
    near = [
        r for r in found.ranked[:MOST_AWAITED] if _holds_awaited(found, r) or "awaited" in r.candidate.analysed.marks
    ]
    return sorted(near, key=lambda r: not _holds_awaited(found, r))


def signs_of(found: Found) -> tuple[float, ...]:
    """Return the signs, each between 0 and 1; ``score`` is in tenths of the best score's units."""
    ranked, setting, intents = found.ranked, found.setting, found.question.intents
    coverage = max(r.values[_COVERAGE] for r in ranked)
    first = max(r.values[_COVERAGE] for r in ranked[:CONSIDERED])
    best = [r for r in ranked[:CONSIDERED] if r.values[_COVERAGE] >= _NEAR * first]
    near = [r.candidate.analysed.marks for r in best]
    marks = frozenset().union(*near)
    asks_value = bool(intents & {"value", "dose", "last", "evolution"})
    asks_result = not intents & _NOT_A_RESULT
    topics, pointing = found.question.topics, setting.pointing
    about = [one for one in pointing.facts if one.topics and one.held.stands]
    explained = any(one.fact.detail("reason") for one in about)
    dated = any(map(_is_dated, about))
    awaited = _awaited(found) if "reason" not in intents else 0.0
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
        awaited,
        awaited * float(_holds_awaited(found, ranked[0])),
        float(asks_result and "awaited" in marks),
        float(asks_result and "undone" in marks),
        float("reason" in intents and "because" not in marks and not explained),
        float(
            {"reason", "stopping"} <= intents and not explained and not any({"stopped", "because"} <= m for m in near)
        ),
        float(asks_value and "measure" not in marks and not found.drafts),
        float(asks_value and not found.drafts and not any(_measured(found, r.candidate) for r in best)),
        float("date" in intents and "date" not in marks and not dated),
        min(1.0, len(found.question.terms) / 5),
        float(bool(found.drafts)),
        len(pointing.told) / len(topics) if topics else 0.5,
        float(bool(topics) and not pointing.told),
        float(any(t.kind == "measurement" and n not in pointing.told for n, t in enumerate(topics))),
        float(any(t.kind == "medication" and n not in pointing.told for n, t in enumerate(topics))),
        float(bool(pointing.kinds) and not any(one.fact.kind in pointing.kinds for one in pointing.facts)),
        float("family" not in intents and bool(about) and all(one.fact.subject != "patient" for one in about)),
        float(_is_allergen_silent(found)),
    )


def _is_allergen_silent(found: Found) -> bool:
    """Say whether an allergy to something named is asked about, of which no allergy speaks, by name or by class."""
    if "allergy" not in found.question.intents:
        return False
    named = [topic for topic in found.question.topics if topic.kind in ("medication", "allergy")]
    told = [item.fact.fact for item in found.held if item.fact.fact.kind == "allergy" and item.stands]
    return bool(named) and not any(topic.covers(fact) for topic in named for fact in told)


def _is_dated(one: Pointed) -> bool:
    fact = one.fact
    return bool(fact.detail("start") or fact.detail("stop") or fact.detail("when") or fact.detail("placed"))


def _awaited(found: Found) -> float:
    """Return how much of the question the best of the results still awaited is about, none under a half."""
    awaited = [item for item in found.held if item.fact.fact.kind == "awaited" and item.stands]
    told = [item for item in awaited if item.fact.fact.polarity == "affirmed"]
    shares = (found.setting.coverage(stems_of(f"{item.fact.quote} . {item.fact.fact.name}")) for item in told)
    return max((share for share in shares if share >= _HALF), default=0.0)


def _holds_awaited(found: Found, ranked: Ranked) -> bool:
    candidate = ranked.candidate
    facts = found.setting.pointing.facts_at(candidate.occurrence.document_pk, (candidate.start, candidate.end))
    return any(one.fact.kind == "awaited" and one.held.stands for one in facts)


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
