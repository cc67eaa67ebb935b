"""The index on a Qdrant server, for several replicas or large establishments."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from ingestion.errors import VectorIndexError
from ingestion.index.checks import check_dense, check_points, check_signature, is_void, read_hit, within
from ingestion.index.fusion import FUSED_DEPTH, RRF_K
from ingestion.index.signature import Signature
from ingestion.index.types import Hit, Point, Scope
from ingestion.types import SparseVector

COLLECTION = "liaison"
MINIMUM_VERSION = (1, 20)
TIMEOUT = 30
"""Seconds given to one request."""

BATCH = 256
"""Points per request, far below the server's limit of 32 MB."""


def connect(url: str, api_key: str = "") -> QdrantClient:
    """Return a client of the server at ``url``; raise VectorIndexError if it is absent, closed to us or too old."""
    try:
        client = QdrantClient(url=url, api_key=api_key or None, timeout=TIMEOUT, check_compatibility=False)
    except ValueError as error:
        raise VectorIndexError(
            "L'adresse du serveur Qdrant n'est pas une URL valide.", "Exemple : LIAISON_QDRANT_URL=http://qdrant:6333."
        ) from error
    with _translated():
        version = client.info().version
    if _release(version) < MINIMUM_VERSION:
        client.close()
        raise VectorIndexError(
            f"Le serveur Qdrant est en version {version} : il ne sait pas calculer l'IDF par patient.",
            f"Installez Qdrant {'.'.join(map(str, MINIMUM_VERSION))} ou plus récent.",
        )
    return client


class ServerIndex:
    """An ``Index`` on one collection of a Qdrant server.

    The recipe is kept in the collection's metadata. Raises IndexOutdated when it was built with another
    one; ``replace`` drops the collection and starts afresh.
    """

    def __init__(self, client: QdrantClient, signature: Signature, *, replace: bool = False) -> None:
        self._client = client
        self._signature = signature
        with _translated():
            if replace:
                client.delete_collection(COLLECTION)
            if not client.collection_exists(COLLECTION):
                _create(client, signature)
            metadata = client.get_collection(COLLECTION).config.metadata
            check_signature(_signature(metadata), signature, COLLECTION)
            _index_payloads(client)

    def upsert(self, points: Sequence[Point]) -> None:
        """Write points, replacing those of the same id. Raises VectorIndexError before writing a malformed one."""
        check_points(points, self._signature.dimension)
        with _translated():
            for start in range(0, len(points), BATCH):
                batch = [_server_point(point) for point in points[start : start + BATCH]]
                self._client.upsert(COLLECTION, batch, wait=True)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove points; ids that do not exist are ignored."""
        doomed: list[models.ExtendedPointId] = list(ids)
        with _translated():
            for start in range(0, len(doomed), BATCH):
                batch = models.PointIdsList(points=doomed[start : start + BATCH])
                self._client.delete(COLLECTION, batch, wait=True)

    def search(self, scope: Scope, sparse: SparseVector, dense: Sequence[float] | None, limit: int) -> list[Hit]:
        """Return the best points of the scope, best first, each checked against it again."""
        check_dense(dense, self._signature.dimension)
        if is_void(scope, sparse, dense, limit):
            return []
        request = _request(_filter(scope), sparse, dense, limit)
        with _translated():
            found = self._client.query_points(COLLECTION, limit=limit, with_payload=True, **request).points
        return within(scope, (read_hit(point.id, point.score, point.payload) for point in found))

    def ids(self, patient: str | None = None) -> set[str]:
        """Return the ids of all points, or of one patient's."""
        scope = None if patient is None else models.Filter(must=[_is_patient(patient)])
        found: set[str] = set()
        offset = None
        with _translated():
            while True:
                page, offset = self._client.scroll(
                    COLLECTION, scope, limit=BATCH, offset=offset, with_payload=False, with_vectors=False
                )
                found.update(str(record.id) for record in page)
                if offset is None:
                    return found

    def flush(self) -> None:
        """Do nothing: every write waited until the server had applied it and written it to its log."""

    def compact(self) -> None:
        """Do nothing: the server's own optimizer rewrites segments (vacuum) and truncates its log.

        Payloads hold ids only, so that what may remain until then names nobody.
        """

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _create(client: QdrantClient, signature: Signature) -> None:
    dense = models.VectorParams(size=signature.dimension or 1, distance=models.Distance.COSINE)
    client.create_collection(
        COLLECTION,
        vectors_config={"dense": dense} if signature.dimension else {},
        sparse_vectors_config={"text": models.SparseVectorParams(modifier=models.Modifier.IDF)},
        hnsw_config=models.HnswConfigDiff(m=0),  # searches are exact within one patient: no graph to build
        metadata=asdict(signature),
    )


def _index_payloads(client: QdrantClient) -> None:
    """Create the payload indexes, or find them there: a crash after the creation of the collection is repaired."""
    by_patient = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
    by_document = models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, lookup=True, range=False)
    client.create_payload_index(COLLECTION, "patient", by_patient, wait=True)
    client.create_payload_index(COLLECTION, "documents", by_document, wait=True)


def _signature(metadata: dict[str, Any] | None) -> Signature | None:
    try:
        return Signature(**metadata) if metadata else None
    except TypeError:
        return None


def _server_point(point: Point) -> models.PointStruct:
    vectors: dict[str, models.Vector] = {"text": _server_sparse(point.sparse)}
    if point.dense is not None:
        vectors["dense"] = list(point.dense)
    payload = {"patient": point.patient, "documents": list(point.documents)}
    return models.PointStruct(id=point.id, vector=vectors, payload=payload)


def _server_sparse(sparse: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))


def _is_patient(patient: str) -> models.FieldCondition:
    return models.FieldCondition(key="patient", match=models.MatchValue(value=patient))


def _filter(scope: Scope) -> models.Filter:
    within_documents = models.FieldCondition(key="documents", match=models.MatchAny(any=list(scope.documents)))
    return models.Filter(must=[_is_patient(scope.patient), within_documents])


def _request(scope: models.Filter, sparse: SparseVector, dense: Sequence[float] | None, limit: int) -> dict[str, Any]:
    """Return the query's arguments; the filter stands in every prefetch and at the root, IDF is the scope's."""
    depth = max(limit, FUSED_DEPTH)
    prefetches = []
    if sparse.indices:
        params = models.SearchParams(exact=True, idf=models.IdfCorpusParams(corpus=scope))
        prefetches.append(
            models.Prefetch(query=_server_sparse(sparse), using="text", params=params, filter=scope, limit=depth)
        )
    if dense is not None:
        params = models.SearchParams(exact=True)
        prefetches.append(models.Prefetch(query=list(dense), using="dense", params=params, filter=scope, limit=depth))
    if len(prefetches) == 1:
        only = prefetches[0]
        return {"query": only.query, "using": only.using, "search_params": only.params, "query_filter": scope}
    fusion = models.RrfQuery(rrf=models.Rrf(k=RRF_K))
    return {"query": fusion, "prefetch": prefetches, "query_filter": scope}


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-")[0].split(".")[:2] if part.isdigit())


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except UnexpectedResponse as error:
        raise VectorIndexError(
            f"Le serveur Qdrant a refusé la demande (HTTP {error.status_code}).",
            "Vérifiez LIAISON_QDRANT_API_KEY et le journal du serveur Qdrant.",
        ) from error
    except ApiException as error:
        raise VectorIndexError(
            "Le serveur Qdrant ne répond pas.", "Vérifiez LIAISON_QDRANT_URL et que le serveur est démarré."
        ) from error
