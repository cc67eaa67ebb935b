"""The two kinds of sockets that a server of Liaison answers on."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LiaisonError


def tcp_socket(host: str, port: int) -> socket.socket:
    """Bind a TCP port (0: any free one). Raises LiaisonError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise LiaisonError(
                f"Le port {port} est déjà pris.", "Choisissez-en un autre : liaison serve --port 8601."
            ) from error
        raise LiaisonError(
            f"Le port {port} ne peut pas être ouvert : {error.strerror}.", "Choisissez-en un autre avec --port."
        ) from error
    return bound


@contextmanager
def unix_socket(path: Path) -> Iterator[socket.socket]:
    """Bind a Unix socket that only this user can open; its file is removed at the end.

    The permission is set between bind and listen: no one can connect before it is right. A file
    left by a killed owner is replaced; the caller holds the home's lock.
    """
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        bound.bind(str(path))
        path.chmod(0o600)
        yield bound
    finally:
        bound.close()
        path.unlink(missing_ok=True)
