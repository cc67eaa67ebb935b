"""An embedder without weights: signed feature hashing of the character n-grams of each word.

It finds what is spelled alike (typing errors, inflections, compounds), not what means the same. For tests, and
for sites that want such fuzzy matching and have no model. Method: Weinberger et al., "Feature Hashing for Large
Scale Multitask Learning", ICML 2009; n-grams within word boundaries as in fastText.
"""

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

DIMENSION = 512
SIZES = (3, 4, 5)
"""Lengths of the n-grams, in characters, the two boundaries of the word included."""

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """An ``Embedder`` that computes the same vectors on every machine, with the standard library alone."""

    @property
    def name(self) -> str:
        """Identify method and revision."""
        return f"hashing-{DIMENSION}-1"

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector per text, in order; a text without a word has a vector of its own."""
        return [_vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, made as a passage's."""
        return _vector(text)


def _vector(text: str) -> list[float]:
    values = [0.0] * DIMENSION
    for word, count in Counter(_WORD.findall(_folded(text))).items():
        weight = 1.0 + math.log(count)
        for index, sign in _features(word):
            values[index] += sign * weight
    norm = math.sqrt(math.fsum(value * value for value in values))
    if norm == 0.0:
        return [1.0] + [0.0] * (DIMENSION - 1)
    return [value / norm for value in values]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=1 << 14)
def _features(word: str) -> tuple[tuple[int, float], ...]:
    """Return index and sign of each n-gram; the sign makes collisions cancel on average."""
    hashes = (zlib.crc32(gram.encode()) for gram in _grams(f"<{word}>"))
    return tuple(((value >> 1) % DIMENSION, 1.0 if value & 1 else -1.0) for value in hashes)


def _grams(word: str) -> Iterator[str]:
    for size in SIZES:
        for start in range(len(word) - size + 1):
            yield word[start : start + size]
