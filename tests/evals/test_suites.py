"""Both suites, run for real by inspect-ai on the small records: what comes out, and that nothing leaves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.types import LOCAL, FoundPassage
from evals.gold import Gold
from evals.harness import run_task
from evals.suites.questions import questions_task
from evals.suites.retrieval import retrieval_task
from evals.types import SuiteRun
from tests.evals.quoting_service import QuotingService, answer, citation

FOREIGN = answer(citation("B-D1", 0, "Motif : toux."), text="Pauses de 3 secondes.")


def silent(done: int, total: int) -> None:
    """Tell no progress."""


def run_questions(gold: Gold, service: QuotingService, folder: Path) -> SuiteRun:
    return run_task(questions_task(gold, service, silent), folder)


def test_questions(gold: Gold, tmp_path: Path) -> None:
    service = QuotingService(gold, {("0000000001", "Résultat du Holter ?"): FOREIGN})
    run = run_questions(gold, service, tmp_path)
    assert [case.id for case in run.cases] == ["A-Q1", "A-Q2", "A-Q3", "B-Q1", "C-Q1"]
    assert [case.verdict for case in run.cases] == ["correct", "correct", "should_have_abstained", "correct", "correct"]
    leaked = run.cases[2]
    assert not leaked.passed
    assert leaked.measures["foreign_citations"] == (1, 1)
    assert leaked.measures["quotes_exact"] == (0, 1)
    assert leaked.measures["forbidden"] == (1, 1)
    assert leaked.notes["forbidden"] == ["pauses de"]
    assert leaked.citations[0]["quote"] == "Motif : toux."


def test_progress_is_told(gold: Gold, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    run_task(questions_task(gold, QuotingService(gold), lambda done, total: seen.append((done, total))), tmp_path)
    assert seen == [(n, 5) for n in range(1, 6)]


def test_a_question_that_breaks_is_reported_and_the_others_go_on(gold: Gold, tmp_path: Path) -> None:
    broken = Unavailable("La réponse est restée inachevée.", "Reposez la question.")
    run = run_questions(gold, QuotingService(gold, {("0000000002", "Quel motif ?"): broken}), tmp_path)
    assert [case.id for case in run.cases] == ["A-Q1", "A-Q2", "A-Q3", "C-Q1"]
    assert [(item.id, "inachevée" in item.error) for item in run.broken] == [("B-Q1", True)]


def test_retrieval(gold: Gold, tmp_path: Path) -> None:
    service = QuotingService(gold)

    def search(ipp: str, query: str) -> list[FoundPassage]:
        return service.search(LOCAL, ipp, query)

    run = run_task(retrieval_task(gold, search, silent), tmp_path)
    assert [case.id for case in run.cases] == ["A-Q1", "A-Q2", "B-Q1", "C-Q1"]
    assert {case.verdict for case in run.cases} == {"met_within_700"}
    assert run.cases[0].citations[0]["document"] == "A-D1"


def test_what_inspect_writes_stays_with_the_report(gold: Gold, tmp_path: Path) -> None:
    before = dict(os.environ)
    run_questions(gold, QuotingService(gold), tmp_path / "report")
    assert dict(os.environ) == before
    assert list((tmp_path / "report" / "inspect").glob("*.json"))


PROGRAM = """
import sys
from pathlib import Path

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise AssertionError(event)
    if event == "socket.connect" and not isinstance(arguments[1], str):
        raise AssertionError(event)

sys.addaudithook(watch)
from evals.gold import load_gold
from evals.harness import run_task
from evals.suites.questions import questions_task
from tests.evals.quoting_service import QuotingService

gold = load_gold(Path(sys.argv[1]))
run = run_task(questions_task(gold, QuotingService(gold), lambda done, total: None), Path(sys.argv[2]))
assert len(run.cases) == 5, run
"""


@pytest.mark.parametrize("telemetry", [{}, {"INSPECT_TELEMETRY": "tests.evals.absent"}])
def test_no_socket_leaves(records: Path, tmp_path: Path, telemetry: dict[str, str]) -> None:
    environment = {**os.environ, **telemetry, "HOME": str(tmp_path / "home")}
    root = Path(__file__).parents[2]
    program = [sys.executable, "-c", PROGRAM, str(records), str(tmp_path / "report")]
    run = subprocess.run(program, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert not list((tmp_path / "home").rglob("*"))
