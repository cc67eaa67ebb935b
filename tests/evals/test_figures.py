"""Figures: ratios of sums, intervals that see patients rather than questions, paired differences."""

import pytest

from evals.figures import difference, figures, seconds
from tests.evals.cases import case, marked


def test_a_figure_is_the_ratio_of_the_sums() -> None:
    cases = [
        case("1", measures={"citation_precision": (1, 4)}),
        case("2", measures={"citation_precision": (1, 1)}),
        case("3", measures={"words": (12, 1)}),
    ]
    found = figures(cases, seed=1)
    assert list(found) == ["citation_precision", "words"]
    assert found["citation_precision"].value == pytest.approx(2 / 5)
    assert found["words"].value == 12


def test_one_patient_gives_no_spread_and_many_give_some() -> None:
    answers = [True, False] * 8
    together = figures([marked(str(n), "patient-01", ok) for n, ok in enumerate(answers)], seed=1)["correct"]
    apart = figures([marked(str(n), f"patient-{n:02}", ok) for n, ok in enumerate(answers)], seed=1)["correct"]
    assert (together.low, together.value, together.high) == (0.5, 0.5, 0.5)
    assert 0.2 < apart.low < 0.3
    assert 0.7 < apart.high < 0.8


def test_patients_are_drawn_whole() -> None:
    """Two patients, one all right, one all wrong: only 0, one half and 1 can be drawn."""
    cases = [marked(f"{p}{n}", p, p == "patient-01") for p in ("patient-01", "patient-02") for n in range(50)]
    found = figures(cases, seed=1)["correct"]
    assert (found.low, found.value, found.high) == (0.0, 0.5, 1.0)


def test_the_seed_decides() -> None:
    cases = [marked(str(n), f"patient-{n:02}", n % 3 == 0) for n in range(17)]
    assert figures(cases, seed=5) == figures(cases, seed=5)


def test_resamples_where_nothing_counts_are_left_out() -> None:
    cases = [marked("1", "patient-01", True), case("2", "patient-02")]
    found = figures(cases, seed=1)["correct"]
    assert (found.low, found.value, found.high) == (1.0, 1.0, 1.0)


def test_no_case_no_figure() -> None:
    assert figures([], seed=1) == {}
    assert seconds([]) == {}


def test_a_paired_difference_is_surer_than_its_parts() -> None:
    """Patients differ much, each improves by the same: the interval of the difference is narrow."""
    before, after = [], []
    for p in range(10):
        for n in range(10):
            name = f"patient-{p:02}"
            before.append(marked(f"{p}-{n}", name, n < p))
            after.append(marked(f"{p}-{n}", name, n < p + 1))
    found = difference(before, after, "correct", seed=1)
    assert found is not None
    assert (found.before, found.after) == (0.45, 0.55)
    assert found.low == pytest.approx(0.1)
    assert found.high == pytest.approx(0.1)


def test_a_measure_of_one_side_only_has_no_difference() -> None:
    assert difference([marked("1", "patient-01", True)], [case("1")], "correct", seed=1) is None


def test_seconds() -> None:
    assert seconds([case(str(n), seconds=n / 100) for n in range(1, 101)]) == {"median": 0.505, "p95": 0.9505}
