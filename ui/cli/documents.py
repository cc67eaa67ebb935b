"""``liaison documents``: the documents of one patient."""

from typing import Annotated

import typer

from assistant.types import LOCAL, DocumentCard
from ui.cli.options import AsJson, Authority
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of


def documents(
    context: typer.Context,
    patient: Annotated[str, typer.Option("--patient", metavar="IPP", help="IPP du patient (ou IPP@établissement).")],
    authority: Authority = None,
    as_json: AsJson = False,
) -> None:
    """Liste les documents d'un patient, le plus récent d'abord."""
    from assistant.wire import patient_reference

    with service_of(context, "recherche") as service:
        found = service.documents(LOCAL, patient_reference(patient, authority))
    if as_json:
        print_json({"documents": found})
    else:
        _show(found)


def _show(found: list[DocumentCard]) -> None:
    from rich.table import Table

    if not found:
        console().print("Aucun document.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Date", "Document", "Type", "Titre", "Séjour"):
        table.add_column(title, overflow="fold", no_wrap=title == "Date")
    for card in found:
        table.add_row(french_date(card.date), card.id, card.kind, card.title, card.stay or "")
    console().print(table)
