"""The cross-patient campaign: what is crossed, and that every way of showing another patient is seen."""

from dataclasses import replace

import pytest

from assistant.errors import Unavailable
from assistant.types import Answer, FoundPassage, Place, Principal
from evals.gold import Gold
from evals.suites.isolation import crossings, run_isolation, summary
from tests.evals.quoting_service import QuotingService, answer, citation
from tests.evals.records import NOTE

OWN = citation("B-D1", 0, "Motif : toux.")
ALLERGY = ("0000000002", "Quelle allergie ?")
"""A question of patient 1, asked about patient 2."""


def silent(done: int, total: int) -> None:
    """Tell no progress."""


def test_every_question_is_crossed_with_every_other_patient(gold: Gold) -> None:
    chosen = crossings(gold, None, seed=0)
    assert len(chosen) == 5 * 2
    assert all(crossing.question.patient != crossing.about.name for crossing in chosen)
    assert len({(crossing.question.id, crossing.about.name) for crossing in chosen}) == 10


def test_a_sample_always_holds_the_near_names(gold: Gold) -> None:
    near = {("A-Q1", "patient-02"), ("A-Q2", "patient-02"), ("A-Q3", "patient-02"), ("B-Q1", "patient-01")}
    for seed in range(5):
        chosen = {(crossing.question.id, crossing.about.name) for crossing in crossings(gold, 2, seed)}
        assert near < chosen
        assert len(chosen) == 6
    assert {(c.question.id, c.about.name) for c in crossings(gold, 0, 0)} == near


def test_nothing_foreign_nothing_told(gold: Gold) -> None:
    run = run_isolation(QuotingService(gold), crossings(gold, None, 0), silent)
    report = summary(run)
    assert (report["asks"], report["leaks"], report["broken"]) == (10, [], [])
    assert report["passages"] > 0
    assert report["memory_mb"]["start"] > 0


LEAKS = [
    ("a citation", answer(citation("A-D1", 0, "Motif : chute.")), [("A-D1", "citation")]),
    ("another place", answer(replace(OWN, also=(Place("A-D2", 0, 6, "", "", ""),))), [("A-D2", "also")]),
    ("words under an own document", answer(citation("B-D1", 0, "Motif : chute.")), [("B-D1", "citation")]),
    ("an identity", answer(citation("record:patient", 0, "0000000001")), [("record:patient", "citation")]),
    ("its own identity", answer(citation("record:patient", 0, "0000000002")), []),
    ("its own document", answer(OWN), []),
]


@pytest.mark.parametrize(("said", "seen"), [leak[1:] for leak in LEAKS], ids=[leak[0] for leak in LEAKS])
def test_an_answer_that_shows_another_patient_is_seen(gold: Gold, said: Answer, seen: list[tuple[str, str]]) -> None:
    run = run_isolation(QuotingService(gold, {ALLERGY: said}), crossings(gold, None, 0), silent)
    assert [(leak.document, leak.where) for leak in run.leaks] == seen
    assert all((leak.question, leak.about) == ("A-Q1", "patient-02") for leak in run.leaks)


class MisfiledService(QuotingService):
    """Finds patient 1's note whoever is searched."""

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        return [FoundPassage("A-D1", 0, len(NOTE), NOTE, "", "", "", 1.0)]


def test_a_passage_of_another_patient_is_seen(gold: Gold) -> None:
    run = run_isolation(MisfiledService(gold), crossings(gold, None, 0), silent)
    assert {(leak.about, leak.document, leak.where) for leak in run.leaks} == {
        ("patient-02", "A-D1", "passage"),
        ("patient-03", "A-D1", "passage"),
    }


def test_a_question_that_breaks_is_counted_without_its_words(gold: Gold) -> None:
    service = QuotingService(gold, {ALLERGY: Unavailable("pénicilline")})
    run = run_isolation(service, crossings(gold, None, 0), silent)
    assert run.asks == 9
    assert [(broken.id, broken.error) for broken in run.broken] == [("A-Q1 > patient-02", "Unavailable")]
