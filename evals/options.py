"""Options that several commands share, with their French help."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Patients(StrEnum):
    """Which patients of ``split.json`` to evaluate on."""

    TUNE = "tune"
    TEST = "test"
    ALL = "all"


Records = Annotated[Path, typer.Option("--records", metavar="DOSSIER", help="Dossiers fictifs avec leurs références.")]
Chosen = Annotated[Patients, typer.Option("--patients", help="Patients de réglage, de test, ou tous.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DOSSIER", help="LIAISON_HOME déjà rempli (sinon un dossier temporaire)."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="DOSSIER", help="Où écrire le rapport (sinon var/evals/SUITE-DATE)."),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Tire N questions au hasard.")]
Sample = Annotated[
    int | None,
    typer.Option("--sample", min=0, metavar="N", help="Homonymes, jumeaux, et N autres croisements tirés au hasard."),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Graine des tirages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Écrit un seul objet JSON sur la sortie standard.")]
IncludeTest = Annotated[
    bool,
    typer.Option("--include-test", help="Montre aussi les textes des patients de test (à ne pas lire en réglant)."),
]
