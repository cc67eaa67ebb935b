"""Forbid this process to reach any other machine; loopback and Unix sockets stay open."""

import ipaddress
import sys
from typing import Any

attempts: list[str] = []
"""What was tried: libraries that call home often swallow the error, so that it must be seen afterwards."""

_SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname")


class OutboundRefused(RuntimeError):
    """Something tried to reach another machine."""


def forbid_outbound() -> None:
    """Install an audit hook; it cannot be removed and holds until the process ends."""
    sys.addaudithook(_refuse)


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


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _SENDING:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket's address is a path
    elif event in _RESOLVING:
        host = arguments[0]
    else:
        return
    if not is_local(host):
        attempts.append(f"{event} {host}")
        raise OutboundRefused(f"{event} {host}")
