"""Ingest files: the owner process recognises, hands out, and writes; reading happens in other processes.

For each file: original bytes, then one SQL transaction that also notes the points to write, then the
index, then the note is cleared. Killed at any moment, the next run finds either nothing of a file or
all of it, and the notes that are left (docs/decisions/0004-record-and-index-consistency.md). Then the documents
whose facts come from other extractors than today's are extracted again, each in one transaction of its own.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from ingestion.erasure import resume_erasure
from ingestion.errors import RecordError
from ingestion.facts.types import Fact
from ingestion.files import SourceFile, examine, list_files
from ingestion.indexing import rebuild_index, replay_pending
from ingestion.record.facts import outdated_documents, write_facts
from ingestion.record.types import KnownFile, Outcome, OutdatedDocument, Prepared, Written
from ingestion.record.writing import known_file, write_prepared
from ingestion.types import Failure, IngestProgress, IngestReport, Tally
from ingestion.workspace import Workspace

_BATCH = 200
"""Documents held in memory while their facts are extracted again."""


def ingest(
    workspace: Workspace, paths: Sequence[Path], cancel: Event | None = None
) -> Iterator[IngestProgress | IngestReport]:
    """Ingest files and folders; yields progress after each file, and the report last.

    Files already taken are recognised by their bytes and start no process. Once cancelled, it stops
    between two files and reports what was done. Documents whose facts are missing or outdated are extracted
    again at the end, whatever the files; their passages are left alone. Raises RecordError when another
    writer is at work, VectorIndexError when the index cannot be written (what SQL has is written to it by
    the next run).
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
    facts: int = 0
    done: int = 0
    total: int = 0
    started: float = field(default_factory=time.monotonic)

    def run(self, paths: Sequence[Path]) -> Iterator[IngestProgress | IngestReport]:
        resume_erasure(self.workspace)
        rebuild_index(self.workspace)
        self.total = len(paths)
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
            yield self._progress()
        for _ in self._take(new):
            yield self._progress()
        for _ in self._extract_again():
            yield self._progress()
        yield self._report()

    def _take(self, files: Sequence[SourceFile]) -> Iterator[None]:
        """Take new files, those that bring identities first: a bare file then finds its patient."""
        if not files:
            return
        # The readers behind them are of no use to a run without a new file.
        from ingestion.pool import Pool
        from ingestion.worker import prepare

        by_path = {file.path: file for file in files}
        with Pool(self.workspace.jobs, sum(file.size for file in files), self.cancel) as pool:
            for dossiers in (True, False):
                paths = [file.path for file in files if file.is_dossier is dossiers]
                for path, result in pool.run(prepare, paths):
                    self._write(by_path[path], result)
                    yield

    def _extract_again(self) -> Iterator[None]:
        """Bring the facts of the whole record to today's extractors; interrupted, the next run goes on."""
        batch = self._outdated(after=0)
        if not batch:
            return
        from ingestion.pool import Pool
        from ingestion.worker import extract_again

        self.total += self.workspace.record.counts().outdated
        with Pool(self.workspace.jobs, sum(len(document.text) for document in batch), self.cancel) as pool:
            while batch and not self.cancel.is_set():
                for document, result in pool.run(extract_again, batch):
                    self._write_facts(document, result)
                    yield
                batch = self._outdated(after=batch[-1].pk)

    def _outdated(self, after: int) -> list[OutdatedDocument]:
        with self.workspace.record.read() as connection:
            return outdated_documents(connection, after, _BATCH)

    def _write_facts(self, document: OutdatedDocument, facts: tuple[Fact, ...] | Failure | None) -> None:
        self.done += 1
        if facts is None or isinstance(facts, Failure):
            self.failures.append(
                Failure(
                    document.id,
                    "Les faits de ce document n'ont pas pu être extraits.",
                    "Il est cherché et cité sans eux ; signalez-le : il sera repris à la prochaine ingestion.",
                )
            )
            return
        with self.workspace.record.write() as connection:
            self.facts += write_facts(connection, document.pk, facts)

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
        self.facts += written.facts
        self.tally.skipped += skipped
        self.tally.failed += len(written.refused)
        for outcome in written.outcomes:
            setattr(self.tally, outcome, getattr(self.tally, outcome) + 1)

    def _fail(self, failure: Failure) -> None:
        self.done += 1
        self.tally.failed += 1
        self.failures.append(failure)

    def _progress(self) -> IngestProgress:
        return IngestProgress(self.done, self.total, replace(self.tally))

    def _report(self) -> IngestReport:
        seconds = round(time.monotonic() - self.started, 2)
        return IngestReport(replace(self.tally), self.passages, self.facts, seconds, tuple(self.failures))


def _seen_before(known: KnownFile) -> Written:
    unchanged: list[Outcome] = ["unchanged"] * known.linked
    waiting: list[Outcome] = ["waiting"] * known.waiting
    return Written((*unchanged, *waiting))
