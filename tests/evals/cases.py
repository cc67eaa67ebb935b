"""Cases built by hand, for the tests of figures, reports and comparisons."""

from collections.abc import Mapping
from typing import Any

from evals.types import Case, Pair


def case(
    identifier: str,
    patient: str = "patient-01",
    measures: Mapping[str, Pair] | None = None,
    **fields: Any,
) -> Case:
    values: dict[str, Any] = {
        "passed": True,
        "verdict": "correct",
        "split": "tune",
        "category": "fait",
        "question": f"Question {identifier} ?",
        "outcome": "answered",
        "answer": f"Réponse {identifier}.",
        "gold_answer": f"Attendu {identifier}.",
        "gold_evidence": (),
        "citations": (),
    }
    return Case(id=identifier, patient=patient, measures=measures or {}, **(values | fields))


def marked(identifier: str, patient: str, correct: bool, **fields: Any) -> Case:
    """Return an answerable case that is right or wrong."""
    verdict = "correct" if correct else "wrong"
    measures = {"correct": (float(correct), 1.0)}
    return case(identifier, patient, measures, passed=correct, verdict=verdict, **fields)
