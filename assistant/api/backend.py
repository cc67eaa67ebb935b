"""What every route works with: the service, who asks, the pools, and where uploads wait."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from assistant.api.conversations import Conversations
from assistant.api.errors import describe
from assistant.api.pools import Pools
from assistant.service import Service
from assistant.types import LOCAL, Check, Health, Principal

READINESS_SECONDS = 15.0
"""How often the state behind ``/ready`` is looked at again."""


@dataclass
class Readiness:
    """The last known state of the service; not ready until it was seen ready once."""

    health: Health = field(default_factory=lambda: Health(ready=False))


@dataclass(frozen=True)
class Backend:
    """The collaborators of the routes, shared by the public and the local application."""

    service: Service
    incoming: Path
    """Folder for uploads on their way in (``passing_folder``); each one is removed once ingested."""
    principal: Principal = LOCAL
    pools: Pools = field(default_factory=Pools)
    conversations: Conversations = field(default_factory=Conversations)
    readiness: Readiness = field(default_factory=Readiness)


def backend_of(request: Request) -> Backend:
    """Return the backend of the application that serves this request."""
    backend: Backend = request.app.state.backend
    return backend


@contextlib.asynccontextmanager
async def watching(backend: Backend) -> AsyncIterator[None]:
    """Keep ``backend.readiness`` up to date from outside the requests, so that ``/ready`` waits for nothing."""
    task = asyncio.create_task(_watch(backend))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _watch(backend: Backend) -> None:
    while True:
        try:
            backend.readiness.health = await backend.pools.short(backend.service.health)
        except Exception as error:  # noqa: BLE001 - the edge of a background task: whatever fails, we are not ready
            body = describe(error)
            backend.readiness.health = Health(False, (Check("service", "error", body.error, body.hint),))
        await asyncio.sleep(READINESS_SECONDS if backend.readiness.health.ready else 1.0)
