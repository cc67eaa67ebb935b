"""``/v1/ask`` and ``/v1/search``: one patient's record, asked or searched."""

from collections.abc import Iterator
from functools import partial
from threading import Event
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.api.backend import Backend, backend_of
from assistant.api.conversations import Thread
from assistant.api.replies import json_reply
from assistant.api.streams import SERVER_SENT_EVENTS, last, streamed
from assistant.errors import Unavailable, UsageError
from assistant.service import REMEMBERED
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
        None, max_length=100, description="id chosen by the client: follow-ups lean on its questions before this one"
    )
    previous: list[Annotated[str, Field(min_length=1, max_length=4000)]] = Field(
        [], max_length=REMEMBERED, repr=False, description="questions before this one, instead of `conversation`"
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
    previous = _before(backend, body)

    def start(cancel: Event) -> Iterator[AskEvent]:
        return backend.service.ask(backend.principal, patient, body.question, previous=previous, cancel=cancel)

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


def _before(backend: Backend, body: Question) -> tuple[str, ...]:
    """Return the questions before this one, oldest first; those of a conversation are kept on the server."""
    if not body.conversation:
        return tuple(body.previous)
    if body.previous:
        raise UsageError(
            "« conversation » et « previous » disent tous deux ce qui a été demandé avant.", "Donnez l'un ou l'autre."
        )
    thread = Thread(backend.principal.id, body.reference, body.conversation)
    return backend.conversations.add(thread, body.question)
