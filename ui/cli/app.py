"""Builds the ``liaison`` command, runs it, and words what goes wrong: no traceback ever reaches the user."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ui.cli import ask, doctor, documents, forget, ingest, patients, search, serve, summary
from ui.cli.french import FrenchCommand, FrenchGroup, is_help, usage_error
from ui.cli.output import print_error
from ui.cli.session import Options

app = typer.Typer(name="liaison", cls=FrenchGroup, no_args_is_help=True, subcommand_metavar="COMMANDE [ARGUMENTS]...")

for command in (
    ingest.ingest,
    ask.ask,
    search.search,
    summary.summary,
    summary.timeline,
    patients.patients,
    documents.documents,
    forget.forget,
    serve.serve,
    doctor.doctor,
):
    app.command(cls=FrenchCommand)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"liaison {version('liaison')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Dossier des données (sinon LIAISON_HOME, sinon ~/.liaison).")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Répondre comme à cette date (ISO 8601), au lieu de maintenant.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Affiche la version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Interroge les documents d'un dossier patient ; chaque phrase est prouvée par ses sources.

    Tout reste sur cette machine.
    """
    context.obj = Options(home, as_of)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 when done, 1 when the work failed, 2 for wrong usage, 130 when interrupted."""
    arguments = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in arguments
    try:
        return app(args=arguments, prog_name="liaison", standalone_mode=False) or 0
    except typer.TyperException as error:
        if is_help(error):
            return 2
        return print_error(usage_error(error), as_json)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:  # the reader of our output left (head, less): not worth a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the edge of the process: every error becomes a sentence
        return print_error(error, as_json)
