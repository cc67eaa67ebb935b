"""Reports: written and read back, patients kept for testing apart, provenance and notice always there."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.errors import ReportError
from evals.gold import Gold
from evals.markdown import render
from evals.provenance import NOTICE, provenance
from evals.report import build_report, read_case_file, read_cases, read_report, split_groups, write_report
from evals.types import Broken, Case, SuiteRun
from tests.evals.cases import marked

CASES = (
    marked("A-1", "patient-01", True, category="allergie"),
    marked("A-2", "patient-01", False, category="allergie", notes={"severe": "allergy"}),
    marked("B-1", "patient-02", True),
    marked("C-1", "patient-03", False, split="test", question="Question « secrète »\u2028?"),
)
SECRET = Settings(
    home=Path("/x"), database_url="postgresql://u:motdepasse@h/b", qdrant_url="http://q", embedder="/m/e5"
)


def report(gold: Gold, cases: tuple[Case, ...] = CASES, broken: tuple[Broken, ...] = ()) -> dict[str, object]:
    origin = provenance(gold, SECRET, ["run", "questions", "--records", "mes dossiers"])
    return build_report(SuiteRun("questions", cases, broken), origin, seed=3)


def test_tune_and_test_stand_apart_and_together() -> None:
    groups = split_groups(CASES, seed=0)
    assert {name: group["questions"] for name, group in groups.items()} == {"tune": 3, "test": 1, "all": 4}
    assert groups["tune"]["figures"]["correct"]["value"] == pytest.approx(2 / 3)
    assert groups["test"]["figures"]["correct"]["value"] == 0
    assert groups["tune"]["categories"]["allergie"]["correct"] == {"value": 0.5, "denominator": 2}
    assert groups["tune"]["severe"] == {"allergy": 1}


def test_a_group_without_cases_is_absent() -> None:
    assert list(split_groups(CASES[:3], seed=0)) == ["tune", "all"]


def test_what_is_written_is_read_back(gold: Gold, tmp_path: Path) -> None:
    written = report(gold)
    write_report(written, CASES, tmp_path)
    assert read_report(tmp_path) == json.loads(json.dumps(written))
    assert read_cases(tmp_path) == list(CASES)


def test_cases_of_test_patients_have_a_file_of_their_own(gold: Gold, tmp_path: Path) -> None:
    write_report(report(gold), CASES, tmp_path)
    assert [case.id for case in read_case_file(tmp_path / "cases.jsonl")] == ["A-1", "A-2", "B-1"]
    assert [case.id for case in read_case_file(tmp_path / "cases.test.jsonl")] == ["C-1"]
    for name in ("report.json", "report.md", "cases.jsonl"):
        assert "secrète" not in (tmp_path / name).read_text(encoding="utf-8")


def test_every_report_says_where_it_comes_from(gold: Gold) -> None:
    page = render(report(gold, broken=(Broken("A-9", "Réponse inachevée."),)))
    for said in (NOTICE, gold.sha256, "--records 'mes dossiers'", "commit", "inspect-ai", "graine : 3", "A-9"):
        assert said in page


def test_no_secret_in_a_report(gold: Gold) -> None:
    written = report(gold)
    assert "motdepasse" not in json.dumps(written)
    assert written["settings"] == {
        "embedder": "e5",
        "as_of": "",
        "timezone": "Europe/Paris",
        "database": "postgresql",
        "index": "server",
    }


def test_no_record_text_in_the_page(gold: Gold) -> None:
    page = render(report(gold))
    assert "Question A-1" not in page
    assert "Réponse A-1" not in page


@pytest.mark.parametrize("content", [None, "{", '{"id": 1}\n'])
def test_unreadable_reports_are_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "report.json").write_text("{", encoding="utf-8")
        (tmp_path / "cases.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match="lisible"):
        read_report(tmp_path)
    with pytest.raises(ReportError, match="illisibles"):
        read_case_file(tmp_path / "cases.jsonl")
