"""Summaries: is anything critical left out, is anything that no longer holds shown as current?

Source: the gold letters of ``data/records`` (see ``evals.critical``), written for this project (CC0), not reviewed by a
clinician. One example, patient-01:

    expected   résultat attendu "Holter" somewhere in the summary
    trap       "68 kg" (declared weight, corrected by the scale) nowhere in what the summary says holds

Strings are matched as the records' README says; it cannot see negation: a trap that is hit has to be looked at.
"""

import time
from dataclasses import asdict
from itertools import count

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target
from inspect_ai.solver import Generate, Solver, TaskState

from assistant.overviews import Summary
from assistant.sentences import EARLIER
from assistant.service import Service
from assistant.summary import silence
from assistant.types import LOCAL
from assistant.wire import decode, plain
from evals.critical import Critical, critical_items
from evals.gold import Gold
from evals.harness import CASE, scorer_of, solver_of
from evals.matching import hits, missing_groups
from evals.scoring import is_exact, is_foreign, word_count
from evals.types import Advance, Case

CONTRADICTIONS = "Contradictions que rien ne tranche"
"""The part that shows both sides of what nobody settled: it says of none that it holds."""


def summary_task(gold: Gold, service: Service, advance: Advance) -> Task:
    """Return the task that summarises every record of the gold."""
    judged = {critical.patient.name: critical for critical in critical_items(gold)}
    return Task(
        name="summary",
        dataset=MemoryDataset([Sample(id=name, input=name) for name in judged]),
        solver=_summarising(service, judged, advance),
        scorer=_judging(judged),
    )


def summary_case(critical: Critical, summary: Summary, seconds: float) -> Case:
    """Return the case of a patient's summary; it passes when nothing is left out and no trap is hit."""
    statements = [statement for section in summary.sections for statement in section.statements]
    citations = [citation for statement in statements for citation in statement.citations]
    patient = critical.patient
    told = " \n".join(statement.text for statement in statements)
    missing = {each.id: found for each in critical.expected if (found := missing_groups(each.groups, told))}
    hit = {trap.id: shown for trap in critical.traps if (shown := hits(trap.strings, current(summary)))}
    return Case(
        id=patient.name,
        passed=not missing and not hit,
        verdict="omission" if missing else "trap" if hit else "complete",
        split=patient.split,
        category="synthese",
        patient=patient.name,
        question="",
        outcome="",
        answer=as_text(summary),
        gold_answer="",
        gold_evidence=(),
        citations=tuple(asdict(citation) for citation in citations),
        measures={
            "critical_omitted": (len(missing), len(critical.expected)),
            "superseded_shown": (len(hit), len(critical.traps)),
            "summary_words": (word_count(told), 1),
            "quotes_exact": (sum(is_exact(citation, patient) for citation in citations), len(citations)),
            "foreign_citations": (sum(is_foreign(citation, patient) for citation in citations), 1),
            "uncited": (sum(not statement.citations for statement in statements), max(len(statements), 1)),
        },
        notes={"missing": missing, "hit": hit},
        seconds=seconds,
    )


def current(summary: Summary) -> str:
    """Return what a summary says holds: neither earlier values nor contradictions."""
    return " \n".join(
        statement.text.split(EARLIER)[0]
        for section in summary.sections
        if section.title != CONTRADICTIONS
        for statement in section.statements
    )


def as_text(summary: Summary) -> str:
    """Return a summary as a reader sees it, without its sources."""
    parts = []
    for section in summary.sections:
        said = [f"- {statement.text}" for statement in section.statements] or [silence(section.title)]
        parts.append("\n".join([section.title, *said]))
    return "\n\n".join(parts)


def _summarising(service: Service, judged: dict[str, Critical], advance: Advance) -> Solver:
    done = count(1)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - no model generates here
        critical = judged[str(state.sample_id)]
        start = time.perf_counter()
        summary = service.summary(LOCAL, critical.patient.ipp)
        state.metadata["seconds"] = time.perf_counter() - start
        state.metadata["summary"] = plain(summary)
        advance(next(done), len(judged))
        return state

    return solver_of(solve)


def _judging(judged: dict[str, Critical]) -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - the gold holds more than a target
        summary = decode(Summary, state.metadata["summary"])
        case = summary_case(judged[str(state.sample_id)], summary, state.metadata["seconds"])
        return Score(value="C" if case.passed else "I", metadata={CASE: plain(case)})

    return scorer_of(score)
