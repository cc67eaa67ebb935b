"""The embedded index: Qdrant's engine in this process, on one folder that one process owns.

Searches run while another thread writes. They are exact: within one patient a scan costs less than a
graph, so none is built and nothing has to be optimised in the serving process.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Condition, Lock
from typing import Any, TypeVar

import qdrant_edge as engine

from ingestion.errors import VectorIndexError
from ingestion.index import folder as files
from ingestion.index.checks import check_dense, check_points, check_signature, is_void, read_hit, within
from ingestion.index.fusion import FUSED_DEPTH, RRF_K
from ingestion.index.signature import Signature, index_signature, write_signature
from ingestion.index.types import Hit, Point, Scope
from ingestion.types import SparseVector

T = TypeVar("T")

BATCH = 256
"""Points written or read at once: the engine keeps Python's lock meanwhile, so a batch bounds the pause."""


class EdgeIndex:
    """An ``Index`` on a local folder.

    Raises IndexHeld when another process owns the folder, IndexOutdated when it was built with another
    signature, VectorIndexError when it is damaged. ``replace`` starts afresh instead of these last two.
    """

    def __init__(self, folder: Path, signature: Signature, *, replace: bool = False) -> None:
        self._folder = folder
        self._signature = signature
        self._writing = Lock()
        self._turn = Condition()
        self._users = 0
        self._shard: engine.EdgeShard | None = None
        self._lock = files.hold(folder)
        try:
            self._shard = _open(folder, signature, replace)
        except BaseException:
            self._lock.close()
            raise

    def upsert(self, points: Sequence[Point]) -> None:
        """Write points, replacing those of the same id. Raises VectorIndexError before writing a malformed one."""
        check_points(points, self._signature.dimension)
        with self._writing, self._using() as shard:
            for batch in _batches(list(map(_engine_point, points))):
                shard.update(engine.UpdateOperation.upsert_points(batch))

    def delete(self, ids: Iterable[str]) -> None:
        """Remove points; ids that do not exist are ignored."""
        with self._writing, self._using() as shard:
            doomed: list[engine.PointId] = list(ids)
            for batch in _batches(doomed):
                shard.update(engine.UpdateOperation.delete_points(batch))

    def search(self, scope: Scope, sparse: SparseVector, dense: Sequence[float] | None, limit: int) -> list[Hit]:
        """Return the best points of the scope, best first, each checked against it again."""
        check_dense(dense, self._signature.dimension)
        if is_void(scope, sparse, dense, limit):
            return []
        request = _request(_filter(scope), sparse, dense, limit)
        with self._using() as shard:
            found = shard.query(request)
        return within(scope, (read_hit(point.id, point.score, point.payload) for point in found))

    def ids(self, patient: str | None = None) -> set[str]:
        """Return the ids of all points, or of one patient's."""
        scope = None if patient is None else engine.Filter(must=[_is_patient(patient)])
        with self._using() as shard:
            return {str(record.id) for page in _pages(shard, scope, whole=False) for record in page}

    def flush(self) -> None:
        """Return once what was written would survive a crash."""
        with self._writing, self._using() as shard:
            shard.flush()

    def compact(self) -> None:
        """Rewrite the living points into a new folder and put it in the place of the present one.

        Searches go on meanwhile, but for the moment of the exchange; writes wait.
        """
        with self._writing:
            target = files.begin_points(self._folder)
            with self._using() as shard, closing(_create(target, self._signature.dimension)) as fresh:
                for page in _pages(shard, None, whole=True):
                    copies = [engine.Point(record.id, record.vector or {}, record.payload) for record in page]
                    fresh.update(engine.UpdateOperation.upsert_points(copies))
                fresh.flush()
            self._exchange()

    def close(self) -> None:
        """Write what is pending and release the folder; closing again does nothing."""
        with self._writing, self._alone():
            if self._shard is not None:
                self._shard.flush()
                self._shard.close()
                self._shard = None
            self._lock.close()

    def _exchange(self) -> None:
        with self._alone():
            shard, self._shard = self._shard, None
            if shard is not None:
                shard.close()
            files.adopt_points(self._folder)
            self._shard = _load(self._folder)

    @contextmanager
    def _using(self) -> Iterator[engine.EdgeShard]:
        """Lend the engine to this thread; many may use it at once. Its errors become ours."""
        with self._turn:
            shard = self._shard
            if shard is None:
                raise VectorIndexError("L'index est fermé.", "Relancez la commande.")
            self._users += 1
        try:
            with _translated(self._folder):
                yield shard
        finally:
            with self._turn:
                self._users -= 1
                self._turn.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no thread uses the engine, and keep others out."""
        with self._turn:
            self._turn.wait_for(lambda: self._users == 0)
            yield


def _open(folder: Path, signature: Signature, replace: bool) -> engine.EdgeShard:
    if replace:
        files.discard(folder)
    files.recover(folder)
    if not files.points_of(folder).exists():
        if (found := index_signature(folder)) is not None:
            check_signature(found, signature, str(folder))
        write_signature(folder, signature)
        _create(files.begin_points(folder), signature.dimension).close()
        files.adopt_points(folder)
    check_signature(index_signature(folder), signature, str(folder))
    return _load(folder)


def _load(folder: Path) -> engine.EdgeShard:
    points = files.points_of(folder)
    with _translated(folder):
        next((points / "segments").iterdir())  # without segments the engine would open empty, and say nothing
        return engine.EdgeShard.load(str(points))


def _create(path: Path, dimension: int | None) -> engine.EdgeShard:
    """Create an empty engine folder; the payload indexes exist before the first point."""
    dense = {"dense": engine.EdgeVectorParams(dimension, engine.Distance.Cosine)} if dimension else {}
    text = engine.EdgeSparseVectorParams(modifier=engine.Modifier.Idf)
    with _translated(path.parent):
        shard = engine.EdgeShard.create(str(path), engine.EdgeConfig(vectors=dense, sparse_vectors={"text": text}))
        by_patient = engine.KeywordIndexParams(is_tenant=True)
        by_document = engine.IntegerIndexParams(lookup=True, range=False)
        shard.update(engine.UpdateOperation.create_field_index("patient", by_patient))
        shard.update(engine.UpdateOperation.create_field_index("documents", by_document))
        shard.flush()
    return shard


def _engine_point(point: Point) -> engine.Point:
    vectors: dict[str, engine.NamedVector] = {"text": _engine_sparse(point.sparse)}
    if point.dense is not None:
        vectors["dense"] = list(point.dense)
    return engine.Point(point.id, vectors, {"patient": point.patient, "documents": list(point.documents)})


def _engine_sparse(sparse: SparseVector) -> engine.SparseVector:
    return engine.SparseVector(list(sparse.indices), list(sparse.values))


def _is_patient(patient: str) -> engine.FieldCondition:
    return engine.FieldCondition("patient", match=engine.MatchValue(patient))


def _filter(scope: Scope) -> engine.Filter:
    within_documents = engine.FieldCondition("documents", match=engine.MatchAny(list(scope.documents)))
    return engine.Filter(must=[_is_patient(scope.patient), within_documents])


def _request(
    scope: engine.Filter, sparse: SparseVector, dense: Sequence[float] | None, limit: int
) -> engine.QueryRequest:
    """Return the query; the filter stands in every prefetch and at the root, IDF is the scope's."""
    queries: list[tuple[engine.Query, engine.SearchParams]] = []
    if sparse.indices:
        by_words = engine.Query.Nearest(_engine_sparse(sparse), using="text")
        queries.append((by_words, engine.SearchParams(exact=True, idf=engine.IdfParams(corpus=scope))))
    if dense is not None:
        by_meaning = engine.Query.Nearest(list(dense), using="dense")
        queries.append((by_meaning, engine.SearchParams(exact=True)))
    if len(queries) == 1:
        query, params = queries[0]
        return engine.QueryRequest(limit, query=query, filter=scope, params=params, with_payload=True)
    depth = max(limit, FUSED_DEPTH)
    prefetches = [engine.Prefetch(depth, query=query, params=params, filter=scope) for query, params in queries]
    fusion: Any = engine.Fusion.Rrf(k=RRF_K)  # a subclass of Fusion, says the engine, but not its stubs
    return engine.QueryRequest(limit, query=fusion, prefetches=prefetches, filter=scope, with_payload=True)


def _pages(shard: engine.EdgeShard, scope: engine.Filter | None, *, whole: bool) -> Iterator[list[engine.Record]]:
    """Yield all points by pages; ``whole`` with payload and vectors, else their ids alone."""
    offset = None
    while True:
        page, offset = shard.scroll(
            engine.ScrollRequest(offset=offset, limit=BATCH, filter=scope, with_payload=whole, with_vector=whole)
        )
        yield page
        if offset is None:
            return


def _batches(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except VectorIndexError:
        raise
    except Exception as error:  # the engine raises bare Exception for everything
        if "WAL" in str(error) and "WouldBlock" in str(error):
            raise files.held(folder) from error
        raise VectorIndexError(
            f"L'index {folder} est endommagé ou illisible, ou le disque est plein.",
            "Vérifiez l'espace disque ; l'index est dérivé du dossier et peut être reconstruit (liaison ingest).",
        ) from error
