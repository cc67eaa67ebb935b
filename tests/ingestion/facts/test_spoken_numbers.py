"""Numbers that are dictated in words."""

import pytest

from ingestion.facts.spoken_numbers import spoken_number


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("cent dix", "110"),
        ("quatre-vingt-douze", "92"),
        ("soixante et onze", "71"),
        ("deux cent huit mille", "208000"),
        ("huit virgule quatre", "8,4"),
        ("zero virgule zero six", "0,06"),
        ("trente-huit deux", "38,2"),
        ("vingt deux", "22"),
        ("mille deux cents", "1200"),
    ],
)
def test_a_number_in_words_is_read(words: str, figures: str) -> None:
    spoken = spoken_number(words, 0, len(words))

    assert spoken is not None
    assert (spoken.figures, spoken.end) == (figures, len(words))


@pytest.mark.parametrize(
    ("words", "figures"),
    [("quatorze huit", "14/8"), ("cent trente sur soixante-dix", "130/70"), ("douze sept au bras", "12/7")],
)
def test_a_blood_pressure_in_words_is_read(words: str, figures: str) -> None:
    spoken = spoken_number(words, 0, len(words), pair=True)

    assert spoken is not None
    assert spoken.figures == figures


@pytest.mark.parametrize("words", ["un peu", "une seule", "neuve", "normale"])
def test_an_article_or_another_word_is_no_number(words: str) -> None:
    assert spoken_number(words, 0, len(words)) is None
