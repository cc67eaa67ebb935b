"""``/health`` and ``/ready``: answered by the event loop alone, whatever the pools endure."""

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse

from assistant.api.backend import backend_of
from assistant.types import Health

router = APIRouter(tags=["state"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class CheckState(BaseModel):
    """One verified point, by name; ``liaison doctor`` gives the details to who may see them."""

    name: str
    state: str


class Ready(BaseModel):
    """Whether requests can be served."""

    ready: bool
    checks: list[CheckState]


@router.get("/health", response_model=Alive)
async def health() -> Alive:
    """Say that the process answers."""
    return Alive()


@router.get("/ready", response_model=Ready, responses={503: {"model": Ready}})
async def ready(request: Request) -> JSONResponse:
    """Say whether requests can be served; 503 until they can."""
    state = _without_details(backend_of(request).readiness.health)
    return JSONResponse(state.model_dump(), 200 if state.ready else 503)


def _without_details(health: Health) -> Ready:
    return Ready(ready=health.ready, checks=[CheckState(name=c.name, state=c.state) for c in health.checks])
