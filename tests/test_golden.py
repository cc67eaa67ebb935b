"""The answers are those that were reviewed; ``make golden`` accepts new ones."""

from tests.golden import PAGE, answers_page


def test_answers_are_those_that_were_reviewed() -> None:
    assert answers_page() == PAGE.read_text(encoding="utf-8")
