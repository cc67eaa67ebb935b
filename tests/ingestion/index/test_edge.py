"""What only the embedded index does: a folder, one owner, crashes, threads, forgotten bytes."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from ingestion.errors import IndexHeld, IndexOutdated, VectorIndexError
from ingestion.index.edge import EdgeIndex
from ingestion.index.folder import points_of
from ingestion.index.signature import FILE_NAME, Signature, index_signature
from tests.ingestion.index.points import ALICE, BRUNO, WITH_DENSE, WORDS_ONLY, point, scope, uuid, words

WRITER = """
import sys
from pathlib import Path
from tests.ingestion.index.test_edge import open_edge, point
index = open_edge(Path(sys.argv[1]))
for turn in range(1000):
    index.upsert([point(f"{turn}-{n}") for n in range(50)])
    index.flush()
    print(turn, flush=True)
"""


def open_edge(folder: Path, signature: Signature = WORDS_ONLY, *, replace: bool = False) -> EdgeIndex:
    return EdgeIndex(folder, signature, replace=replace)


def filled(folder: Path, *names: str) -> None:
    index = open_edge(folder)
    index.upsert([point(name) for name in names])
    index.close()


def names_in(folder: Path) -> set[str]:
    index = open_edge(folder)
    try:
        return index.ids()
    finally:
        index.close()


def holds(folder: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_points_survive_closing(tmp_path: Path) -> None:
    filled(tmp_path, "a", "b")
    assert names_in(tmp_path) == {uuid("a"), uuid("b")}


def test_a_closed_index_says_so_and_closes_twice(tmp_path: Path) -> None:
    index = open_edge(tmp_path)
    index.close()
    index.close()
    with pytest.raises(VectorIndexError, match="fermé"):
        index.ids()


def test_a_second_owner_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    index = open_edge(tmp_path)
    try:
        other = subprocess.run(
            [sys.executable, "-c", WRITER, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert "IndexHeld" in other.stderr
        with pytest.raises(IndexHeld, match="déjà ouvert par le processus"):
            open_edge(tmp_path)
        index.upsert([point("a")])
    finally:
        index.close()
    assert names_in(tmp_path) == {uuid("a")}


def test_the_folder_tells_its_recipe_even_while_it_is_held(tmp_path: Path) -> None:
    assert index_signature(tmp_path) is None
    index = open_edge(tmp_path, WITH_DENSE)
    assert index_signature(tmp_path) == WITH_DENSE
    index.close()


@pytest.mark.parametrize(
    "other",
    [
        Signature("bm25-test", "test", 3),
        Signature("bm25-test", "another", 2),
        Signature("bm25-other", "test", 2),
        WORDS_ONLY,
    ],
)
def test_another_recipe_is_refused_then_replaced(tmp_path: Path, other: Signature) -> None:
    index = open_edge(tmp_path, WITH_DENSE)
    index.upsert([point("old")])
    index.close()
    with pytest.raises(IndexOutdated, match="configuration demande") as refused:
        open_edge(tmp_path, other)
    assert "Reconstruisez" in refused.value.hint
    rebuilt = open_edge(tmp_path, other, replace=True)
    assert rebuilt.ids() == set()
    assert index_signature(tmp_path) == other
    rebuilt.close()


def overwrite_segments(folder: Path) -> None:
    for path in (points_of(folder) / "segments").rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage")


def remove_segments(folder: Path) -> None:
    shutil.rmtree(points_of(folder) / "segments")


def overwrite_configuration(folder: Path) -> None:
    (points_of(folder) / "edge_config.json").write_text("x", encoding="utf-8")


def remove_signature(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


def spoil_signature(folder: Path) -> None:
    (folder / FILE_NAME).write_text(json.dumps({"unknown": 1}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [overwrite_segments, remove_segments, overwrite_configuration, remove_signature, spoil_signature]
)
def test_a_damaged_folder_says_that_it_can_be_rebuilt(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    filled(tmp_path, "a")
    damage(tmp_path)
    with pytest.raises(VectorIndexError) as refused:
        open_edge(tmp_path)
    assert "reconstrui" in refused.value.hint.lower()
    replaced = open_edge(tmp_path, replace=True)
    replaced.upsert([point("b")])
    assert replaced.ids() == {uuid("b")}
    replaced.close()


def test_compaction_leaves_no_byte_of_what_was_deleted(tmp_path: Path) -> None:
    index = open_edge(tmp_path)
    index.upsert([point(f"a{n}", ALICE) for n in range(20)] + [point(f"b{n}", BRUNO) for n in range(20)])
    index.flush()
    index.delete(index.ids(BRUNO))
    index.flush()
    assert holds(tmp_path, BRUNO.encode()), "the engine now erases by itself: compact() may go"
    index.compact()
    assert not holds(tmp_path, BRUNO.encode())
    assert holds(tmp_path, ALICE.encode())
    assert {path.name for path in tmp_path.iterdir()} == {"owner", FILE_NAME, "points"}
    index.upsert([point("after")])
    index.close()
    assert len(names_in(tmp_path)) == 21


def moved(folder: Path, name: str) -> None:
    points_of(folder).rename(folder / name)


def copied(folder: Path, name: str) -> None:
    shutil.copytree(points_of(folder), folder / name)


def half_built(folder: Path) -> None:
    (folder / "points.next" / "segments").mkdir(parents=True)


def between_the_renames(folder: Path) -> None:
    copied(folder, "points.next")
    moved(folder, "points.previous")


def before_the_removal(folder: Path) -> None:
    copied(folder, "points.previous")


def old_one_alone(folder: Path) -> None:
    moved(folder, "points.previous")


@pytest.mark.parametrize("crash", [half_built, between_the_renames, before_the_removal, old_one_alone])
def test_opening_repairs_an_interrupted_compaction(tmp_path: Path, crash: Callable[[Path], None]) -> None:
    filled(tmp_path, "a", "b")
    crash(tmp_path)
    assert names_in(tmp_path) == {uuid("a"), uuid("b")}
    assert {path.name for path in tmp_path.iterdir()} == {"owner", FILE_NAME, "points"}


def test_opening_repairs_an_interrupted_creation(tmp_path: Path) -> None:
    open_edge(tmp_path).close()
    moved(tmp_path, "points.next")
    assert names_in(tmp_path) == set()


def test_searches_go_on_while_another_thread_writes_and_compacts(tmp_path: Path) -> None:
    index = open_edge(tmp_path)
    index.upsert([point(f"kept {n}", ALICE) for n in range(50)])
    kept, finished = index.ids(ALICE), Event()

    def search() -> int:
        rounds = 0
        while not finished.is_set() or not rounds:
            assert {hit.id for hit in index.search(scope(ALICE), words(7), None, 500)} == kept
            rounds += 1
        return rounds

    def write() -> None:
        try:
            for turn in range(6):
                index.upsert([point(f"b{turn}-{n}", BRUNO) for n in range(300)])
                index.delete(index.ids(BRUNO))
                index.compact()
        finally:
            finished.set()

    with ThreadPoolExecutor() as pool:
        searches = [pool.submit(search) for _ in range(3)]
        pool.submit(write).result()
        assert min(each.result() for each in searches) > 1
    assert index.ids() == kept
    index.close()


def test_what_was_flushed_survives_being_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        flushed = [int(child.stdout.readline()) for _ in range(5)]
        child.send_signal(signal.SIGKILL)
    present = names_in(tmp_path)
    assert {uuid(f"{turn}-{n}") for turn in flushed for n in range(50)} <= present
