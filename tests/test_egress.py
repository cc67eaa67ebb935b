"""Nothing leaves: the product works with every way out refused and noted, then where there is no way out at all.

The first proof is an audit hook in each of its Python processes; the second, which binds native code and the
browser too, is a network namespace that holds the loopback only.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo.render import RECORDS, render
from tests import watched
from tests.watched.product import Product

IPP = "0004417829"
"""BERTHELOT Jeanne, patient 1 of the demonstration hospital."""

NAMESPACES = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])
INSIDE = ["sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
CALLS_HOME = """
import multiprocessing
import socket

def call() -> None:
    try:
        socket.create_connection(("example.org", 443), timeout=2)
    except Exception:
        pass

if __name__ == "__main__":
    call()
    with socket.socket() as here, socket.socket() as there:
        here.bind(("127.0.0.1", 0))
        here.listen()
        there.connect(here.getsockname())
    worker = multiprocessing.get_context("spawn").Process(target=call)
    worker.start()
    worker.join()
"""
CALLS_HOME_GRADIO = """
import threading
import gradio
with gradio.Blocks():
    pass
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join(10)
"""
UNREACHABLE = """
import socket
try:
    socket.create_connection(("192.0.2.1", 443), timeout=5)
except OSError as error:
    print(error.strerror)
"""


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder such as a hospital drops: one patient's dossier, PDF, DOCX and text files."""
    records, folder = tmp_path_factory.mktemp("records"), tmp_path_factory.mktemp("drop")
    shutil.copy(RECORDS / "patient-01.json", records)
    render(folder, records)
    assert {path.suffix for path in folder.rglob("*.*")} >= {".json", ".pdf", ".docx", ".txt"}
    return folder


@pytest.fixture(scope="module")
def closed() -> list[str]:
    """Return the words that start a command in a network namespace of its own, which holds the loopback only."""
    for unshare in NAMESPACES:
        if shutil.which("unshare") and subprocess.run([*unshare, *INSIDE, "true"], capture_output=True).returncode == 0:
            return [*unshare, *INSIDE]
    message = "a network namespace cannot be made here: run as root, or allow user namespaces (and install iproute2)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def visit(start: list[str], home: Path, drop: Path, environment: dict[str, str]) -> dict[str, Any]:
    command = [*start, sys.executable, "-m", "tests.watched.visit", str(home), str(drop), IPP]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=280)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def assert_all_worked(seen: dict[str, Any]) -> None:
    assert seen["ingest"]["documents"]["added"] > 10
    assert seen["ingest"]["documents"]["waiting"] == seen["ingest"]["documents"]["failed"] == 0
    assert seen["ask"]["statements"]
    assert seen["beside"]["statements"] == seen["ask"]["statements"]
    assert set(seen["http"].values()) == {200}
    if seen["page"] is not None:
        assert seen["page"]["citations"] > 0
        assert seen["page"]["foreign"] == []
    assert next(check for check in seen["doctor"]["checks"] if check["name"] == "sorties")["state"] == "ok"


def test_with_the_way_out_refused_nothing_is_even_tried(drop: Path, tmp_path: Path) -> None:
    told_to_call_home = {"GRADIO_ANALYTICS_ENABLED": "True", "HF_HUB_OFFLINE": "0"}
    environment = watched.environment(tmp_path / "watch", told_to_call_home)
    assert_all_worked(visit([], tmp_path / "home", drop, environment))
    assert watched.attempts(tmp_path / "watch") == []


def test_without_any_route_everything_works(drop: Path, tmp_path: Path, closed: list[str]) -> None:
    environment = watched.environment(tmp_path / "watch")
    assert_all_worked(visit(closed, tmp_path / "home", drop, environment))
    assert watched.attempts(tmp_path / "watch") == []


def test_an_embedder_is_loaded_from_its_folder_only(tmp_path: Path) -> None:
    from tests.ingestion.stores import write_dossier
    from tests.models.weights import MINILM

    dossier = write_dossier(tmp_path / "dossier.json", "1234567", {"D1": "INR à 2,4 le 3 mars sous warfarine."})
    environment = watched.environment(tmp_path / "watch", {"LIAISON_EMBEDDER": str(MINILM), "HF_HUB_OFFLINE": "0"})
    product = Product(tmp_path / "home", environment)
    assert product.read("ingest", str(dossier))["documents"]["added"] == 1
    assert product.read("search", "--patient", "1234567", "INR")["passages"]
    assert watched.attempts(tmp_path / "watch") == []


@pytest.mark.parametrize(
    ("program", "host", "times"), [(CALLS_HOME, "example.org", 2), (CALLS_HOME_GRADIO, "api.gradio.app", 1)]
)
def test_the_hook_sees_what_is_swallowed_and_what_a_worker_does(
    tmp_path: Path, program: str, host: str, times: int
) -> None:
    (tmp_path / "program.py").write_text(program)
    environment = watched.environment(tmp_path / "watch")
    subprocess.run([sys.executable, str(tmp_path / "program.py")], env=environment, check=True, capture_output=True)
    assert watched.attempts(tmp_path / "watch").count(f"socket.getaddrinfo {host}") == times


def test_the_namespace_has_no_route(closed: list[str]) -> None:
    done = subprocess.run([*closed, sys.executable, "-c", UNREACHABLE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Network is unreachable"
