"""One owner per home, between real processes and through real sockets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from assistant.client import RemoteService
from assistant.errors import Cancelled, HomeHeld, NotAllowed, SettingsError, Unavailable
from assistant.owner import answers, holder, own, owner_socket, passing_folder
from assistant.reach import reach
from assistant.service import Service
from assistant.settings import Settings
from assistant.types import LOCAL, Done, Principal
from ingestion.errors import AmbiguousPatient, UnknownDocument, UnknownPatient
from ingestion.types import IngestReport
from tests.assistant.memory_service import JEANNE, NOTE, TWIN_ELSEWHERE, MemoryService

OWNER = """
import sys, time
from contextlib import contextmanager
from pathlib import Path
from assistant.reach import reach
from assistant.settings import Settings
from tests.assistant.memory_service import MemoryService

@contextmanager
def open_local(settings):
    yield MemoryService(statements=int(sys.argv[3]), pause=0.05)

with reach(Settings(Path(sys.argv[1])), open_local, "ingestion", serve_others=sys.argv[2] == "serve"):
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def memory(settings: Settings) -> Iterator[Service]:
    yield MemoryService()


@contextmanager
def owner(home: Path, mode: str = "serve", statements: int = 2) -> Iterator["subprocess.Popen[str]"]:
    """Run an owner in another process until the block ends."""
    command = [sys.executable, "-c", OWNER, str(home), mode, str(statements)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def test_a_free_home_is_opened_here(settings: Settings) -> None:
    assert holder(settings) is None
    with reach(settings, memory, "question") as service:
        assert isinstance(service, MemoryService)
        held = holder(settings)
        assert held is not None
        assert (held.pid, held.what) == (os.getpid(), "question")
    assert holder(settings) is None
    assert settings.home.stat().st_mode & 0o777 == 0o700


def test_a_held_home_is_reached_through_its_owner(settings: Settings) -> None:
    with owner(settings.home) as process, reach(settings, memory, "question") as service:
        assert isinstance(service, RemoteService)
        held = holder(settings)
        assert held is not None
        assert (held.pid, held.what) == (process.pid, "ingestion")
        assert owner_socket(settings).stat().st_mode & 0o777 == 0o600
        assert service.patient(LOCAL, JEANNE.ipp) == JEANNE
    assert not owner_socket(settings).exists()


def test_a_short_owner_is_waited_for(settings: Settings) -> None:
    with owner(settings.home, "mute") as process:
        assert process.stdin is not None
        process.stdin.close()  # it ends now
        with reach(settings, memory, "question") as service:
            assert isinstance(service, MemoryService)


def test_an_owner_that_stays_mute_is_named(settings: Settings) -> None:
    with owner(settings.home, "mute") as process:
        with pytest.raises(HomeHeld) as caught, reach(settings, memory, "question", patience=0.2):
            pass
        assert str(process.pid) in str(caught.value)
        assert "ingestion" in str(caught.value)
        assert str(process.pid) in caught.value.hint


def test_the_server_does_not_go_through_another(settings: Settings) -> None:
    with owner(settings.home):
        assert _becomes(lambda: answers(owner_socket(settings)))
        began = time.monotonic()
        with pytest.raises(HomeHeld), own(settings, "serveur"):
            pass
        assert time.monotonic() - began < 2


def test_a_killed_owner_leaves_the_home_free_and_its_socket_is_replaced(settings: Settings) -> None:
    with owner(settings.home) as process:
        assert _becomes(lambda: answers(owner_socket(settings)))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert owner_socket(settings).exists()
    with reach(settings, memory, "ingestion", serve_others=True) as service:
        assert isinstance(service, MemoryService)


def test_what_a_killed_owner_left_on_its_way_in_is_wiped(settings: Settings) -> None:
    passing_folder(settings).mkdir(parents=True)
    (passing_folder(settings) / "upload.txt").write_text("a")
    (settings.home / "tmp").mkdir()  # someone else's: the home may be any folder
    with reach(settings, memory, "question"):
        assert not passing_folder(settings).exists()
        assert (settings.home / "tmp").exists()


def test_a_forked_worker_does_not_keep_the_home(settings: Settings) -> None:
    """An orphan of a killed owner must not lock everyone out."""
    with own(settings, "ingestion"):
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
    try:
        assert _becomes(lambda: holder(settings) is None)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_long_home_answers_on_a_short_private_socket(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / ("x" * 100) / "home")
    path = owner_socket(settings)
    assert len(os.fsencode(path)) <= 107
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with owner(settings.home), reach(settings, memory, "question") as service:
        assert service.patient(LOCAL, JEANNE.ipp) == JEANNE


def test_a_home_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError), own(Settings(home=tmp_path / "file" / "home"), "serveur"):
        pass


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with owner(settings.home, statements=40), reach(settings, memory, "question") as service:
        yield service


def test_every_read_gives_what_the_owner_has(remote: Service, tmp_path: Path) -> None:
    here = MemoryService(statements=40)
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.bad").write_text("b")
    calls: list[Callable[[Service], object]] = [
        lambda service: service.patients(LOCAL, "berth", 1),
        lambda service: service.patient(LOCAL, "0000000003@sud"),
        lambda service: service.documents(LOCAL, JEANNE.ipp),
        lambda service: service.document(LOCAL, JEANNE.ipp, "D1"),
        lambda service: service.search(LOCAL, JEANNE.ipp, "INR", limit=3),
        lambda service: list(service.ask(LOCAL, JEANNE.ipp, "INR ?")),
        lambda service: list(service.ingest(LOCAL, [tmp_path])),
        lambda service: service.health(),
    ]
    for call in calls:
        assert call(remote) == call(here)
    assert remote.document(LOCAL, JEANNE.ipp, "D1").text == NOTE.text
    assert remote.patient(LOCAL, "0000000003@sud") == TWIN_ELSEWHERE


@pytest.mark.parametrize(
    ("kind", "call"),
    [
        (UnknownPatient, lambda service: service.patient(LOCAL, "9")),
        (AmbiguousPatient, lambda service: service.documents(LOCAL, "0000000003")),
        (UnknownDocument, lambda service: service.document(LOCAL, JEANNE.ipp, "no/such?one#here")),
        (UnknownDocument, lambda service: service.forget_document(LOCAL, "none")),
        (UnknownPatient, lambda service: list(service.ask(LOCAL, "9", "?"))),
        (NotAllowed, lambda service: service.patients(Principal("other", "Autre", "nurse"))),
    ],
)
def test_errors_come_back_as_they_were_raised(
    remote: Service, kind: type[Exception], call: Callable[[Service], object]
) -> None:
    with pytest.raises(kind) as caught:
        call(remote)
    assert str(caught.value)
    assert getattr(caught.value, "hint", "")


def test_cancelling_closes_the_stream(remote: Service) -> None:
    cancel = Event()
    events = remote.ask(LOCAL, JEANNE.ipp, "?", cancel=cancel)
    next(events)
    cancel.set()
    with pytest.raises(Cancelled):
        list(events)


def test_forgetting_goes_through_the_owner(settings: Settings) -> None:
    with owner(settings.home), reach(settings, memory, "effacement") as service:
        assert service.forget_document(LOCAL, "D1").documents == ("D1",)
        assert service.forget_patient(LOCAL, JEANNE.ipp).bytes_left == 0
        with pytest.raises(UnknownPatient):
            service.patient(LOCAL, JEANNE.ipp)


def test_an_owner_that_dies_in_mid_answer_is_told_in_french(settings: Settings) -> None:
    with owner(settings.home, statements=1000) as process, reach(settings, memory, "question") as service:
        events = service.ask(LOCAL, JEANNE.ipp, "?")
        next(events)
        process.kill()
        with pytest.raises(Unavailable) as caught:
            list(events)
    assert "arrêté" in str(caught.value)


def test_an_ingesting_owner_answers_beside_its_own_work(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with reach(settings, memory, "ingestion", serve_others=True) as service:
        with reach(settings, memory, "question") as other:
            assert isinstance(list(other.ask(LOCAL, JEANNE.ipp, "?"))[-1], Done)
        assert isinstance(list(service.ingest(LOCAL, [tmp_path / "a.txt"]))[-1], IngestReport)


def _becomes(true: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()
