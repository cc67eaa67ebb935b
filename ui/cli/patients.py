"""``liaison patients``: who is known."""

from typing import Annotated

import typer

from assistant.types import LOCAL, PatientCard
from ui.cli.options import AsJson
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of


def patients(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="[MOTS]", help="Nom, prénom, IPP ou date de naissance ; rien : tous.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="Nombre de patients.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Liste ou cherche les patients."""
    with service_of(context, "recherche") as service:
        found = service.patients(LOCAL, query, limit)
    if as_json:
        print_json({"patients": found})
    else:
        _show(found)


def _show(found: list[PatientCard]) -> None:
    from rich.table import Table

    if not found:
        console().print("Aucun patient trouvé.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("IPP", "Établissement", "Nom", "Prénoms", "Né(e) le", "Sexe", "Documents", ""):
        table.add_column(title, overflow="fold", no_wrap=title in ("IPP", "Né(e) le"))  # an identity is never cut short
    for card in found:
        warning = "homonyme !" if card.homonyms else ""
        birth = french_date(card.birth_date)
        name = (card.ipp, card.authority, card.family_name, card.given_names)
        table.add_row(*name, birth, card.sex, str(card.documents), warning)
    console().print(table)
