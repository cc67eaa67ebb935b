"""From the command line's options to settings, and to the service of the home they name."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from assistant.reach import reach
from assistant.service import Service
from assistant.settings import Settings, load_settings


@dataclass(frozen=True)
class Options:
    """What was given before the command's name."""

    home: Path | None = None
    as_of: str | None = None


def settings_of(context: typer.Context, **overrides: Any) -> Settings:
    """Return the settings; what the command line gives wins."""
    options: Options = context.obj
    return load_settings(home=options.home, as_of=options.as_of, **overrides)


def service_of(context: typer.Context, what: str, *, serve_others: bool = False) -> AbstractContextManager[Service]:
    """Reach the service of the home: in this process if nobody owns it, else through its owner."""
    return reach(settings_of(context), open_local, what, serve_others=serve_others)


@contextmanager
def open_local(settings: Settings) -> Iterator[Service]:
    """Open the home in this process, which owns it."""
    from assistant.bootstrap import open_workspace
    from assistant.local import LocalService

    with open_workspace(settings) as workspace:
        yield LocalService(workspace)
