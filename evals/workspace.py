"""The assistant under evaluation: an existing home, or a temporary one filled by the product's own ingestion."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reach import reach
from assistant.service import Service
from assistant.settings import Settings, load_settings
from assistant.types import LOCAL
from evals.errors import SuiteError
from evals.gold import Gold
from evals.types import Advance
from ingestion.errors import UnknownPatient
from ingestion.types import IngestProgress, IngestReport

if TYPE_CHECKING:
    from assistant.bootstrap import Workspace


@contextmanager
def assistant_over(gold: Gold, home: Path | None, advance: Advance) -> Iterator[tuple[Service, Settings]]:
    """Yield a service over the records of the gold, and its settings.

    With ``home`` the records are those already ingested there; without, they are ingested into a
    temporary home with the embedded parts, removed at the end. Raises SuiteError when a file of the
    records fails, or when the home lacks one of the patients.
    """
    if home is not None:
        settings = load_settings(home=home)
        with reach(settings, _open_local, "évaluation") as service:
            _require_patients(service, gold, home)
            yield service, settings
        return
    with workspace_over(gold, advance) as workspace:
        yield local_service(workspace), workspace.settings


@contextmanager
def workspace_over(gold: Gold, advance: Advance) -> Iterator["Workspace"]:
    """Yield a temporary workspace into which the records of the gold were ingested; removed at the end."""
    from assistant.bootstrap import open_workspace

    with tempfile.TemporaryDirectory(prefix="liaison-evals-") as folder:
        settings = load_settings(home=Path(folder), database_url="", qdrant_url="")
        with open_workspace(settings) as workspace:
            _ingest(local_service(workspace), gold, advance)
            yield workspace


def _require_patients(service: Service, gold: Gold, home: Path) -> None:
    for patient in gold.patients:
        try:
            service.patient(LOCAL, patient.ipp)
        except UnknownPatient as error:
            raise SuiteError(
                f"{home} ne contient pas le patient de {patient.name}.",
                f"Faites entrer les dossiers : liaison --home {home} ingest {gold.folder}",
            ) from error


def _ingest(service: Service, gold: Gold, advance: Advance) -> None:
    for event in service.ingest(LOCAL, [gold.folder / f"{patient.name}.json" for patient in gold.patients]):
        match event:
            case IngestProgress(done, total):
                advance(done, total)
            case IngestReport(failures=(first, *_)):
                raise SuiteError(f"L'ingestion de {Path(first.path).name} a échoué : {first.error}", first.hint)


def local_service(workspace: "Workspace") -> Service:
    """Return the service of an open workspace."""
    from assistant.local import LocalService

    return LocalService(workspace)


@contextmanager
def _open_local(settings: Settings) -> Iterator[Service]:
    from assistant.bootstrap import open_workspace

    with open_workspace(settings) as workspace:
        yield local_service(workspace)
