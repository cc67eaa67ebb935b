"""``/local``: what only the owner's own user may ask, on the Unix socket, never on TCP."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.api.backend import backend_of
from assistant.api.replies import json_reply
from assistant.api.streams import JSON_LINES, streamed
from assistant.errors import UsageError
from assistant.types import Forgotten, Health, IngestEvent
from assistant.wire import as_line, ingest_frame

router = APIRouter(prefix="/local", tags=["local"])


class Paths(BaseModel):
    """Files and folders of this machine, as absolute paths."""

    paths: list[Path] = Field(min_length=1)


class Erasure(BaseModel):
    """What to erase: a document or a patient."""

    document: str | None = None
    patient: str | None = None


@router.post("/ingest", responses={200: {"content": {JSON_LINES: {}}, "description": "progress, then report"}})
async def ingest(request: Request, body: Paths) -> Response:
    """Ingest files and folders; lines `{"event": "progress" | "report" | "error", "data": {}}`."""
    backend = backend_of(request)
    if not all(path.is_absolute() for path in body.paths):
        raise UsageError("Les chemins doivent être absolus.", "Écrivez le chemin depuis la racine.")

    def start(cancel: Event) -> Iterator[IngestEvent]:
        return backend.service.ingest(backend.principal, body.paths, cancel=cancel)

    return streamed(request, start, ingest_frame, as_line, JSON_LINES)


@router.post("/forget", response_model=Forgotten)
async def forget(request: Request, body: Erasure) -> Response:
    """Erase a document or a patient from every store and prove it."""
    backend = backend_of(request)
    short, service = backend.pools.short, backend.service
    backend.conversations.clear()
    match body:
        case Erasure(document=str(document), patient=None):
            return json_reply(await short(service.forget_document, backend.principal, document))
        case Erasure(document=None, patient=str(patient)):
            return json_reply(await short(service.forget_patient, backend.principal, patient))
    raise UsageError("Il faut un document ou un patient, et un seul.", "Donnez document ou patient.")


@router.get("/health", response_model=Health)
async def health(request: Request) -> Response:
    """Report the owner's state in full."""
    backend = backend_of(request)
    return json_reply(await backend.pools.short(backend.service.health))
