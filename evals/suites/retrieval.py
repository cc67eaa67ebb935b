"""Search in one patient's record: how much must be read before the evidence is met?

Source: the evidence spans of the 317 answerable questions of ``data/records``, written for this project
(CC0), not reviewed by a clinician. One example, P1-Q02:

    query      Quelle est la dernière FEVG connue ?
    evidence   P1-D07 "FEVG 42 % (Simpson biplan, moyenne de 5 cycles)"
    found      when one passage within the first 700, 2,100, 3,500 or 7,000 characters covers half of the quote
"""

import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import count

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target
from inspect_ai.solver import Generate, Solver, TaskState

from assistant.types import FoundPassage
from assistant.wire import decode, plain
from evals.budget import RetrievalScore, score_passages, within
from evals.gold import Gold, GoldQuestion
from evals.harness import CASE, scorer_of, solver_of
from evals.measures import BUDGETS
from evals.types import Advance, Case, gold_evidence

LIMIT = 100
"""Passages asked of a search: enough for the largest budget, however short they are."""

Search = Callable[[str, str], list[FoundPassage]]
"""Returns the passages of a patient (named by IPP) for a query, best first."""


def retrieval_task(gold: Gold, search: Search, advance: Advance) -> Task:
    """Return the task that searches for every answerable question of the gold."""
    questions = {question.id: question for question in gold.questions if question.answerable}
    samples = [Sample(id=q.id, input=q.question, target=q.answer) for q in questions.values()]
    return Task(
        name="retrieval",
        dataset=MemoryDataset(samples),
        solver=_searching(search, questions, advance),
        scorer=_judging(questions),
    )


def retrieval_case(question: GoldQuestion, passages: list[FoundPassage], score: RetrievalScore, seconds: float) -> Case:
    """Return the case of a search and its score; it passes when evidence is met within 2,100 characters."""
    needed = next((budget for budget in BUDGETS if score.found[budget]), None)
    return Case(
        id=question.id,
        passed=bool(score.found[2100]),
        verdict="missed" if needed is None else f"met_within_{needed}",
        split=question.split,
        category=question.category,
        patient=question.patient,
        question=question.question,
        outcome="",
        answer="",
        gold_answer=question.answer,
        gold_evidence=gold_evidence(question),
        citations=tuple(asdict(passage) for passage, _ in within(passages, BUDGETS[-1])),
        measures=score.pairs(),
        notes={"evidence": score.evidence, "found": {str(budget): n for budget, n in score.found.items()}},
        seconds=seconds,
    )


def _searching(search: Search, questions: dict[str, GoldQuestion], advance: Advance) -> Solver:
    done = count(1)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - no model generates here
        question = questions[str(state.sample_id)]
        start = time.perf_counter()
        passages = search(question.ipp, question.question)
        state.metadata["seconds"] = time.perf_counter() - start
        state.metadata["passages"] = [plain(passage) for passage in passages]
        advance(next(done), len(questions))
        return state

    return solver_of(solve)


def _judging(questions: dict[str, GoldQuestion]) -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - the gold holds more than the target
        question = questions[str(state.sample_id)]
        passages = [decode(FoundPassage, passage) for passage in state.metadata["passages"]]
        case = retrieval_case(question, passages, score_passages(question, passages), state.metadata["seconds"])
        return Score(value="C" if case.passed else "I", metadata={CASE: plain(case)})

    return scorer_of(score)
