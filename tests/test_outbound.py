"""The hook that keeps every test on this machine."""

import socket
from pathlib import Path

import pytest

from tests import outbound


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        (b"localhost", True),
        (None, True),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("::ffff:192.0.2.1", False),
        ("example.org", False),
    ],
)
def test_only_loopback_is_local(host: object, local: bool) -> None:
    assert outbound.is_local(host) is local


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(outbound.OutboundError):
        client.connect(("192.0.2.1", 443))
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(outbound.OutboundError):
        client.sendto(b"x", ("192.0.2.1", 53))
    with pytest.raises(outbound.OutboundError):
        socket.getaddrinfo("example.org", 443)
    assert outbound.attempts == [
        "socket.connect 192.0.2.1",
        "socket.sendto 192.0.2.1",
        "socket.getaddrinfo example.org",
    ]
    outbound.attempts.clear()


def test_loopback_and_unix_sockets_are_open(tmp_path: Path) -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
