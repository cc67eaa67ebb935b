"""Fixtures for every test: no way out of this machine, a temporary home, both databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import outbound, postgresql

outbound.forbid_outbound()


@pytest.fixture(autouse=True)
def nothing_leaves() -> Iterator[None]:
    """Fail a test during which anything tried to reach another machine, even if the error was swallowed."""
    outbound.attempts.clear()
    yield
    attempts = list(outbound.attempts)
    outbound.attempts.clear()
    assert not attempts


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty LIAISON_HOME."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server: the one of LIAISON_DATABASE_URL, else Debian's, started here."""
    configured = os.environ.get("LIAISON_DATABASE_URL", "")
    if configured.startswith("postgresql"):
        yield configured
        return
    programs = postgresql.find_programs()
    if programs is None:
        pytest.skip(f"PostgreSQL n'est pas installé ({postgresql.INSTALLED}) : apt-get install postgresql")
    with postgresql.serving(programs) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL database."""
    with postgresql.fresh_database(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, home: Path) -> str:
    """Return the URL of an empty database: the test runs on both engines."""
    if request.param == "sqlite":
        return f"sqlite:///{home / 'record.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url
