"""The suites over the product itself: ingestion, answers and searches are the real ones.

The records are those of the demonstration hospital; the isolation sample holds every homonym (BERTHELOT)
and both twins (LAMBRECQ).
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main
from evals.gold import Gold, load_gold
from evals.suites.isolation import crossings

DEMO = Path(__file__).parents[2] / "demo" / "records"
NEAR = ("patient-01", "patient-06", "patient-19", "patient-20")


@pytest.fixture(scope="module")
def demo() -> Gold:
    return load_gold(DEMO)


@pytest.fixture
def near_records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    for name in (*NEAR, "split"):
        shutil.copy(DEMO / f"{name}.json", folder)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code = main(["run", *arguments, "--json"])
    shown = capsys.readouterr()
    assert code == 0, shown.err
    report: dict[str, Any] = json.loads(shown.out)
    return report


def test_the_gold_is_the_one_described(demo: Gold) -> None:
    assert len(demo.questions) == 412
    assert sum(question.answerable for question in demo.questions) == 317
    assert sum(question.awaited for question in demo.questions) == 20
    assert len(crossings(demo, None, seed=0)) == 8652


def test_a_sample_holds_every_homonym_and_both_twins(demo: Gold) -> None:
    pairs = {(crossing.question.patient, crossing.about.name) for crossing in crossings(demo, 0, seed=0)}
    assert pairs == {
        ("patient-01", "patient-06"),
        ("patient-06", "patient-01"),
        ("patient-19", "patient-20"),
        ("patient-20", "patient-19"),
    }


def test_homonyms_and_twins_are_kept_apart(
    near_records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(capsys, "isolation", "--records", str(near_records), "--sample", "40", "--output", str(tmp_path / "o"))
    assert report["asks"] == 70 + 40
    assert report["leaks"] == []
    assert report["broken"] == []
    assert report["passages"] > 1000


def test_questions_and_retrieval_of_the_small_records(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    report = run(capsys, "questions", "--records", str(records), "--output", str(folder))
    figures = report["groups"]["all"]["figures"]
    assert figures["quotes_exact"]["value"] == 1
    assert figures["foreign_citations"]["numerator"] == 0
    assert (folder / "report.md").exists()
    found = run(capsys, "retrieval", "--records", str(records), "--output", str(tmp_path / "r"))
    assert found["groups"]["all"]["figures"]["all_700"]["value"] == 1
    assert found["baseline"]["all"]["figures"]["all_700"]["value"] == 1


def test_a_home_without_the_records_is_refused_with_what_to_do(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--home", str(tmp_path / "home"), "--output", str(tmp_path / "report")]
    assert main(["run", "questions", "--records", str(records), *places]) == 1
    said = capsys.readouterr().err
    assert "ne contient pas le patient de patient-01" in said
    assert "liaison --home" in said
