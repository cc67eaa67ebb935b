"""Answers the other commands while this process works: the local API in a background thread."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.api.sockets import unix_socket
from assistant.owner import owner_socket, passing_folder
from assistant.service import Service
from assistant.settings import Settings


@contextmanager
def answering(service: Service, settings: Settings) -> Iterator[None]:
    """Answer on the home's Unix socket until the block ends."""
    stop = threading.Event()
    with unix_socket(owner_socket(settings)) as bound:
        thread = threading.Thread(target=_answer, args=(service, settings, bound, stop), name="owner", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def _answer(service: Service, settings: Settings, bound: socket.socket, stop: threading.Event) -> None:
    # Imported here: the work in the main thread does not wait for the web framework.
    from assistant.api.app import create_app
    from assistant.api.backend import Backend
    from assistant.api.servers import Listener, run

    backend = Backend(service, passing_folder(settings))

    async def serve() -> None:
        stopped = asyncio.Event()
        watch = asyncio.create_task(_forward(stop, stopped))
        await run([Listener(create_app(backend, with_local=True), bound)], backend.pools, stopped)
        await watch

    asyncio.run(serve())


async def _forward(stop: threading.Event, stopped: asyncio.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(0.05)
    stopped.set()
