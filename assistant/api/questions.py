"""``/v1/ask`` and ``/v1/search``: one patient's record, asked or searched."""

from collections.abc import Iterator
from functools import partial
from threading import Event

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.api.backend import backend_of
from assistant.api.replies import json_reply
from assistant.api.streams import SERVER_SENT_EVENTS, last, streamed
from assistant.errors import Unavailable
from assistant.types import Answer, AskEvent, Done, FoundPassage
from assistant.wire import as_server_sent_event, ask_frame, patient_reference

router = APIRouter(prefix="/v1", tags=["questions"])


class OnePatient(BaseModel):
    """Whose record: an IPP, with its establishment when several use the same number."""

    patient: str = Field(min_length=1, max_length=200, description="IPP, or IPP@authority", repr=False)
    authority: str | None = Field(None, max_length=200, description="assigning authority of the IPP")

    @property
    def reference(self) -> str:
        """The patient as the service names it."""
        return patient_reference(self.patient, self.authority)


class Question(OnePatient):
    """A question on one patient's record."""

    question: str = Field(min_length=1, max_length=4000, repr=False)
    conversation: str | None = Field(
        None, max_length=100, description="id chosen by the client; each question is answered on its own"
    )
    stream: bool = Field(False, description="answer as server-sent events")


class Search(OnePatient):
    """Words to look for in one patient's record."""

    query: str = Field(min_length=1, max_length=4000, repr=False)
    limit: int = Field(20, ge=1, le=200)


class Passages(BaseModel):
    """What a search found, best first."""

    passages: list[FoundPassage]


@router.post(
    "/ask",
    response_model=Answer,
    responses={200: {"content": {SERVER_SENT_EVENTS: {}}, "description": "the answer, or its events with `stream`"}},
)
async def ask(request: Request, body: Question) -> Response:
    """Answer a question, every sentence with the spans that prove it.

    With `stream`, events `progress`, `statement` {index, ...}, `notice` {code}, `done` {answer}, `error`.
    """
    backend = backend_of(request)
    patient = body.reference
    await backend.pools.short(backend.service.patient, backend.principal, patient)

    def start(cancel: Event) -> Iterator[AskEvent]:
        return backend.service.ask(backend.principal, patient, body.question, cancel=cancel)

    if body.stream:
        return streamed(request, start, ask_frame, as_server_sent_event, SERVER_SENT_EVENTS)
    event = await last(request, start)
    if not isinstance(event, Done):
        raise Unavailable("La réponse est restée inachevée.", "Reposez la question.")
    return json_reply(event.answer)


@router.post("/search", response_model=Passages)
async def search(request: Request, body: Search) -> Response:
    """Find passages of one patient's record."""
    backend = backend_of(request)
    find = partial(backend.service.search, limit=body.limit)
    found = await backend.pools.short(find, backend.principal, body.reference, body.query)
    return json_reply({"passages": found})
