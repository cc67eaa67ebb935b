"""Compare two runs of one suite: what improved, what broke, and whether the difference is more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.errors import ReportError
from evals.figures import difference
from evals.measures import MEASURES
from evals.report import read_cases, read_report
from evals.types import Case, Difference


@dataclass(frozen=True, repr=False)
class Change:
    """A question whose verdict changed from one run to the other."""

    before: Case
    after: Case

    def __repr__(self) -> str:
        return f"Change({self.before.id!r}, {self.before.verdict!r} -> {self.after.verdict!r})"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side; ``lost`` are questions that the second run could not answer at all."""

    suite: str
    questions: int
    same_dataset: bool
    improved: tuple[Change, ...]
    broke: tuple[Change, ...]
    moved: tuple[Change, ...]
    lost: tuple[str, ...]
    differences: Mapping[str, Mapping[str, Difference]]

    @property
    def regressions(self) -> list[str]:
        """Measures that got worse beyond chance over all common questions."""
        figures = self.differences.get("all", {})
        return [name for name, figure in figures.items() if _gain_upper_bound(name, figure) < 0]


def compare_runs(before: Path, after: Path, seed: int) -> Comparison:
    """Compare two report folders. Raises ReportError when they are not runs of one suite."""
    reports = [read_report(folder) for folder in (before, after)]
    suites = {report["suite"] for report in reports}
    if len(suites) > 1 or "isolation" in suites:
        raise ReportError(
            "Ces deux rapports ne se comparent pas.", "Donnez deux rapports de la même suite, questions ou retrieval."
        )
    cases = [{case.id: case for case in read_cases(folder)} for folder in (before, after)]
    common = [identifier for identifier in cases[0] if identifier in cases[1]]
    if not common:
        raise ReportError("Ces deux rapports n'ont aucune question en commun.", "Comparez les mêmes patients.")
    pairs = [Change(cases[0][identifier], cases[1][identifier]) for identifier in common]
    return Comparison(
        suite=suites.pop(),
        questions=len(pairs),
        same_dataset=reports[0]["dataset"]["sha256"] == reports[1]["dataset"]["sha256"],
        improved=tuple(pair for pair in pairs if pair.after.passed and not pair.before.passed),
        broke=tuple(pair for pair in pairs if pair.before.passed and not pair.after.passed),
        moved=tuple(p for p in pairs if p.before.passed == p.after.passed and p.before.verdict != p.after.verdict),
        lost=tuple(broken["id"] for broken in reports[1]["broken"] if broken["id"] in cases[0]),
        differences=_differences(pairs, seed),
    )


def comparison_json(comparison: Comparison, include_test: bool) -> dict[str, Any]:
    """Return a comparison as JSON; texts of the patients kept for testing only when asked."""
    changes = {"improved": comparison.improved, "broke": comparison.broke, "moved": comparison.moved}
    return {
        "suite": comparison.suite,
        "questions": comparison.questions,
        "same_dataset": comparison.same_dataset,
        **{name: [change_json(change, include_test) for change in group] for name, group in changes.items()},
        "lost": list(comparison.lost),
        "differences": {
            group: {name: asdict(figure) for name, figure in figures.items()}
            for group, figures in comparison.differences.items()
        },
        "regressions": comparison.regressions,
    }


def change_json(change: Change, include_test: bool) -> dict[str, Any]:
    """Return a change as JSON, its texts left out when they are those of a patient kept for testing."""
    shown = {
        "id": change.before.id,
        "split": change.before.split,
        "category": change.before.category,
        "before": change.before.verdict,
        "after": change.after.verdict,
    }
    if change.before.split == "test" and not include_test:
        return shown
    return shown | {
        "question": change.before.question,
        "gold_answer": change.before.gold_answer,
        "answer_before": change.before.answer,
        "answer_after": change.after.answer,
    }


def _differences(pairs: Sequence[Change], seed: int) -> dict[str, dict[str, Difference]]:
    groups = {name: [p for p in pairs if name in ("all", p.before.split)] for name in ("tune", "test", "all")}
    return {name: _measured(group, seed) for name, group in groups.items() if group}


def _measured(pairs: Sequence[Change], seed: int) -> dict[str, Difference]:
    before, after = [pair.before for pair in pairs], [pair.after for pair in pairs]
    measured = {name: difference(before, after, name, seed) for name in MEASURES}
    return {name: figure for name, figure in measured.items() if figure is not None}


def _gain_upper_bound(name: str, figure: Difference) -> float:
    return figure.high if MEASURES[name].better == "higher" else -figure.low
