"""JSON of the assistant's nouns, both ways: what the server writes, ``RemoteService`` reads.

Streams are sequences of named frames. A ``statement`` frame is flat: the index beside the keys of the statement.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from assistant.errors import Unavailable, UsageError
from assistant.types import Answer, AskEvent, Done, IngestEvent, Notice, Progress, Statement, StatementReady
from ingestion.types import IngestProgress, IngestReport

T = TypeVar("T")

_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
"""The converter of a type; building one is slow, so each is built once."""


@dataclass(frozen=True, repr=False)
class Frame:
    """One event of a stream: its name and its JSON object."""

    event: str
    data: dict[str, Any]

    def __repr__(self) -> str:
        return f"Frame({self.event!r})"


def encode(value: object) -> bytes:
    """Write a noun as JSON, UTF-8."""
    return _adapter(type(value)).dump_json(value)


def plain(value: object) -> Any:
    """Return a noun as JSON's own types."""
    return _adapter(type(value)).dump_python(value, mode="json")


def decode(kind: type[T], data: Any) -> T:
    """Read a noun from JSON's own types. Raises Unavailable: only another version would write another shape."""
    try:
        value: T = _adapter(kind).validate_python(data, strict=False)
    except ValueError:
        raise Unavailable(
            f"La réponse reçue n'est pas un {getattr(kind, '__name__', 'objet')} lisible.",
            "Le processus propriétaire est-il d'une autre version de Liaison ? Arrêtez-le et relancez-le.",
        ) from None
    return value


def ask_frame(event: AskEvent) -> Frame:
    """Name an event of an answer: progress, statement, notice or done."""
    match event:
        case StatementReady(index, statement):
            return Frame("statement", {"index": index, **plain(statement)})
        case Done(answer):
            return Frame("done", plain(answer))
        case Progress():
            return Frame("progress", plain(event))
        case Notice():
            return Frame("notice", plain(event))


def ask_event(frame: Frame) -> AskEvent:
    """Read back an event of an answer."""
    match frame.event:
        case "statement":
            statement = {key: value for key, value in frame.data.items() if key != "index"}
            return StatementReady(int(frame.data["index"]), decode(Statement, statement))
        case "done":
            return Done(decode(Answer, frame.data))
        case "progress":
            return decode(Progress, frame.data)
        case "notice":
            return decode(Notice, frame.data)
    raise Unavailable(f"Événement inconnu : {frame.event}.", "Arrêtez le processus propriétaire et relancez-le.")


def ingest_frame(event: IngestEvent) -> Frame:
    """Name an event of an ingestion: progress or report."""
    return Frame("report" if isinstance(event, IngestReport) else "progress", plain(event))


def ingest_event(frame: Frame) -> IngestEvent:
    """Read back an event of an ingestion."""
    if frame.event == "report":
        return decode(IngestReport, frame.data)
    return decode(IngestProgress, frame.data)


def as_server_sent_event(frame: Frame) -> bytes:
    """Write a frame as one server-sent event; its JSON is one line whatever a reader calls a line end."""
    return f"event: {frame.event}\ndata: {_json(frame.data)}\n\n".encode()


def as_line(frame: Frame) -> bytes:
    """Write a frame as one line of JSON."""
    return (_json({"event": frame.event, "data": frame.data}) + "\n").encode()


def patient_reference(ipp: str, authority: str | None) -> str:
    """Join an IPP and its establishment as ``IPP@authority``. Raises UsageError when it is given twice."""
    if not authority:
        return ipp
    if "@" in ipp:
        raise UsageError(
            "L'établissement est donné deux fois.", "Écrivez IPP@établissement, ou donnez l'établissement à part."
        )
    return f"{ipp}@{authority}"


def _json(value: object) -> str:
    """Write ASCII only: some readers split lines at U+0085 or U+2028, which clinical texts do contain."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
