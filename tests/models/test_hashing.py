"""Feature hashing: what is spelled alike is near, on every machine."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hashing import HashingEmbedder

EMBEDDER = HashingEmbedder()


def similarity(one: str, other: str) -> float:
    return math.fsum(a * b for a, b in zip(EMBEDDER.embed_query(one), EMBEDDER.embed_query(other), strict=True))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("pénicilline", "penicillines", "prothèse"),
        ("rivaroxaban", "rivoraxaban", "paracétamol"),
        ("hypertension", "hypertendu", "pneumopathie"),
        ("ANTICOAGULANT", "anticoagulants", "antibiotique"),
    ],
)
def test_a_near_spelling_is_nearer(word: str, near: str, far: str) -> None:
    assert similarity(word, near) > similarity(word, far) + 0.1


def test_accents_case_and_order_change_nothing() -> None:
    assert similarity("Œdème aigu", "AIGU œdeme") == pytest.approx(1.0)


def test_vectors_are_the_same_on_every_machine() -> None:
    """Written down: Python's own hash() would differ from one process to the next."""
    vector = EMBEDDER.embed_query("abc")
    signs = {index: math.copysign(1, value) for index, value in enumerate(vector) if value}
    assert signs == {62: 1, 106: 1, 225: -1, 253: 1, 442: -1, 457: 1}


@given(st.text(max_size=200))
def test_any_text_has_a_unit_vector(text: str) -> None:
    (vector,) = EMBEDDER.embed_passages([text])
    assert len(vector) == EMBEDDER.dimension
    assert math.fsum(value * value for value in vector) == pytest.approx(1.0)
