"""Write the figures of this version for the documentation: its suites, in one file, with their command."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from evals.report import PAGE
from evals.running import (
    Options,
    Outcome,
    Progress,
    run_advice,
    run_facts,
    run_questions,
    run_retrieval,
    run_summary,
    run_verification,
)

_OPENING = """# Quality

Written by `make quality` (`liaison-evals quality --records demo/records --write docs/quality.md`); do not edit.
The measures are explained in [evaluation.md](evaluation.md). `réglage` are the patients of `tune` in `split.json`,
on which the weights are fitted; `test` those kept apart, whose texts nobody read while tuning.
"""

_SUITES = (run_questions, run_retrieval, run_facts, run_verification, run_advice, run_summary)


def write_quality(records: Path, page: Path, progress: Progress) -> None:
    """Run each suite and write their reports into a page."""
    with tempfile.TemporaryDirectory(prefix="liaison-quality-") as folder:
        parts = [_run(suite, records, Path(folder) / suite.__name__, progress) for suite in _SUITES]
    draft = page.with_name(f".{page.name}.draft")
    draft.write_text("\n".join([_OPENING, *parts]), encoding="utf-8")
    draft.replace(page)


def _run(suite: Callable[[Options, Progress], Outcome], records: Path, folder: Path, progress: Progress) -> str:
    """Run one suite and return its page, with its titles one level down."""
    suite(Options(records, output=folder), progress)
    lines = (folder / PAGE).read_text(encoding="utf-8").splitlines()
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in lines) + "\n"
