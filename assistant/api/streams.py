"""Streams of the core as HTTP: server-sent events for answers, lines of JSON for ingestion, or the last event only."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from threading import Event
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import StreamingResponse

from assistant.api.backend import backend_of
from assistant.api.edge import error_values
from assistant.errors import Cancelled
from assistant.wire import Frame

T = TypeVar("T")
Start = Callable[[Event], Iterator[T]]

SERVER_SENT_EVENTS = "text/event-stream"
JSON_LINES = "application/x-ndjson"


def streamed(
    request: Request, start: Start[T], name: Callable[[T], Frame], write: Callable[[Frame], bytes], media: str
) -> StreamingResponse:
    """Answer with each event as it comes; an error ends the stream as an ``error`` event.

    A reader who leaves cancels the generator.
    """
    heartbeat = b":\n\n" if media == SERVER_SENT_EVENTS else b"\n"

    async def body() -> AsyncIterator[bytes]:
        try:
            async with aclosing(backend_of(request).pools.stream(start)) as events:
                async for event in events:
                    yield heartbeat if event is None else write(name(event))
        except Exception as error:  # noqa: BLE001 - the edge of a response that has already begun
            yield write(Frame("error", _values(request, error)))

    return StreamingResponse(body(), media_type=media, headers={"x-accel-buffering": "no"})


async def last(request: Request, start: Start[T]) -> T:
    """Run a stream to its end and return its last event; a reader who leaves cancels it (``Cancelled``)."""
    work = asyncio.ensure_future(_exhausted(request, start))
    gone = asyncio.ensure_future(_departed(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise Cancelled("Le lecteur est parti.")
        return work.result()
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.wait({work, gone})


async def _exhausted(request: Request, start: Start[T]) -> T:
    newest: T | None = None
    async with aclosing(backend_of(request).pools.stream(start)) as events:
        async for event in events:
            newest = event if event is not None else newest
    if newest is None:
        raise Cancelled("La demande n'a rien produit.", "Réessayez.")
    return newest


async def _departed(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _values(request: Request, error: Exception) -> dict[str, str]:
    return error_values(error, request.state.request_id, tell_kind=request.app.state.tell_kind)
