"""One server per test, around a service in memory."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.assistant.api.running import Running, running
from tests.assistant.memory_service import MemoryService


@pytest.fixture
def service() -> MemoryService:
    return MemoryService()


@pytest.fixture
def server(service: MemoryService, tmp_path: Path) -> Iterator[Running]:
    with running(service, tmp_path) as started:
        yield started


@pytest.fixture
def client(server: Running) -> Iterator[httpx.Client]:
    with server.client() as opened:
        yield opened
