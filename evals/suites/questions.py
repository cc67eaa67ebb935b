"""Gold questions on one patient's record: is the answer right, proven, and withheld when it should be?

Source: ``data/records``, 412 questions over 22 fictitious French records, written for this project (CC0),
not reviewed by a clinician. One example, P1-Q02 (``derniere_valeur``):

    question       Quelle est la dernière FEVG connue ?
    answer         42 % à l'ETT du 12/02/2025.
    must_include   [["42 %", "42%"]]
    evidence       P1-D07 "FEVG 42 % (Simpson biplan, moyenne de 5 cycles)"
"""

import time
from dataclasses import asdict
from itertools import count

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target
from inspect_ai.solver import Generate, Solver, TaskState

from assistant.service import Service
from assistant.types import Answer
from assistant.wire import decode, plain
from evals.asking import ask
from evals.gold import Gold, GoldQuestion
from evals.harness import CASE, scorer_of, solver_of
from evals.scoring import QuestionScore, score_answer
from evals.types import Advance, Case, gold_evidence


def questions_task(gold: Gold, service: Service, advance: Advance) -> Task:
    """Return the task that asks every question of the gold."""
    questions = {question.id: question for question in gold.questions}
    samples = [Sample(id=q.id, input=q.question, target=q.answer) for q in questions.values()]
    return Task(
        name="questions",
        dataset=MemoryDataset(samples),
        solver=_asking(service, questions, advance),
        scorer=_judging(gold, questions),
    )


def question_case(question: GoldQuestion, answer: Answer, score: QuestionScore, seconds: float) -> Case:
    """Return the case of an answer and its score."""
    verdict = _verdict(score)
    return Case(
        id=question.id,
        passed=bool(score.correct if question.answerable else score.abstained_rightly),
        verdict=verdict,
        split=question.split,
        category=question.category,
        patient=question.patient,
        question=question.question,
        outcome=answer.outcome,
        answer=answer.answer,
        gold_answer=question.answer,
        gold_evidence=gold_evidence(question),
        citations=tuple(asdict(citation) for statement in answer.statements for citation in statement.citations),
        measures=score.pairs(),
        notes={"missing": score.missing, "forbidden": score.forbidden, "severe": score.severe},
        seconds=seconds,
    )


def _verdict(score: QuestionScore) -> str:
    if score.correct is None:
        return "abstained_rightly" if score.abstained_rightly else "should_have_abstained"
    if score.correct:
        return "correct" if score.cited else "correct_not_cited"
    return "wrongly_abstained" if score.wrongly_abstained else "wrong"


def _asking(service: Service, questions: dict[str, GoldQuestion], advance: Advance) -> Solver:
    done = count(1)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - no model generates here
        question = questions[str(state.sample_id)]
        start = time.perf_counter()
        answer = ask(service, question.ipp, question.question)
        state.metadata["seconds"] = time.perf_counter() - start
        state.metadata["answer"] = plain(answer)
        state.output.completion = answer.answer
        advance(next(done), len(questions))
        return state

    return solver_of(solve)


def _judging(gold: Gold, questions: dict[str, GoldQuestion]) -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - the gold holds more than the target
        question = questions[str(state.sample_id)]
        answer = decode(Answer, state.metadata["answer"])
        result = score_answer(question, answer, gold.by_name[question.patient])
        case = question_case(question, answer, result, state.metadata["seconds"])
        return Score(value="C" if case.passed else "I", answer=answer.answer, metadata={CASE: plain(case)})

    return scorer_of(score)
