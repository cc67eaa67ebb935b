"""A real server in its own process: over demo records ingested for it, or over a slow service held in memory."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.service import Service
from assistant.settings import Settings
from tests.ui.page.memory_service import AS_OF, load
from ui.cli.session import open_local
from ui.serve import serve

RECORDS = Path(__file__).parents[2] / "demo" / "records"
HOSTILE = Path(__file__).parent / "hostile.json"
DOSSIERS = [
    *(RECORDS / f"patient-{number:02}.json" for number in (1, 2, 3, 4, 6, 7, 8, 16, 17, 19, 20)),
    HOSTILE,
]
PACE = 0.4
"""Seconds between two statements of the slow service: time to stop an answer, or to change patient."""


@contextmanager
def serving(kind: str, home: Path) -> Iterator[str]:
    """Start a server (``real`` or ``slow``) on a free port of the loopback, and give its address."""
    home.mkdir(parents=True)
    if kind == "real":
        ingest(home)
    command = [sys.executable, "-m", "tests.browser.serving", kind, str(home)]
    log = home.with_suffix(".log")
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=RECORDS.parents[1])
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            assert address, log.read_text()
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
    assert "Traceback" not in log.read_text()


@contextmanager
def open_slow(settings: Settings) -> Iterator[Service]:
    yield load(DOSSIERS, pace=PACE)


def ingest(home: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "ingest", *map(str, DOSSIERS), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=RECORDS.parents[1], timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def announce(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def main() -> None:
    kind, home = sys.argv[1:]
    settings = Settings(Path(home), port=0, as_of=AS_OF)
    serve(settings, {"real": open_local, "slow": open_slow}[kind], announce)


if __name__ == "__main__":
    main()
