"""Run one suite from its options to its report on disk."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.service import Service
from assistant.settings import load_settings
from assistant.types import LOCAL, FoundPassage
from evals.gold import Gold, load_gold
from evals.provenance import provenance
from evals.types import Advance
from evals.workspace import assistant_over, workspace_over

if TYPE_CHECKING:
    from inspect_ai import Task

Progress = Callable[[str], AbstractContextManager[Advance]]
Outcome = tuple[dict[str, Any], Path]
"""A report and the folder where it was written."""


@dataclass(frozen=True)
class Options:
    """What a run is asked: which records, which patients, which home, how many questions, where to write."""

    records: Path
    patients: str = "all"
    home: Path | None = None
    output: Path | None = None
    limit: int | None = None
    seed: int = 0
    arguments: tuple[str, ...] = ()

    def folder(self, suite: str) -> Path:
        """Return the folder of the report: the one given, else a new one under ``var/evals``."""
        return self.output or Path("var/evals") / f"{suite}-{datetime.now():%Y%m%d-%H%M%S}"


def run_questions(options: Options, progress: Progress) -> Outcome:
    """Ask the gold questions, score the answers, write the report."""
    from evals.suites.questions import questions_task

    gold = load_gold(options.records).keep(options.patients).draw(options.limit, options.seed)
    return _run(options, gold, lambda service, advance: questions_task(gold, service, advance), progress)


def run_retrieval(options: Options, progress: Progress) -> Outcome:
    """Search for the evidence of the answerable questions, write the report with the baseline beside."""
    from evals.suites.retrieval import LIMIT, retrieval_task

    gold = load_gold(options.records).keep(options.patients)
    gold = gold.draw(options.limit, options.seed, answerable_only=True)

    def task(service: Service, advance: Advance) -> "Task":
        def search(ipp: str, query: str) -> list[FoundPassage]:
            return service.search(LOCAL, ipp, query, limit=LIMIT)

        return retrieval_task(gold, search, advance)

    return _run(options, gold, task, progress, {"baseline": _baseline(gold, options.seed)})


def run_summary(options: Options, progress: Progress) -> Outcome:
    """Summarise every record, judge the summaries on what is critical, write the report."""
    from evals.suites.summary import summary_task

    gold = load_gold(options.records).keep(options.patients)
    return _run(options, gold, lambda service, advance: summary_task(gold, service, advance), progress)


def run_verification(options: Options, progress: Progress) -> Outcome:
    """Verify true statements and their corruptions, write the report; nothing is ingested. ``limit`` draws fewer."""
    from evals.report import build_report, write_report
    from evals.suites import verification

    gold, folder = load_gold(options.records).keep(options.patients), options.folder("verification")
    with progress("Énoncés") as advance:
        drawn = verification.DRAWN if options.limit is None else options.limit
        run = verification.run_verification(gold, options.seed, advance, drawn)
    origin = provenance(gold, load_settings(home=folder), options.arguments)
    report = build_report(run, origin, options.seed)
    write_report(report, run.cases, folder)
    return report, folder


def run_facts(options: Options, progress: Progress) -> Outcome:
    """Compare the facts that the product stores of the annotated records with their gold, write the report."""
    from evals.fact_gold import load_fact_gold
    from evals.report import build_report, write_report
    from evals.suites import facts

    annotated = load_fact_gold(load_gold(options.records).keep(options.patients))
    gold, folder = annotated.gold, options.folder("facts")
    with progress("Ingestion") as advance, workspace_over(gold, advance) as workspace, progress("Faits") as advance:
        origin = provenance(gold, workspace.settings, options.arguments)
        run = facts.run_facts(annotated, workspace, advance)
    report = build_report(run, origin, options.seed) | {"annotations": annotated.summary}
    write_report(report, run.cases, folder)
    return report, folder


def run_advice(options: Options, progress: Progress) -> Outcome:
    """Tell requests for advice from ordinary questions, write the report; nothing is ingested."""
    from assistant.advice import asks_for_advice
    from evals.report import build_report, write_report
    from evals.suites import advice

    gold, folder = load_gold(options.records).keep(options.patients), options.folder("advice")
    with progress("Demandes") as advance:
        run = advice.run_advice(gold, asks_for_advice, advance)
    report = build_report(run, provenance(gold, load_settings(home=folder), options.arguments), options.seed)
    write_report(report, run.cases, folder)
    return report, folder


def run_isolation(options: Options, progress: Progress) -> Outcome:
    """Ask every patient's questions about every other patient; ``limit`` draws a sample (near names always kept)."""
    from evals.report import write_plain
    from evals.suites import isolation

    gold, folder = load_gold(options.records).keep(options.patients), options.folder("isolation")
    chosen = isolation.crossings(gold, options.limit, options.seed)
    with (
        progress("Ingestion") as advance,
        assistant_over(gold, options.home, advance) as (service, settings),
    ):
        origin = provenance(gold, settings, options.arguments)
        with progress("Croisements") as advance:
            run = isolation.run_isolation(service, chosen, advance)
    report = {"suite": "isolation", **origin, "seed": options.seed, **isolation.summary(run)}
    write_plain(report, folder)
    return report, folder


def _run(
    options: Options,
    gold: Gold,
    task_of: Callable[[Service, Advance], "Task"],
    progress: Progress,
    extra: dict[str, Any] | None = None,
) -> Outcome:
    from evals.harness import run_task
    from evals.report import build_report, write_report

    with (
        progress("Ingestion") as advance,
        assistant_over(gold, options.home, advance) as (service, settings),
    ):
        origin = provenance(gold, settings, options.arguments)
        with progress("Questions") as advance:
            task = task_of(service, advance)
            folder = options.folder(task.name)
            run = run_task(task, folder)
    report = build_report(run, origin, options.seed) | (extra or {})
    write_report(report, run.cases, folder)
    return report, folder


def _baseline(gold: Gold, seed: int) -> dict[str, Any]:
    """Return the figures of plain BM25 on the same questions."""
    from evals.baseline import BaselineSearch
    from evals.budget import score_passages
    from evals.report import split_groups
    from evals.suites.retrieval import retrieval_case

    search = BaselineSearch(gold)
    cases = []
    for question in gold.questions:
        passages = search(question.ipp, question.question)
        cases.append(retrieval_case(question, passages, score_passages(question, passages), 0.0))
    return split_groups(cases, seed)
