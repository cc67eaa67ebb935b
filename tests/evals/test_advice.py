"""The advice suite: its requests, and that it tells a rule that declines too little from one that declines too much."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.advice import asks_for_advice
from evals.gold import Gold, load_gold
from evals.suites.advice import fresh_requests, requests, run_advice
from evals.types import SuiteRun
from tests.assistant.test_advice import marked

RECORDS = Path(__file__).parents[2]


def silent(done: int, total: int) -> None:
    """Tell no progress."""


def share(run: SuiteRun, name: str) -> float:
    pairs = [case.measures[name] for case in run.cases if name in case.measures]
    return sum(pair[0] for pair in pairs) / sum(pair[1] for pair in pairs)


def test_the_requests_are_sixty_half_of_them_indirect_and_none_is_of_the_unit_tests() -> None:
    told = requests()
    assert Counter(request.phrasing for request in told) == {"direct": 30, "indirect": 30}
    assert len({request.id for request in told}) == len({request.text for request in told}) == 60
    assert not {request.text for request in told} & {*marked("advice"), *marked("ordinary")}


def test_the_fresh_ones_are_of_no_other_list() -> None:
    told = fresh_requests()
    assert Counter(request.ordinary for request in told) == {False: 38, True: 40}
    texts = {request.text for request in told}
    assert len({request.id for request in told}) == len(texts) == 78
    assert not texts & {*marked("advice"), *marked("ordinary"), *(request.text for request in requests())}


def test_what_declines_everything_or_nothing_is_seen(gold: Gold) -> None:
    everything = run_advice(gold, lambda text: text or "sign", silent)
    nothing = run_advice(gold, lambda _: None, silent)
    assert (share(everything, "declined"), share(everything, "wrongly_declined")) == (1, 1)
    assert (share(nothing, "declined"), share(nothing, "wrongly_declined")) == (0, 0)
    assert (share(everything, "declined_fresh"), share(everything, "wrongly_declined_fresh")) == (1, 1)
    assert (share(nothing, "declined_fresh"), share(nothing, "wrongly_declined_fresh")) == (0, 0)
    assert Counter(case.passed for case in nothing.cases) == {False: 60 + 38, True: 5 + 40}
    assert Counter(case.passed for case in everything.cases) == {True: 60 + 38, False: 5 + 40}
    assert {case.patient for case in nothing.cases} == {patient.name for patient in gold.patients}


@pytest.mark.parametrize("folder", ["demo/records", "evals/records"])
def test_the_product_declines_advice_and_lets_questions_through(folder: str) -> None:
    run = run_advice(load_gold(RECORDS / folder), asks_for_advice, silent)
    assert share(run, "declined_direct") >= 0.95
    assert share(run, "declined_indirect") >= 0.95
    assert share(run, "wrongly_declined") <= 0.02
