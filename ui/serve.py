"""``liaison serve``: the API and the page in one process, the owner's Unix socket beside them."""

import asyncio
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.api.app import create_app
from assistant.api.backend import Backend
from assistant.api.edge import LOOPBACK_HOSTS
from assistant.api.logs import log_to_stderr
from assistant.api.servers import Listener, run
from assistant.api.sockets import tcp_socket, unix_socket
from assistant.errors import UsageError
from assistant.owner import own, owner_socket, passing_folder
from assistant.reach import OpenLocal
from assistant.settings import Settings


def serve(settings: Settings, open_local: OpenLocal, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``announce`` receives the address once requests are accepted.

    Raises UsageError for any address but the loopback, LiaisonError when the port is taken,
    HomeHeld when another process owns the home.
    """
    require_loopback(settings.host)
    with ExitStack() as stack:
        bound = stack.enter_context(tcp_socket(settings.host, settings.port))
        stack.enter_context(own(settings, "serveur"))
        stack.enter_context(_private_temporary_files(passing_folder(settings)))
        service = stack.enter_context(open_local(settings))
        local = stack.enter_context(unix_socket(owner_socket(settings)))
        log_to_stderr()
        asyncio.run(_serve(Backend(service, passing_folder(settings)), bound, local, announce))


def require_loopback(host: str) -> None:
    """Raise UsageError unless this address only reaches this machine."""
    if host not in LOOPBACK_HOSTS:
        raise UsageError(
            f"L'adresse {host} est refusée : sans compte configuré, le serveur ne répond qu'à cette machine.",
            "Servez sur 127.0.0.1 : liaison serve --host 127.0.0.1.",
        )


async def _serve(backend: Backend, bound: socket.socket, local: socket.socket, announce: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    from ui.page import mount_page  # gradio takes seconds to import: after the port and the home are ours

    public = mount_page(create_app(backend), backend.service)
    listeners = [Listener(public, bound), Listener(create_app(backend, with_local=True), local)]
    announcing = asyncio.create_task(_announce(bound, announce))
    await run(listeners, backend.pools, stop)
    announcing.cancel()


async def _announce(bound: socket.socket, announce: Callable[[str], None]) -> None:
    """Wait until the server accepts, then give its address."""
    host, port = bound.getsockname()[:2]
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        break
    announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")


@contextmanager
def _private_temporary_files(folder: Path) -> Iterator[None]:
    """Keep every temporary file of this process (uploads on their way, Gradio's cache) under the home, and wipe it."""
    folder.mkdir(mode=0o700, parents=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
