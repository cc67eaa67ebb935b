"""The desk of a session: nothing of one patient or of a dropped question ever reaches the next."""

from copy import deepcopy

from assistant.types import Answer, Done, Notice, PatientCard, Progress, Sources, Statement, StatementReady
from ui.page.desk import Desk, Fault

ANNE = PatientCard("1", "CH", "DURAND", "Anne", "1950-01-01", "F", 75, 1)
PAUL = PatientCard("2", "CH", "MARTIN", "Paul", "1960-01-01", "M", 65, 1)
SAID = Statement("a", "record", "supported", ())
DONE = Done(Answer("a", "answered", False, (SAID,), "", Sources(1, ""), 0.1))


def desk_of(card: PatientCard) -> Desk:
    desk = Desk()
    desk.open(card, ())
    return desk


def test_events_fill_the_turn() -> None:
    desk = desk_of(ANNE)
    asking = desk.begin("?", 1)
    assert asking is not None
    assert asking.patient == "1@CH"
    events = (Progress("lecture"), StatementReady(0, SAID), Notice("x"), DONE)
    assert all(desk.receive(asking, event) for event in events)
    turn = desk.scene().turns[0]
    assert (turn.state, turn.progress, turn.statements, turn.notices) == ("done", "lecture", (SAID,), ("x",))
    assert not desk.fail(asking, Fault("trop tard"))
    assert desk.scene().turns[0].state == "done"


def test_another_patient_cancels_and_drops_what_was_under_way() -> None:
    desk = desk_of(ANNE)
    asking = desk.begin("?", 1)
    assert asking is not None
    desk.open(PAUL, ())
    assert asking.cancel.is_set()
    assert not desk.receive(asking, StatementReady(0, SAID))
    assert not desk.fail(asking, Fault("x"))
    assert (desk.scene().card, desk.scene().turns, desk.scene().opened) == (PAUL, (), None)


def test_a_question_sent_from_a_stale_screen_is_refused() -> None:
    desk = desk_of(ANNE)
    desk.open(PAUL, ())
    assert desk.begin("?", 1) is None
    assert desk.begin("?", 2) is not None


def test_one_question_at_a_time_and_none_without_words_or_patient() -> None:
    desk = desk_of(ANNE)
    assert desk.begin("", 1) is None
    assert desk.begin("?", 1) is not None
    assert desk.begin("encore ?", 1) is None
    assert Desk().begin("?", 0) is None


def test_a_stopped_answer_keeps_what_was_proven() -> None:
    desk = desk_of(ANNE)
    asking = desk.begin("?", 1)
    assert asking is not None
    desk.receive(asking, StatementReady(0, SAID))
    desk.stop()
    assert asking.cancel.is_set()
    assert not desk.receive(asking, StatementReady(1, SAID))
    assert (desk.scene().turns[0].state, desk.scene().turns[0].statements) == ("stopped", (SAID,))
    assert desk.begin("suite ?", 1) is not None


def test_a_new_conversation_keeps_the_patient() -> None:
    desk = desk_of(ANNE)
    asking = desk.begin("?", 1)
    desk.restart()
    assert asking is not None
    assert asking.cancel.is_set()
    assert (desk.scene().card, desk.scene().turns, desk.scene().epoch) == (ANNE, (), 2)


def test_each_session_gets_its_own_empty_desk() -> None:
    assert deepcopy(desk_of(ANNE)).scene().card is None
