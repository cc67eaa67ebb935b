"""Ingest files: the owner process recognises, hands out, and writes; reading happens in other processes.

For each file: original bytes, then one SQL transaction that also notes the points to write, then the
index, then the note is cleared. Killed at any moment, the next run finds either nothing of a file or
all of it, and the notes that are left (docs/decisions/0004-record-and-index-consistency.md).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from ingestion.erasure import resume_erasure
from ingestion.errors import RecordError
from ingestion.files import SourceFile, examine, list_files
from ingestion.indexing import rebuild_index, replay_pending
from ingestion.record.types import KnownFile, Outcome, Prepared, Written
from ingestion.record.writing import known_file, write_prepared
from ingestion.types import Failure, IngestProgress, IngestReport, Tally
from ingestion.workspace import Workspace


def ingest(
    workspace: Workspace, paths: Sequence[Path], cancel: Event | None = None
) -> Iterator[IngestProgress | IngestReport]:
    """Ingest files and folders; yields progress after each file, and the report last.

    Files already taken are recognised by their bytes and start no process. Once cancelled, it stops
    between two files and reports what was done. Raises RecordError when another writer is at work,
    VectorIndexError when the index cannot be written (what SQL has is written to it by the next run).
    """
    with workspace.alone():
        yield from _Ingestion(workspace, cancel or Event()).run(list_files(paths, workspace.home))


@dataclass
class _Ingestion:
    """One run: its counts, and what it still has to do."""

    workspace: Workspace
    cancel: Event
    tally: Tally = field(default_factory=Tally)
    failures: list[Failure] = field(default_factory=list)
    passages: int = 0
    done: int = 0
    started: float = field(default_factory=time.monotonic)

    def run(self, paths: Sequence[Path]) -> Iterator[IngestProgress | IngestReport]:
        resume_erasure(self.workspace)
        rebuild_index(self.workspace)
        new: list[SourceFile] = []
        for path in paths:
            if self.cancel.is_set():
                break
            file = examine(path)
            if isinstance(file, Failure):
                self._fail(file)
            elif known := self._known(file):
                self._count(_seen_before(known), known.skipped)
            else:
                new.append(file)
                continue
            yield self._progress(len(paths))
        for _ in self._take(new):
            yield self._progress(len(paths))
        yield self._report()

    def _take(self, files: Sequence[SourceFile]) -> Iterator[None]:
        """Take new files, those that bring identities first: a bare file then finds its patient."""
        if not files:
            return
        from ingestion.pool import Pool  # the readers behind it are of no use to a run without a new file

        by_path = {file.path: file for file in files}
        with Pool(self.workspace.jobs, sum(file.size for file in files), self.cancel) as pool:
            for dossiers in (True, False):
                for path, result in pool.prepare([file.path for file in files if file.is_dossier is dossiers]):
                    self._write(by_path[path], result)
                    yield

    def _known(self, file: SourceFile) -> KnownFile | None:
        with self.workspace.record.read() as connection:
            return known_file(connection, file.fingerprint)

    def _write(self, file: SourceFile, result: Prepared | Failure) -> None:
        """Write one file; what the database refuses costs that file only."""
        if isinstance(result, Failure):
            self._fail(result)
            return
        try:
            written = self._store(file, result)
            self._count(written, result.skipped is not None)
            self.failures += [Failure(str(file.path), item.error, item.hint) for item in written.refused]
        except RecordError as error:
            self._fail(Failure(str(file.path), str(error), error.hint))
        except SQLAlchemyError as error:
            # Its message may hold values of the row: only its name is repeated.
            self._fail(
                Failure(
                    str(file.path),
                    f"La base de données a refusé ce fichier ({type(error).__name__}).",
                    "Vérifiez l'espace disque et l'état de la base, puis recommencez.",
                )
            )
        replay_pending(self.workspace)

    def _store(self, file: SourceFile, prepared: Prepared) -> Written:
        """Write original bytes, then rows: a row never names bytes that are not there."""
        workspace = self.workspace
        for item in prepared.documents:
            workspace.originals.save(item.read.document.sha256, item.read.original)
        with workspace.record.write() as connection:
            # Two copies of one file in one run: the second finds the first.
            if known := known_file(connection, file.fingerprint):
                return _seen_before(known)
            return write_prepared(connection, prepared, file.fingerprint, workspace.authority, workspace.clock())

    def _count(self, written: Written, skipped: bool) -> None:
        self.done += 1
        self.passages += written.new_passages
        self.tally.skipped += skipped
        self.tally.failed += len(written.refused)
        for outcome in written.outcomes:
            setattr(self.tally, outcome, getattr(self.tally, outcome) + 1)

    def _fail(self, failure: Failure) -> None:
        self.done += 1
        self.tally.failed += 1
        self.failures.append(failure)

    def _progress(self, total: int) -> IngestProgress:
        return IngestProgress(self.done, total, replace(self.tally))

    def _report(self) -> IngestReport:
        seconds = round(time.monotonic() - self.started, 2)
        return IngestReport(replace(self.tally), self.passages, 0, seconds, tuple(self.failures))


def _seen_before(known: KnownFile) -> Written:
    unchanged: list[Outcome] = ["unchanged"] * known.linked
    waiting: list[Outcome] = ["waiting"] * known.waiting
    return Written((*unchanged, *waiting))
