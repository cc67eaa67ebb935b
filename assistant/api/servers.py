"""Runs applications on sockets, several in one process and one event loop, and stops them gracefully."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from assistant.api.pools import Pools

_GRACE_SECONDS = 3
"""How long running requests may take to finish once the server stops."""


@dataclass(frozen=True)
class Listener:
    """An application and the socket on which it answers."""

    app: FastAPI
    socket: socket.socket


async def run(listeners: Sequence[Listener], pools: Pools, stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set; then tell the streams, let short requests finish, and return."""
    servers = [_server(listener.app) for listener in listeners]
    running = [
        asyncio.create_task(server.serve(sockets=[listener.socket]))
        for server, listener in zip(servers, listeners, strict=True)
    ]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({*running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    pools.stop()
    for server in servers:
        server.should_exit = True
    stopping.cancel()
    try:
        await asyncio.gather(*running)
    finally:
        pools.close()


class _Server(uvicorn.Server):
    """A server that leaves signals to the process: two of them in one loop would each take them from the other."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _server(app: FastAPI) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            access_log=False,  # addresses hold IPPs
            log_config=None,
            log_level="critical",
            lifespan="on",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )
