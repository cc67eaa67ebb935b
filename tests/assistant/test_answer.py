"""One question, one stream of events: order, honesty, abstention, interruption."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import update

from assistant.access import allow
from assistant.answer import LONGEST_QUESTION, Asked, answer
from assistant.bootstrap import Workspace
from assistant.errors import Cancelled, UsageError
from assistant.types import LOCAL, Answer, AskEvent, Done, Notice, Progress, StatementReady
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
    path = write_dossier(tmp_path, ANNE, [Note("Allergies : latex.")])
    with hospital(tmp_path / "home", path) as workspace:
        assert told(workspace, ANNE, "allergies").outcome == "answered"
        with workspace.record.write() as connection:
            connection.execute(update(document).values(text="Allergies : aucun."))
        events = list(ask(workspace, ANNE, "allergies"))
        assert [type(event) for event in events] == [Progress, Notice, Done]
        assert told(workspace, ANNE, "allergies").outcome == "not_in_record"
