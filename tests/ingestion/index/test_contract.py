"""What every implementation of the index must hold."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.errors import VectorIndexError
from ingestion.index.fusion import FUSED_DEPTH
from ingestion.index.types import Index, Point, Scope
from ingestion.types import SparseVector
from tests.ingestion.index.conftest import LOCAL_MODE, Opener
from tests.ingestion.index.points import ALICE, BRUNO, WITH_DENSE, WORDS_ONLY, point, scope, uuid, words

pytestmark = pytest.mark.filterwarnings(LOCAL_MODE)


@pytest.fixture
def index(open_fresh: Opener) -> Index:
    return open_fresh(WORDS_ONLY)


@pytest.fixture
def dense_index(open_fresh: Opener) -> Index:
    return open_fresh(WITH_DENSE)


def found(index: Index, where: Scope, *indices: int, limit: int = 50) -> set[str]:
    return {hit.id for hit in index.search(where, words(*indices), None, limit)}


def test_two_patients_with_identical_passages_see_only_their_own(index: Index) -> None:
    index.upsert([point("a", ALICE, (1,), 7, 8), point("b", BRUNO, (1,), 7, 8)])
    assert found(index, scope(ALICE, 1), 7, 8) == {uuid("a")}
    assert found(index, scope(BRUNO, 1), 7, 8) == {uuid("b")}
    assert found(index, scope("c" * 32, 1), 7, 8) == set()


@pytest.mark.parametrize(
    ("documents", "expected"),
    [((1,), {"one", "both"}), ((2,), {"two", "both"}), ((1, 2), {"one", "two", "both"}), ((3,), set())],
)
def test_only_documents_of_the_scope_answer(index: Index, documents: tuple[int, ...], expected: set[str]) -> None:
    index.upsert([point("one", ALICE, (1,)), point("two", ALICE, (2,)), point("both", ALICE, (1, 2))])
    assert found(index, scope(ALICE, *documents), 7) == {uuid(name) for name in expected}


def test_a_hit_says_all_that_it_belongs_to(index: Index) -> None:
    index.upsert([point("both", ALICE, (1, 2))])
    (hit,) = index.search(scope(ALICE, 2), words(7), None, 5)
    assert (hit.id, hit.patient, hit.documents) == (uuid("both"), ALICE, (1, 2))
    assert hit.score > 0


@pytest.mark.parametrize("where", [Scope(ALICE, ()), Scope("", (1,))])
def test_an_empty_scope_finds_nothing(index: Index, where: Scope) -> None:
    index.upsert([point("a")])
    assert found(index, where, 7) == set()


def test_an_empty_question_or_no_place_finds_nothing(index: Index) -> None:
    index.upsert([point("a")])
    assert index.search(scope(), words(), None, 10) == []
    assert index.search(scope(), words(7), None, 0) == []


def test_a_passage_without_words_is_kept_and_never_found(index: Index) -> None:
    index.upsert([Point(uuid("mute"), ALICE, (1,), words()), point("a")])
    assert index.ids() == {uuid("mute"), uuid("a")}
    assert found(index, scope(), 7) == {uuid("a")}


def test_writing_again_replaces(index: Index) -> None:
    index.upsert([point("a", ALICE, (1,), 7), point("b")])
    index.upsert([point("a", ALICE, (2,), 8), point("b")])
    assert len(index.ids()) == 2
    assert found(index, scope(ALICE, 1), 7) == {uuid("b")}
    assert found(index, scope(ALICE, 2), 7, 8) == {uuid("a")}


def test_deleting_removes_and_ignores_what_does_not_exist(index: Index) -> None:
    index.upsert([point("a"), point("b")])
    index.delete([uuid("a"), uuid("never written")])
    index.delete([])
    assert index.ids() == {uuid("b")}
    assert found(index, scope(), 7) == {uuid("b")}


def test_ids_are_those_of_all_or_of_one_patient_beyond_one_page(index: Index) -> None:
    index.upsert([point(f"a{n}", ALICE) for n in range(600)] + [point("b", BRUNO)])
    assert index.ids(ALICE) == {uuid(f"a{n}") for n in range(600)}
    assert index.ids(BRUNO) == {uuid("b")}
    assert len(index.ids()) == 601
    assert index.ids("c" * 32) == set()


def test_idf_is_that_of_the_scope(index: Index) -> None:
    """Word 1 is rare for Alice and in every passage of Bruno; her ranking must not know of his record."""
    index.upsert([point("rare", ALICE, (1,), 1), point("usual", ALICE, (1,), 2), point("other", ALICE, (1,), 2)])
    alone = index.search(scope(), words(1, 2), None, 10)
    index.upsert([point(f"b{n}", BRUNO, (9,), 1) for n in range(40)])
    beside_bruno = index.search(scope(), words(1, 2), None, 10)
    assert [hit.id for hit in beside_bruno] == [hit.id for hit in alone]
    assert [hit.score for hit in beside_bruno] == pytest.approx([hit.score for hit in alone])
    assert alone[0].id == uuid("rare")
    assert alone[0].score == pytest.approx(math.log((3 - 1 + 0.5) / (1 + 0.5) + 1), rel=1e-4)


def test_idf_leaves_out_documents_that_the_reader_may_not_use(index: Index) -> None:
    index.upsert([point("a", ALICE, (1,), 1), point("b", ALICE, (1,), 2)])
    before = [hit.score for hit in index.search(scope(ALICE, 1), words(1), None, 10)]
    index.upsert([point(f"hidden {n}", ALICE, (2,), 1) for n in range(20)])
    assert [hit.score for hit in index.search(scope(ALICE, 1), words(1), None, 10)] == pytest.approx(before)


def test_fusion_ranks_first_what_both_words_and_meaning_find(dense_index: Index) -> None:
    dense_index.upsert(
        [
            replace(point("words", ALICE, (1,), 1), dense=(-1.0, 0.2)),
            replace(point("meaning", ALICE, (1,), 5), dense=(1.0, 0.1)),
            replace(point("both", ALICE, (1,), 1, 2), dense=(1.0, 0.0)),
            replace(point("foreign", BRUNO, (1,), 1, 2), dense=(1.0, 0.0)),
            replace(point("closed", ALICE, (3,), 1, 2), dense=(1.0, 0.0)),
        ]
    )
    hits = dense_index.search(scope(), words(1, 2), (1.0, 0.0), 10)
    assert hits[0].id == uuid("both")
    assert {hit.id for hit in hits} == {uuid("words"), uuid("meaning"), uuid("both")}
    assert hits[0].score == pytest.approx(2 / 60)


def test_points_out_of_scope_cannot_crowd_out_the_scope(dense_index: Index) -> None:
    """More of them than either ranking keeps before fusion, and all better: the filter must stand in each prefetch."""
    better = [Point(uuid(f"b{n}"), BRUNO, (1,), words(1, 2, weight=5), (1.0, 0.0)) for n in range(2 * FUSED_DEPTH)]
    closed = [Point(uuid(f"c{n}"), ALICE, (2,), words(1, 2, weight=5), (1.0, 0.0)) for n in range(2 * FUSED_DEPTH)]
    dense_index.upsert([*better, *closed, replace(point("own", ALICE, (1,), 1), dense=(-1.0, 0.2))])
    assert [hit.id for hit in dense_index.search(scope(), words(1, 2), (1.0, 0.0), 10)] == [uuid("own")]


def test_meaning_alone_answers_when_no_word_is_left(dense_index: Index) -> None:
    near, far = replace(point("near"), dense=(1.0, 0.1)), replace(point("far"), dense=(0.0, 1.0))
    dense_index.upsert([far, near])
    assert [hit.id for hit in dense_index.search(scope(), words(), (1.0, 0.0), 10)] == [near.id, far.id]


def test_a_dense_index_still_answers_words_alone(dense_index: Index) -> None:
    dense_index.upsert([replace(point("a"), dense=(1.0, 0.0)), point("not embedded")])
    assert found(dense_index, scope(), 7) == {uuid("a"), uuid("not embedded")}


@pytest.mark.parametrize("dense", [(1.0,), (1.0, 0.0, 0.0)])
def test_vectors_of_another_dimension_are_refused_before_anything_is_written(
    dense_index: Index, dense: tuple[float, ...]
) -> None:
    with pytest.raises(VectorIndexError, match="dimension"):
        dense_index.upsert([point("good"), replace(point("bad"), dense=dense)])
    assert dense_index.ids() == set()
    with pytest.raises(VectorIndexError, match="dimension"):
        dense_index.search(scope(), words(7), dense, 10)


def test_an_index_of_words_refuses_dense_vectors(index: Index) -> None:
    with pytest.raises(VectorIndexError, match="aucun vecteur dense"):
        index.search(scope(), words(7), (1.0, 0.0), 10)


def test_an_id_that_is_no_uuid_is_refused(index: Index) -> None:
    with pytest.raises(VectorIndexError, match="UUID"):
        index.upsert([replace(point("a"), id="P1-D01")])


def test_compaction_changes_no_answer(dense_index: Index) -> None:
    kept = [Point(uuid(f"{n}"), ALICE, (n % 3,), words(n % 5, weight=1 + n / 99), (1.0, n / 300)) for n in range(300)]
    dense_index.upsert([*kept, point("doomed", BRUNO)])
    dense_index.delete([uuid("doomed")])
    before = dense_index.search(scope(ALICE, 1, 2), words(1, 2), (1.0, 0.0), 20)
    dense_index.compact()
    assert dense_index.ids() == {one.id for one in kept}
    after = dense_index.search(scope(ALICE, 1, 2), words(1, 2), (1.0, 0.0), 20)
    assert after == before


PATIENTS = st.sampled_from([ALICE, BRUNO, "c" * 32])
DOCUMENTS = st.lists(st.integers(1, 5), max_size=4, unique=True).map(tuple)
SPARSE = st.lists(st.integers(0, 6), max_size=4, unique=True).map(lambda indices: words(*indices))
DENSE = st.tuples(st.floats(-1, 1), st.floats(0.1, 1))
POINTS = st.lists(st.builds(Point, st.uuids().map(str), PATIENTS, DOCUMENTS, SPARSE, DENSE), max_size=25)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=POINTS, where=st.builds(Scope, PATIENTS, DOCUMENTS), sparse=SPARSE, dense=st.none() | DENSE)
def test_never_a_hit_out_of_scope(
    dense_index: Index, points: list[Point], where: Scope, sparse: SparseVector, dense: tuple[float, float] | None
) -> None:
    """The points of all examples pile up: the more there are, the more could leak."""
    dense_index.upsert(points)
    hits = dense_index.search(where, sparse, dense, 1000)
    assert {hit.patient for hit in hits} <= {where.patient}
    assert all(set(hit.documents) & set(where.documents) for hit in hits)
    expected = {
        one.id
        for one in points
        if one.patient == where.patient
        and set(one.documents) & set(where.documents)
        and set(one.sparse.indices) & set(sparse.indices)
    }
    assert expected <= {hit.id for hit in hits}
