"""Shapes of the public API, asked of a real server on loopback."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.types import LOCAL, Done
from tests.assistant.api.running import Running, running
from tests.assistant.memory_service import JEANNE, NOTE, TEXT, TWIN_ELSEWHERE, MemoryService

ASK = {"patient": JEANNE.ipp, "question": "Quel est l'INR ?"}


def as_json(noun: Any) -> Any:
    return json.loads(json.dumps(asdict(noun)))


def events(text: str) -> list[tuple[str, Any]]:
    """Read server-sent events as the standard says: blocks parted by an empty line, comments dropped."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_health_and_readiness(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    ready = client.get("/ready")
    assert ready.status_code == 200
    assert ready.json() == {"ready": True, "checks": [{"name": "base de données", "state": "ok"}]}


def test_the_answer_is_the_service_answer(client: httpx.Client, service: MemoryService) -> None:
    done = list(service.ask(LOCAL, JEANNE.ipp, "?"))[-1]
    assert isinstance(done, Done)
    reply = client.post("/v1/ask", json=ASK)
    assert reply.status_code == 200
    assert reply.json() == as_json(done.answer)
    citation = reply.json()["statements"][0]["citations"][0]
    assert citation["quote"] == TEXT[citation["start"] : citation["end"]]


def test_a_stream_says_progress_then_statements_in_order_then_the_answer(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json=ASK | {"stream": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events(reply.text)
    assert [name for name, _ in told] == ["progress", "statement", "statement", "done"]
    statements = [data for name, data in told if name == "statement"]
    assert [data.pop("index") for data in statements] == [0, 1]
    assert statements == told[-1][1]["statements"]


def test_a_failure_in_mid_stream_is_its_last_event_and_shows_no_patient_text(tmp_path: Path) -> None:
    with running(MemoryService(fault=KeyError("secret patient text")), tmp_path) as server, server.client() as client:
        told = events(client.post("/v1/ask", json=ASK | {"stream": True}).text)
        whole = client.post("/v1/ask", json=ASK)
    assert [name for name, _ in told] == ["progress", "error"]
    assert set(told[-1][1]) == set(whole.json()) == {"error", "hint", "id"}
    assert whole.status_code == 500
    assert "secret" not in json.dumps(told) + whole.text


def test_search(client: httpx.Client, service: MemoryService) -> None:
    reply = client.post("/v1/search", json={"patient": JEANNE.ipp, "query": "INR"})
    assert reply.json() == {"passages": [as_json(p) for p in service.search(LOCAL, JEANNE.ipp, "INR")]}


def test_patients(client: httpx.Client) -> None:
    found = client.get("/v1/patients", params={"query": "berth"}).json()["patients"]
    assert [card["given_names"] for card in found] == ["Jeanne", "Jeannine"]
    assert client.get("/v1/patients", params={"query": "berth", "limit": 1}).json()["patients"] == [as_json(JEANNE)]
    assert client.get(f"/v1/patients/{JEANNE.ipp}").json() == as_json(JEANNE)


@pytest.mark.parametrize(
    ("path", "parameters"),
    [("/v1/patients/0000000003", {"authority": "sud"}), ("/v1/patients/0000000003@sud", {})],
)
def test_an_ambiguous_ipp_is_settled_by_its_authority(
    client: httpx.Client, path: str, parameters: dict[str, str]
) -> None:
    assert client.get(path, params=parameters).json() == as_json(TWIN_ELSEWHERE)


def test_documents(client: httpx.Client) -> None:
    listed = client.get(f"/v1/patients/{JEANNE.ipp}/documents").json()
    assert listed == {"documents": [as_json(NOTE.card)]}
    assert client.get(f"/v1/patients/{JEANNE.ipp}/documents/D1").json() == as_json(NOTE)


def test_forgetting_a_document(client: httpx.Client) -> None:
    gone = client.delete("/v1/documents/D1")
    assert gone.json() == {"documents": ["D1"], "passages": 1, "files_searched": 3, "bytes_left": 0}
    assert client.delete("/v1/documents/D1").status_code == 404


def test_uploads_are_ingested_under_their_names_and_leave_nothing(server: Running, service: MemoryService) -> None:
    files = [("files", ("../../note.txt", b"a")), ("files", ("lettre.bad", b"b"))]
    with server.client() as client:
        reply = client.post("/v1/documents", files=files, data={"sidecar": '{"ipp": "0000000001"}'})
    assert reply.status_code == 200
    assert service.seen == ["lettre.bad", "lettre.bad.meta.json", "note.txt", "note.txt.meta.json"]
    assert reply.json()["failures"] == [
        {"path": "lettre.bad", "error": "Fichier illisible.", "hint": "Convertissez-le."}
    ]
    assert list((server.home / "incoming").iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "/"])
def test_an_upload_needs_a_name(client: httpx.Client, name: str) -> None:
    reply = client.post("/v1/documents", files=[("files", (name, b"a"))])
    assert reply.status_code in (400, 422)
    assert set(reply.json()) == {"error", "hint", "id"}


def test_two_uploads_of_one_name_are_refused(client: httpx.Client) -> None:
    reply = client.post("/v1/documents", files=[("files", ("a.txt", b"a")), ("files", ("x/a.txt", b"b"))])
    assert reply.status_code == 400


def test_the_description_is_served_and_names_every_public_route(client: httpx.Client) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert {(method, path) for path, methods in paths.items() for method in methods} == {
        ("get", "/health"),
        ("get", "/ready"),
        ("post", "/v1/ask"),
        ("post", "/v1/search"),
        ("get", "/v1/patients"),
        ("get", "/v1/patients/{ipp}"),
        ("get", "/v1/patients/{ipp}/documents"),
        ("get", "/v1/patients/{ipp}/documents/{id}"),
        ("get", "/v1/patients/{ipp}/summary"),
        ("get", "/v1/patients/{ipp}/timeline"),
        ("get", "/v1/patients/{ipp}/series"),
        ("post", "/v1/documents"),
        ("delete", "/v1/documents/{id}"),
    }


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/local/health", "/local/ingest", "/v1/nothing"])
def test_what_tcp_does_not_serve(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_summary_timeline_and_series(client: httpx.Client, service: MemoryService) -> None:
    base = f"/v1/patients/{JEANNE.ipp}"
    assert client.get(f"{base}/summary").json() == as_json(service.summary(LOCAL, JEANNE.ipp))
    assert client.get(f"{base}/timeline").json() == as_json(service.timeline(LOCAL, JEANNE.ipp))
    assert client.get(f"{base}/series").json() == as_json(service.series(LOCAL, JEANNE.ipp))
    named = client.get(f"{base}/summary", params={"specialty": "cardiologie", "authority": "nord"}).json()
    assert named["sections"][1]["title"] == "cardiologie"
    assert client.get(f"{base}/series", params={"measure": "Hb"}).json()["series"][0]["name"] == "Hb"


@pytest.mark.parametrize("view", ["summary", "timeline", "series"])
def test_views_of_an_unknown_patient(client: httpx.Client, view: str) -> None:
    reply = client.get(f"/v1/patients/404/{view}")
    assert reply.status_code == 404
    assert set(reply.json()) == {"error", "hint", "id"}
