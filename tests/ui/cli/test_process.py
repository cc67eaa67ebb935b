"""The command line as a process: help in French, light start, pure output, interruption."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.owner import own
from assistant.settings import Settings
from tests.assistant.memory_service import JEANNE
from ui.cli import main

COMMANDS = ["ingest", "ask", "search", "patients", "documents", "forget", "serve", "doctor"]
ENGLISH = ("Show this", "Install completion", "Commands", "required", "default:", "Missing", "Try ")
HEAVY = {"fastapi", "gradio", "httpx", "pydantic", "sqlalchemy", "torch", "qdrant_edge", "rich.table"}


def run(*arguments: str, home: Path, **options: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ui.cli", *arguments]
    environment = os.environ | {"LIAISON_HOME": str(home)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    page = capsys.readouterr().out
    assert "Affiche cette aide." in page
    assert not [word for word in ENGLISH if word in page]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("liaison ")


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    captured = capsys.readouterr()
    assert "Commandes" in captured.out
    assert captured.err == ""


def test_starting_imports_nothing_heavy() -> None:
    code = f"import sys, ui.cli; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.usefixtures("owner")
def test_json_is_alone_on_standard_output_whatever_the_terminal(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "ask", "--patient", JEANNE.ipp, "?", "--json"],
        capture_output=True,
        env=os.environ | {"LIAISON_HOME": str(home), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["statements"][0]["text"] == "0 : INR à 2,4 le 3 mars."
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.usefixtures("owner")
def test_output_may_be_cut_by_its_reader(home: Path) -> None:
    line = json.dumps({"id": "q", "patient": JEANNE.ipp, "question": "?"}) + "\n"
    (home / "many.jsonl").write_text(line * 300)
    command = f"{sys.executable} -m ui.cli ask --questions {home / 'many.jsonl'} | head -1"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, env=os.environ | {"LIAISON_HOME": str(home)}
    )
    assert json.loads(done.stdout)["id"] == "q"
    assert done.stderr == ""


def test_an_interruption_exits_130_without_a_trace(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with own(Settings(home), "ingestion"):  # mute: the command waits for it
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "patients"],
            env=os.environ | {"LIAISON_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert (out, err) == ("", "")


@pytest.mark.usefixtures("owner")
def test_a_second_server_is_told_who_holds_the_home(home: Path) -> None:
    done = run("serve", "--port", "0", home=home, timeout=60)
    assert done.returncode == 1
    assert f"processus {os.getpid()} (serveur)" in done.stderr


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), home=tmp_path, timeout=60)
    assert done.returncode == 1
    assert f"Le port {port} est déjà pris." in done.stderr
    assert "--port" in done.stderr


def test_doctor_on_a_machine_without_data_creates_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run("doctor", "--json", home=home)
    assert done.returncode == 0
    assert json.loads(done.stdout)["ready"] is False
    assert not home.exists()


def test_doctor_shows_what_could_leave_and_no_password(tmp_path: Path) -> None:
    (tmp_path / "liaison.toml").write_text('database_url = "postgresql+psycopg://u:hunter2@db.example/x"\n')
    done = run("doctor", home=tmp_path)
    assert "database_url → db.example" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text", ["port = 'x'", "surprise = 1", "as_of = 'hier'", "timezone = 'Europe/Pariss'", "= broken"]
)
def test_a_wrong_setting_is_wrong_usage(tmp_path: Path, text: str) -> None:
    (tmp_path / "liaison.toml").write_text(text)
    done = run("patients", home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Erreur : ")
