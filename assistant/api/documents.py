"""``/v1/documents``: files come in, documents are erased."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from threading import Event
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile

from assistant.api.backend import backend_of
from assistant.api.replies import json_reply
from assistant.api.streams import last
from assistant.errors import Unavailable, UsageError
from assistant.types import Forgotten, IngestEvent
from ingestion.readers.sidecar import SUFFIX
from ingestion.types import IngestReport

router = APIRouter(prefix="/v1/documents", tags=["documents"])


@router.post("", response_model=IngestReport)
async def upload(
    request: Request,
    files: list[UploadFile],
    sidecar: Annotated[str | None, Form(description="JSON put beside each file as NAME.meta.json")] = None,
) -> Response:
    """Ingest files of any supported format; they wait in a folder that is removed when the answer leaves."""
    backend = backend_of(request)
    with _waiting_room(backend.incoming) as folder:
        await backend.pools.short(_store, files, sidecar, folder)

        def start(cancel: Event) -> Iterator[IngestEvent]:
            return backend.service.ingest(backend.principal, [folder], cancel=cancel)

        report = await last(request, start)
    if not isinstance(report, IngestReport):
        raise Unavailable("L'ingestion est restée inachevée.", "Renvoyez les fichiers.")
    return json_reply(_by_sent_name(report))


@router.delete("/{id:path}", response_model=Forgotten)
async def forget(request: Request, id: str) -> Response:
    """Erase a document from every store and prove it."""
    backend = backend_of(request)
    backend.conversations.clear()
    return json_reply(await backend.pools.short(backend.service.forget_document, backend.principal, id))


@contextmanager
def _waiting_room(incoming: Path) -> Iterator[Path]:
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        yield Path(folder)


def _store(files: list[UploadFile], sidecar: str | None, folder: Path) -> None:
    """Write the files under their own last name; raise UsageError when two share one."""
    for sent in files:
        target = folder / _safe_name(sent.filename or "")
        if target.exists():
            raise UsageError("Deux fichiers envoyés portent le même nom.", "Envoyez-les en deux demandes.")
        with target.open("xb") as out:
            shutil.copyfileobj(sent.file, out)
    if sidecar is not None:
        for target in list(folder.iterdir()):
            beside = target.with_name(target.name + SUFFIX)
            if not target.name.endswith(SUFFIX) and not beside.exists():
                beside.write_text(sidecar, encoding="utf-8")


def _safe_name(sent: str) -> str:
    """Keep the last part of a name that a client chose: it must not lead out of the folder, nor hide."""
    name = PurePosixPath(sent.replace("\\", "/")).name.lstrip(".").replace("\0", "")
    if not name:
        raise UsageError("Un fichier envoyé n'a pas de nom.", "Donnez un nom à chaque fichier (filename).")
    return name[-120:]


def _by_sent_name(report: IngestReport) -> IngestReport:
    failures = tuple(replace(failure, path=Path(failure.path).name) for failure in report.failures)
    return replace(report, failures=failures)
