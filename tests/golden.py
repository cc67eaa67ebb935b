"""Golden answers: one page of answers to questions of the ``tune`` patients, so that a change can be reviewed.

``make golden`` (``python -m tests.golden``) writes it anew; ``tests/test_golden.py`` compares.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.bootstrap import open_workspace
from assistant.local import LocalService
from assistant.settings import Settings
from assistant.types import LOCAL, Answer, Done
from evals.gold import GoldPatient, load_gold

RECORDS = Path(__file__).parents[1] / "demo/records"
PAGE = Path(__file__).parent / "golden/answers.md"
PATIENTS = ("patient-01", "patient-07", "patient-11", "patient-17", "patient-21")
"""One of each house style."""


def answers_page() -> str:
    """Return the page of answers, made on a temporary home."""
    gold = load_gold(RECORDS).keep("tune")
    patients = [gold.by_name[name] for name in PATIENTS]
    with tempfile.TemporaryDirectory() as folder, open_workspace(_settings(Path(folder))) as workspace:
        service = LocalService(workspace)
        list(service.ingest(LOCAL, [RECORDS / f"{patient.name}.json" for patient in patients]))
        return "\n".join(["# Golden answers", *(line for p in patients for line in _lines(service, p))]) + "\n"


def _settings(home: Path) -> Settings:
    return Settings(home=home, as_of="2026-04-01T09:00:00")


def _lines(service: LocalService, patient: GoldPatient) -> Iterator[str]:
    yield f"\n## {patient.name}"
    for question in patient.questions:
        answer = _ask(service, patient.ipp, question.question)
        yield f"\n### {question.id} {question.question}\n{answer.outcome}"
        for statement in answer.statements:
            yield f"- {statement.text} [{', '.join(c.document for c in statement.citations)}] {statement.verdict}"


def _ask(service: LocalService, ipp: str, question: str) -> Answer:
    return next(event.answer for event in service.ask(LOCAL, ipp, question) if isinstance(event, Done))


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(answers_page(), encoding="utf-8")
