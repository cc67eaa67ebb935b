"""Run the product's own processes, watched: what tries to leave the machine, and what is logged.

``tests/watched/site`` comes first on their PYTHONPATH; its ``sitecustomize`` runs before the product, in each
process and in those that they start.
"""

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).parent / "site"
_ADVICE = ("GRADIO_", "HF_", "TRANSFORMERS_", "LIAISON_", "PYTHON")


def environment(folder: Path, variables: Mapping[str, str] | None = None, *, logs: bool = False) -> dict[str, str]:
    """Return the environment of a watched process, without what would tell a library to stay at home.

    The product must see to that itself. Attempts to leave, and logs if wanted, are written under ``folder``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_ADVICE)}
    watched = {"PYTHONPATH": f"{SITE}{os.pathsep}{ROOT}", "WATCHED_FOLDER": str(folder)}
    return kept | watched | ({"WATCHED_LOGS": "1"} if logs else {}) | dict(variables or {})


def attempts(folder: Path) -> list[str]:
    """Return what was tried to leave the machine."""
    path = folder / "attempts"
    return path.read_text().splitlines() if path.exists() else []


def logged(folder: Path) -> dict[str, str]:
    """Return what each process logged, by the name of its file."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.log")}
