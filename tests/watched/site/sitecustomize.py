"""Loaded at its start by every Python process of the product that a test watches: see ``tests.watched``."""

import logging
import os
from pathlib import Path

from tests import outbound

_FOLDER = Path(os.environ["WATCHED_FOLDER"])


def _note(attempt: str) -> None:
    with (_FOLDER / "attempts").open("a") as file:
        file.write(f"{attempt}\n")


def _keep_logs() -> None:
    """Write what any library logs, its exceptions too, to one file per process."""
    handler = logging.FileHandler(_FOLDER / f"{os.getpid()}.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.DEBUG, handlers=[handler])


outbound.forbid_outbound(_note)
if os.environ.get("WATCHED_LOGS"):
    _keep_logs()
