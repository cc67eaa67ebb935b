"""``liaison serve``: the API and the page, on this machine only."""

import sys
from typing import Annotated

import typer

from ui.cli.session import open_local, settings_of


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(metavar="ADRESSE", help="Adresse de cette machine (127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, metavar="PORT", help="Port (8600).")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Ouvre la page dans le navigateur.")] = False,
) -> None:
    """Sert l'API et la page web jusqu'à Ctrl-C."""
    settings = settings_of(context, host=host, port=port)

    def announce(address: str) -> None:
        sys.stdout.write(f"Liaison est prêt : {address} (données fictives uniquement ; Ctrl-C pour arrêter)\n")
        sys.stdout.flush()
        if open_page:
            import webbrowser

            webbrowser.open(address)

    from ui.serve import require_loopback, serve

    require_loopback(settings.host)
    serve(settings, open_local, announce)
