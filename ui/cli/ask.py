"""``liaison ask``: one question for a reader, or many as JSON lines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import Unavailable, UsageError
from assistant.service import Service
from assistant.types import LOCAL, Answer, Citation, Done, StatementReady
from ui.cli.options import AsJson, Authority, Patient
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="La question.")] = None,
    patient: Patient = None,
    authority: Authority = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            metavar="FICHIER.jsonl", help='Lignes {"id", "patient", "question", "conversation"?} ; « - » lit l\'entrée.'
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pose une question sur le dossier d'un patient."""
    if questions is not None:
        _refuse_both(question, patient)
        from ui.cli.batch import answer_lines

        with service_of(context, "questions", serve_others=True) as service:
            failed = answer_lines(service, questions)
        raise typer.Exit(1 if failed else 0)
    if not question or not patient:
        raise UsageError(
            "Il manque la question ou le patient.", 'Exemple : liaison ask --patient IPP "Quel est l\'INR ?"'
        )
    from assistant.wire import patient_reference

    with service_of(context, "question") as service:
        reference = patient_reference(patient, authority)
        if as_json:
            print_json(answer(service, reference, question))
        else:
            _show(service, reference, question)


def answer(service: Service, patient: str, question: str, previous: Sequence[str] = ()) -> Answer:
    """Ask and return the whole answer; ``previous`` are the questions of the conversation before it."""
    for event in service.ask(LOCAL, patient, question, previous=previous):
        if isinstance(event, Done):
            return event.answer
    raise Unavailable("La réponse est restée inachevée.", "Reposez la question.")


def _refuse_both(question: str | None, patient: str | None) -> None:
    if question or patient:
        raise UsageError(
            "--questions remplace la question et --patient.", "Donnez l'un ou l'autre : le fichier nomme les patients."
        )


def _show(service: Service, patient: str, question: str) -> None:
    """Print statements as they come, numbered citations after them, and on what the answer rests."""
    out = console()
    cited: dict[tuple[str, int, int], tuple[int, Citation]] = {}
    for event in service.ask(LOCAL, patient, question):
        if isinstance(event, StatementReady):
            marks = " ".join(f"[{_number(cited, citation)}]" for citation in event.statement.citations)
            out.print(f"• {event.statement.text} {marks}".rstrip())
        elif isinstance(event, Done):
            _show_end(event.answer, list(cited.values()))


def _number(cited: dict[tuple[str, int, int], tuple[int, Citation]], citation: Citation) -> int:
    key = (citation.document, citation.start, citation.end)
    return cited.setdefault(key, (len(cited) + 1, citation))[0]


def _show_end(answer: Answer, cited: list[tuple[int, Citation]]) -> None:
    out = console()
    if answer.abstained:
        out.print(answer.answer, style="bold")
    if cited:
        out.print("\nSources", style="bold")
    for number, citation in cited:
        page = f", page {citation.page}" if citation.page else ""
        out.print(f"[{number}] {citation.title}, {french_date(citation.date)}{page} ({citation.document})")
        out.print(f"    « {citation.quote} »", style="dim")
        if citation.also:
            out.print(f"    Aussi dans : {', '.join(place.document for place in citation.also)}", style="dim")
    newest = f", le plus récent du {french_date(answer.sources.newest)}" if answer.sources.newest else ""
    out.print(f"\nRepose sur {answer.sources.documents} document(s){newest}.", style="dim")
