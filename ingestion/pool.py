"""Reading processes: each has its own pipe, so that a crash or an endless file is charged to the right file."""

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Event
from types import TracebackType
from typing import Any, Self, TypeVar

from ingestion.types import Failure
from ingestion.worker import serve

PATIENCE = 600.0
"""Seconds that one file may take: far more than any real one (optical reading of 300 pages)."""

BYTES_PER_WORKER = 200_000
"""A process more than the first pays for its start (a second or two) from about here on."""

_TICK = 0.25
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    job: Any = None
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

    def run(self, work: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> Iterator[tuple[_Job, _Result | Failure]]:
        """Do a piece of work on each job, files or documents, yielding each as it is done; stops once cancelled.

        ``work`` is a function of a module: its name is what crosses to the process. A Failure bears the job's
        ``str``, the path of a file.
        """
        queue = deque(jobs)
        while queue or any(worker.job is not None for worker in self._workers):
            if self._cancel.is_set():
                return
            self._assign(work, queue)
            for worker in self._ready():
                done: _Job = worker.job
                result: _Result | Failure = self._collect(worker)
                self._assign(work, queue)
                yield done, result

    def _assign(self, work: Callable[[_Job], Any], queue: deque[_Job]) -> None:
        """Give each idle process a job; start processes while some are missing."""
        while len(self._workers) < min(self._size, len(queue) + sum(w.job is not None for w in self._workers)):
            self._workers.append(_start())
        for worker in self._workers:
            if worker.job is None and queue:
                worker.job, worker.since = queue.popleft(), time.monotonic()
                # If it has died, reading from it will say so, and charge this job.
                with suppress(OSError):
                    worker.connection.send((work, worker.job))

    def _ready(self) -> list[_Worker]:
        busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
        ready = [busy[connection] for connection in wait(list(busy), _TICK) if isinstance(connection, Connection)]
        late = [w for w in busy.values() if w not in ready and time.monotonic() - w.since > PATIENCE]
        return ready + late

    def _collect(self, worker: _Worker) -> Any:
        """Take a result; a process that died or is too late is ended, and its job fails."""
        job, worker.job = worker.job, None
        late = time.monotonic() - worker.since > PATIENCE
        try:
            if late and not worker.connection.poll():
                raise TimeoutError
            return worker.connection.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            _end(worker)
            return Failure(
                str(job),
                "La lecture de ce fichier ne finit pas."
                if late
                else "La lecture de ce fichier a arrêté son processus.",
                "Le fichier est sans doute endommagé, ou trop grand pour la mémoire : exportez-le de nouveau.",
            )


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
