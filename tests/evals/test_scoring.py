"""Scores of answers, as a table: an answer, and what each measure says of it."""

from dataclasses import replace

import pytest

from assistant.types import Answer, Citation, Place
from evals.gold import Gold, GoldQuestion
from evals.scoring import QuestionScore, is_exact, is_foreign, meets_evidence, score_answer, severe_kind, word_count
from tests.evals.quoting_service import abstention, answer, citation, quotation
from tests.evals.records import COPIED, NOTE

WORDS = "pénicilline (urticaire)"
IN_NOTE = citation("A-D1", NOTE.index(WORDS), WORDS)
IN_COPY = citation("A-D2", COPIED.index(WORDS), WORDS)
MOTIVE = citation("A-D1", 0, "Motif : chute.")
WEIGHT = citation("A-D1", NOTE.index("Poids"), "Poids : 61 kg")


def _score(gold: Gold, identifier: str, said: Answer) -> QuestionScore:
    question = next(question for question in gold.questions if question.id == identifier)
    return score_answer(question, said, gold.by_name[question.patient])


ANSWERS = [
    ("right and proven", "A-Q1", answer(IN_NOTE), {"correct": 1, "cited": 1, "correct_and_cited": 1}),
    ("proven by the copied words", "A-Q1", answer(IN_COPY), {"correct": 1, "cited": 1, "citation_precision": 1}),
    ("right, proven by nothing", "A-Q1", answer(text="Pénicilline."), {"correct": 1, "cited": 0}),
    ("right, proof beside", "A-Q1", answer(MOTIVE, text="Pénicilline."), {"cited": 0, "correct_and_cited": 0}),
    ("half of the citations useful", "A-Q1", answer(IN_NOTE, MOTIVE), {"citation_precision": 0.5, "cited": 1}),
    ("too long", "A-Q1", answer(IN_NOTE, text="pénicilline " * 151), {"correct": 0, "words": 151}),
    ("just short enough", "A-Q1", answer(IN_NOTE, text="pénicilline " * 150), {"correct": 1}),
    ("expected word absent", "A-Q1", answer(MOTIVE), {"correct": 0, "wrongly_abstained": 0}),
    ("abstained wrongly", "A-Q1", abstention("not_in_record"), {"correct": 0, "wrongly_abstained": 1, "cited": 0}),
    ("forbidden said", "A-Q2", answer(WEIGHT, text="61 kg, 5 mg"), {"correct": 0, "forbidden": 1, "severe": 1}),
    ("decimal is not forbidden", "A-Q2", answer(WEIGHT, text="61 kg, 2,5 mg"), {"correct": 1, "forbidden": 0}),
    ("abstained rightly", "A-Q3", abstention("awaited"), {"abstained_rightly": 1, "awaited_rightly": 1}),
    ("wrong reason", "A-Q3", abstention("not_in_record"), {"abstained_rightly": 1, "awaited_rightly": 0}),
    ("should have abstained", "A-Q3", answer(MOTIVE), {"abstained_rightly": 0}),
    (
        "leaks while abstaining",
        "A-Q3",
        abstention("awaited", "Pauses de 3 s."),
        {"abstained_rightly": 0, "forbidden": 1},
    ),
]


@pytest.mark.parametrize(("identifier", "said", "expected"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_score(gold: Gold, identifier: str, said: Answer, expected: dict[str, float]) -> None:
    pairs = _score(gold, identifier, said).pairs()
    assert {name: pairs[name][0] / pairs[name][1] for name in expected} == expected


def test_measures_that_do_not_apply_are_absent(gold: Gold) -> None:
    assert {"correct", "cited", "wrongly_abstained"}.isdisjoint(_score(gold, "A-Q3", abstention("awaited")).pairs())
    assert {"abstained_rightly", "awaited_rightly"}.isdisjoint(_score(gold, "A-Q1", answer(IN_NOTE)).pairs())
    assert "quotes_exact" not in _score(gold, "A-Q1", abstention("awaited")).pairs()


def test_what_is_missing_is_told(gold: Gold) -> None:
    assert _score(gold, "A-Q1", answer(MOTIVE)).missing == (("pénicilline",),)


QUOTES = [
    ("verbatim", IN_NOTE, True, False),
    ("shifted by one", replace(IN_NOTE, start=IN_NOTE.start + 1, end=IN_NOTE.end + 1), False, False),
    ("other words", replace(IN_NOTE, quote="pénicilline (URTICAIRE)"), False, False),
    ("another patient's", citation("B-D1", 0, "Motif : toux."), False, True),
    ("true other place", replace(IN_NOTE, also=(Place("A-D2", IN_COPY.start, IN_COPY.end, "", "", ""),)), True, False),
    ("false other place", replace(IN_NOTE, also=(Place("A-D2", 0, 9, "", "", ""),)), False, False),
    ("foreign other place", replace(IN_NOTE, also=(Place("B-D1", 0, 9, "", "", ""),)), False, True),
    ("identity", citation("record:patient", 0, "1950-01-01"), True, False),
    ("invented identity", citation("record:patient", 0, "1951-01-01"), False, False),
    ("empty", citation("A-D1", 3, ""), False, False),
]


@pytest.mark.parametrize(("quote", "exact", "foreign"), [q[1:] for q in QUOTES], ids=[q[0] for q in QUOTES])
def test_quote(gold: Gold, quote: Citation, exact: bool, foreign: bool) -> None:
    assert is_exact(quote, gold.patients[0]) is exact
    assert is_foreign(quote, gold.patients[0]) is foreign


def test_another_place_of_the_words_may_be_the_one_that_meets_the_evidence(gold: Gold) -> None:
    question = gold.questions[0]
    elsewhere = replace(MOTIVE, also=(Place("A-D2", IN_COPY.start, IN_COPY.end, "", "", ""),))
    assert not meets_evidence(MOTIVE, question)
    assert meets_evidence(elsewhere, question)


SEVERE = [
    ("allergie", "pénicilline", "allergy"),
    ("medicament", "AINS", "medication"),
    ("autre_patient", "toux", "identity"),
    ("fait", "genou gauche", "side"),
    ("fait", "pied droit", "side"),
    ("derniere_valeur", "900 mg", "dose"),
    ("derniere_valeur", "500 µg", "dose"),
    ("derniere_valeur", "11,2 g/L", None),
    ("fait", "toux", None),
]


@pytest.mark.parametrize(("category", "hit", "kind"), SEVERE)
def test_severe(gold: Gold, category: str, hit: str, kind: str | None) -> None:
    question: GoldQuestion = replace(gold.questions[0], category=category)
    assert severe_kind(question, (hit,)) == kind
    assert severe_kind(question, ()) is None


def test_words_are_what_a_reader_counts() -> None:
    assert word_count("Le 03/03/2026 : 61 kg – stable.") == 5


def test_the_gold_quoted_scores_full_marks(gold: Gold) -> None:
    for question in gold.questions:
        if question.answerable:
            pairs = _score(gold, question.id, answer(*(quotation(e) for e in question.evidence))).pairs()
            assert pairs["correct_and_cited"] == (1, 1)
            assert pairs["quotes_exact"] == (1, 1)
