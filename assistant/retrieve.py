"""Find the passages of one patient's record that may answer a question.

The index proposes (sparse, and dense when there is an embedder), within the scope decided in SQL.
Small records are read whole, so that a paraphrase which shares no word with the question can still
be found by its section, its kind of document or its date. Then the sentences are ranked.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.access import Access
from assistant.candidates import candidates_of
from assistant.exact.choose import drafts_of
from assistant.exact.types import Draft
from assistant.features import Setting, setting_of
from assistant.pointing import point
from assistant.proof import place
from assistant.question import Question, understand
from assistant.ranking import Ranked, rank, rank_passages
from assistant.types import FoundPassage
from ingestion.errors import VectorIndexError
from ingestion.facts.history import settle
from ingestion.facts.types import Held
from ingestion.index.types import Index
from ingestion.normalise import Term, normalise
from ingestion.record.record import Record
from ingestion.sparse import SparseEncoder
from ingestion.types import Passage
from models.types import Embedder

CANDIDATES = 150
"""Passages asked of the index."""

WHOLE_RECORD = 300
"""A record of at most this many passages is ranked whole."""

_VARIANT_WEIGHT = 0.3
"""Weight of a variant against the question's own words; 0.15 to 0.5 gave the same results on ``tune``."""

_VARIANTS = {"class": 40}
_VARIANTS_DEFAULT = 12


@dataclass(frozen=True)
class Retriever:
    """What finding needs: the record, the index, and what turns a question into vectors."""

    record: Record
    index: Index
    encoder: SparseEncoder
    embedder: Embedder | None


@dataclass(frozen=True, repr=False)
class Found:
    """A question, what the record holds of its terms, its sentences ranked for it, its facts and what they answer."""

    question: Question
    setting: Setting
    ranked: tuple[Ranked, ...]
    held: tuple[Held, ...]
    drafts: tuple[Draft, ...] = ()

    def __repr__(self) -> str:
        return f"Found({self.question!r}, {len(self.ranked)} sentences)"


def retrieve(retriever: Retriever, access: Access, text: str) -> Found:
    """Rank the sentences of one patient's record for a question, best first."""
    question = understand(text)
    candidates = candidates_of(_passages(retriever, access, question))
    held = held_of(retriever.record, access.scope.documents)
    setting = setting_of(question, candidates, point(question, held))
    drafts = drafts_of(question, held, retriever.record.stays(access.patient.pk))
    return Found(question, setting, tuple(rank(question, setting, candidates)), held, drafts)


@functools.lru_cache(maxsize=32)
def held_of(record: Record, documents: tuple[int, ...]) -> tuple[Held, ...]:
    """Return the facts of these documents, settled; kept for the records asked about last, until ``forget_held``."""
    return settle(record.facts(documents))


def forget_held() -> None:
    """Drop what is kept of facts: called when documents come or go."""
    held_of.cache_clear()


def search(retriever: Retriever, access: Access, text: str, limit: int) -> list[FoundPassage]:
    """Return the passages of one patient's record for a query, best first."""
    ranked = rank_passages(retrieve(retriever, access, text).ranked)
    return [_found(passage, score) for passage, score in ranked[:limit]]


def query_terms(question: Question) -> Mapping[str, float]:
    """Return the weighted terms of the sparse query: the question's words, then what they may be written as."""
    weights = {normalise(question.text): 1.0}
    for term in (*question.terms, *question.framing):
        for variant in _variants(term):
            weights.setdefault(normalise(variant), _VARIANT_WEIGHT)
    return weights


def _variants(term: Term) -> tuple[str, ...]:
    return term.variants[: _VARIANTS.get(term.kind, _VARIANTS_DEFAULT)]


def _passages(retriever: Retriever, access: Access, question: Question) -> list[tuple[Passage, float]]:
    scope = access.scope
    sparse = retriever.encoder.query(query_terms(question))
    dense = retriever.embedder.embed_query(question.text) if retriever.embedder else None
    hits = retriever.index.search(scope, sparse, dense, CANDIDATES)
    scores = {hit.id: hit.score for hit in hits}
    found = retriever.record.passages([hit.id for hit in hits], scope.documents)
    if len(found) != len(hits):
        raise VectorIndexError(
            "L'index et le dossier ne concordent pas.", "Lancez `liaison doctor` : l'index se reconstruit du dossier."
        )
    if len(hits) < CANDIDATES:
        found = _completed(retriever, scope.documents, found)
    return [(passage, scores.get(passage.id, 0.0)) for passage in found]


def _completed(retriever: Retriever, documents: tuple[int, ...], found: list[Passage]) -> list[Passage]:
    """Add what the index did not propose, when the record is small enough to be ranked whole."""
    known = {passage.id for passage in found}
    rest = [passage for passage in retriever.record.passages_of_documents(documents) if passage.id not in known]
    return [*found, *rest[: max(0, WHOLE_RECORD - len(found))]]


def _found(passage: Passage, score: float) -> FoundPassage:
    first, *others = passage.occurrences
    return FoundPassage(
        document=first.document,
        start=first.start,
        end=first.end,
        text=passage.text,
        title=first.title,
        kind=first.kind,
        date=first.date.isoformat() if first.date else "",
        score=round(score, 4),
        also=tuple(place(other, 0, len(passage.text)) for other in others),
    )
