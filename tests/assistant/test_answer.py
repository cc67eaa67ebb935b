"""One question, one stream of events: order, honesty, abstention, interruption."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import update

from assistant.access import allow
from assistant.answer import LONGEST_QUESTION, MOST_BESIDE_ADVICE, Asked, answer
from assistant.bootstrap import Workspace
from assistant.errors import Cancelled, UsageError
from assistant.types import LOCAL, Answer, AskEvent, Done, Notice, Progress, StatementReady
from ingestion.normalise import fold
from ingestion.record.tables import document
from tests.assistant.hospital import ANNE, EMPTY, JEANNE, LINA, NOW, PATRICK, Note, hospital, write_dossier

QUESTIONS = [
    (JEANNE, "Quelle est la dernière FEVG ?"),
    (JEANNE, "dose d'apixaban a la sortie"),
    (JEANNE, "Pourquoi la warfarine a-t-elle été arrêtée ?"),
    (JEANNE, "Y a-t-il une maladie de Crohn ?"),
    (JEANNE, "résultat du Holter"),
    (PATRICK, "évolution de l'hémoglobine"),
    (PATRICK, "A-t-il été transfusé ?"),
    (PATRICK, "date de la sérologie de Lyme"),
    (LINA, "poids de naissance"),
    (LINA, "Quels traitements à la sortie ?"),
    (ANNE, "allergies"),
    (ANNE, "Résultat du Holter ?"),
    (EMPTY, "allergies"),
]


def ask(workspace: Workspace, patient: str, question: str, cancel: Event | None = None) -> Iterator[AskEvent]:
    access = allow(workspace.record, LOCAL, patient)
    return answer(workspace.retriever, access, Asked(question, NOW, cancel))


def told(workspace: Workspace, patient: str, question: str) -> Answer:
    *_, done = ask(workspace, patient, question)
    assert isinstance(done, Done)
    return done.answer


@pytest.mark.parametrize(("patient", "question"), QUESTIONS)
def test_what_is_streamed_is_the_answer(workspace: Workspace, patient: str, question: str) -> None:
    first, *events, last = ask(workspace, patient, question)
    assert isinstance(first, Progress)
    assert isinstance(last, Done)
    ready = [event for event in events if isinstance(event, StatementReady)]
    assert [event.index for event in ready] == list(range(len(ready)))
    assert tuple(event.statement for event in ready) == last.answer.statements
    assert len(ready) == len(events)


@pytest.mark.parametrize(("patient", "question"), QUESTIONS)
def test_every_statement_is_proven_by_exact_quotes_of_this_patient(
    workspace: Workspace, patient: str, question: str
) -> None:
    access = allow(workspace.record, LOCAL, patient)
    mine = {row.id for row in access.documents}
    for statement in told(workspace, patient, question).statements:
        assert (statement.origin, statement.verdict) == ("record", "supported")
        assert statement.citations
        for citation in statement.citations:
            text = workspace.record.document(access.patient.pk, citation.document).text
            assert text[citation.start : citation.end] == citation.quote
            assert {citation.document, *(place.document for place in citation.also)} <= mine


@pytest.mark.parametrize(("patient", "question"), QUESTIONS)
def test_the_answer_is_its_statements_or_says_why_not(workspace: Workspace, patient: str, question: str) -> None:
    said = told(workspace, patient, question)
    joined = " ".join(statement.text for statement in said.statements)
    assert said.as_of == NOW
    assert said.abstained == (said.outcome != "answered")
    assert said.sources == allow(workspace.record, LOCAL, patient).sources
    if said.outcome == "answered":
        assert said.answer == joined != ""
        return
    assert f"{said.sources.documents} document" in said.answer
    assert said.statements == () or joined not in said.answer
    assert len(said.statements) <= (said.outcome == "awaited")


def test_what_the_record_holds_is_answered(workspace: Workspace) -> None:
    said = told(workspace, ANNE, "A-t-elle une allergie ?")
    assert said.answer.startswith("Allergies : latex (urticaire). (note d'évolution, 10/03/2025)")


def test_a_result_to_come_is_awaited_and_the_line_that_says_so_is_cited(workspace: Workspace) -> None:
    said = told(workspace, ANNE, "Résultat du Holter ?")
    assert said.outcome == "awaited"
    assert "lecture en attente" in said.statements[0].text


def test_silence_is_never_no(workspace: Workspace) -> None:
    said = told(workspace, ANNE, "A-t-elle une maladie de Crohn ?")
    assert (said.outcome, said.statements) == ("not_in_record", ())
    assert said.answer == (
        "Le dossier ne répond pas à cette question. Recherche faite dans 3 documents du dossier, le plus récent du "
        "12/03/2025. L'absence de mention ne vaut pas réponse négative."
    )


def test_a_record_without_document_says_so(workspace: Workspace) -> None:
    assert "Recherche faite dans 0 document du dossier. " in told(workspace, EMPTY, "allergies").answer


@pytest.mark.parametrize(
    "question",
    [
        "Mme MARTIN a-t-elle une allergie ?",
        "Quelles sont les allergies de M. Durand ?",
        "Allergies de Monsieur LE GOFF ?",
        "allergies de l'IPP 0004417829",
        "IPP : 0005093316, allergies ?",
        "Mme PETIT Annabelle est-elle allergique ?",
    ],
)
def test_another_patient_is_not_answered_for(workspace: Workspace, question: str) -> None:
    said = told(workspace, ANNE, question)
    assert (said.outcome, said.statements) == ("other_patient", ())
    assert "autre personne" in said.answer


@pytest.mark.parametrize(
    "question",
    [
        "Mme PETIT a-t-elle une allergie ?",
        "Mme PETIT Anne a-t-elle une allergie ?",
        "allergies de Madame Petit ?",
        f"IPP {ANNE} : allergies",
        "allergie au latex",
    ],
)
def test_this_patient_may_be_named(workspace: Workspace, question: str) -> None:
    assert told(workspace, ANNE, question).outcome != "other_patient"


@pytest.mark.parametrize("question", ["", "  \n", "a" * (LONGEST_QUESTION + 1)])
def test_what_is_no_question_is_refused(workspace: Workspace, question: str) -> None:
    with pytest.raises(UsageError) as refused:
        list(ask(workspace, ANNE, question))
    assert refused.value.hint
    assert "aaa" not in str(refused.value)


def test_the_longest_question_is_answered(workspace: Workspace) -> None:
    assert told(workspace, ANNE, "allergie au latex " * (LONGEST_QUESTION // 18))


def test_a_reader_who_leaves_stops_the_answer_between_statements(workspace: Workspace) -> None:
    cancel = Event()
    events = ask(workspace, PATRICK, "évolution de l'hémoglobine", cancel)
    assert isinstance(next(events), Progress)
    assert isinstance(next(events), StatementReady)
    cancel.set()
    with pytest.raises(Cancelled):
        next(events)


def test_a_reader_who_has_left_is_told_nothing(workspace: Workspace) -> None:
    cancel = Event()
    cancel.set()
    events = ask(workspace, PATRICK, "évolution de l'hémoglobine", cancel)
    assert isinstance(next(events), Progress)
    with pytest.raises(Cancelled):
        next(events)


def test_what_the_document_no_longer_says_is_withheld(tmp_path: Path) -> None:
    path = write_dossier(tmp_path, ANNE, [Note("Vue par l'assistante sociale. Le chat est confié à la voisine.")])
    with hospital(tmp_path / "home", path) as workspace:
        assert told(workspace, ANNE, "À qui le chat est-il confié ?").outcome == "answered"
        _rewrite(workspace, "Vue par l'assistante sociale. Le chien est confié à la mairie.")
        events = list(ask(workspace, ANNE, "À qui le chat est-il confié ?"))
        assert [type(event) for event in events] == [Progress, Notice, Done]
        assert told(workspace, ANNE, "À qui le chat est-il confié ?").outcome == "not_in_record"


def test_a_value_that_the_document_no_longer_holds_is_not_told(tmp_path: Path) -> None:
    path = write_dossier(tmp_path, ANNE, [Note("Potassium : 6,1 mmol/L.")])
    with hospital(tmp_path / "home", path) as workspace:
        assert "6,1" in told(workspace, ANNE, "kaliémie ?").answer
        _rewrite(workspace, "Potassium : 4,1 mmol/L.")
        assert "6,1" not in told(workspace, ANNE, "kaliémie ?").answer


ADVICE = [
    (ANNE, "Puis-je reprendre le ramipril ?", "Ramipril"),
    (ANNE, "QUELLE DOSE DE RAMIPRIL FAUT-IL DONNER ?", "amipril"),
    (JEANNE, "Peut-on augmenter l'apixaban ?", "apixaban"),
    (JEANNE, "Dois-je arrêter le furosémide ?", "furosémide"),
]


@pytest.mark.parametrize(("patient", "question", "matter"), ADVICE)
def test_advice_is_declined_beside_what_the_record_says(
    workspace: Workspace, patient: str, question: str, matter: str
) -> None:
    said = told(workspace, patient, question)
    assert (said.outcome, said.abstained) == ("advice_declined", True)
    assert said.answer.startswith("Liaison cite le dossier et ne donne pas de conseil médical")
    assert 1 <= len(said.statements) <= MOST_BESIDE_ADVICE
    assert any(fold(matter) in fold(statement.text) for statement in said.statements)
    assert not any(statement.text.startswith(("Oui", "Non")) for statement in said.statements)
    assert all(statement.verdict == "supported" and statement.citations for statement in said.statements)


def test_advice_on_what_the_record_does_not_hold_is_declined_with_nothing_beside(workspace: Workspace) -> None:
    assert told(workspace, EMPTY, "Faut-il donner de la morphine ?").statements == ()


FOLLOW_UPS = [
    (ANNE, "Quelle dose de ramipril ?", "pourquoi a-t-il été arrêté ?", "ramipril", "toux"),
    (PATRICK, "évolution de l'hémoglobine", "et la créatinine ?", "créatinine", "réatinine"),
    (ANNE, "allergies ?", "Quel est le poids ?", "", "61 kg"),
]


@pytest.mark.parametrize(("patient", "before", "question", "completed", "words"), FOLLOW_UPS)
def test_a_follow_up_is_answered_as_it_was_understood(
    workspace: Workspace, patient: str, before: str, question: str, completed: str, words: str
) -> None:
    access = allow(workspace.record, LOCAL, patient)
    asked = Asked(question, NOW)
    *_, done = answer(workspace.retriever, access, replace(asked, previous=(before,)))
    assert isinstance(done, Done)
    assert words in done.answer.answer
    assert completed in done.answer.understood
    assert bool(done.answer.understood) == bool(completed)
    *_, alone = answer(workspace.retriever, access, asked)
    assert isinstance(alone, Done)
    assert alone.answer.understood == ""


def test_a_question_before_that_is_endless_is_not_read(workspace: Workspace) -> None:
    access = allow(workspace.record, LOCAL, ANNE)
    before = "ramipril " * LONGEST_QUESTION
    *_, done = answer(workspace.retriever, access, Asked("pourquoi ?", NOW, previous=(before,)))
    assert isinstance(done, Done)
    assert done.answer.understood == ""


def _rewrite(workspace: Workspace, text: str) -> None:
    with workspace.record.write() as connection:
        connection.execute(update(document).values(text=text))
