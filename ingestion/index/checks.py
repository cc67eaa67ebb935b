"""What every index checks, whatever its engine: points before they are written, hits before they are returned."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from ingestion.errors import IndexOutdated, VectorIndexError
from ingestion.index.signature import Signature
from ingestion.index.types import Hit, Point, Scope
from ingestion.types import SparseVector


def check_points(points: Sequence[Point], dimension: int | None) -> None:
    """Refuse points that the index cannot keep, before any of them is written. Raises VectorIndexError."""
    for point in points:
        if not _is_uuid(point.id):
            raise VectorIndexError("Un point de l'index doit être désigné par un UUID.", "Signalez cette erreur.")
        check_dense(point.dense, dimension)


def check_dense(dense: Sequence[float] | None, dimension: int | None) -> None:
    """Refuse a dense vector whose length is not the index's. Raises VectorIndexError."""
    if dense is not None and len(dense) != dimension:
        raise VectorIndexError(
            f"Vecteur dense de dimension {len(dense)} : l'index attend {dimension or 'aucun vecteur dense'}.",
            "Reconstruisez l'index après avoir changé LIAISON_EMBEDDER.",
        )


def is_void(scope: Scope, sparse: SparseVector, dense: Sequence[float] | None, limit: int) -> bool:
    """Tell whether a search can find nothing, so that the engine need not be asked."""
    return not scope.documents or limit < 1 or (not sparse.indices and dense is None)


def within(scope: Scope, hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits, best first and ties by id; raise VectorIndexError if the engine let a foreign one through."""
    documents = frozenset(scope.documents)
    found = sorted(hits, key=lambda hit: (-hit.score, hit.id))
    for hit in found:
        if hit.patient != scope.patient or documents.isdisjoint(hit.documents):
            raise VectorIndexError(
                f"L'index a rendu un passage hors du périmètre demandé (point {hit.id}) ; rien n'a été affiché.",
                "Reconstruisez l'index, et signalez cette erreur : elle ne doit jamais se produire.",
            )
    return found


def read_hit(identifier: object, score: float, payload: Any) -> Hit:
    """Return a hit from what the engine gave; a payload without a patient matches no scope."""
    fields = payload or {}
    return Hit(str(identifier), score, str(fields.get("patient", "")), tuple(fields.get("documents", ())))


def check_signature(found: Signature | None, wanted: Signature, place: str) -> None:
    """Refuse an index built with another recipe. Raises IndexOutdated."""
    if found != wanted:
        raise IndexOutdated(
            f"L'index {place} est fait avec {_described(found)} ; la configuration demande {_described(wanted)}.",
            "Reconstruisez l'index (liaison ingest le fait à partir du dossier), ou rétablissez LIAISON_EMBEDDER.",
        )


def _described(signature: Signature | None) -> str:
    if signature is None:
        return "une recette inconnue"
    dense = f"{signature.embedder} ({signature.dimension} dimensions)" if signature.dimension else "aucun modèle"
    return f"{signature.sparse} et {dense}"


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
