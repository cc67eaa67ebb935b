"""What the commands write: one JSON object on standard output, or French for a reader; errors on standard error."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.api.errors import describe, treatment

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: object) -> None:
    """Write a noun, or a mapping of nouns, as one line of JSON, whatever the terminal's encoding."""
    line = json.dumps(value, default=asdict, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def print_error(error: Exception, as_json: bool) -> int:
    """Say what went wrong and what to do on standard error, as JSON also if asked; return the exit code."""
    body = describe(error)
    if as_json:
        print_json(body)
    sys.stderr.write(f"Erreur : {body.error}\n")
    if body.hint:
        sys.stderr.write(f"À faire : {body.hint}\n")
    return treatment(error).exit_code


def console() -> "Console":
    """Return the console for readers; record text is printed as it is, never read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, soft_wrap=False)


def messages() -> "Console":
    """Return the console for progress, on standard error."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False)


def french_date(iso: str) -> str:
    """Return ``dd/mm/yyyy`` of an ISO date, or what is given when it is none."""
    try:
        return datetime.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso or "sans date"
