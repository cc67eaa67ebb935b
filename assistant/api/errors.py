"""The one table from errors to HTTP statuses and exit codes, for the API and the command line alike.

LiaisonError (assistant.errors)
├── TooLarge        a request's body exceeds what is accepted
└── ForeignRequest  the request names another host or comes from another site (DNS rebinding, forged form)

This module imports nothing heavy: the command line reads it on every error.
"""

import logging
import traceback
import uuid
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import (
    Cancelled,
    HomeHeld,
    LiaisonError,
    NotAllowed,
    SettingsError,
    Unavailable,
    UsageError,
)
from ingestion.errors import (
    AmbiguousPatient,
    ErasureIncomplete,
    IndexHeld,
    IndexOutdated,
    IngestionError,
    RecordError,
    UnknownDocument,
    UnknownPatient,
    UnreadableFile,
    VectorIndexError,
)
from models.errors import ModelError, ModelFolderInvalid, ModelNotInstalled

logger = logging.getLogger("liaison.error")


class TooLarge(LiaisonError):
    """A request's body exceeds what is accepted."""


class ForeignRequest(LiaisonError):
    """The request names another host, or comes from another site."""


@dataclass(frozen=True)
class Treatment:
    """What an error becomes outside: an HTTP status, and an exit code of the command line."""

    status: int
    exit_code: int


TREATMENTS: dict[type[Exception], Treatment] = {
    UsageError: Treatment(400, 2),
    SettingsError: Treatment(500, 2),
    NotAllowed: Treatment(403, 1),
    HomeHeld: Treatment(503, 1),
    Cancelled: Treatment(503, 1),
    Unavailable: Treatment(503, 1),
    TooLarge: Treatment(413, 1),
    ForeignRequest: Treatment(403, 1),
    LiaisonError: Treatment(500, 1),
    UnknownPatient: Treatment(404, 1),
    UnknownDocument: Treatment(404, 1),
    AmbiguousPatient: Treatment(409, 1),
    ErasureIncomplete: Treatment(500, 1),
    RecordError: Treatment(409, 1),
    UnreadableFile: Treatment(422, 1),
    IndexHeld: Treatment(503, 1),
    IndexOutdated: Treatment(503, 1),
    VectorIndexError: Treatment(500, 1),
    IngestionError: Treatment(500, 1),
    ModelNotInstalled: Treatment(503, 2),
    ModelFolderInvalid: Treatment(503, 2),
    ModelError: Treatment(503, 1),
}
UNEXPECTED = Treatment(500, 1)


@dataclass(frozen=True)
class ErrorBody:
    """An error as the outside sees it: what happened, what to do, and the id under which it is logged."""

    error: str
    hint: str
    id: str


def treatment(error: BaseException) -> Treatment:
    """Return what becomes of an error: the row of its class, or of its nearest parent that has one."""
    rows = (TREATMENTS[kind] for kind in type(error).__mro__ if kind in TREATMENTS)
    return next(rows, UNEXPECTED)


def describe(error: BaseException, id: str | None = None) -> ErrorBody:
    """Word an error for the outside; an unexpected one is logged by class and place, its message never shown."""
    id = id or uuid.uuid4().hex[:12]
    if isinstance(error, (LiaisonError, IngestionError, ModelError)):
        return ErrorBody(str(error), getattr(error, "hint", ""), id)
    place = where(error)
    logger.error("error", extra={"fields": {"id": id, "class": type(error).__name__, "at": place}})
    return ErrorBody(f"Erreur interne ({type(error).__name__}, {place}).", f"Signalez-la avec son numéro : {id}.", id)


def where(error: BaseException) -> str:
    """Return file:line of the innermost frame: it says where to look and holds no patient text."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def revive(kind: str, body: ErrorBody) -> Exception:
    """Rebuild the error that another process described, by its class name; Unavailable when it is no known class."""
    known = {error.__name__: error for error in TREATMENTS}
    error_class = known.get(kind, Unavailable)
    if issubclass(error_class, ModelError):
        return error_class(body.error)
    return error_class(body.error, body.hint)
