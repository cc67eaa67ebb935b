"""The report of a run: ``report.json``, ``report.md``, and its cases, one JSON object a line.

Cases of the patients kept for testing go to a file of their own (``cases.test.jsonl``), so that reading or
searching ``cases.jsonl`` while tuning never shows them.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import Unavailable
from assistant.wire import decode
from evals.errors import ReportError
from evals.figures import RESAMPLES, figures, gap, seconds
from evals.markdown import render
from evals.types import Case, SuiteRun

REPORT, PAGE = "report.json", "report.md"
CASES = {"tune": "cases.jsonl", "test": "cases.test.jsonl"}


def build_report(run: SuiteRun, origin: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the report of a run: figures of the tune and test patients, apart and together."""
    return {
        "suite": run.suite,
        **origin,
        "seed": seed,
        "resamples": RESAMPLES,
        "groups": split_groups(run.cases, seed),
        "gap": _gap(run.cases, seed),
        "broken": [asdict(broken) for broken in run.broken],
    }


def split_groups(cases: Sequence[Case], seed: int) -> dict[str, Any]:
    """Return the figures of the patients to tune on, of those kept for testing, and of all of them."""
    groups = {name: [case for case in cases if name in ("all", case.split)] for name in ("tune", "test", "all")}
    return {name: group_report(chosen, seed) for name, chosen in groups.items() if chosen}


def _gap(cases: Sequence[Case], seed: int) -> dict[str, Any]:
    """Return how the test patients differ from those tuned on: empty unless both are there."""
    tune, test = ([case for case in cases if case.split == split] for split in ("tune", "test"))
    return {name: asdict(value) for name, value in gap(tune, test, seed).items()} if tune and test else {}


def group_report(cases: Sequence[Case], seed: int) -> dict[str, Any]:
    """Return the figures of some cases, whole and by category."""
    categories = sorted({case.category for case in cases})
    return {
        "patients": len({case.patient for case in cases}),
        "questions": len(cases),
        "figures": {name: asdict(figure) for name, figure in figures(cases, seed).items()},
        "categories": {category: _category([c for c in cases if c.category == category]) for category in categories},
        "verdicts": dict(Counter(case.verdict for case in cases).most_common()),
        "outcomes": dict(Counter(case.outcome for case in cases if case.outcome).most_common()),
        "severe": dict(Counter(case.notes["severe"] for case in cases if case.notes.get("severe"))),
        "seconds": seconds(cases),
    }


def write_report(report: dict[str, Any], cases: Sequence[Case], folder: Path) -> None:
    """Write the report, its page and its cases into a folder."""
    write_plain(report, folder)
    for split, name in CASES.items():
        lines = [json.dumps(asdict(case), ensure_ascii=False) + "\n" for case in cases if case.split == split]
        (folder / name).write_text("".join(lines), encoding="utf-8")


def write_plain(report: dict[str, Any], folder: Path) -> None:
    """Write a report and its page, for a suite that has no cases to show."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / PAGE).write_text(render(report), encoding="utf-8")


def read_report(folder: Path) -> dict[str, Any]:
    """Read the report of an earlier run. Raises ReportError when there is none."""
    try:
        report: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReportError(
            f"Pas de rapport lisible dans {folder}.", "Donnez le dossier écrit par liaison-evals run."
        ) from error
    return report


def read_cases(folder: Path) -> list[Case]:
    """Read all cases of an earlier run, in the order of the questions of each split."""
    return [case for path in case_files(folder) for case in read_case_file(path)]


def case_files(path: Path) -> list[Path]:
    """Return the files of cases that a path names: itself, or those of a report's folder."""
    return [path / name for name in CASES.values()] if path.is_dir() else [path]


def read_case_file(path: Path) -> list[Case]:
    """Read one file of cases. Raises ReportError when it is absent or malformed."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        return [decode(Case, json.loads(line)) for line in lines if line]
    except (OSError, ValueError, Unavailable) as error:
        raise ReportError(
            f"Cas illisibles : {path}.", "Donnez le dossier ou le fichier de cas écrit par liaison-evals run."
        ) from error


def _category(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the figures of a category without interval: too few patients have it."""
    return {
        name: {"value": figure.value, "denominator": figure.denominator}
        for name, figure in figures(cases, seed=0, resamples=1).items()
    } | {"questions": len(cases)}
