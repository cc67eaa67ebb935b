"""``liaison forget``: a document or a patient is erased everywhere, and the erasure proven."""

import sys
from typing import Annotated

import typer

from assistant.errors import UsageError
from assistant.service import Service
from assistant.types import LOCAL, Forgotten
from ui.cli.options import AsJson, Authority, Patient
from ui.cli.output import console, french_date, print_json
from ui.cli.session import service_of


def forget(
    context: typer.Context,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="Le document à effacer.")] = None,
    patient: Patient = None,
    authority: Authority = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ne demande pas de confirmation.")] = False,
    as_json: AsJson = False,
) -> None:
    """Efface un document ou un patient partout, le prouve et garde trace de l'acte."""
    if (document is None) == (patient is None):
        raise UsageError("Il faut un document ou un patient, et un seul.", "Donnez --document ID ou --patient IPP.")
    if not yes and (as_json or not sys.stdin.isatty()):
        raise UsageError("L'effacement demande une confirmation.", "Ajoutez --yes : il est définitif.")
    from assistant.wire import patient_reference

    with service_of(context, "effacement", serve_others=True) as service:
        if document is not None:
            _confirm(yes, f"Effacer définitivement le document {document} ?")
            done = service.forget_document(LOCAL, document)
        else:
            reference = patient_reference(patient or "", authority)
            _confirm(yes, _patient_prompt(service, reference))
            done = service.forget_patient(LOCAL, reference)
    if as_json:
        print_json(done)
    else:
        _show(done)
    raise typer.Exit(1 if done.bytes_left else 0)


def _patient_prompt(service: Service, reference: str) -> str:
    card = service.patient(LOCAL, reference)
    who = f"{card.family_name} {card.given_names}, {french_date(card.birth_date)}, IPP {card.ipp}"
    return f"Effacer définitivement {who} et {card.documents} document(s) ?"


def _confirm(yes: bool, prompt: str) -> None:
    """Ask on standard error; only a clear « oui » goes on."""
    if yes:
        return
    sys.stderr.write(f"{prompt} [oui/non] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("oui", "o"):
        sys.stderr.write("Rien n'a été effacé.\n")
        raise typer.Exit(1)


def _show(done: Forgotten) -> None:
    out = console()
    out.print(f"{len(done.documents)} document(s) et {done.passages} passage(s) effacés.")
    if done.bytes_left:
        out.print(f"Il reste {done.bytes_left} octets : relancez la commande.", style="red")
    else:
        out.print(f"Vérifié dans {done.files_searched} fichiers : il n'en reste rien.")
