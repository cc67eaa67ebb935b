"""``liaison summary`` and ``liaison timeline``: one patient's record on two pages, or in order of time."""

from typing import Annotated

import typer

from assistant.overviews import Summary, Timeline
from assistant.types import LOCAL, Citation, Sources, Statement
from ui.cli.options import AsJson, Authority
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of

_PATIENT = typer.Option("--patient", metavar="IPP", help="IPP du patient (ou IPP@établissement).")


def summary(
    context: typer.Context,
    patient: Annotated[str, _PATIENT],
    authority: Authority = None,
    specialty: Annotated[
        str, typer.Option("--specialty", metavar="SPÉCIALITÉ", help="Ce qui vient d'abord, par exemple cardiologie.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Résume le dossier d'un patient, deux pages au plus ; chaque phrase est prouvée."""
    from assistant.wire import patient_reference

    with service_of(context, "synthèse") as service:
        found = service.summary(LOCAL, patient_reference(patient, authority), specialty=specialty)
    if as_json:
        print_json(found)
    else:
        _show_summary(found)


def timeline(
    context: typer.Context,
    patient: Annotated[str, _PATIENT],
    authority: Authority = None,
    as_json: AsJson = False,
) -> None:
    """Raconte le dossier d'un patient dans l'ordre du temps."""
    from assistant.wire import patient_reference

    with service_of(context, "chronologie") as service:
        found = service.timeline(LOCAL, patient_reference(patient, authority))
    if as_json:
        print_json(found)
    else:
        _show_timeline(found)


class _Numbers:
    """Numbers the citations in order of first appearance."""

    def __init__(self) -> None:
        self.cited: dict[tuple[str, int, int, str], tuple[int, Citation]] = {}

    def marks(self, statement: Statement) -> str:
        """Return the marks of a statement's citations."""
        keys = [(each.document, each.start, each.end, each.quote) for each in statement.citations]
        found = [
            self.cited.setdefault(key, (len(self.cited) + 1, each))[0]
            for key, each in zip(keys, statement.citations, strict=True)
        ]
        return " ".join(f"[{number}]" for number in dict.fromkeys(found))


def _show_summary(found: Summary) -> None:
    from assistant.summary import silence

    out, numbers = console(), _Numbers()
    for section in found.sections:
        out.print(section.title, style="bold")
        for statement in section.statements:
            out.print(f"• {statement.text} {numbers.marks(statement)}")
        if not section.statements:
            out.print(silence(section.title), style="dim")
        out.print()
    _show_end(numbers, found.sources)


def _show_timeline(found: Timeline) -> None:
    out, numbers = console(), _Numbers()
    if not found.events:
        out.print("Aucun événement daté dans ce dossier.")
    for event in found.events:
        until = f" → {french_date(event.end)}" if event.end else ""
        out.print(f"{french_date(event.date)}{until}  {event.statement.text} {numbers.marks(event.statement)}")
    _show_end(numbers, found.sources)


def _show_end(numbers: _Numbers, sources: Sources) -> None:
    out = console()
    if numbers.cited:
        out.print("\nSources", style="bold")
    for number, citation in numbers.cited.values():
        page = f", page {citation.page}" if citation.page else ""
        where = f", {french_date(citation.date)}{page} ({citation.document})" if citation.kind else ""
        out.print(f"[{number}] {citation.title}{where}", style="dim")
    newest = f", le plus récent du {french_date(sources.newest)}" if sources.newest else ""
    out.print(f"\nRepose sur {sources.documents} document(s){newest}.", style="dim")
