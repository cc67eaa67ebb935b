"""JSON replies, and errors that FastAPI itself finds, in our words and without what was sent."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.api.edge import error_response
from assistant.api.errors import ErrorBody
from assistant.errors import LiaisonError
from assistant.wire import encode, plain

_ANY: TypeAdapter[Any] = TypeAdapter(Any)

_REFUSALS = {
    400: ("La demande est illisible.", "Voyez la forme attendue dans /v1/openapi.json."),
    404: ("Cette adresse n'existe pas.", "Voyez les adresses dans /v1/openapi.json."),
    405: ("Cette méthode n'est pas permise ici.", "Voyez les méthodes dans /v1/openapi.json."),
}


def json_reply(value: object) -> Response:
    """Reply with a noun, or with a mapping of nouns, as JSON."""
    content = _ANY.dump_json(value) if isinstance(value, dict) else encode(value)
    return Response(content, media_type="application/json")


def install_error_handlers(app: FastAPI) -> None:
    """Have FastAPI's own refusals take our form; its default for a malformed request repeats what was sent."""

    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        problems = [_problem(found) for found in error.errors()]
        return _refusal(request, 422, " ".join(dict.fromkeys(problems)), _REFUSALS[400][1])

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if isinstance(cause := error.__cause__, LiaisonError):  # raised while FastAPI read the body
            return error_response(cause, request.state.request_id, tell_kind=request.app.state.tell_kind)
        message, hint = _REFUSALS.get(error.status_code, _REFUSALS[400])
        return _refusal(request, error.status_code, message, hint)

    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, refused)


def _refusal(request: Request, status: int, message: str, hint: str) -> Response:
    body = ErrorBody(message, hint, request.state.request_id)
    kind = {"kind": "UsageError"} if request.app.state.tell_kind else {}
    return JSONResponse(plain(body) | kind, status)


def _problem(found: dict[str, Any]) -> str:
    """Name the field at fault and nothing of its value."""
    name = ".".join(part for part in found["loc"][1:] if isinstance(part, str))
    if not name:
        return "Le corps de la demande n'est pas le JSON attendu."
    if found["type"] == "missing":
        return f"Le champ « {name} » manque."
    return f"Le champ « {name} » n'a pas la forme attendue."
