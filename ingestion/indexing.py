"""Keep the index what the record says it must be. SQL decides; the index is derived and can be written again."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.index.types import Point
from ingestion.normalise import normalise
from ingestion.record.pending import clear_pending, mark_pending, pending_ids
from ingestion.record.types import IndexEntry, Operation
from ingestion.workspace import Workspace

_BATCH = 500


@dataclass(frozen=True)
class IndexGap:
    """How the index differs from the record: passages without a point, and points without a passage."""

    missing: frozenset[str]
    extra: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


def replay_pending(workspace: Workspace) -> int:
    """Write and remove the points that the record has noted, and return how many.

    A note is cleared after the index has flushed: interrupted anywhere, the next call does it again.
    """
    done = 0
    while ids := _pending(workspace, "delete"):
        workspace.index.delete(ids)
        done += _settle(workspace, ids)
    while ids := _pending(workspace, "upsert"):
        workspace.index.upsert(points(workspace, workspace.record.index_entries(ids)))
        done += _settle(workspace, ids)
    return done


def verify_index(workspace: Workspace) -> IndexGap:
    """Compare the ids of the record's passages with those of the index's points."""
    wanted, present = workspace.record.passage_ids(), workspace.index.ids()
    return IndexGap(frozenset(wanted - present), frozenset(present - wanted))


def rebuild_index(workspace: Workspace) -> int:
    """Make the index hold exactly the record's passages, and return how many points were written or removed.

    On an index opened empty (its recipe has changed, its folder is lost) this writes all of it.
    """
    gap = verify_index(workspace)
    with workspace.record.write() as connection:
        mark_pending(connection, gap.missing, "upsert")
        mark_pending(connection, gap.extra, "delete")
    return replay_pending(workspace)


def points(workspace: Workspace, entries: Sequence[IndexEntry]) -> list[Point]:
    """Return the points of these passages. Vectors are of the words alone: where they stand changes, they do not."""
    texts = [entry.text for entry in entries]
    dense = workspace.embedder.embed_passages(texts) if workspace.embedder and texts else [None] * len(texts)
    return [
        Point(
            id=entry.id,
            patient=entry.patient,
            documents=entry.documents,
            sparse=workspace.encoder.document(normalise(entry.text)),
            dense=tuple(vector) if vector is not None else None,
        )
        for entry, vector in zip(entries, dense, strict=True)
    ]


def _pending(workspace: Workspace, operation: Operation) -> list[str]:
    with workspace.record.read() as connection:
        return pending_ids(connection, operation, _BATCH)


def _settle(workspace: Workspace, ids: Sequence[str]) -> int:
    workspace.index.flush()
    with workspace.record.write() as connection:
        clear_pending(connection, ids)
    return len(ids)
