"""The baseline that retrieval has to beat: the engine's French BM25 over passages of at most 400 characters.

Lines are gathered up to the limit; nothing clinical is known; IDF is that of the patient's passages
(BM25 as in Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qdrant_edge import Bm25, Bm25Config

from assistant.types import FoundPassage
from evals.gold import Gold, GoldPatient

LONGEST = 400
_LINE = re.compile(r"[^\n]+")

Weights = dict[int, float]


@dataclass(frozen=True)
class _Shelf:
    """The passages of one patient, their term weights, and in how many passages each term stands."""

    passages: tuple[FoundPassage, ...]
    weights: tuple[Weights, ...]
    holders: Counter[int]


class BaselineSearch:
    """Searches the gold's own texts, one patient at a time."""

    def __init__(self, gold: Gold) -> None:
        self._engine = Bm25(Bm25Config(language="french"))
        self._shelves = {patient.ipp: self._shelve(patient) for patient in gold.patients}

    def __call__(self, ipp: str, query: str) -> list[FoundPassage]:
        """Return the patient's passages, best first; those that share no word with the query end the list."""
        shelf = self._shelves[ipp]
        words = self._engine.embed_query(query).indices
        idf = {word: _idf(len(shelf.passages), shelf.holders[word]) for word in words}
        scores = [sum(idf[word] * weights.get(word, 0.0) for word in idf) for weights in shelf.weights]
        best = sorted(range(len(scores)), key=lambda n: -scores[n])
        return [shelf.passages[n] for n in best]

    def _shelve(self, patient: GoldPatient) -> _Shelf:
        passages = tuple(
            FoundPassage(document, start, end, text[start:end], "", "", "", 0.0)
            for document, text in patient.texts.items()
            for start, end in gather_lines(text)
        )
        vectors = [self._engine.embed_document(passage.text) for passage in passages]
        weights = tuple(dict(zip(vector.indices, vector.values, strict=True)) for vector in vectors)
        return _Shelf(passages, weights, Counter(word for weight in weights for word in weight))


def gather_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of whole lines of at most 400 characters; a longer line is cut where it reaches the limit."""
    span: tuple[int, int] | None = None
    for start, end in _pieces(text):
        if span is not None and end - span[0] > LONGEST:
            yield span
            span = None
        span = (start if span is None else span[0], end)
    if span is not None:
        yield span


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        for start in range(line.start(), line.end(), LONGEST):
            yield start, min(start + LONGEST, line.end())


def _idf(passages: int, holders: int) -> float:
    return math.log(1 + (passages - holders + 0.5) / (holders + 0.5))
