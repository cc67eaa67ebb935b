"""Who may speak to the server, what leaves it, and what is logged."""

import json
import logging

import httpx
import pytest

from assistant.api.edge import BODY_LIMIT
from tests.assistant.api.running import Running
from tests.assistant.memory_service import JEANNE

SECRET = "Zebulon-le-patient"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8600", "127.0.0.1.evil.example", "[::2]", "[::1", ""])
def test_a_request_that_names_another_host_is_refused(client: httpx.Client, host: str) -> None:
    reply = client.get("/v1/patients", headers={"host": host})
    assert reply.status_code in (400, 403)
    assert "BERTHELOT" not in reply.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8600", "127.0.0.1:8600", "[::1]:8600"])
def test_the_loopback_names_are_accepted(client: httpx.Client, host: str) -> None:
    assert client.get("/v1/patients", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_another_site_cannot_change_or_ask(client: httpx.Client, origin: str) -> None:
    reply = client.delete("/v1/documents/D1", headers={"origin": origin})
    assert reply.status_code == 403
    assert client.get(f"/v1/patients/{JEANNE.ipp}/documents/D1").status_code == 200


def test_the_page_itself_can(server: Running, client: httpx.Client) -> None:
    assert client.delete("/v1/documents/D1", headers={"origin": server.url}).status_code == 200


def test_every_reply_carries_the_security_headers(client: httpx.Client) -> None:
    for reply in (client.get("/v1/patients"), client.get("/health"), client.get("/v1/patients/9"), client.get("/x")):
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "server" not in reply.headers
    assert client.get("/v1/patients").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", f"/v1/patients/{SECRET}", {}, 404),
        ("GET", "/v1/patients/0000000003", {}, 409),
        ("GET", "/v1/patients/a@b", {"params": {"authority": "c"}}, 400),
        ("GET", f"/v1/patients/{JEANNE.ipp}/documents/none", {}, 404),
        ("POST", "/v1/ask", {"json": {"patient": "9", "question": SECRET}}, 404),
        ("POST", "/v1/ask", {"json": {"patient": "9", "question": SECRET, "stream": True}}, 404),
        ("POST", "/v1/ask", {"json": {"question": SECRET}}, 422),
        ("POST", "/v1/ask", {"json": {"patient": {"name": SECRET}, "question": SECRET}}, 422),
        ("POST", "/v1/ask", {"json": {"patient": "1", "question": SECRET * 400}}, 422),
        ("POST", "/v1/ask", {"content": f'{{"patient": "{SECRET}"'}, 422),
        ("POST", "/v1/search", {"json": {"patient": "1", "query": SECRET, "limit": SECRET}}, 422),
        ("GET", "/v1/patients", {"params": {"limit": SECRET}}, 422),
        ("POST", "/v1/documents", {"data": {"other": SECRET}}, 422),
        ("POST", "/v1/documents", {"content": SECRET, "headers": {"content-type": "multipart/form-data"}}, 400),
        ("PUT", "/v1/ask", {}, 404),
        ("POST", "/v1/ask", {"content": b"x" * (BODY_LIMIT + 1)}, 413),
    ],
)
def test_errors_have_one_shape_and_never_repeat_what_was_sent(
    client: httpx.Client, method: str, path: str, options: dict[str, object], status: int
) -> None:
    reply = client.request(method, path, **options)  # type: ignore[arg-type]
    assert reply.status_code == status
    body = reply.json()
    assert set(body) == {"error", "hint", "id"}
    assert body["error"]
    assert body["hint"]
    if path != f"/v1/patients/{SECRET}":
        assert SECRET not in reply.text


def test_a_body_of_undeclared_length_is_limited_too(client: httpx.Client) -> None:
    pieces = (b" " * 100_000 for _ in range(BODY_LIMIT // 100_000 + 2))
    assert client.post("/v1/ask", content=pieces).status_code == 413


def test_the_log_has_ids_and_templates_only(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(f"/v1/patients/{JEANNE.ipp}", params={"authority": "nord"})
    client.post("/v1/ask", json={"patient": JEANNE.ipp, "question": SECRET})
    client.post("/v1/ask", json={"patient": "9", "question": SECRET})
    lines = [record.__dict__["fields"] for record in caplog.records if record.name == "liaison.request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/v1/patients/{ipp}", 200),
        ("POST", "/v1/ask", 200),
        ("POST", "/v1/ask", 404),
    ]
    ours = [
        record for record in caplog.records if not record.name.startswith("httpx") and "httpcore" not in record.name
    ]
    told = json.dumps([(record.getMessage(), record.__dict__.get("fields")) for record in ours])
    assert SECRET not in told
    assert JEANNE.ipp not in told
