"""The collaborators of everything that writes: built once by the caller, handed to each function."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from ingestion.errors import RecordError
from ingestion.index.types import Index
from ingestion.originals import Originals
from ingestion.record.record import Record
from ingestion.types import SparseVector
from models.types import Embedder


class PassageEncoder(Protocol):
    """Turns a normalised passage into a sparse vector."""

    def document(self, text: str) -> SparseVector:
        """Return the term weights of a passage."""


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """What ingestion and erasure work on.

    ``home`` is the folder where a forgotten text must be nowhere. ``authority`` is who assigns the IPP
    of a file that does not say. ``jobs`` is the largest number of reading processes.
    """

    home: Path
    record: Record
    index: Index
    encoder: PassageEncoder
    originals: Originals
    authority: str
    embedder: Embedder | None = None
    jobs: int = 2
    clock: Callable[[], datetime] = utc_now
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers out; raises RecordError at once when one is at work.

        An erasure during an ingestion could otherwise be undone by a file read before it.
        """
        if not self._lock.acquire(blocking=False):
            raise RecordError("Une ingestion ou un effacement est déjà en cours.", "Attendez sa fin, puis recommencez.")
        try:
            yield
        finally:
            self._lock.release()
