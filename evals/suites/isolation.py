"""Cross-patient campaign: every patient's questions asked about every other patient.

Source: the 412 questions of ``data/records``; 22 patients make 412 x 21 = 8,652 asks. One example: P1-Q16,
"Quel antibiotique a provoqué la toxidermie de la patiente ?", is asked about each of the 21 others,
the homonym of patient 1 first among them. Whatever is answered or found, every citation, every other place
of the same words and every passage must be of the patient named.

No gold answer is judged here, so that the campaign runs without inspect-ai, in one process, to see memory too.
"""

import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import psutil

from assistant.service import Service
from assistant.types import LOCAL, Answer, FoundPassage
from evals.asking import ask
from evals.gold import Gold, GoldPatient, GoldQuestion
from evals.types import Advance, Broken

_RECORD = "record:"
_PASSAGES = 20


@dataclass(frozen=True)
class Crossing:
    """A question of one patient, asked about another."""

    question: GoldQuestion
    about: GoldPatient


@dataclass(frozen=True)
class Leak:
    """Something of another patient that was shown: which question, about whom, which document. Ids only."""

    question: str
    about: str
    document: str
    where: str


@dataclass
class IsolationRun:
    """What the campaign counted. Memory is this process's resident set, in bytes."""

    asks: int = 0
    citations: int = 0
    places: int = 0
    passages: int = 0
    leaks: list[Leak] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def crossings(gold: Gold, sample: int | None, seed: int) -> list[Crossing]:
    """Return every crossing, or those between homonyms and twins plus ``sample`` others drawn at random."""
    every = [
        Crossing(question, about)
        for asker in gold.patients
        for question in asker.questions
        for about in gold.patients
        if about.name != asker.name
    ]
    if sample is None:
        return every
    names = {patient.name: patient.family_name for patient in gold.patients}
    near = [c for c in every if names[c.question.patient] == c.about.family_name]
    others = [c for c in every if names[c.question.patient] != c.about.family_name]
    return near + random.Random(seed).sample(others, min(sample, len(others)))  # noqa: S311 - a draw, not a secret


def run_isolation(service: Service, chosen: Sequence[Crossing], advance: Advance) -> IsolationRun:
    """Ask and search every crossing; memory is read at the start and after each tenth of the campaign."""
    run, process, step = IsolationRun(), psutil.Process(), max(1, len(chosen) // 10)
    run.memory.append(process.memory_info().rss)
    for number, crossing in enumerate(chosen, 1):
        try:
            _cross(run, service, crossing)
        except Exception as error:  # noqa: BLE001 - a question that breaks is counted, the campaign goes on
            run.broken.append(Broken(f"{crossing.question.id} > {crossing.about.name}", type(error).__name__))
        if number % step == 0:
            run.memory.append(process.memory_info().rss)
        advance(number, len(chosen))
    return run


def summary(run: IsolationRun) -> dict[str, Any]:
    """Return the campaign's counts as a report shows them; memory in MB (10^6 bytes)."""
    memory = [round(size / 1e6) for size in run.memory]
    return {
        "asks": run.asks,
        "citations": run.citations,
        "places": run.places,
        "passages": run.passages,
        "leaks": [asdict(leak) for leak in run.leaks],
        "broken": [asdict(broken) for broken in run.broken],
        "memory_mb": {"start": memory[0], "peak": max(memory), "end": memory[-1], "series": memory},
        "seconds": {"median": round(statistics.median(run.seconds or [0.0]), 4)},
    }


def _cross(run: IsolationRun, service: Service, crossing: Crossing) -> None:
    start = time.perf_counter()
    answer = ask(service, crossing.about.ipp, crossing.question.question)
    run.seconds.append(time.perf_counter() - start)
    passages = service.search(LOCAL, crossing.about.ipp, crossing.question.question, limit=_PASSAGES)
    _count(run, answer, passages)
    run.leaks += _leaks(crossing, answer, passages)


def _count(run: IsolationRun, answer: Answer, passages: Sequence[FoundPassage]) -> None:
    citations = [citation for statement in answer.statements for citation in statement.citations]
    run.asks += 1
    run.citations += len(citations)
    run.places += sum(len(citation.also) for citation in citations) + sum(len(p.also) for p in passages)
    run.passages += len(passages)


def _leaks(crossing: Crossing, answer: Answer, passages: Sequence[FoundPassage]) -> list[Leak]:
    return [
        Leak(crossing.question.id, crossing.about.name, document, where)
        for document, words, where in _shown(answer, passages)
        if not _is_own(crossing.about, document, words)
    ]


def _shown(answer: Answer, passages: Sequence[FoundPassage]) -> Iterator[tuple[str, str, str]]:
    """Yield every document shown, with the words shown of it and where."""
    for statement in answer.statements:
        for citation in statement.citations:
            yield citation.document, citation.quote, "citation"
            yield from ((place.document, "", "also") for place in citation.also)
    for passage in passages:
        yield passage.document, passage.text, "passage"
        yield from ((place.document, "", "also") for place in passage.also)


def _is_own(about: GoldPatient, document: str, words: str) -> bool:
    if document.startswith(_RECORD):
        return words in about.administrative
    return document in about.texts and words in about.texts[document]
