"""``RemoteService``: the service of a home that another process owns, over the owner's Unix socket."""

import contextlib
import json
import ssl
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from assistant.api.errors import ErrorBody, revive
from assistant.errors import Cancelled, NotAllowed, Unavailable
from assistant.overviews import Course, Summary, Timeline
from assistant.service import REMEMBERED
from assistant.types import (
    LOCAL,
    AskEvent,
    DocumentCard,
    DocumentView,
    Forgotten,
    FoundPassage,
    Health,
    IngestEvent,
    PatientCard,
    Principal,
)
from assistant.wire import Frame, ask_event, decode, ingest_event

T = TypeVar("T")

_SILENCE = 60.0
"""Seconds without a byte after which the owner is taken for hung; streams carry a heartbeat every second."""


class RemoteService:
    """Implements ``assistant.service.Service`` by asking the owner; errors come back as the owner raised them.

    The owner decides who asks: the socket opens to its own user only, whose principal is ``LOCAL``.
    Any other principal is refused here rather than passed over in silence.
    """

    def __init__(self, socket: Path) -> None:
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(socket), verify=_no_authorities()),
            base_url="http://localhost",
            timeout=httpx.Timeout(_SILENCE, connect=5.0),
            trust_env=False,  # a proxy of the environment must not see this traffic
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        """Search patients."""
        found = self._call(principal, "GET", "/v1/patients", params={"query": query, "limit": limit})
        return decode(list[PatientCard], found["patients"])

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        """Return one patient."""
        return decode(PatientCard, self._call(principal, "GET", f"/v1/patients/{_part(patient)}"))

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        """List a patient's documents."""
        found = self._call(principal, "GET", f"/v1/patients/{_part(patient)}/documents")
        return decode(list[DocumentCard], found["documents"])

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        """Open a document of that patient."""
        path = f"/v1/patients/{_part(patient)}/documents/{_part(document)}"
        return decode(DocumentView, self._call(principal, "GET", path))

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        """Stream an answer; closing the generator, or setting ``cancel``, closes the connection and stops the owner."""
        body = {"patient": patient, "question": question, "previous": list(previous[-REMEMBERED:]), "stream": True}
        with self._stream(principal, "/v1/ask", body) as response:
            yield from map(ask_event, _until(cancel, _server_sent_events(response.iter_lines())))

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        """Find passages."""
        body = {"patient": patient, "query": query, "limit": limit}
        return decode(list[FoundPassage], self._call(principal, "POST", "/v1/search", json=body)["passages"])

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        """Summarise a record."""
        path = f"/v1/patients/{_part(patient)}/summary"
        return decode(Summary, self._call(principal, "GET", path, params={"specialty": specialty}))

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        """Tell what happened."""
        return decode(Timeline, self._call(principal, "GET", f"/v1/patients/{_part(patient)}/timeline"))

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        """Return how measures evolved."""
        path = f"/v1/patients/{_part(patient)}/series"
        return decode(Course, self._call(principal, "GET", path, params={"measure": measure}))

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: Event | None = None
    ) -> Iterator[IngestEvent]:
        """Have the owner ingest files and folders of this machine."""
        body = {"paths": [str(path.absolute()) for path in paths]}
        with self._stream(principal, "/local/ingest", body) as response:
            yield from map(ingest_event, _until(cancel, _lines(response.iter_lines())))

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        """Erase a document."""
        return self._forget(principal, {"document": document})

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        """Erase a patient."""
        return self._forget(principal, {"patient": patient})

    def health(self) -> Health:
        """Report the owner's state."""
        return decode(Health, self._call(LOCAL, "GET", "/local/health"))

    def _forget(self, principal: Principal, body: dict[str, str]) -> Forgotten:
        no_limit = httpx.Timeout(None, connect=5.0)  # an erasure rewrites the stores; it takes the time it takes
        return decode(Forgotten, self._call(principal, "POST", "/local/forget", json=body, timeout=no_limit))

    def _call(self, principal: Principal, method: str, path: str, **options: Any) -> Any:
        _only_local(principal)
        with _connection_errors():
            response = self._client.request(method, path, **options)
        if response.is_error:
            raise _as_raised(response)
        return response.json()

    @contextlib.contextmanager
    def _stream(self, principal: Principal, path: str, body: Mapping[str, Any]) -> Iterator[httpx.Response]:
        _only_local(principal)
        with _connection_errors(), self._client.stream("POST", path, json=body) as response:
            if response.is_error:
                response.read()
                raise _as_raised(response)
            yield response


def _no_authorities() -> ssl.SSLContext:
    """Return a context without certificates: a Unix socket has no TLS, and loading them takes 0.1 s."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _only_local(principal: Principal) -> None:
    if principal != LOCAL:
        raise NotAllowed(
            "Un autre utilisateur que celui du poste ne peut pas passer par le processus propriétaire.",
            "Adressez-vous à l'API du serveur.",
        )


def _part(value: str) -> str:
    return quote(value, safe="@:")


def _until(cancel: Event | None, frames: Iterator[Frame | None]) -> Iterator[Frame]:
    """Pass frames on, drop heartbeats (None), stop when cancelled, raise what an ``error`` frame says."""
    for frame in frames:
        if cancel is not None and cancel.is_set():
            raise Cancelled("Demande interrompue.")
        if frame is None:
            continue
        if frame.event == "error":
            raise _revived(frame.data)
        yield frame


def _server_sent_events(lines: Iterator[str]) -> Iterator[Frame | None]:
    event = ""
    for line in lines:
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield Frame(event, json.loads(line.removeprefix("data: ")))
        elif line.startswith(":"):
            yield None


def _lines(lines: Iterator[str]) -> Iterator[Frame | None]:
    for line in lines:
        if line:
            values = json.loads(line)
            yield Frame(values["event"], values["data"])
        else:
            yield None


def _as_raised(response: httpx.Response) -> Exception:
    try:
        return _revived(response.json())
    except ValueError:
        return _fault()


def _revived(values: Mapping[str, Any]) -> Exception:
    body = ErrorBody(str(values.get("error", "")), str(values.get("hint", "")), str(values.get("id", "")))
    return revive(str(values.get("kind", "")), body) if body.error else _fault()


def _fault() -> Unavailable:
    return Unavailable(
        "Le processus propriétaire du dossier n'a pas répondu comme attendu.",
        "Voyez qui le tient avec « liaison doctor », arrêtez-le et relancez la commande.",
    )


@contextlib.contextmanager
def _connection_errors() -> Iterator[None]:
    """Say in French that the owner left or hangs, whatever way httpx puts it."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise Unavailable(
            f"Le processus propriétaire ne répond pas depuis {_SILENCE:.0f} s.",
            "Voyez qui le tient avec « liaison doctor », arrêtez-le et relancez la commande.",
        ) from error
    except httpx.TransportError as error:
        raise Unavailable("Le processus propriétaire du dossier s'est arrêté.", "Relancez la commande.") from error
