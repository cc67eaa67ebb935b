"""``liaison search``: the passages of one patient's record that match."""

from typing import Annotated

import typer

from assistant.types import LOCAL, FoundPassage
from ui.cli.options import AsJson, Authority
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="MOTS", help="Ce qu'il faut chercher.")],
    patient: Annotated[str, typer.Option("--patient", metavar="IPP", help="IPP du patient (ou IPP@établissement).")],
    authority: Authority = None,
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help="Nombre de passages.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Cherche des passages dans le dossier d'un patient."""
    from assistant.wire import patient_reference

    with service_of(context, "recherche") as service:
        found = service.search(LOCAL, patient_reference(patient, authority), query, limit=limit)
    if as_json:
        print_json({"passages": found})
    else:
        _show(found)


def _show(found: list[FoundPassage]) -> None:
    out = console()
    if not found:
        out.print("Aucun passage trouvé.")
    for passage in found:
        out.print(f"{passage.title}, {french_date(passage.date)} ({passage.document})", style="bold")
        out.print(f"{passage.text.strip()}\n")
