"""A real server in a thread: the public application on loopback, the local one on a Unix socket."""

import asyncio
import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant.api.app import create_app
from assistant.api.backend import Backend
from assistant.api.pools import Pools
from assistant.api.servers import Listener, run
from assistant.api.sockets import tcp_socket, unix_socket
from assistant.service import Service

_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without certificates: loading them takes longer than most tests."""


@dataclass(frozen=True)
class Running:
    """Where the server answers, and how to stop it."""

    url: str
    socket: Path
    home: Path
    stop: threading.Event

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, timeout=20, verify=_NO_TLS)

    def local_client(self) -> httpx.Client:
        transport = httpx.HTTPTransport(uds=str(self.socket), verify=_NO_TLS)
        return httpx.Client(base_url="http://localhost", transport=transport, trust_env=False, timeout=20)


@contextlib.contextmanager
def running(service: Service, home: Path, *, heartbeat: float = 0.05) -> Iterator[Running]:
    stop = threading.Event()
    with tcp_socket("127.0.0.1", 0) as public, unix_socket(home / "owner.sock") as local:
        server = Running(f"http://127.0.0.1:{public.getsockname()[1]}", home / "owner.sock", home, stop)
        backend = Backend(service, home / "incoming", pools=Pools(heartbeat=heartbeat))
        listeners = [Listener(create_app(backend), public), Listener(create_app(backend, with_local=True), local)]
        thread = threading.Thread(target=lambda: asyncio.run(_serve(listeners, backend, stop)))
        thread.start()
        try:
            _wait_until_up(server)
            yield server
        finally:
            stop.set()
            thread.join()


async def _serve(listeners: list[Listener], backend: Backend, stop: threading.Event) -> None:
    stopped = asyncio.Event()

    async def forward() -> None:
        while not stop.is_set():
            await asyncio.sleep(0.02)
        stopped.set()

    task = asyncio.create_task(forward())
    await run(listeners, backend.pools, stopped)
    await task


def _wait_until_up(server: Running) -> None:
    deadline = time.monotonic() + 10
    with server.client() as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                if client.get("/ready").status_code == 200:
                    return
            time.sleep(0.02)
    raise AssertionError("the server did not start")
