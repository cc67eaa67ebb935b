"""Streams under load, left early, and cut by a stop."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.assistant.api.running import Running, running
from tests.assistant.api.test_routes import ASK, events
from tests.assistant.memory_service import MemoryService


def test_many_slow_streams_do_not_delay_health(tmp_path: Path) -> None:
    """200 readers of slow answers, more than the pool has threads: health and short requests stay quick."""
    service = MemoryService(statements=2, pause=0.5)
    with running(service, tmp_path) as server, ThreadPoolExecutor(200) as readers, server.client() as client:
        asked = [readers.submit(_read, server) for _ in range(200)]
        time.sleep(0.5)
        waits = {path: _wait(client, path) for path in ("/health", "/ready", "/v1/patients")}
        answers = [future.result() for future in asked]
    assert all(names == ["progress", "statement", "statement", "done"] for names in answers)
    assert waits["/health"] <= 0.1
    assert waits["/ready"] <= 0.1
    assert waits["/v1/patients"] <= 0.5


def test_a_reader_who_leaves_before_the_answer_cancels_the_work(tmp_path: Path) -> None:
    service = MemoryService(statements=1000, pause=0.05)
    with running(service, tmp_path) as server, server.client() as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/ask", json=ASK, timeout=0.3)
        client.close()
        assert service.closed.wait(3)


def test_a_reader_who_leaves_a_stream_cancels_the_work(tmp_path: Path) -> None:
    service = MemoryService(statements=1000, pause=0.05)
    with running(service, tmp_path) as server, server.client() as client:
        with client.stream("POST", "/v1/ask", json=ASK | {"stream": True}) as response:
            next(response.iter_lines())
        assert service.closed.wait(3)


def test_stopping_tells_the_streams_and_does_not_wait_for_them(tmp_path: Path) -> None:
    service = MemoryService(statements=1000, pause=0.05)
    with running(service, tmp_path) as server:
        reader = ThreadPoolExecutor(1).submit(_ask, server)
        time.sleep(0.3)
        began = time.monotonic()
        server.stop.set()
        told = events(reader.result())
    assert time.monotonic() - began < 3
    assert told[-1][0] == "error"
    assert told[-1][1]["error"] == "Le serveur s'arrête."
    assert service.closed.wait(3)


def test_a_silent_stream_carries_a_heartbeat(tmp_path: Path) -> None:
    with running(MemoryService(statements=1, pause=0.5), tmp_path, heartbeat=0.05) as server:
        text = _ask(server)
    assert text.count(":\n\n") >= 5


def test_no_thread_of_the_server_outlives_it(tmp_path: Path) -> None:
    before = threading.active_count()
    with running(MemoryService(), tmp_path) as server:
        _ask(server)
    deadline = time.monotonic() + 3
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() == before


def _ask(server: Running) -> str:
    with server.client() as client:
        return client.post("/v1/ask", json=ASK | {"stream": True}).text


def _read(server: Running) -> list[str]:
    return [name for name, _ in events(_ask(server))]


def _wait(client: httpx.Client, path: str) -> float:
    """Return the wait that nine requests in ten stay under: the readers burden this very process too."""
    times = []
    for _ in range(20):
        began = time.monotonic()
        assert client.get(path).status_code == 200
        times.append(time.monotonic() - began)
    return sorted(times)[17]
