"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Écrit un seul objet JSON sur la sortie standard.")]
Patient = Annotated[str | None, typer.Option("--patient", metavar="IPP", help="IPP du patient (ou IPP@établissement).")]
Authority = Annotated[
    str | None,
    typer.Option("--authority", metavar="ÉTABLISSEMENT", help="Établissement de l'IPP, si plusieurs l'utilisent."),
]
