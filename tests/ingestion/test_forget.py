"""Forgotten means nowhere: not in the record, the index, the originals, nor in any byte under the home."""

from pathlib import Path

import pytest

from ingestion.errors import ErasureIncomplete, UnknownDocument, UnknownPatient
from ingestion.forget import forget_document, forget_patient
from ingestion.indexing import verify_index
from ingestion.leftovers import search_files, telling_lines
from ingestion.record.erasing import erase_documents, keep_trace, versions_of_document, was_forgotten
from ingestion.workspace import Workspace
from tests.ingestion.stores import open_stores, take, write_dossier, write_note

COPIED = "Antécédents : hypertension artérielle, cholécystectomie en 2003.\n\n"
TEXTS = {
    "D1": COPIED + "Admise pour une pyélonéphrite obstructive à Escherichia coli.\n",
    "D2": COPIED + "Sonde double J posée sans incident au bloc opératoire.\n",
}
WORDS = telling_lines(TEXTS.values())


@pytest.fixture
def dossiers(tmp_path: Path) -> list[Path]:
    return [
        write_dossier(tmp_path / "a.json", "0000000001", TEXTS, family_name="MARTIN", ins="190057403300185"),
        write_dossier(tmp_path / "b.json", "0000000002", {"E1": COPIED + "Entorse de la cheville gauche.\n"}),
    ]


def _left(workspace: Workspace, *words: str) -> set[str]:
    return set(search_files(workspace.home, words).found)


def test_a_forgotten_document_leaves_no_byte_and_the_rest_stays(
    home: Path, database_url: str, dossiers: list[Path]
) -> None:
    own = "Admise pour une pyélonéphrite obstructive à Escherichia coli."
    with open_stores(home, database_url) as workspace:
        take(workspace, *dossiers)
        assert _left(workspace, own)
        erasure = forget_document(workspace, "D1", "local")
        assert (erasure.documents, erasure.passages, erasure.bytes_left) == (("D1",), 1, 0)
        assert erasure.files_searched > 3
        assert not _left(workspace, own)
        patient = workspace.record.find_patient("0000000001")
        assert [row.id for row in workspace.record.current_documents(patient.pk)] == ["D2"]
        assert not verify_index(workspace)
        assert len(workspace.originals.hashes()) == 2
        with workspace.record.read() as connection:
            assert was_forgotten(connection, "document", "D1")
            assert not was_forgotten(connection, "document", "D2")
        assert take(workspace, *dossiers).documents.added == 1


def test_every_version_of_a_document_is_forgotten(home: Path, database_url: str, dossiers: list[Path]) -> None:
    with open_stores(home, database_url) as workspace:
        take(workspace, *dossiers)
        write_dossier(dossiers[0], "0000000001", {"D1": "Texte corrigé, sans rapport avec le premier.\n"})
        assert take(workspace, dossiers[0]).documents.replaced == 1
        forget_document(workspace, "D1", "local")
        assert not _left(workspace, "Texte corrigé, sans rapport", "pyélonéphrite obstructive")


def test_a_forgotten_patient_leaves_no_byte_and_homonymous_words_of_others_stay(
    home: Path, database_url: str, dossiers: list[Path]
) -> None:
    with open_stores(home, database_url) as workspace:
        take(workspace, *dossiers)
        key = workspace.record.find_patient("0000000001").key
        erasure = forget_patient(workspace, "0000000001", "local")
        assert set(erasure.documents) == {"D1", "D2"}
        assert _left(workspace, *WORDS, "0000000001", "190057403300185", key) <= {COPIED.strip()}
        with pytest.raises(UnknownPatient):
            workspace.record.find_patient("0000000001")
        counts = workspace.record.counts()
        assert (counts.patients, counts.documents, counts.pending) == (1, 1, 0)
        assert workspace.index.ids() == workspace.record.passage_ids()
        assert workspace.index.ids(key) == set()
        assert take(workspace, *dossiers).documents.added == 2


def test_documents_waiting_under_the_ipp_go_with_the_patient(home: Path, tmp_path: Path) -> None:
    with open_stores(home) as workspace:
        dossier = write_dossier(tmp_path / "a.json", "0000000001", TEXTS)
        other = write_dossier(tmp_path / "b.json", "0000000001", {"E1": "Autre."}, authority="CH Beta")
        note = write_note(tmp_path / "n.txt", "IPP : 0000000001\n\nPlaie de la main droite suturée.\n")
        assert take(workspace, dossier, other, note).documents.waiting == 1
        forget_patient(workspace, "0000000001@CH Alpha", "local")
        assert workspace.record.counts().waiting == 1
        forget_patient(workspace, "0000000001", "local")
        assert workspace.record.counts().waiting == 0
        assert not _left(workspace, "Plaie de la main droite")


def test_a_copy_left_under_the_home_is_reported_with_its_place(home: Path, dossiers: list[Path]) -> None:
    with open_stores(home) as workspace:
        take(workspace, *dossiers)
        (home / "export").mkdir()
        (home / "export" / "copie.txt").write_text(TEXTS["D1"], encoding="utf-16")
        with pytest.raises(ErasureIncomplete) as caught:
            forget_document(workspace, "D1", "local")
        assert "export/copie.txt" in caught.value.hint
        assert "pyélonéphrite" not in str(caught.value) + caught.value.hint


def test_an_interrupted_erasure_is_finished_by_the_next_ingestion(home: Path, dossiers: list[Path]) -> None:
    own = "Admise pour une pyélonéphrite obstructive à Escherichia coli."
    with open_stores(home) as workspace:
        take(workspace, *dossiers)
        original = next(path for path in workspace.originals.folder.rglob("*") if _holds(path, own))
        with workspace.record.write() as connection:
            pks = versions_of_document(connection, "D1")
            keep_trace(connection, "document", "D1", erase_documents(connection, pks), workspace.clock(), "local")
        assert original.exists()
        take(workspace)
        assert not _left(workspace, own)
        assert not verify_index(workspace)


def test_what_does_not_exist_cannot_be_forgotten(home: Path) -> None:
    with open_stores(home) as workspace:
        with pytest.raises(UnknownDocument):
            forget_document(workspace, "D1", "local")
        with pytest.raises(UnknownPatient):
            forget_patient(workspace, "1", "local")


def _holds(path: Path, words: str) -> bool:
    return path.is_file() and words.encode() in path.read_bytes()


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
