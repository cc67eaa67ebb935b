"""The only door to Qdrant: what the pipeline and retrieval ask of a vector index.

Payloads hold ids only (an opaque patient key, document row numbers): no text, date, status or
confidentiality, so that a movement or a withdrawal never rewrites a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingestion.types import SparseVector


@dataclass(frozen=True)
class Point:
    """A passage as the index keeps it. ``id`` is a UUID string, ``patient`` the record's opaque key (UUID hex)."""

    id: str
    patient: str
    documents: tuple[int, ...]
    sparse: SparseVector
    dense: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Scope:
    """Whose points may answer: one patient, and the documents this reader may use now. Both are always applied."""

    patient: str
    documents: tuple[int, ...]


@dataclass(frozen=True)
class Hit:
    """A point found, with what it claims of itself so that the caller can check its scope again."""

    id: str
    score: float
    patient: str
    documents: tuple[int, ...]


class Index(Protocol):
    """A vector index. Every search names its scope, in each prefetch and at the root."""

    def upsert(self, points: Sequence[Point]) -> None:
        """Write points, replacing those of the same id."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove points; ids that do not exist are ignored."""

    def search(self, scope: Scope, sparse: SparseVector, dense: Sequence[float] | None, limit: int) -> list[Hit]:
        """Return the best points of the scope, best first.

        Without ``dense`` the sparse score alone; with it, sparse and dense fused by the engine (RRF).
        IDF is computed over the scope. An empty scope or an empty query returns nothing.
        """

    def ids(self, patient: str | None = None) -> set[str]:
        """Return the ids of all points, or of one patient's."""

    def flush(self) -> None:
        """Return once what was written would survive a crash."""

    def compact(self) -> None:
        """Rewrite the index so that nothing of deleted points is left in its files."""

    def close(self) -> None:
        """Release the index."""
