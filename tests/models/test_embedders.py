"""What every embedder must hold, over the weight-free one and real weights read from a local folder."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.choose import open_embedder
from models.types import Embedder
from tests.models.weights import MINILM

TEXTS = ["Fièvre à 39 depuis hier.", "", "Pas d'allergie connue.", "Fièvre à 39 depuis hier.", "a" * 5000]


@pytest.fixture(scope="module", params=["hashing", str(MINILM)], ids=["hashing", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    opened = open_embedder(request.param)
    assert opened is not None
    return opened


def cosine(one: list[float], other: list[float]) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_have_the_announced_dimension_and_unit_length(embedder: Embedder) -> None:
    for vector in [*embedder.embed_passages(TEXTS), embedder.embed_query("fièvre ?")]:
        assert len(vector) == embedder.dimension
        assert cosine(vector, vector) == pytest.approx(1.0, abs=1e-5)
        assert all(type(value) is float for value in vector)


def test_there_is_one_vector_per_text_in_order(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert len(vectors) == len(TEXTS)
    assert vectors[0] == pytest.approx(vectors[3], abs=1e-5)
    assert vectors[2] == pytest.approx(embedder.embed_passages([TEXTS[2]])[0], abs=1e-5)
    assert embedder.embed_passages([]) == []


def test_a_close_question_is_nearer_than_a_foreign_one(embedder: Embedder) -> None:
    passages = embedder.embed_passages(["The patient is allergic to penicillin.", "Total hip replacement in 2019."])
    question = embedder.embed_query("penicillin allergies")
    assert cosine(question, passages[0]) > cosine(question, passages[1]) + 0.1


def test_threads_may_share_an_embedder(embedder: Embedder) -> None:
    questions = [f"question {number} " + "mot " * number for number in range(24)]
    expected = [embedder.embed_query(question) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        for vector, alone in zip(pool.map(embedder.embed_query, questions), expected, strict=True):
            assert vector == pytest.approx(alone, abs=1e-5)


def test_the_name_is_stable(embedder: Embedder) -> None:
    again = open_embedder(str(MINILM) if "@" in embedder.name else "hashing")
    assert again is not None
    assert (again.name, again.dimension) == (embedder.name, embedder.dimension)
