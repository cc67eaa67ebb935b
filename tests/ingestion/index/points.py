"""Points and scopes for the tests of the index, and the recipes that they are opened with."""

from uuid import NAMESPACE_URL, uuid5

from ingestion.index.signature import Signature
from ingestion.index.types import Point, Scope
from ingestion.types import SparseVector

ALICE = "a11ce0a11ce0a11ce0a11ce0a11ce0a1"
BRUNO = "b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0"

WORDS_ONLY = Signature(sparse="bm25-test")
WITH_DENSE = Signature(sparse="bm25-test", embedder="test", dimension=2)


def uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def words(*indices: int, weight: float = 1.0) -> SparseVector:
    return SparseVector(tuple(sorted(indices)), (weight,) * len(indices))


def point(name: str, patient: str = ALICE, documents: tuple[int, ...] = (1,), *indices: int) -> Point:
    return Point(uuid(name), patient, documents, words(*(indices or (7,))))


def scope(patient: str = ALICE, *documents: int) -> Scope:
    return Scope(patient, documents or (1,))
