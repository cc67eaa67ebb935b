"""The scope is checked on what goes in and on what comes back."""

import pytest

from ingestion.errors import VectorIndexError
from ingestion.index import edge, server
from ingestion.index.checks import read_hit, within
from ingestion.index.types import Hit
from tests.ingestion.index.points import ALICE, BRUNO, scope, words

WHERE = scope(ALICE, 1, 2)


def test_hits_of_the_scope_come_back_best_first_and_ties_by_id() -> None:
    hits = [Hit("b", 1.0, ALICE, (1,)), Hit("a", 1.0, ALICE, (2, 9)), Hit("c", 2.0, ALICE, (1,))]
    assert [hit.id for hit in within(WHERE, hits)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    "payload",
    [
        {"patient": BRUNO, "documents": [1]},
        {"patient": ALICE, "documents": [3]},
        {"patient": ALICE, "documents": []},
        {"patient": ALICE},
        {"documents": [1]},
        {},
        None,
    ],
)
def test_one_hit_out_of_scope_withholds_all(payload: object) -> None:
    hits = [Hit("good", 2.0, ALICE, (1,)), read_hit("leak", 1.0, payload)]
    with pytest.raises(VectorIndexError, match="leak") as refused:
        within(WHERE, hits)
    assert BRUNO not in str(refused.value)


def test_the_embedded_request_carries_the_filter_everywhere() -> None:
    request = edge._request(edge._filter(WHERE), words(1), (1.0, 0.0), 5)
    assert [stage.filter is not None for stage in request.prefetches] == [True, True]
    assert request.filter is not None
    (stage, _) = request.prefetches
    assert stage.params is not None
    assert stage.params.idf is not None
    assert stage.params.exact


def test_the_server_request_carries_the_filter_everywhere() -> None:
    allowed = server._filter(WHERE)
    request = server._request(allowed, words(1), (1.0, 0.0), 5)
    assert [stage.filter for stage in request["prefetch"]] == [allowed, allowed]
    assert request["query_filter"] == allowed
    assert request["prefetch"][0].params.idf.corpus == allowed


def test_words_alone_carry_the_filter_too() -> None:
    assert edge._request(edge._filter(WHERE), words(1), None, 5).filter is not None
    assert server._request(server._filter(WHERE), words(1), None, 5)["query_filter"] == server._filter(WHERE)
