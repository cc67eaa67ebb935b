"""The verification benchmark, run for real on the small records and through its own door."""

import json
from pathlib import Path

import pytest

from evals.claims import claims_of
from evals.cli import main
from evals.gold import Gold
from evals.suites.verification import run_verification
from tests.evals.test_suites import silent


def test_claims_are_of_the_patient_and_exact(gold: Gold) -> None:
    for patient in gold.patients:
        claims = claims_of(patient, gold.folder, 10, seed=0)
        assert claims
        for claim in claims:
            assert claim.patient == patient.name
            for citation in claim.citations:
                assert patient.texts[citation.document][citation.start : citation.end] == citation.quote


def test_claims_are_seeded(gold: Gold) -> None:
    patient = gold.patients[0]
    assert claims_of(patient, gold.folder, 3, seed=1) == claims_of(patient, gold.folder, 3, seed=1)


def test_true_statements_pass_and_false_ones_do_not(gold: Gold) -> None:
    run = run_verification(gold, 0, silent)
    true = [case for case in run.cases if "wrongly_flagged" in case.measures]
    false = [case for case in run.cases if "caught" in case.measures]
    assert len(true) + len(false) == len(run.cases)
    assert all(case.passed for case in true)
    assert sum(case.passed for case in false) >= 0.95 * len(false)
    assert {"other_patient", "invented", "number", "negation"} <= {case.category for case in false}
    assert all(case.notes["reason"] for case in run.cases if case.verdict != "supported")


def test_the_reason_never_tells_the_text(gold: Gold) -> None:
    reasons = " ".join(case.notes["reason"] for case in run_verification(gold, 0, silent).cases)
    assert not [word for word in ("pénicilline", "urticaire", "61", "toux", "chute", "Holter") if word in reasons]


def test_progress_is_told(gold: Gold) -> None:
    seen: list[tuple[int, int]] = []
    run_verification(gold, 0, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_command_writes_its_report_without_a_text(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    assert main(["run", "verification", "--records", str(records), "--output", str(folder), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["suite"] == "verification"
    assert set(report["groups"]) == {"tune", "test", "all"}
    assert report["groups"]["all"]["figures"]["caught"]["value"] >= 0.95
    page = (folder / "report.md").read_text(encoding="utf-8")
    assert "énoncé vrai écarté à tort" in page
    assert "pénicilline" not in page
    assert "paracétamol" in (folder / "cases.test.jsonl").read_text(encoding="utf-8")
