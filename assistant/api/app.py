"""Builds the application: the public ``/v1``, and ``/local`` beside it on the owner's Unix socket."""

from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException

from assistant.api import documents, local, patients, questions, status
from assistant.api.backend import Backend, watching
from assistant.api.edge import Edge
from assistant.api.errors import ErrorBody
from assistant.api.replies import install_error_handlers

DESCRIPTION = """Questions on one patient's record, every sentence with the spans that prove it.

Dates are ISO 8601 as the source wrote them. Offsets are Unicode code points, half-open. A patient is an `IPP`
while that is unambiguous, else `IPP@authority`, or an IPP with the parameter `authority`.
Every error is `{error, hint, id}`: what happened and what to do, in French, and the id under which it is logged.
"""

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": text}
    for status, text in {
        400: "makes no sense",
        403: "not allowed, or from another site",
        404: "no such patient or document",
        409: "several establishments use this IPP",
        413: "too large",
        422: "malformed",
        500: "unexpected",
        503: "not available now",
    }.items()
}


def create_app(backend: Backend, *, with_local: bool = False) -> FastAPI:
    """Return the ASGI application; ``with_local`` adds ``/local`` and the class names of errors.

    No interactive documentation page: FastAPI's loads its scripts from another site.
    """
    app = FastAPI(
        title="Liaison",
        version="1",
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=_ERRORS,
        lifespan=lambda _: watching(backend),
    )
    app.state.backend = backend
    app.state.tell_kind = with_local
    routers = [status.router, questions.router, patients.router, documents.router]
    for router in [*routers, *([local.router] if with_local else []), _nothing_else(with_local)]:
        app.include_router(router)
    install_error_handlers(app)
    app.add_middleware(Edge, tell_kind=with_local)
    return app


def _nothing_else(with_local: bool) -> APIRouter:
    """Answer 404 in our form under our own prefixes, whatever else is mounted at the root."""
    router = APIRouter(include_in_schema=False)

    async def unknown() -> None:
        raise HTTPException(404)

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    for prefix in ("/v1", *(["/local"] if with_local else [])):
        router.add_api_route(prefix + "/{rest:path}", unknown, methods=methods)
    return router
