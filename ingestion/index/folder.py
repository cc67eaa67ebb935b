"""The folder of the embedded index: who owns it, and how its points are replaced in one step.

index/
├── owner                the process that holds the lock
├── liaison-index.json   what the points were built with
├── points               the engine's folder, always complete
├── points.next          being built; worthless unless points.previous stands beside it
└── points.previous      what points.next replaces; only between two renames
"""

import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

from ingestion.errors import IndexHeld
from ingestion.index.signature import FILE_NAME


def points_of(folder: Path) -> Path:
    """Return where the engine's files are."""
    return folder / "points"


def hold(folder: Path) -> IO[str]:
    """Create the folder if needed and lock it until the returned file is closed.

    The lock is the system's: it ends with the process, however that ends. Raises IndexHeld.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = (folder / "owner").open("a+", encoding="ascii")
    try:
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner.seek(0)
        process = owner.read().strip()
        owner.close()
        raise held(folder, process) from error
    owner.truncate(0)
    owner.write(str(os.getpid()))
    owner.flush()
    return owner


def held(folder: Path, process: str = "") -> IndexHeld:
    """Return the error that says who owns the folder."""
    who = f"le processus {process}" if process else "un autre processus"
    return IndexHeld(
        f"L'index {folder} est déjà ouvert par {who}.",
        "Passez par le serveur Liaison en marche, ou arrêtez ce processus avant de recommencer.",
    )


def recover(folder: Path) -> None:
    """Finish or undo a replacement that a crash interrupted."""
    points, following, previous = _places(folder)
    if not points.exists() and previous.exists():
        (following if following.exists() else previous).rename(points)
        _sync(folder)
    _remove(following)
    _remove(previous)


def begin_points(folder: Path) -> Path:
    """Return the path where new points are to be built; nothing is left there."""
    _, following, _ = _places(folder)
    _remove(following)
    return following


def adopt_points(folder: Path) -> None:
    """Put the points that were built, and closed, in the place of the present ones.

    Whenever it is interrupted, ``recover`` finds either the old points or the new ones, whole.
    """
    points, following, previous = _places(folder)
    for path in (*following.rglob("*"), following):
        _sync(path)
    if points.exists():
        points.rename(previous)
        _sync(folder)
    following.rename(points)
    _sync(folder)
    _remove(previous)


def discard(folder: Path) -> None:
    """Remove the points and their signature; the lock stays."""
    for place in _places(folder):
        _remove(place)
    (folder / FILE_NAME).unlink(missing_ok=True)


def _places(folder: Path) -> tuple[Path, Path, Path]:
    return folder / "points", folder / "points.next", folder / "points.previous"


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
