"""The command line beside a running owner that keeps everything in memory."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.reach import reach
from assistant.service import Service
from assistant.settings import Settings
from tests.assistant.memory_service import MemoryService
from ui.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read standard output, which must be one JSON object and nothing else."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def service() -> MemoryService:
    return MemoryService()


@pytest.fixture
def owner(home: Path, service: MemoryService) -> Iterator[MemoryService]:
    @contextmanager
    def memory(_: Settings) -> Iterator[Service]:
        yield service

    with reach(Settings(home), memory, "serveur", serve_others=True):
        yield service


@pytest.fixture
def liaison(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str) -> Done:
        code = main(["--home", str(home), *arguments])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run


def lines(values: Sequence[Any]) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)
