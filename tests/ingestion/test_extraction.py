"""Facts through the pipeline: extracted with their documents, again when extractors change, by real processes."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, update

from ingestion.pool import Pool
from ingestion.record.tables import document, fact
from ingestion.record.types import OutdatedDocument, Prepared
from ingestion.worker import extract_again, prepare
from ingestion.workspace import Workspace
from tests.ingestion.stores import open_stores, take, write_dossier

NOTE = "Antécédents : hypertension artérielle.\n\nPortage de BMR : E. coli BLSE au dépistage rectal du 01/01/2024.\n"
NOTES = 12
STARTS_WITHIN = 5.0
"""Seconds from the start of a reading process to its first document, tables of extraction included."""


def _outdate(workspace: Workspace) -> None:
    """Leave the record as a version without facts left it."""
    with workspace.record.write() as connection:
        connection.execute(delete(fact))
        connection.execute(update(document).values(facts_version=None))


def _dossier(folder: Path, notes: int) -> Path:
    return write_dossier(folder / "a.json", "1", {f"D{number}": f"{NOTE}\nNote {number}." for number in range(notes)})


def test_documents_come_with_their_facts(home: Path, tmp_path: Path, database_url: str) -> None:
    with open_stores(home, database_url) as workspace:
        report = take(workspace, _dossier(tmp_path, 2))
        counts = workspace.record.counts()
        assert report.facts == counts.facts > 0
        assert counts.outdated == 0
        rows = workspace.record.current_documents(workspace.record.find_patient("1").pk)
        found = workspace.record.facts([row.pk for row in rows])
        texts = workspace.record.document_texts([row.pk for row in rows])
        assert {item.document for item in found} == {"D0", "D1"}
        assert all(item.quote == texts[item.document_pk][item.fact.start : item.fact.end] for item in found)


def test_outdated_facts_are_extracted_again_whatever_is_ingested(home: Path, tmp_path: Path, database_url: str) -> None:
    with open_stores(home, database_url) as workspace:
        take(workspace, _dossier(tmp_path, 3))
        before, points = workspace.record.counts(), workspace.index.ids()
        _outdate(workspace)
        report = take(workspace)
        assert report.facts == before.facts
        assert (report.passages, report.documents.added, report.documents.failed, report.failures) == (0, 0, 0, ())
        assert workspace.record.counts() == before
        assert workspace.index.ids() == points
        assert take(workspace).facts == 0


def test_killed_while_extracting_again_it_goes_on_where_it_was(home: Path, tmp_path: Path) -> None:
    with open_stores(home) as workspace:
        take(workspace, _dossier(tmp_path, NOTES))
        before = workspace.record.counts()
        _outdate(workspace)
    url = f"sqlite:///{home / 'record.sqlite'}"
    command = [sys.executable, "-m", "tests.ingestion.ingest_home", str(home), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(3)] == ["ready\n", "IngestProgress\n", "IngestProgress\n"]
        process.kill()
        process.stdout.read()
    with open_stores(home) as workspace:
        left = workspace.record.counts().outdated
        assert left <= NOTES - 2
        assert take(workspace).failures == ()
        assert workspace.record.counts() == before


def test_words_that_break_a_rule_cost_the_facts_of_their_document_only() -> None:
    broken = OutdatedDocument(1, "D1", NOTE, "note", datetime(2024, 1, 2), (None,))  # type: ignore[arg-type]
    assert extract_again(broken) is None
    assert extract_again(OutdatedDocument(1, "D1", NOTE, "note", datetime(2024, 1, 2), ()))


def test_a_reading_process_starts_soon(tmp_path: Path) -> None:
    path = _dossier(tmp_path, 1)
    assert min(_first_document(path) for _ in range(2)) <= STARTS_WITHIN


def _first_document(path: Path) -> float:
    """Return the seconds that a new process takes to start and to prepare a small file."""
    start = time.perf_counter()
    with Pool(1, 0) as pool:
        ((_, result),) = pool.run(prepare, [path])
    assert isinstance(result, Prepared)
    assert result.documents[0].facts
    return time.perf_counter() - start
