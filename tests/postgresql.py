"""Start Debian's PostgreSQL on loopback for a test session, in a temporary folder, and stop it."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

INSTALLED = Path("/usr/lib/postgresql")


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL installed, or None."""
    return max(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name), default=None)


@contextmanager
def serving(programs: Path) -> Iterator[str]:
    """Run a server and yield its URL. It trusts loopback and writes nothing durably: for tests only."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-pg-"))
    data, port = folder / "data", _free_port()
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        options = f"-p {port} -k {folder} -h 127.0.0.1 -F -c full_page_writes=off -c synchronous_commit=off"
        _run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Create an empty database, yield its URL, and drop it."""
    name = f"liaison_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} STRATEGY file_copy"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def _run(command: list[str | Path]) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    # pg_ctl's server keeps the standard streams: pipes would never end.
    subprocess.run(
        [*prefix, *map(str, command)], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
