"""The conversation: numbering, escaping, abstention, standing, text to copy."""

from dataclasses import replace

import pytest

from assistant.types import (
    Answer,
    Citation,
    Origin,
    Outcome,
    PatientCard,
    Point,
    Series,
    Sources,
    Statement,
    Verdict,
)
from ui.page.answers import conversation, plain_text
from ui.page.desk import Fault, Scene, Turn, TurnState

PATIENT = PatientCard("0004417829", "CH de Valmorin", "BERTHELOT", "Jeanne", "1944-03-12", "F", 81, 3, 1)
HOSTILE = '<script>alert(1)</script><img src="http://evil/x" onerror="a()"> ![](http://evil/y) **gras** ${7*7}'


def cited(document: str, quote: str, start: int = 0) -> Citation:
    return Citation(document, start, start + len(quote), quote, "Note", "note_evolution", "2025-02-14", 2)


def said(text: str, *citations: Citation, origin: Origin = "record", verdict: Verdict = "supported") -> Statement:
    return Statement(text, origin, verdict, citations)


def finished(outcome: Outcome, *statements: Statement, text: str = "") -> Turn:
    answer = Answer(
        text, outcome, outcome != "answered", statements, "2026-03-01T09:00:00", Sources(14, "2025-02-19T11:00:00"), 0.1
    )
    return Turn("Question ?", "done", statements=statements, answer=answer)


def drawn(*turns: Turn) -> str:
    return str(conversation(Scene(epoch=3, card=PATIENT, turns=turns)))


def test_a_span_cited_twice_has_one_number() -> None:
    first, second = cited("D1", "K+ 4,4"), cited("D2", "INR 2,1")
    turn = finished("answered", said("a", first), said("b", second, first))
    assert turn.citations() == (first, second)
    assert drawn(turn).count('data-number="1"') == 2
    assert drawn(turn).count('data-number="2"') == 1


def test_the_source_is_named_on_the_button() -> None:
    assert 'aria-label="Source 1 : Note (Note d’évolution, 14/02/2025, page 2)"' in drawn(
        finished("answered", said("a", cited("D1", "K+ 4,4")))
    )


@pytest.mark.parametrize("state", ["streaming", "done", "stopped", "failed"])
def test_hostile_text_stays_text(state: TurnState) -> None:
    citation = replace(cited("D1", HOSTILE), title=HOSTILE)
    turn = finished("answered", said(HOSTILE, citation), text=HOSTILE)
    hostile = replace(
        turn, question=HOSTILE, state=state, progress=HOSTILE, notices=(HOSTILE,), fault=Fault(HOSTILE, HOSTILE)
    )
    rendered = drawn(hostile)
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert 'onerror="' not in rendered
    assert "&lt;script&gt;" in rendered
    assert "**gras**" in rendered


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        ("not_in_record", "Non retrouvé dans le dossier"),
        ("awaited", "Résultat attendu"),
        ("other_patient", "Concerne un autre patient"),
        ("advice_declined", "Pas d’avis médical"),
    ],
)
def test_an_abstention_is_information_not_an_error(outcome: Outcome, label: str) -> None:
    rendered = drawn(finished(outcome, said("Holter demandé", cited("D1", "Holter")), text="Le résultat manque."))
    assert 'class="abstention"' in rendered
    assert label in rendered
    assert "Le résultat manque." in rendered
    assert "Ce que dit le dossier" in rendered
    assert 'class="fault"' not in rendered
    assert f'data-outcome="{outcome}"' in rendered


def test_an_answer_has_its_perimeter_and_no_abstention() -> None:
    rendered = drawn(finished("answered", said("K+ à 4,4", cited("D1", "K+ 4,4")), text="K+ à 4,4"))
    expected = "Repose sur 14 documents accessibles ; le plus récent : 19/02/2025. Dossier lu le 01/03/2026 à 09:00."
    assert expected in rendered
    assert "abstention" not in rendered


@pytest.mark.parametrize(
    ("origin", "verdict", "label"),
    [
        ("record", "supported", "cité du dossier, vérifié"),
        ("model", "supported", "reformulé, vérifié"),
        ("attested", "not_checked", "attesté par un professionnel, non vérifié"),
        ("model", "contradicted", "reformulé, contredit par le dossier"),
    ],
)
def test_the_standing_of_a_statement(origin: Origin, verdict: Verdict, label: str) -> None:
    rendered = drawn(finished("answered", said("a", cited("D1", "x"), origin=origin, verdict=verdict)))
    assert label in rendered
    assert f'data-verdict="{verdict}"' in rendered


def test_a_stream_shows_what_is_being_done_and_no_ending() -> None:
    rendered = drawn(Turn("Q", statements=(said("a", cited("D1", "x")),), progress="Recherche…"))
    assert "Recherche…" in rendered
    assert 'data-busy="true"' in rendered
    assert "Copier" not in rendered


def test_an_empty_conversation_offers_three_examples() -> None:
    assert drawn().count('data-action="example"') == 3


def test_the_copied_text_names_patient_sources_and_perimeter() -> None:
    turn = finished("answered", said("K+ à 4,4.", cited("D1", "K+ 4,4")))
    assert plain_text(turn, PATIENT) == (
        "BERTHELOT Jeanne, née le 12/03/1944, IPP 0004417829 (CH de Valmorin)\n"
        "Question : Question ?\n\n"
        "K+ à 4,4. [1]\n\n"
        "Sources :\n[1] Note (Note d’évolution, 14/02/2025, page 2) : « K+ 4,4 »\n\n"
        "Repose sur 14 documents accessibles ; le plus récent : 19/02/2025. Dossier lu le 01/03/2026 à 09:00."
    )


def contradicting(*texts: str, conflicts: tuple[tuple[int, ...], ...] = ((0, 1),)) -> str:
    citations = [replace(cited(f"D{n}", text), date=f"2025-02-1{n}") for n, text in enumerate(texts)]
    turn = finished("answered", *(said(text, each) for text, each in zip(texts, citations, strict=True)))
    assert turn.answer is not None
    return drawn(replace(turn, answer=replace(turn.answer, conflicts=conflicts)))


def test_contradicting_statements_stand_side_by_side_under_their_dates_without_a_winner() -> None:
    rendered = contradicting("Apixaban 5 mg", "Apixaban 2,5 mg", "Suivi en mars")
    assert rendered.count('class="conflict"') == 1
    assert rendered.count('class="side"') == 2
    assert rendered.index("10/02/2025") < rendered.index("Apixaban 5 mg") < rendered.index("Apixaban 2,5 mg")
    assert "Aucun document ne tranche." in rendered
    assert '<li class="statement"' in rendered  # what contradicts nothing stays in the list


def test_a_side_that_prevails_is_said_only_when_told() -> None:
    rendered = contradicting("Hb 6,2", "Hb 8,3 prévaut : le compte rendu corrige")
    assert "Aucun document ne tranche." not in rendered


@pytest.mark.parametrize("conflicts", [((0, 9),), ((0,),), ((0, 1), (1, 0)), ()])
def test_odd_conflicts_lose_no_statement(conflicts: tuple[tuple[int, ...], ...]) -> None:
    rendered = contradicting("Un", "Deux", conflicts=conflicts)
    assert rendered.count('class="statement"') == 2


def test_an_evolution_shows_its_plot_and_its_table() -> None:
    statement = said("K : 4,1 puis 4,4", cited("D1", "K 4,1"), cited("D2", "K 4,4"))
    points = (Point("2025-02-10", "4,1", 4.1, 0, 0), Point("2025-02-12", "4,4", 4.4, 0, 1), Point("", "?", None, 7, 0))
    turn = finished("answered", statement)
    assert turn.answer is not None
    series = (Series("Potassium", "mmol/L", points),)
    rendered = drawn(replace(turn, answer=replace(turn.answer, series=series)))
    assert rendered.count('class="point" data-action="cite" data-turn="0"') == 2
    assert '<th scope="row">12/02/2025</th><td class="number">4,4 mmol/L</td>' in rendered
    assert rendered.count("<tr>") == 4


def test_declined_advice_says_what_the_record_says_instead() -> None:
    rendered = drawn(finished("advice_declined", said("Bisoprolol 5 mg", cited("D1", "Bisoprolol")), text="Décliné."))
    assert "Pas d’avis médical" in rendered
    assert rendered.index("Décliné.") < rendered.index("Ce que dit le dossier") < rendered.index("Bisoprolol 5 mg")
