"""Forgotten means nowhere: not in the record, the index, the originals, nor in any byte under the home."""

import json
from pathlib import Path

import pytest

from ingestion.errors import ErasureIncomplete, UnknownDocument, UnknownPatient
from ingestion.forget import forget_document, forget_patient
from ingestion.indexing import verify_index
from ingestion.leftovers import search_files, telling_lines
from ingestion.record.erasing import erase_documents, keep_trace, versions_of_document, was_forgotten
from ingestion.record.types import Written
from ingestion.types import PatientKey
from ingestion.workspace import Workspace
from tests.ingestion.record.builders import ALPHA, BETA, bare, document, dossier, of
from tests.ingestion.stores import RECORDS, open_stores, store, take

COPIED = "Antécédents : hypertension artérielle, cholécystectomie en 2003."
OWN = "Admise pour une pyélonéphrite obstructive à Escherichia coli."
OTHER = PatientKey("CH Alpha", "0000000002")
INS = "190057403300185"


def _fill(workspace: Workspace) -> list[Written]:
    """Store two patients who share a paragraph."""
    first = document("D1", f"{COPIED}\n\n{OWN}"), document("D2", f"{COPIED}\n\nSonde double J posée sans incident.")
    second = document("E1", f"{COPIED}\n\nEntorse de la cheville gauche.")
    return [
        store(workspace, dossier(ALPHA, *first, family_name="MARTIN", ins=INS)),
        store(workspace, dossier(OTHER, second)),
    ]


def _left(workspace: Workspace, *words: str) -> set[str]:
    return set(search_files(workspace.home, words).found)


def test_a_forgotten_document_leaves_no_byte_and_the_rest_stays(home: Path, database_url: str) -> None:
    with open_stores(home, database_url) as workspace:
        _fill(workspace)
        assert _left(workspace, OWN)
        erasure = forget_document(workspace, "D1", "local")
        assert (erasure.documents, erasure.passages, erasure.bytes_left) == (("D1",), 1, 0)
        assert erasure.files_searched > 3
        assert not _left(workspace, OWN)
        patient = workspace.record.find_patient(ALPHA.ipp)
        assert [row.id for row in workspace.record.current_documents(patient.pk)] == ["D2"]
        assert not verify_index(workspace)
        assert len(workspace.originals.hashes()) == 2
        with workspace.record.read() as connection:
            assert was_forgotten(connection, "document", "D1")
            assert not was_forgotten(connection, "document", "D2")


def test_a_forgotten_document_may_be_taken_again(home: Path) -> None:
    with open_stores(home) as workspace:
        _fill(workspace)
        forget_document(workspace, "D1", "local")
        assert [written.outcomes for written in _fill(workspace)[:1]] == [("added", "unchanged")]
        assert _left(workspace, OWN)


def test_every_version_of_a_document_is_forgotten(home: Path, database_url: str) -> None:
    corrected = "Texte corrigé, sans rapport avec le premier."
    with open_stores(home, database_url) as workspace:
        _fill(workspace)
        assert store(workspace, dossier(ALPHA, document("D1", corrected))).outcomes == ("replaced",)
        forget_document(workspace, "D1", "local")
        assert not _left(workspace, corrected, OWN)


def test_a_forgotten_patient_leaves_no_byte_and_the_same_words_of_others_stay(home: Path, database_url: str) -> None:
    with open_stores(home, database_url) as workspace:
        _fill(workspace)
        key = workspace.record.find_patient(ALPHA.ipp).key
        erasure = forget_patient(workspace, ALPHA.ipp, "local")
        assert set(erasure.documents) == {"D1", "D2"}
        assert not _left(workspace, OWN, "Sonde double J posée", ALPHA.ipp, INS, key)
        with pytest.raises(UnknownPatient):
            workspace.record.find_patient(ALPHA.ipp)
        assert [found.stored.patient.key for found in workspace.record.search_patients()] == [OTHER]
        assert workspace.record.counts().pending == 0
        assert workspace.index.ids() == workspace.record.passage_ids()
        assert workspace.index.ids(key) == set()
        assert any(entry.text == COPIED for entry in workspace.record.index_entries(list(workspace.index.ids())))


def test_documents_waiting_under_the_ipp_go_with_its_last_holder(home: Path) -> None:
    with open_stores(home) as workspace:
        for key in (ALPHA, BETA):
            store(workspace, dossier(key, document(f"{key.authority}-1", "Consultation de suivi.")))
        assert store(workspace, bare(of(document("N1", OWN), ALPHA.ipp))).outcomes == ("waiting",)
        forget_patient(workspace, str(ALPHA), "local")
        assert workspace.record.counts().waiting == 1
        forget_patient(workspace, BETA.ipp, "local")
        assert workspace.record.counts().waiting == 0
        assert not _left(workspace, OWN)


def test_a_copy_left_under_the_home_is_reported_with_its_place(home: Path) -> None:
    with open_stores(home) as workspace:
        _fill(workspace)
        (home / "export").mkdir()
        (home / "export" / "copie.txt").write_text(OWN, encoding="utf-16")
        with pytest.raises(ErasureIncomplete) as caught:
            forget_document(workspace, "D1", "local")
        assert "export/copie.txt" in caught.value.hint
        assert "pyélonéphrite" not in str(caught.value) + caught.value.hint


def test_an_interrupted_erasure_is_finished_by_the_next_ingestion(home: Path) -> None:
    with open_stores(home) as workspace:
        _fill(workspace)
        with workspace.record.write() as connection:
            pks = versions_of_document(connection, "D1")
            keep_trace(connection, "document", "D1", erase_documents(connection, pks), workspace.clock(), "local")
        assert _left(workspace, OWN)
        take(workspace)
        assert not _left(workspace, OWN)
        assert not verify_index(workspace)


def test_what_does_not_exist_cannot_be_forgotten(home: Path) -> None:
    with open_stores(home) as workspace:
        with pytest.raises(UnknownDocument):
            forget_document(workspace, "D1", "local")
        with pytest.raises(UnknownPatient):
            forget_patient(workspace, "1", "local")


def test_a_patient_ingested_from_files_is_forgotten_and_may_come_back(home: Path) -> None:
    file = RECORDS / "patient-07.json"
    texts = [document["text"] for document in json.loads(file.read_text(encoding="utf-8"))["documents"]]
    lines = telling_lines(texts)
    with open_stores(home) as workspace:
        added = take(workspace, file).documents.added
        assert len(_left(workspace, *lines)) > 0.9 * len(lines)
        derived = _words_of_facts(workspace)
        assert _left(workspace, *derived) == derived
        ipp = workspace.record.search_patients()[0].stored.patient.key.ipp
        erasure = forget_patient(workspace, ipp, "local")
        assert len(erasure.documents) == added == len(texts)
        assert not _left(workspace, *lines, *derived)
        assert workspace.record.counts().facts == 0
        assert workspace.index.ids() == workspace.originals.hashes() == set()


def _words_of_facts(workspace: Workspace) -> set[str]:
    """Return what the facts alone hold, long enough to be recognised."""
    rows = workspace.record.current_documents(workspace.record.search_patients()[0].stored.pk)
    facts = [item.fact for item in workspace.record.facts([row.pk for row in rows])]
    words = {word for fact in facts for word in (fact.label, fact.name, *dict(fact.details).values()) if len(word) > 14}
    assert len(words) > 20
    return words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("offset", [0, 1, 2**20 - 7, 2**20, 3_000_001])
def test_words_are_found_anywhere_in_any_usual_encoding(tmp_path: Path, encoding: str, offset: int) -> None:
    words = ["Pyélonéphrite traitée", "absente du fichier"]
    (tmp_path / "store").write_bytes(b"\0" * offset + words[0].encode(encoding) + b"\xff" * 5)
    search = search_files(tmp_path, words)
    assert (search.files, search.found) == (1, {words[0]: [tmp_path / "store"]})


def test_words_are_found_as_json_writes_them_and_small_files_are_no_trouble(tmp_path: Path) -> None:
    for size in range(10):
        (tmp_path / f"{size}").write_bytes(b"x" * size)
    (tmp_path / "escaped").write_text('{"text": "il a dit \\"oui\\" \\u00e0 9 h"}')
    assert set(search_files(tmp_path, ['dit "oui" à 9 h']).found) == {'dit "oui" à 9 h'}
    assert search_files(tmp_path, []).files == 11


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("  Poids : 61,2 kg  \nTA\n-----------------\n", {"Poids : 61,2 kg"}),
        ("court\n", set()),
    ],
)
def test_telling_lines(text: str, lines: set[str]) -> None:
    assert telling_lines([text]) == lines
