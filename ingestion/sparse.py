"""Sparse vectors: French BM25 by the engine's own ``Bm25``, on text that is already normalised.

The engine folds accents, then drops stop words, then stems (Snowball); IDF is added at query time, over the
scope. See ``docs/decisions/0003-sparse-vectors.md`` for what was measured.
"""

from collections.abc import Mapping

import qdrant_edge as engine

from ingestion.types import SparseVector

VERSION = "bm25-fr-1"
"""Part of the index's signature: to be changed with anything below that changes a vector."""

AVERAGE_LENGTH = 40.0
"""Words of a usual normalised passage of at most 400 characters (mean 36 to 45, depending on how it is cut)."""

K = 1.2
B = 0.75

_FUNCTION_WORDS = """
a ai aient ait as au aura aurait aux avaient avait avec avez avoir avons ayant ce ceci cela ces cet cette ci d dans
de des du elle elles en es est et etaient etait etant ete etre eu eut fut il ils j je l la le les leur leurs lui m ma
me meme mes moi mon n ne nos notre nous on ont ou par pour qu que qui s sa se sera serait ses soit son sont sur t te
tu un une vos votre vous y
"""

STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Written folded, as the engine compares them. Kept on purpose, because they carry what a clinician asks: pas,
sans, non, ni, aucun, jamais, plus, mais, sauf, avant, apres, depuis, sous, contre, entre, and "c" (hépatite C)."""


class SparseEncoder:
    """Turns normalised text into sparse vectors; the same encoder serves passages and questions."""

    def __init__(self) -> None:
        stop_words = engine.StopwordsSet(languages=set(), custom=set(STOP_WORDS))
        self._model = engine.Bm25(
            engine.Bm25Config(
                language="french", ascii_folding=True, stopwords=stop_words, avg_len=AVERAGE_LENGTH, k=K, b=B
            )
        )

    def document(self, text: str) -> SparseVector:
        """Return the saturated, length-normalised term frequencies of a normalised passage."""
        return _sorted(self._model.embed_document(text))

    def query(self, terms: str | Mapping[str, float]) -> SparseVector:
        """Return the weights of a normalised question: 1 for each word, or the weight given with its term.

        A word that occurs in several terms keeps its highest weight; weights that are not positive are dropped.
        """
        weighted = {terms: 1.0} if isinstance(terms, str) else terms
        weights: dict[int, float] = {}
        for term, weight in weighted.items():
            if weight > 0:
                for index in self._model.embed_query(term).indices:
                    weights[index] = max(weight, weights.get(index, 0.0))
        return SparseVector(tuple(sorted(weights)), tuple(weights[index] for index in sorted(weights)))


def _sorted(vector: engine.SparseVector) -> SparseVector:
    pairs = sorted(zip(vector.indices, vector.values, strict=True))
    return SparseVector(tuple(index for index, _ in pairs), tuple(float(value) for _, value in pairs))
