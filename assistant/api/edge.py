"""The outermost layer of both applications: who may speak to us, what leaves, what is logged.

Refuses requests that name another host (DNS rebinding) or come from another site, and bodies that
are too large; adds the security headers; turns every error into ``{error, hint, id}`` by the table
of ``errors``; writes one log line per request, with the route's template and ids, never a URL.
"""

import logging
import time
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.errors import ForeignRequest, TooLarge, describe, treatment

logger = logging.getLogger("liaison.request")

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Host names under which the server may be addressed, until accounts exist."""

BODY_LIMIT = 1_000_000
UPLOAD_LIMIT = 256_000_000
"""Bytes of a request's body: of a question, and of an upload of documents."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PRIVATE_PATHS = ("/v1", "/local", "/gradio_api", "/health", "/ready")

_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


@dataclass
class _Exchange:
    """What is known of one request while it runs."""

    scope: Scope
    limit: int
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    started: float = field(default_factory=time.monotonic)
    status: int = 0
    received: int = 0


class Edge:
    """ASGI middleware; ``tell_kind`` adds the error's class name, for the owner's own clients only."""

    def __init__(self, app: ASGIApp, tell_kind: bool = False) -> None:
        self.app = app
        self.tell_kind = tell_kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request; other scopes (lifespan) pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, _limit(scope["path"]))
        scope.setdefault("state", {})["request_id"] = exchange.id
        outward = _outward(exchange, send)
        try:
            _admit(exchange)
            await self.app(scope, _measured(exchange, receive), outward)
        except ClientDisconnect:
            exchange.status = exchange.status or 499
        except Exception as error:  # noqa: BLE001 - the edge: no error leaves this process in another form
            await self._refuse(error, exchange, receive, outward)
        finally:
            _log(exchange)

    async def _refuse(self, error: Exception, exchange: _Exchange, receive: Receive, send: Send) -> None:
        response = error_response(error, exchange.id, tell_kind=self.tell_kind)
        if not exchange.status:
            await response(exchange.scope, receive, send)


def error_response(error: BaseException, id: str, *, tell_kind: bool = False) -> JSONResponse:
    """Word an error as ``{error, hint, id}`` with its status."""
    return JSONResponse(error_values(error, id, tell_kind=tell_kind), treatment(error).status)


def error_values(error: BaseException, id: str, *, tell_kind: bool = False) -> dict[str, str]:
    """Return the JSON object of an error; with its class name where the reader rebuilds it."""
    values: dict[str, str] = asdict(describe(error, id))
    return values | {"kind": type(error).__name__} if tell_kind else values


def _admit(exchange: _Exchange) -> None:
    """Raise ForeignRequest or TooLarge for what must not reach the application."""
    headers = Headers(scope=exchange.scope)
    host = headers.get("host", "")
    if _name(f"//{host}") not in LOOPBACK_HOSTS:
        raise ForeignRequest(
            "Cette adresse n'est pas celle du serveur.", "Utilisez http://127.0.0.1 ou http://localhost."
        )
    origin = headers.get("origin")
    if exchange.scope["method"] not in _SAFE_METHODS and origin not in (None, f"http://{host}", f"https://{host}"):
        raise ForeignRequest("Cette demande vient d'un autre site.", "Ouvrez la page de Liaison elle-même.")
    if int(headers.get("content-length") or 0) > exchange.limit:
        raise _too_large(exchange.limit)


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # a bracket left open
        return None


def _limit(path: str) -> int:
    return UPLOAD_LIMIT if path == "/v1/documents" else BODY_LIMIT


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"La demande dépasse {limit // 1_000_000} Mo.",
        "Envoyez les fichiers en plusieurs fois, ou utilisez « liaison ingest ».",
    )


def _measured(exchange: _Exchange, receive: Receive) -> Receive:
    """Count the body as it comes: a body without a declared length must not exceed the limit either."""

    async def counted() -> Message:
        message = await receive()
        exchange.received += len(message.get("body", b""))
        if exchange.received > exchange.limit:
            raise _too_large(exchange.limit)
        return message

    return counted


def _outward(exchange: _Exchange, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            del headers["access-control-allow-origin"]  # Gradio lets any page of this machine read it; we do not
            if exchange.scope["path"].startswith(_PRIVATE_PATHS):
                headers["cache-control"] = "no-store"
        await send(message)

    return sent


def _log(exchange: _Exchange) -> None:
    route: Any = exchange.scope.get("route")
    template = getattr(route, "path", "") or "-"
    if not template.startswith(("/v1", "/local")) and exchange.status < 500:
        return
    fields = {
        "id": exchange.id,
        "method": exchange.scope["method"],
        "route": template,
        "status": exchange.status,
        "ms": round(1000 * (time.monotonic() - exchange.started)),
    }
    logger.info("request", extra={"fields": fields})
