"""Opening a home: the index follows the record, settings that contradict are refused, everything is given back."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.access import allow
from assistant.bootstrap import Workspace, open_workspace, signature_of
from assistant.errors import SettingsError
from assistant.health import inspect
from assistant.retrieve import search
from assistant.types import LOCAL, FoundPassage
from ingestion.errors import IndexHeld
from ingestion.indexing import verify_index
from ingestion.record.types import Prepared
from ingestion.record.writing import write_prepared
from ingestion.worker import prepare
from models.errors import ModelError
from models.hashing import HashingEmbedder
from tests.assistant.hospital import ANNE, EMPTY, Note, hospital, settings_of, take_in, write_dossier

NOTES = [Note("Allergies : latex."), Note("Traitement : ramipril 5 mg."), Note("Poids : 61 kg.")]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with hospital(tmp_path / "home", write_dossier(tmp_path, ANNE, NOTES)):
        pass
    return tmp_path / "home"


def find(workspace: Workspace, query: str) -> list[FoundPassage]:
    return search(workspace.retriever, allow(workspace.record, LOCAL, ANNE), query, 3)


def assert_whole(workspace: Workspace) -> None:
    """Check that the index holds the passages of the record, and answers."""
    assert not verify_index(workspace.ingestion)
    assert workspace.record.counts().pending == 0
    assert len(workspace.index.ids()) == len(NOTES)
    assert find(workspace, "latex")[0].text == "Allergies : latex."


def test_a_home_is_made_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    with open_workspace(settings_of(home)) as workspace:
        assert workspace.record.counts().patients == 0
    assert home.stat().st_mode & 0o777 == 0o700


def test_what_is_stored_is_found_again(filled: Path) -> None:
    with open_workspace(settings_of(filled)) as workspace:
        assert_whole(workspace)


def test_a_lost_index_is_written_again_from_the_record(filled: Path) -> None:
    shutil.rmtree(settings_of(filled).index_folder)
    with open_workspace(settings_of(filled)) as workspace:
        assert_whole(workspace)


def test_another_recipe_writes_the_index_again_and_so_does_going_back(filled: Path) -> None:
    for embedder in ("hashing", "", "hashing"):
        with open_workspace(settings_of(filled, embedder=embedder)) as workspace:
            assert (workspace.embedder is None) == (not embedder)
            assert_whole(workspace)


def test_what_a_crash_left_undone_is_done_when_opened(filled: Path, tmp_path: Path) -> None:
    prepared = prepare(write_dossier(tmp_path, EMPTY, [Note("Taille : 160 cm.")]))
    assert isinstance(prepared, Prepared)
    with open_workspace(settings_of(filled)) as workspace:
        hold = workspace.ingestion
        for item in prepared.documents:
            hold.originals.save(item.read.document.sha256, item.read.original)
        with workspace.record.write() as connection:
            write_prepared(connection, prepared, hashlib.sha256(b"file").hexdigest(), hold.authority, hold.clock())
        assert len(verify_index(hold).missing) == 1
    with open_workspace(settings_of(filled)) as workspace:
        assert not verify_index(workspace.ingestion)
        assert len(workspace.index.ids()) == len(NOTES) + 1


def test_the_recipe_names_what_changes_vectors() -> None:
    plain, dense = signature_of(None), signature_of(HashingEmbedder())
    assert (plain.sparse, plain.embedder, plain.dimension) == (dense.sparse, "", None)
    assert (dense.embedder, dense.dimension) == (HashingEmbedder().name, HashingEmbedder().dimension)


def test_one_process_holds_a_home_and_gives_it_back(filled: Path) -> None:
    settings = settings_of(filled)
    with open_workspace(settings), pytest.raises(IndexHeld), open_workspace(settings):
        pytest.fail("opened twice")
    with pytest.raises(RuntimeError), open_workspace(settings):
        raise RuntimeError("whatever")
    with open_workspace(settings) as workspace:
        assert_whole(workspace)


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("")
    with pytest.raises(SettingsError, match="pas un dossier") as refused, open_workspace(settings_of(home)):
        pytest.fail("opened")
    assert "LIAISON_HOME" in refused.value.hint


@pytest.mark.parametrize(
    "values",
    [
        {"qdrant_url": "http://127.0.0.1:1"},
        {"database_url": "postgresql+psycopg://localhost/liaison"},
        {"database_url": "sqlite:///elsewhere.sqlite"},
        {"database_url": "sqlite:///elsewhere.sqlite", "qdrant_url": "http://127.0.0.1:1"},
    ],
)
def test_a_server_of_one_kind_needs_the_other(tmp_path: Path, values: dict[str, Any]) -> None:
    home = tmp_path / "home"
    with pytest.raises(SettingsError, match="PostgreSQL") as refused, open_workspace(settings_of(home, **values)):
        pytest.fail("opened")
    assert "LIAISON_QDRANT_URL" in refused.value.hint
    assert not home.exists()


def test_an_embedder_that_is_not_there_holds_nothing(filled: Path) -> None:
    with pytest.raises(ModelError), open_workspace(settings_of(filled, embedder="unknown-model")):
        pytest.fail("opened")
    with open_workspace(settings_of(filled)) as workspace:
        assert_whole(workspace)


def test_health_tells_what_is_there_without_clinical_text(filled: Path, tmp_path: Path) -> None:
    with open_workspace(settings_of(filled, embedder="hashing")) as workspace:
        health = inspect(workspace)
        assert health.ready
        assert {check.name: check.state for check in health.checks} == dict.fromkeys(
            ("database", "index", "facts", "embedder", "chat_model"), "ok"
        )
        assert "latex" not in repr(health)
        take_in(workspace, write_dossier(tmp_path, EMPTY, [Note("Taille : 160 cm.")]))
        workspace.index.delete(workspace.record.passage_ids())
        with workspace.record.write() as connection:
            connection.exec_driver_sql("UPDATE document SET facts_version = NULL")
        broken = inspect(workspace)
    assert not broken.ready
    (facts,) = [check for check in broken.checks if check.state == "warning"]
    assert (facts.name, "liaison ingest" in facts.hint, "4 documents" in facts.detail) == ("facts", True, True)
    (index,) = [check for check in broken.checks if check.state == "error"]
    assert (index.name, index.detail.split()[0]) == ("index", "4")
    assert "liaison ingest" in index.hint
