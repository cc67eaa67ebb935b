"""Run a suite's task with inspect-ai: in this process, without a model, without network, without display.

inspect-ai is imported here and in the suites only, when a suite runs: it takes two seconds.
"""

import gc
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog
from inspect_ai.scorer import Scorer, accuracy, scorer
from inspect_ai.solver import Solver, solver

from assistant.wire import decode
from evals.errors import SuiteError
from evals.types import Broken, Case, SuiteRun

CASE = "case"
"""Key under which a scorer leaves its case in the score's metadata."""

_NO_MODEL = "none/none"
_ONE_WRITE = 1_000_000
"""Samples kept before the log is written: its JSON is written whole each time."""


def run_task(task: Task, folder: Path) -> SuiteRun:
    """Run a task whose scorer leaves a ``Case`` in each score; the log stays under ``folder``.

    A question that raises is reported as broken and the others go on. Raises SuiteError when the run
    itself fails.
    """
    with _kept_under(folder), _swept():
        [log] = inspect_eval(
            task,
            model=_NO_MODEL,
            display="none",
            log_dir=str(folder / "inspect"),
            log_format="json",
            log_level="error",
            log_realtime=False,
            log_buffer=_ONE_WRITE,
            max_samples=1,
            fail_on_error=False,
            score_display=False,
            acp_server=False,
            ctl_server=False,
        )
    if log.status != "success":
        raise SuiteError(
            f"La suite {task.name} ne s'est pas terminée ({log.status}).",
            f"Voyez le journal dans {folder / 'inspect'}.",
        )
    return _suite_run(task.name, log)


def solver_of(solve: Solver) -> Solver:
    """Register a solver without parameters: inspect-ai writes them all into the log, with every sample."""

    @solver(name="assistant")
    def registered() -> Solver:
        return solve

    return registered()


def scorer_of(score: Scorer) -> Scorer:
    """Register a scorer without parameters, for the same reason."""

    @scorer(metrics=[accuracy()], name="gold")
    def registered() -> Scorer:
        return score

    return registered()


def _suite_run(name: str, log: EvalLog) -> SuiteRun:
    cases, broken = [], []
    for sample in log.samples or []:
        if sample.error is not None:
            broken.append(Broken(str(sample.id), sample.error.message))
            continue
        for score in (sample.scores or {}).values():
            cases.append(decode(Case, (score.metadata or {})[CASE]))
    return SuiteRun(name, tuple(cases), tuple(broken))


@contextmanager
def _kept_under(folder: Path) -> Iterator[None]:
    """Keep inspect-ai's traces and caches under the report's folder, and any telemetry hook out."""
    kept = {name: os.environ.get(name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "INSPECT_TELEMETRY")}
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = str(folder / "inspect")
    os.environ.pop("INSPECT_TELEMETRY", None)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _swept() -> Iterator[None]:
    """Collect the streams that inspect-ai leaves open, so that their warnings do not surface in other work."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Unclosed <MemoryObject", ResourceWarning)
        yield
        gc.collect()
