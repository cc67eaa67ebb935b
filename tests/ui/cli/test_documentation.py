"""Every route, command, option and setting appears in its page."""

from dataclasses import fields
from pathlib import Path

import pytest
import typer

from assistant.api.app import create_app
from assistant.api.backend import Backend
from assistant.settings import Settings
from tests.assistant.memory_service import MemoryService
from ui.cli.app import app as command_line

DOCS = Path(__file__).parents[3] / "docs"
METHODS = ("get", "post", "put", "delete", "patch")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def routes() -> list[str]:
    backend = Backend(MemoryService(), Path("unused"))
    described = create_app(backend, with_local=True).openapi()["paths"]
    return [
        f"{method.upper()} {path}" for path, methods in described.items() for method in METHODS if method in methods
    ]


@pytest.mark.parametrize("route", routes())
def test_every_route(route: str) -> None:
    assert f"`{route}`" in page("http-api.md")


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting(setting: str) -> None:
    assert f"| `{setting}` |" in page("settings.md")


def commands() -> dict[str, list[str]]:
    """Return the options of each command, help and completion aside."""
    group = typer.main.get_command(command_line)
    named = {"": group, **group.commands}  # type: ignore[attr-defined]
    return {
        name: [parameter.opts[-1] for parameter in command.params if parameter.opts[-1].startswith("--")]
        for name, command in named.items()
    }


@pytest.mark.parametrize(("command", "options"), commands().items())
def test_every_command_and_option(command: str, options: list[str]) -> None:
    text = page("command-line.md")
    assert f"`liaison {command}" in text
    known = {"--install-completion", "--show-completion"}
    assert [option for option in options if option not in known and option not in text] == []


def test_every_status() -> None:
    from assistant.api.errors import TREATMENTS

    text = page("http-api.md")
    assert [row.status for row in TREATMENTS.values() if f"| {row.status} |" not in text] == []
