"""Where a report comes from: commit, command, versions, settings, data set."""

import os
import platform
import shlex
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from evals.gold import Gold

NOTICE = (
    "Les réponses de référence ont été écrites pour ce projet et n'ont pas été relues par un clinicien : "
    "ces chiffres ne disent rien de l'usage clinique."
)
_PACKAGES = ("liaison", "qdrant-edge-py", "qdrant-client", "sqlalchemy", "inspect-ai", "ir-measures", "numpy")


def provenance(gold: Gold, settings: Settings, arguments: Sequence[str]) -> dict[str, Any]:
    """Return what a reader needs to run the same thing again; no secret, no patient text."""
    commit, modified = checkout()
    return {
        "notice": NOTICE,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["liaison-evals", *arguments]),
        "commit": commit,
        "modified": modified,
        "dataset": {
            "sha256": gold.sha256,
            "patients": len(gold.patients),
            "documents": sum(len(patient.texts) for patient in gold.patients),
            "questions": len(gold.questions),
        },
        "versions": {"python": platform.python_version(), **_versions()},
        "settings": _public(settings),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "architecture": platform.machine()},
    }


def checkout() -> tuple[str | None, bool | None]:
    """Return the commit of this checkout and whether its files differ from it; None where there is no git."""
    commit = _git("rev-parse", "HEAD")
    return commit, None if commit is None else bool(_git("status", "--porcelain", "--untracked-files=no"))


def _public(settings: Settings) -> dict[str, Any]:
    """Return the settings that change answers; addresses may hold secrets, so only their kind is told."""
    return {
        "embedder": Path(settings.embedder).name,
        "as_of": settings.as_of,
        "timezone": settings.timezone,
        "database": settings.database.partition(":")[0],
        "index": "server" if settings.qdrant_url else "embedded",
    }


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "absent"
    return found


def _git(*arguments: str) -> str | None:
    """Return what git says of this checkout, None when there is no git or no repository."""
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.strip()
