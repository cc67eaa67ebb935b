"""``liaison ingest``: files and folders come into the record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import Unavailable, UsageError
from assistant.types import LOCAL, IngestEvent
from ingestion.types import IngestReport
from ui.cli.options import AsJson
from ui.cli.output import console, messages, print_json
from ui.cli.session import service_of


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="CHEMIN...", help="Fichiers ou dossiers, de tout format lu.")],
    as_json: AsJson = False,
) -> None:
    """Fait entrer des documents ; ce qui est déjà là n'entre pas deux fois."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} n'existe pas.", "Vérifiez le chemin.")
    with service_of(context, "ingestion", serve_others=True) as service:
        report = _followed(service.ingest(LOCAL, paths))
    if as_json:
        print_json(report)
    else:
        _show(report)
    raise typer.Exit(0 if _ingested(report) else 1)


def _followed(events: Iterator[IngestEvent]) -> IngestReport:
    """Show files done, rate and time left on standard error, and return the report."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Ingestion"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("fichiers, {task.fields[rate]}, reste"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages(), transient=True, disable=not messages().is_terminal) as progress:
        task = progress.add_task("", total=None, rate="")
        for event in events:
            if isinstance(event, IngestReport):
                return event
            speed = progress.tasks[0].speed
            rate = f"{speed:.1f} par seconde" if speed else "…"
            progress.update(task, completed=event.done, total=event.total, rate=rate)
    raise Unavailable("L'ingestion est restée inachevée.", "Relancez-la : elle reprend où elle en était.")


def _ingested(report: IngestReport) -> int:
    """Count the documents that are in the record thanks to this run, or were already."""
    count = report.documents
    return count.added + count.replaced + count.unchanged + count.withdrawn + count.waiting


def _show(report: IngestReport) -> None:
    out, count = console(), report.documents
    lines = {
        "ajouté(s)": count.added,
        "remplacé(s)": count.replaced,
        "inchangé(s)": count.unchanged,
        "retiré(s)": count.withdrawn,
        "en attente d'un patient": count.waiting,
        "ignoré(s)": count.skipped,
        "en échec": count.failed,
    }
    told = ", ".join(f"{number} {word}" for word, number in lines.items() if number) or "rien à faire"
    out.print(f"Documents : {told}.")
    out.print(f"{report.passages} passages, {report.facts} faits, en {report.seconds:.1f} s.")
    for failure in report.failures:
        out.print(f"Échec : {failure.path} : {failure.error} {failure.hint}", style="red")
