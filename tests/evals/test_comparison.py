"""Comparing two runs: what improved, what broke, what is beyond chance, what stays hidden."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.comparison import Comparison, compare_runs, comparison_json
from evals.errors import ReportError
from evals.report import build_report, write_report
from evals.types import Broken, Case, SuiteRun
from tests.evals.cases import case, marked

ORIGIN = {
    "notice": "",
    "command": "",
    "commit": None,
    "modified": None,
    "versions": {},
    "settings": {},
    "dataset": {"sha256": "a", "patients": 1, "documents": 1, "questions": 1},
}


def write(folder: Path, cases: Sequence[Case], suite: str = "questions", broken: tuple[Broken, ...] = ()) -> Path:
    write_report(build_report(SuiteRun(suite, tuple(cases), broken), ORIGIN, seed=0), cases, folder)
    return folder


def compared(tmp_path: Path, before: Sequence[Case], after: Sequence[Case]) -> Comparison:
    return compare_runs(write(tmp_path / "a", before), write(tmp_path / "b", after), seed=0)


def test_what_changed_case_by_case(tmp_path: Path) -> None:
    before = [marked("1", "p1", False), marked("2", "p1", True), marked("3", "p2", True), marked("4", "p2", False)]
    after = [marked("1", "p1", True), marked("2", "p1", False), marked("3", "p2", True)]
    after.append(case("4", "p2", {"correct": (0, 1)}, passed=False, verdict="wrongly_abstained"))
    found = compared(tmp_path, before, after)
    changes = {"improved": found.improved, "broke": found.broke, "moved": found.moved}
    assert {name: [c.before.id for c in group] for name, group in changes.items()} == {
        "improved": ["1"],
        "broke": ["2"],
        "moved": ["4"],
    }
    assert found.questions == 4


def _uniform(correct_of_ten: int, patients: int = 10) -> list[Case]:
    return [marked(f"{p}-{n}", f"p{p:02}", n < correct_of_ten) for p in range(patients) for n in range(10)]


VERDICTS = [("worse everywhere", 8, 6, ["correct"]), ("better everywhere", 6, 8, []), ("the same", 7, 7, [])]


@pytest.mark.parametrize(("before", "after", "expected"), [v[1:] for v in VERDICTS], ids=[v[0] for v in VERDICTS])
def test_regressions(tmp_path: Path, before: int, after: int, expected: list[str]) -> None:
    assert compared(tmp_path, _uniform(before), _uniform(after)).regressions == expected


def test_one_patient_worse_among_ten_may_be_chance(tmp_path: Path) -> None:
    after = [marked(c.id, c.patient, c.passed and c.patient != "p00") for c in _uniform(8)]
    assert compared(tmp_path, _uniform(8), after).regressions == []


def test_more_of_a_bad_thing_is_a_regression(tmp_path: Path) -> None:
    before = [case(f"{p}", f"p{p}", {"wrongly_abstained": (0, 1)}) for p in range(9)]
    after = [case(f"{p}", f"p{p}", {"wrongly_abstained": (1, 1)}) for p in range(9)]
    assert compared(tmp_path, before, after).regressions == ["wrongly_abstained"]
    assert compared(tmp_path, after, before).regressions == []


def test_questions_lost_are_told(tmp_path: Path) -> None:
    before = write(tmp_path / "a", [marked("1", "p1", True), marked("2", "p1", True)])
    after = write(tmp_path / "b", [marked("1", "p1", True)], broken=(Broken("2", "Erreur."),))
    assert compare_runs(before, after, seed=0).lost == ("2",)


def test_texts_of_test_patients_are_left_out_unless_asked(tmp_path: Path) -> None:
    before = [marked("1", "p1", False), marked("2", "p2", False, split="test")]
    found = compared(tmp_path, before, [marked("1", "p1", True), marked("2", "p2", True, split="test")])
    shown, hidden = comparison_json(found, include_test=False)["improved"]
    assert shown["question"] == "Question 1 ?"
    assert set(hidden) == {"id", "split", "category", "before", "after"}
    assert "Question 2" in json.dumps(comparison_json(found, include_test=True))


def test_only_runs_of_one_suite_compare(tmp_path: Path) -> None:
    before, after = write(tmp_path / "a", _uniform(1)), write(tmp_path / "b", _uniform(1), suite="retrieval")
    with pytest.raises(ReportError, match="ne se comparent pas"):
        compare_runs(before, after, seed=0)


def test_runs_without_a_common_question_do_not_compare(tmp_path: Path) -> None:
    before, after = write(tmp_path / "a", [marked("1", "p1", True)]), write(tmp_path / "b", [marked("2", "p1", True)])
    with pytest.raises(ReportError, match="aucune question en commun"):
        compare_runs(before, after, seed=0)
