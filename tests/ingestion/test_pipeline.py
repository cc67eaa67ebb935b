"""Ingestion from files to stores, with real reading processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingestion.errors import RecordError
from ingestion.files import examine, list_files
from ingestion.index.types import Scope
from ingestion.indexing import points, rebuild_index, verify_index
from ingestion.normalise import normalise
from ingestion.pipeline import ingest
from ingestion.sparse import SparseEncoder
from ingestion.types import Failure, IngestProgress, IngestReport
from ingestion.worker import prepare
from models.hashing import HashingEmbedder
from tests.ingestion.record.builders import ALPHA, bare, document, dossier, of
from tests.ingestion.stores import RECORDS, open_stores, store, take, write_dossier, write_note

NOTE = "Motif : chute à domicile.\n\nAllergie : pénicilline, urticaire en 1998.\n"


def test_files_of_every_kind_find_their_patient_and_a_second_run_starts_no_process(
    home: Path, tmp_path: Path, database_url: str
) -> None:
    files = tmp_path / "files"
    write_note(files / "a-bare.txt", NOTE, ipp="0000000001", kind="consultation")
    write_note(files / "b-named.txt", "IPP : 0000000001\n\nTension artérielle 145/90 mmHg ce matin.\n")
    write_note(files / "c-alone.txt", "Tension artérielle 120/80 mmHg.\n")
    write_dossier(files / "z.json", "0000000001", {"D1": NOTE}, family_name="MARTIN")
    (files / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (files / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with open_stores(home, database_url) as workspace:
        report = take(workspace, files)
        tally = report.documents
        assert (tally.added, tally.waiting, tally.skipped, tally.failed) == (3, 1, 1, 1)
        assert [Path(failure.path).name for failure in report.failures] == ["broken.pdf"]
        assert all(failure.error and failure.hint for failure in report.failures)
        counts = workspace.record.counts()
        assert (counts.patients, counts.documents, counts.waiting, counts.pending) == (1, 3, 1, 0)
        assert report.passages == counts.passages == len(workspace.index.ids())
        assert len(workspace.originals.hashes()) == 4

        (files / "broken.pdf").unlink()
        before = set(sys.modules)
        again = take(workspace, files).documents
        assert (again.added, again.unchanged, again.waiting, again.skipped, again.failed) == (0, 3, 1, 1, 0)
        assert workspace.record.counts() == counts
        assert "ingestion.facts.extract" not in set(sys.modules) - before


def test_what_is_ingested_is_found_and_a_correction_takes_its_place(home: Path, tmp_path: Path) -> None:
    file = write_dossier(tmp_path / "a.json", "1", {"D1": "INR à 2,4 ce jour.", "D2": "Suivi diététique.\n"})
    with open_stores(home) as workspace:
        take(workspace, file)
        patient = workspace.record.find_patient("1")
        write_dossier(file, "1", {"D1": "INR à 4,2 ce jour.", "D2": "Suivi diététique.\n"})
        assert take(workspace, file).documents.replaced == 1
        rows = workspace.record.current_documents(patient.pk)
        scope = Scope(patient.key, tuple(row.pk for row in rows))
        hits = workspace.index.search(scope, SparseEncoder().query(normalise("INR")), None, 10)
        found = workspace.record.passages([hit.id for hit in hits], scope.documents)
        assert [passage.text for passage in found] == ["INR à 4,2 ce jour."]


def test_the_same_bytes_of_two_patients_are_two_documents_and_one_original(home: Path) -> None:
    note = document("sha256:" + "0" * 64, NOTE)
    with open_stores(home) as workspace:
        for ipp in "12":
            assert store(workspace, bare(of(note, ipp, "CH Alpha"))).outcomes == ("added",)
        rows = [workspace.record.current_documents(workspace.record.find_patient(ipp).pk) for ipp in "12"]
        assert rows[0][0].id == rows[1][0].id
        assert rows[0][0].pk != rows[1][0].pk
        assert len(workspace.originals.hashes()) == 1


def test_a_lost_index_is_written_again_and_foreign_points_are_removed(home: Path) -> None:
    with open_stores(home) as workspace:
        store(workspace, dossier(ALPHA, document("D1", NOTE)))
        kept = sorted(workspace.index.ids())
        workspace.index.delete(kept[:1])
        assert verify_index(workspace).missing == {kept[0]}
        assert rebuild_index(workspace) == 1
        assert workspace.index.ids() == set(kept)
        with workspace.record.write() as connection:
            connection.exec_driver_sql("DELETE FROM occurrence")
            connection.exec_driver_sql("DELETE FROM passage")
        assert rebuild_index(workspace) == len(kept)
        assert workspace.index.ids() == set()


def test_with_an_embedder_points_carry_its_vectors(home: Path) -> None:
    with open_stores(home) as workspace:
        store(workspace, dossier(ALPHA, document("D1", NOTE)))
        embedder = HashingEmbedder()
        entries = workspace.record.index_entries(sorted(workspace.index.ids()))
        vectors = embedder.embed_passages([entry.text for entry in entries])
        written = points(replace(workspace, embedder=embedder), entries)
        assert [list(point.dense or ()) for point in written] == vectors
        assert [point.dense for point in points(workspace, entries)] == [None] * len(entries)


def test_one_writer_at_a_time(home: Path, tmp_path: Path) -> None:
    pictures = _pictures(tmp_path / "files", 2)
    with open_stores(home) as workspace:
        running = ingest(workspace, pictures)
        next(running)
        with pytest.raises(RecordError, match="en cours"):
            take(workspace, *pictures)
        for _ in running:
            pass
        assert take(workspace, *pictures).documents.skipped == 2


def test_a_cancelled_ingestion_reports_what_was_done(home: Path, tmp_path: Path) -> None:
    pictures = _pictures(tmp_path / "files", 6)
    cancel = threading.Event()
    with open_stores(home) as workspace:
        events = []
        for event in ingest(workspace, pictures, cancel):
            events.append(event)
            cancel.set()
        assert [type(event) for event in events] == [IngestProgress, IngestReport]
        assert events[-1].documents.skipped == 1
        assert take(workspace, *pictures).documents.skipped == 6


def _pictures(folder: Path, count: int) -> list[Path]:
    """Write files that are no documents: reading them costs nothing."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number]))
    return sorted(folder.iterdir())


def test_a_process_that_dies_costs_its_file_only(tmp_path: Path) -> None:
    """A reader that dies of a signal (here a fifo keeps it busy until it is killed) is replaced."""
    script = """
import sys
from pathlib import Path
from ingestion.pool import Pool
from ingestion.worker import prepare
if __name__ == "__main__":
    with Pool(1, 0) as pool:
        for path, result in pool.run(prepare, [Path(argument) for argument in sys.argv[1:]]):
            print(path.name, type(result).__name__, flush=True)
"""
    fifo, (good,) = tmp_path / "fifo.txt", _pictures(tmp_path / "files", 1)
    os.mkfifo(fifo)
    program = tmp_path / "program.py"
    program.write_text(script)
    command = [sys.executable, str(program), str(fifo), str(good)]
    environment = os.environ | {"PYTHONPATH": str(RECORDS.parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        reader = _child_reading(process.pid)
        os.kill(reader, signal.SIGKILL)
        assert process.communicate()[0].split() == ["fifo.txt", "Failure", "0.png", "Prepared"]


def _child_reading(parent: int) -> int:
    """Return the reading process of ``parent``, once it has had time to open its first file."""
    for _ in range(200):
        time.sleep(0.1)
        for child in _children(parent):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                time.sleep(1.5)
                return child
    raise AssertionError("no reading process was started")


def _children(parent: int) -> Sequence[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.parametrize("text", ["Un nul \x00 ici.", "Un demi-codet \ud83d ici."])
def test_text_that_no_database_holds_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    content = {"patient": {"ipp": "1", "authority": "A", "family_name": text}, "documents": []}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    result = prepare(path)
    assert isinstance(result, Failure)
    assert "ici" not in result.error + result.hint


def test_files_are_listed_once_in_order_without_hidden_ones_sidecars_and_the_home(tmp_path: Path) -> None:
    home = tmp_path / "b" / "home"
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".git/x", "b/.hidden", "b/~$c.docx", "a.txt.meta.json", "b/home/r"):
        write_note(tmp_path / name, "x")
    (tmp_path / "loop").symlink_to(tmp_path)
    listed = list_files([tmp_path, tmp_path / "a.txt", tmp_path / "missing"], home)
    assert [str(path.relative_to(tmp_path)) for path in listed] == ["a.txt", "b/10.txt", "b/2.txt", "missing"]
    assert isinstance(examine(tmp_path / "missing"), Failure)


def test_a_fingerprint_is_of_bytes_sidecar_and_name(tmp_path: Path) -> None:
    def fingerprint(path: Path) -> str:
        file = examine(path)
        assert not isinstance(file, Failure)
        return file.fingerprint

    first = fingerprint(write_note(tmp_path / "one" / "a.txt", "x"))
    assert fingerprint(write_note(tmp_path / "two" / "a.txt", "x")) == first
    others = [
        fingerprint(write_note(tmp_path / "a.txt", "y")),
        fingerprint(write_note(tmp_path / "b.txt", "x")),
        fingerprint(write_note(tmp_path / "three" / "a.txt", "x", ipp="1")),
    ]
    assert len({first, *others}) == 4
