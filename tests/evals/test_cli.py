"""The command line, through its own door: exit codes, French, one JSON object, what it refuses to show."""

import json
from pathlib import Path

import pytest

from evals.cli import main
from evals.report import build_report, write_report
from evals.types import SuiteRun
from tests.evals.cases import marked
from tests.evals.test_comparison import ORIGIN


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    folders = []
    for name, right in (("avant", True), ("apres", False)):
        cases = [marked(f"{n}", f"p{n}", right, category="allergie") for n in range(5)]
        cases.append(marked("T", "p9", right, split="test", question="Question de test ?"))
        folders.append(tmp_path / name)
        write_report(build_report(SuiteRun("questions", tuple(cases)), ORIGIN, 0), cases, folders[-1])
    return folders[0], folders[1]


def test_show_hides_the_patients_kept_for_testing(
    reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(reports[1]), "--failed"]) == 0
    shown = capsys.readouterr()
    assert "Question 0 ?" in shown.out
    assert "Question de test" not in shown.out + shown.err
    assert "1 cas" in shown.err


def test_show_a_file_of_test_cases_hides_them_too(
    reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(reports[1] / "cases.test.jsonl")]) == 0
    assert "Question de test" not in capsys.readouterr().out
    assert main(["show", str(reports[1] / "cases.test.jsonl"), "--include-test"]) == 0
    assert "Question de test" in capsys.readouterr().out


@pytest.mark.parametrize("choice", [["--failed"], ["--category", "fait"], ["--verdict", "wrong"]])
def test_show_chooses(reports: tuple[Path, Path], choice: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(reports[0]), *choice]) == 0
    assert "Question" not in capsys.readouterr().out


def test_compare_in_words(reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *map(str, reports)]) == 0
    out = capsys.readouterr().out
    assert "Cassées : 6" in out
    assert "Question 0 ?" in out
    assert "Question de test" not in out
    assert "Régression au-delà du hasard : réponse juste." in out


def test_compare_may_fail(reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    before, after = map(str, reports)
    assert main(["compare", before, after, "--fail-on-regression", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["regressions"] == ["correct"]
    assert len(found["broke"]) == 6
    assert main(["compare", after, before, "--fail-on-regression"]) == 0


WRONG = [
    (["run", "questions"], 2, "--records"),
    (["run", "questions", "--records", "absent"], 2, "split.json"),
    (["run", "questions", "--records", "absent", "--patients", "tous"], 2, "--help"),
    (["ecrire"], 2, "--help"),
    (["compare", "absent", "absent"], 1, "Pas de rapport lisible"),
    (["show", "absent.jsonl"], 1, "Cas illisibles"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_what_goes_wrong_is_told_with_what_to_do(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "À faire" in shown.err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("run", "compare", "show"))
    assert main(["run", "--help"]) == 0
    out += capsys.readouterr().out
    assert all(suite in out for suite in ("questions", "retrieval", "isolation"))


@pytest.mark.parametrize(
    "page", [[], ["run"], ["run", "questions"], ["run", "retrieval"], ["run", "isolation"], ["compare"], ["show"]]
)
def test_help_is_in_french(page: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*page, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Affiche cette aide." in out
    assert not [word for word in ("Show", "Commands", "required", "default:", "COMMAND ") if word in out]
