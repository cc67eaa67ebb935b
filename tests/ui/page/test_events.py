"""The events of the page over a service in memory: choosing, citing, stale and forged commands, faults."""

import logging
import re
from collections.abc import Iterator, Sequence
from threading import Event
from typing import Any

import gradio as gr
import pytest

from assistant.errors import UsageError
from assistant.overviews import Summary
from assistant.types import LOCAL, AskEvent, PatientCard, Principal
from tests.browser.serving import DOSSIERS
from tests.ui.page.memory_service import MemoryService, load
from ui.page.desk import Desk
from ui.page.events import Events

DELAUNOY = "0005093316@Centre hospitalier de Valmorin"
JEANNE = "0004417829@Centre hospitalier de Valmorin"
TWIN = "0007341186@Hôpital Mère-Enfant-Urgences de Corvallonne"
ALLERGY = "Le patient a-t-il des allergies ?"


class FailingService(MemoryService):
    """Fails when asked, with the error given."""

    error: Exception

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        raise self.error

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        raise self.error


@pytest.fixture(scope="module")
def service() -> MemoryService:
    return load(DOSSIERS)


@pytest.fixture
def events(service: MemoryService) -> Events:
    return Events(service, LOCAL)


def said(**data: str) -> gr.EventData:
    return gr.EventData(None, data)


def opened(events: Events, patient: str = DELAUNOY) -> Desk:
    desk = Desk()
    events.choose(desk, said(patient=patient))
    return desk


def drain(stream: Iterator[Any]) -> list[Any]:
    return list(stream)


def test_a_patient_without_homonym_opens_at_once(events: Events) -> None:
    desk = opened(events)
    card = desk.scene().card
    assert card is not None
    assert card.family_name == "DELAUNOY"
    assert len(desk.scene().documents) == card.documents


def test_a_patient_with_homonyms_waits_for_confirmation(events: Events) -> None:
    desk = opened(events, JEANNE)
    scene = desk.scene()
    assert scene.card is None
    assert [each.given_names.split()[0] for each in scene.homonyms] == ["Jeannine"]
    events.confirm(desk, said(action="confirm", patient=JEANNE))
    card = desk.scene().card
    assert card is not None
    assert card.ipp == "0004417829"


@pytest.mark.parametrize("data", [{"action": "dismiss"}, {"action": "confirm", "patient": TWIN}, {}])
def test_another_confirmation_opens_nobody(events: Events, data: dict[str, str]) -> None:
    desk = opened(events, JEANNE)
    events.confirm(desk, said(**data))
    assert desk.scene().card is None
    assert desk.scene().pending is None
    events.confirm(desk, said(action="confirm", patient=JEANNE))
    assert desk.scene().card is None


def test_an_unknown_patient_is_told(events: Events) -> None:
    band, dialog, *_ = events.choose(Desk(), said(patient="404"))
    assert "Aucun patient ne porte l’IPP 404." in dialog
    assert 'data-view="search"' in band


def test_an_answer_streams_and_empties_the_question(events: Events) -> None:
    desk = opened(events)
    updates = drain(events.ask(desk, ALLERGY, "1"))
    assert updates[0][1] == ""
    counts = [len(re.findall('class="statement"', html)) for html, _ in updates]
    assert counts == sorted(counts)
    assert desk.scene().turns[0].state == "done"


def test_a_follow_up_leans_on_the_questions_of_the_same_patient_and_says_how(events: Events) -> None:
    desk = opened(events)
    drain(events.ask(desk, "Quelle était la créatinine en 2024 ?", "1"))
    *_, (html, _) = drain(events.ask(desk, "et en 2025 ?", "1"))
    shown = re.findall('<p class="understood"[^>]*>([^<]*)</p>', html)
    assert shown == ["Question comprise : Quelle était la créatinine en 2025 ?"]
    events.choose(desk, said(patient=JEANNE))
    events.confirm(desk, said(action="confirm", patient=JEANNE))
    *_, (html, _) = drain(events.ask(desk, "et en 2025 ?", str(desk.scene().epoch)))
    assert "Question comprise" not in html


@pytest.mark.parametrize(("question", "shown"), [("  ", "1"), (ALLERGY, "0"), (ALLERGY, ""), (ALLERGY, "x")])
def test_an_empty_or_stale_question_does_nothing(events: Events, question: str, shown: str) -> None:
    desk = opened(events)
    drain(events.ask(desk, question, shown))
    assert desk.scene().turns == ()


def test_a_stream_left_behind_yields_nothing_more(events: Events) -> None:
    desk = opened(events)
    stream = events.ask(desk, ALLERGY, "1")
    next(stream)
    next(stream)
    events.leave(desk)
    assert drain(stream) == []
    assert desk.scene().turns == ()


def test_a_stream_closed_by_a_departed_browser_cancels_the_service(events: Events, service: MemoryService) -> None:
    stream = events.ask(opened(events), ALLERGY, "1")
    for _ in range(3):
        next(stream)
    cancel = service.cancels[-1]
    assert cancel is not None
    assert not cancel.is_set()
    stream.close()  # type: ignore[attr-defined]
    assert cancel.is_set()


def test_a_citation_opens_at_its_passage(events: Events) -> None:
    desk = opened(events)
    drain(events.ask(desk, ALLERGY, "1"))
    events.cite(desk, said(turn="0", number="1", epoch="1"))
    citation = desk.scene().turns[0].citations()[0]
    shown = desk.scene().opened
    assert shown is not None
    assert shown.view is not None
    assert shown.view.text[shown.start : shown.end] == citation.quote
    events.read(desk, said(action="step", delta="1", epoch="1"))
    stepped = desk.scene().opened
    assert stepped is not None
    assert stepped.number == 2
    events.read(desk, said(action="close", epoch="1"))
    assert desk.scene().opened is None


@pytest.mark.parametrize(
    "data",
    [
        {"turn": "0", "number": "99", "epoch": "1"},
        {"turn": "-1", "number": "1", "epoch": "1"},
        {"turn": "0", "number": "0", "epoch": "1"},
        {"turn": "zéro", "number": "1", "epoch": "1"},
        {"turn": "0", "number": "1", "epoch": "0"},
        {},
    ],
)
def test_forged_or_stale_citations_open_nothing(events: Events, data: dict[str, str]) -> None:
    desk = opened(events)
    drain(events.ask(desk, ALLERGY, "1"))
    events.cite(desk, said(**data))
    assert desk.scene().opened is None


def test_a_document_of_another_patient_does_not_open(events: Events, service: MemoryService) -> None:
    foreign = service.documents(LOCAL, TWIN)[0].id
    desk = opened(events)
    _, reader = events.read(desk, said(action="open", document=foreign, epoch="1"))
    assert "Aucun document" in reader
    assert desk.scene().opened is not None
    assert "<mark>" not in reader


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UsageError("La question est vide.", "Écrivez une question."), "La question est vide."),
        (RuntimeError("secret du patient"), "Une erreur inattendue s’est produite."),
    ],
)
def test_a_fault_becomes_a_sentence_without_patient_text(
    service: MemoryService, error: Exception, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    failing = FailingService(service.cards, service.papers)
    failing.error = error
    events = Events(failing, LOCAL)
    desk = opened(events)
    with caplog.at_level(logging.DEBUG):
        (html, _) = drain(events.ask(desk, ALLERGY, "1"))[-1]
        results = events.search("x")
    for shown in (html, results):
        assert sentence in shown
        assert "secret" not in shown
    assert "secret" not in caplog.text
    assert desk.scene().turns[0].state == "failed"


def test_the_summary_is_made_when_asked_for_and_its_sources_open(events: Events) -> None:
    desk = opened(events)
    summary, *_ = events.summarise(desk, said(epoch="1"))
    assert 'data-state="ready"' in summary
    events.cite(desk, said(turn="summary", number="1", epoch="1"))
    shown = desk.scene().opened
    assert shown is not None
    assert shown.citation == desk.scene().citations("summary")[0]
    assert (shown.turn, shown.number) == ("summary", 1)


def test_a_specialty_makes_it_anew_and_forgets_the_old_numbers(events: Events) -> None:
    desk = opened(events)
    events.summarise(desk, said(epoch="1"))
    events.cite(desk, said(turn="summary", number="1", epoch="1"))
    summary, _, reader = events.summarise(desk, said(epoch="1", specialty="cardiologie"))
    assert "<h3>cardiologie</h3>" in summary
    assert "Source [" not in reader


def test_the_timeline_is_made_when_asked_for_and_its_sources_open(events: Events) -> None:
    desk = opened(events)
    assert 'data-state="ready"' in events.tell(desk, said(epoch="1"))
    events.cite(desk, said(turn="timeline", number="1", epoch="1"))
    assert desk.scene().opened is not None


@pytest.mark.parametrize("epoch", ["0", "2", "", "x"])
def test_a_view_asked_under_another_patient_is_not_made(events: Events, epoch: str) -> None:
    desk = opened(events)
    events.summarise(desk, said(epoch=epoch))
    events.tell(desk, said(epoch=epoch))
    assert desk.scene().synopsis is None
    assert desk.scene().story is None


def test_another_patient_begins_without_views(events: Events) -> None:
    desk = opened(events)
    events.summarise(desk, said(epoch="1"))
    events.choose(desk, said(patient=TWIN))
    events.confirm(desk, said(action="confirm", patient=TWIN))
    assert desk.scene().synopsis is None


@pytest.mark.parametrize("turn", ["summary", "timeline", "3", "-1", "", "x"])
def test_a_citation_of_nothing_opens_nothing(events: Events, turn: str) -> None:
    desk = opened(events)
    events.cite(desk, said(turn=turn, number="1", epoch="1"))
    assert desk.scene().opened is None


def test_a_view_that_fails_says_why(service: MemoryService) -> None:
    class Failing(MemoryService):
        def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
            raise UsageError("Cette spécialité n'est pas connue.", "Spécialités : cardiologie.")

    events = Events(Failing(service.cards, service.papers), LOCAL)
    desk = opened(events)
    summary, *_ = events.summarise(desk, said(epoch="1", specialty="astrologie"))
    assert "Spécialités : cardiologie." in summary
