"""Where the synchronous core runs: streams in one bounded pool, short requests in another.

The event loop itself never calls the core, so ``/health`` answers whatever the pools endure.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from assistant.errors import Cancelled

T = TypeVar("T")

STREAMS = 64
"""Answers composed at the same time; further ones wait their turn, with a heartbeat."""
SHORT = 16
"""Short requests served at the same time."""
HEARTBEAT = 1.0
"""Seconds between heartbeats of a stream that says nothing: how soon a departed reader is noticed."""


@dataclass(frozen=True)
class _End:
    """The last item of a stream, with the error that ended it if any."""

    error: BaseException | None = None


class Pools:
    """Two bounded pools of threads, and the streams that run now."""

    def __init__(self, *, streams: int = STREAMS, short: int = SHORT, heartbeat: float = HEARTBEAT) -> None:
        self._streams = ThreadPoolExecutor(streams, thread_name_prefix="stream")
        self._short = ThreadPoolExecutor(short, thread_name_prefix="short")
        self._heartbeat = heartbeat
        self._live: set[asyncio.Queue[Any]] = set()

    async def short(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run a short call of the core and return its result."""
        return await asyncio.get_running_loop().run_in_executor(self._short, function, *arguments)

    async def stream(self, start: Callable[[Event], Iterator[T]]) -> AsyncGenerator[T | None, None]:
        """Yield what a generator of the core yields, None as a heartbeat while it is silent.

        ``start`` receives the cancel token. Leaving this iterator early sets the token; the
        generator is closed by the thread that runs it, as soon as it yields or looks at the token.
        """
        queue: asyncio.Queue[Any] = asyncio.Queue()  # unbounded: the events of one answer are few
        cancel = Event()
        job = self._streams.submit(_produce, start, cancel, _poster(queue))
        self._live.add(queue)
        try:
            while not isinstance(item := await self._next(queue), _End):
                yield item
            if item.error is not None:
                raise item.error
        finally:
            self._live.discard(queue)
            cancel.set()
            job.cancel()

    def stop(self) -> None:
        """End every stream that runs with ``Cancelled``, so that each reader is told; call from the event loop."""
        for queue in self._live:
            queue.put_nowait(_End(Cancelled("Le serveur s'arrête.", "Reposez la question dans un instant.")))

    def close(self) -> None:
        """Drop what waits and let the threads end by themselves."""
        self._streams.shutdown(wait=False, cancel_futures=True)
        self._short.shutdown(wait=False, cancel_futures=True)

    async def _next(self, queue: "asyncio.Queue[Any]") -> Any:
        try:
            return await asyncio.wait_for(queue.get(), self._heartbeat)
        except TimeoutError:
            return None


def _poster(queue: "asyncio.Queue[Any]") -> Callable[[Any], None]:
    loop = asyncio.get_running_loop()

    def post(item: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to read
            loop.call_soon_threadsafe(queue.put_nowait, item)

    return post


def _produce(start: Callable[[Event], Iterator[T]], cancel: Event, post: Callable[[Any], None]) -> None:
    """Run the generator to its end in a thread of the pool, or until nobody reads."""
    if cancel.is_set():
        return
    try:
        events = start(cancel)
        try:
            for event in events:
                if cancel.is_set():
                    return
                post(event)
        finally:
            if isinstance(events, Generator):
                events.close()
        post(_End())
    except Exception as error:  # noqa: BLE001 - the edge of the thread: the reader raises it again
        post(_End(error))
