"""Reading processes: each has its own pipe, so that a crash or an endless file is charged to the right file."""

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from ingestion.record.types import Prepared
from ingestion.types import Failure
from ingestion.worker import serve

PATIENCE = 600.0
"""Seconds that one file may take: far more than any real one (optical reading of 300 pages)."""

BYTES_PER_WORKER = 200_000
"""A process more than the first pays for its start (4 s to import edsnlp) from about here on."""

_TICK = 0.25


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    path: Path | None = None
    since: float = 0.0


class Pool:
    """Up to ``jobs`` reading processes, started when first needed and ended with the ``with`` block."""

    def __init__(self, jobs: int, total_bytes: int, cancel: Event | None = None) -> None:
        self._size = max(1, min(jobs, 1 + total_bytes // BYTES_PER_WORKER))
        self._cancel = cancel or Event()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def prepare(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Prepared | Failure]]:
        """Prepare files, yielding each as it is done; stops early once cancelled."""
        queue = deque(paths)
        while queue or any(worker.path for worker in self._workers):
            if self._cancel.is_set():
                return
            self._assign(queue)
            for worker in self._ready():
                done = worker.path
                result = self._collect(worker)
                self._assign(queue)
                if done is not None and result is not None:
                    yield done, result

    def _assign(self, queue: deque[Path]) -> None:
        """Give each idle process a file; start processes while some are missing."""
        while len(self._workers) < min(self._size, len(queue) + sum(w.path is not None for w in self._workers)):
            self._workers.append(_start())
        for worker in self._workers:
            if worker.path is None and queue:
                worker.path, worker.since = queue.popleft(), time.monotonic()
                # If it has died, reading from it will say so, and charge this file.
                with suppress(OSError):
                    worker.connection.send(worker.path)

    def _ready(self) -> list[_Worker]:
        busy = {worker.connection: worker for worker in self._workers if worker.path is not None}
        ready = [busy[connection] for connection in wait(list(busy), _TICK) if isinstance(connection, Connection)]
        late = [w for w in busy.values() if w not in ready and time.monotonic() - w.since > PATIENCE]
        return ready + late

    def _collect(self, worker: _Worker) -> Prepared | Failure | None:
        """Take a result; a process that died or is too late is ended, and its file fails."""
        path, worker.path = worker.path, None
        late = time.monotonic() - worker.since > PATIENCE
        try:
            if late and not worker.connection.poll():
                raise TimeoutError
            result: Prepared | Failure = worker.connection.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            _end(worker)
            return Failure(
                str(path),
                "La lecture de ce fichier ne finit pas."
                if late
                else "La lecture de ce fichier a arrêté son processus.",
                "Le fichier est sans doute endommagé, ou trop grand pour la mémoire : exportez-le de nouveau.",
            )
        return result


def _start() -> _Worker:
    """Start a process anew (spawn): a fork would share the engine's and the database's files."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True, name="liaison-lecture")
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()
