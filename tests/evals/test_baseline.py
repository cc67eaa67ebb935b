"""The baseline: spans that cover every line once, and a ranking by shared words."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from evals.baseline import LONGEST, BaselineSearch, gather_lines
from evals.gold import Gold


@given(st.text(alphabet="a \n", max_size=3000))
def test_spans_hold_every_character_of_every_line_once(text: str) -> None:
    spans = list(gather_lines(text))
    assert all(0 < end - start <= LONGEST for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {n for start, end in spans for n in range(start, end)}
    assert {n for n, character in enumerate(text) if character != "\n"} <= covered


def test_short_lines_are_gathered_and_long_ones_cut() -> None:
    assert list(gather_lines("un\ndeux\n" + "x" * 900)) == [(0, 7), (8, 408), (408, 808), (808, 908)]


def test_one_patient_is_searched_best_first(gold: Gold) -> None:
    found = BaselineSearch(gold)("0000000001", "Le Holter a-t-il été posé ?")
    assert [passage.document for passage in found] == ["A-D2", "A-D1"]
