"""What the index still has to do: written with the change itself, cleared once the index has flushed."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from ingestion.record.tables import index_pending
from ingestion.record.types import Operation

_BATCH = 1000
"""Ids named in one statement: both engines refuse tens of thousands."""


def mark_pending(connection: Connection, passage_ids: Iterable[str], operation: Operation) -> None:
    """Note that these passages' points must be written or removed; the last note wins."""
    ids = list(passage_ids)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        clear_pending(connection, batch)
        connection.execute(insert(index_pending), [{"passage_id": i, "operation": operation} for i in batch])


def pending_ids(connection: Connection, operation: Operation, limit: int) -> list[str]:
    """Return up to ``limit`` passages that wait for this operation."""
    query = select(index_pending.c.passage_id).where(index_pending.c.operation == operation).limit(limit)
    return list(connection.scalars(query))


def clear_pending(connection: Connection, passage_ids: Iterable[str]) -> None:
    """Note that the index holds what it must for these passages."""
    connection.execute(delete(index_pending).where(index_pending.c.passage_id.in_(list(passage_ids))))
