"""Forbid this process to reach any other machine; loopback and Unix sockets stay open."""

import ipaddress
import sys
from collections.abc import Callable
from typing import Any

attempts: list[str] = []
"""What was tried: libraries that call home often swallow the error, so that it must be seen afterwards."""

_SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname")


class OutboundError(RuntimeError):
    """Something tried to reach another machine."""


def forbid_outbound(note: Callable[[str], object] = attempts.append) -> None:
    """Install an audit hook that notes and refuses; it cannot be removed and holds until the process ends."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        host = _destination(event, arguments)
        if not is_local(host):
            note(f"{event} {host}")
            raise OutboundError(f"{event} {host}")

    sys.addaudithook(refuse)


def is_local(host: object) -> bool:
    """Tell whether a host is this machine."""
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def _destination(event: str, arguments: tuple[Any, ...]) -> object:
    """Return the host that an audit event names; None when it names none."""
    if event in _RESOLVING:
        return arguments[0]
    if event in _SENDING:
        return arguments[1][0] if isinstance(arguments[1], tuple) else None  # a Unix socket's address is a path
    return None
