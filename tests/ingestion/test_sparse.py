"""Sparse vectors of normalised French: what meets, what stays apart, what is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.normalise import normalise
from ingestion.sparse import STOP_WORDS, SparseEncoder
from ingestion.types import SparseVector

ENCODER = SparseEncoder()


def indices(text: str) -> tuple[int, ...]:
    return ENCODER.query(normalise(text)).indices


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pénicilline", "penicillines"),
        ("antibiotique", "ANTIBIOTIQUES"),
        ("allergie", "allergique"),
        ("œdème", "oedeme"),
        ("éliminée", "éliminé"),
        ("opérée", "opéré"),
        ("l'hypertension", "hypertension"),
        ("l’hypertension", "l'hypertension"),
        ("4,4", "4.4"),
        ("µg/L", "ug/l"),
        ("\u00b5g", "\u03bcg"),
    ],
)
def test_two_spellings_meet(one: str, other: str) -> None:
    assert indices(one) == indices(other) != ()


@pytest.mark.parametrize(("one", "other"), [("4,4", "4"), ("2,5", "5"), ("0,5", "5"), ("4,4", "4,5"), ("sans", "avec")])
def test_two_meanings_stay_apart(one: str, other: str) -> None:
    assert set(indices(one)).isdisjoint(indices(other))


@pytest.mark.parametrize("word", ["pas", "sans", "non", "ni", "aucun", "jamais", "plus", "sauf", "avant", "c"])
def test_words_that_deny_or_limit_are_kept(word: str) -> None:
    assert indices(word)


@pytest.mark.parametrize("word", ["le", "des", "était", "été", "même", "à", "ne", "qu'il", "d'une"])
def test_words_that_say_nothing_are_dropped(word: str) -> None:
    assert indices(word) == ()


def test_stop_words_are_written_as_the_engine_compares_them() -> None:
    """The engine folds before it compares: a stop word with an accent would never match."""
    assert all(word.isascii() and word == word.lower() for word in STOP_WORDS)
    assert ENCODER.document(" ".join(sorted(STOP_WORDS))) == SparseVector((), ())


def test_a_repeated_word_weighs_more_but_less_than_twice() -> None:
    (once,) = ENCODER.document("fievre").values
    (twice,) = ENCODER.document("fievre fievre").values
    assert once < twice < 2 * once


def test_a_word_of_a_long_passage_weighs_less() -> None:
    short = dict(zip(*_pairs(ENCODER.document("fievre toux")), strict=True))
    long = dict(zip(*_pairs(ENCODER.document("fievre toux " + " ".join(f"mot{n}" for n in range(80)))), strict=True))
    shared = indices("fièvre")[0]
    assert long[shared] < short[shared]


def test_a_question_weighs_its_words_alike() -> None:
    assert set(ENCODER.query("fievre toux fievre").values) == {1.0}


def test_terms_keep_their_highest_weight_and_lose_useless_ones() -> None:
    vector = ENCODER.query({"fievre": 1.0, "fievre toux": 0.4, "dyspnee": 0.0})
    weights = dict(zip(*_pairs(vector), strict=True))
    assert weights == {indices("fièvre")[0]: 1.0, indices("toux")[0]: 0.4}


@given(st.text(max_size=300))
def test_any_text_gives_strictly_increasing_indices(text: str) -> None:
    for vector in (ENCODER.document(text), ENCODER.query(text)):
        assert all(first < second for first, second in zip(vector.indices, vector.indices[1:], strict=False))
        assert len(vector.indices) == len(vector.values)
        assert all(isinstance(value, float) and value > 0 for value in vector.values)


@given(st.text(alphabet="abcdeéèç ,.'-0123456789", max_size=60))
def test_a_question_finds_its_own_words(text: str) -> None:
    assert ENCODER.query(text).indices == ENCODER.document(text).indices


def _pairs(vector: SparseVector) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return vector.indices, vector.values
