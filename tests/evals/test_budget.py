"""What a budget of characters lets find, drawn on one text of forty characters."""

import pytest

from assistant.types import FoundPassage, Place
from evals.budget import covers, score_passages, within
from evals.gold import Evidence, Gold
from tests.evals.records import COPIED, NOTE

TEXT = "Allergie pénicilline. Poids 61 kg, chute"
QUOTE = Evidence("D", TEXT[22:33], (("D", 22, 33),))  # "Poids 61 kg", 11 characters


def passage(start: int, end: int, document: str = "D", also: tuple[Place, ...] = ()) -> FoundPassage:
    return FoundPassage(document, start, end, TEXT[start:end], "", "", "", 1.0, also)


def place(document: str, start: int, end: int) -> Place:
    return Place(document, start, end, "", "", "")


COVERED = [
    ("the whole quote", passage(20, 35), 15, True),
    ("half of it, 6 of 11", passage(27, 40), 13, True),
    ("less than half, 5 of 11", passage(28, 40), 12, False),
    ("cut before the quote", passage(0, 40), 22, False),
    ("cut inside, 5 of 11", passage(0, 40), 27, False),
    ("cut inside, 6 of 11", passage(0, 40), 28, True),
    ("same offsets elsewhere, other words", passage(0, 10, "E"), 10, False),
    ("another place of the words", passage(0, 15, "E", (place("D", 20, 35),)), 15, True),
    ("another place, cut before", passage(0, 15, "E", (place("D", 20, 35),)), 7, False),
    ("same words in an unlisted place", passage(20, 35, "E"), 15, True),
]


@pytest.mark.parametrize(("found", "kept", "expected"), [c[1:] for c in COVERED], ids=[c[0] for c in COVERED])
def test_covers(found: FoundPassage, kept: int, expected: bool) -> None:
    assert covers(found, kept, QUOTE) is expected


def test_the_passage_that_crosses_the_budget_is_cut() -> None:
    passages = [passage(0, 10), passage(10, 30), passage(30, 40)]
    assert [kept for _, kept in within(passages, 25)] == [10, 15]
    assert [kept for _, kept in within(passages, 30)] == [10, 20]
    assert [kept for _, kept in within(passages, 999)] == [10, 20, 10]


def test_two_passages_do_not_add_up_to_one_quote() -> None:
    assert not any(covers(half, 5, QUOTE) for half in (passage(22, 27), passage(28, 33)))


def found(document: str, text: str, start: int = 0) -> FoundPassage:
    return FoundPassage(document, start, start + len(text), text, "", "", "", 1.0)


def test_evidence_beyond_the_first_budget_counts_in_the_next(gold: Gold) -> None:
    question = gold.questions[0]
    filler = found("A-D2", "x" * 700, start=10_000)
    pairs = score_passages(question, [filler, found("A-D1", NOTE)]).pairs()
    assert [pairs[f"any_{budget}"][0] for budget in (700, 2100, 7000)] == [0, 1, 1]
    assert pairs["Success@1"] == (0, 1)
    assert pairs["Success@5"] == (1, 1)
    assert pairs["RR@10"] == (0.5, 1)


def test_all_the_evidence_is_more_than_any(gold: Gold) -> None:
    from dataclasses import replace

    first, second = gold.questions[0], gold.questions[1]
    both = replace(first, evidence=first.evidence + second.evidence)
    copied = score_passages(both, [found("A-D2", COPIED)]).pairs()
    assert (copied["any_700"], copied["all_700"]) == ((1, 1), (0, 1))
    note = score_passages(both, [found("A-D1", NOTE)]).pairs()
    assert (note["any_700"], note["all_700"]) == ((1, 1), (1, 1))


@pytest.mark.parametrize("passages", [[], [found("B-D1", "Motif : toux.")]])
def test_nothing_useful_found_scores_nothing(gold: Gold, passages: list[FoundPassage]) -> None:
    pairs = score_passages(gold.questions[0], passages).pairs()
    assert {numerator for numerator, _ in pairs.values()} == {0}
    assert {denominator for _, denominator in pairs.values()} == {1}
