"""One process owns ``LIAISON_HOME``; every other command goes through it.

The owner holds an exclusive lock on ``LIAISON_HOME/owner.lock`` (the kernel drops it when the process
dies, however it dies) and answers on a Unix socket that only the same user can open. A command
that finds the home free owns it for its own duration; one that finds it held connects, and waits a
little when the owner is a short command that answers nobody.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import HomeHeld, SettingsError
from assistant.settings import Settings

PATIENCE = 15.0
"""Seconds during which a command waits for an owner that does not answer (a short command, or one that starts)."""

_LOCK = "owner.lock"
_SOCKET = "owner.sock"
_PASSING = ".liaison-incoming"
"""A name of our own: it is emptied, and someone may choose as home a folder that holds other things."""
_LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's limit is 107 with its final zero (unix(7))."""


@dataclass(frozen=True)
class Holder:
    """The process that owns the home, and what it does there, in French (``serveur``, ``ingestion``, …)."""

    pid: int
    what: str


@contextmanager
def own(settings: Settings, what: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Own the home, for a process that cannot go through another one (the server). Raises HomeHeld."""
    deadline = time.monotonic() + patience
    while (lock := _try_lock(settings, what)) is None:
        if time.monotonic() > deadline or answers(owner_socket(settings)):
            raise _held(settings)
        time.sleep(0.05)
    try:
        yield
    finally:
        release(lock)


def holder(settings: Settings) -> Holder | None:
    """Return who owns the home now, or None when it is free."""
    path = settings.home / _LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_holder(path)
    finally:
        os.close(descriptor)
    return None


def owner_socket(settings: Settings) -> Path:
    """Return where the owner answers: in the home, or in a private runtime folder when that path is too long."""
    path = settings.home / _SOCKET
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(settings.home)).hexdigest()[:16]
    return _runtime_folder() / f"{name}.sock"


def passing_folder(settings: Settings) -> Path:
    """Return the folder for bytes on their way in; each new owner empties it, in case the last one was killed."""
    return settings.home / _PASSING


def answers(path: Path) -> bool:
    """Say whether a process listens on this Unix socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def prepare_home(settings: Settings) -> None:
    """Create the home, for its owner's eyes only, unless it exists. Raises SettingsError when that is impossible."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"Le dossier de données {settings.home} ne peut pas être créé : {error.strerror}.",
            "Donnez un dossier accessible par LIAISON_HOME ou --home.",
        ) from error


def lock_or_connect(settings: Settings, what: str, patience: float) -> int | None:
    """Return the lock of a home that was free, or None once its owner answers. Raises HomeHeld after ``patience``."""
    deadline = time.monotonic() + patience
    while (lock := _try_lock(settings, what)) is None:
        if answers(owner_socket(settings)):
            return None
        if time.monotonic() > deadline:
            raise _held(settings)
        time.sleep(0.05)
    return lock


def _try_lock(settings: Settings, what: str) -> int | None:
    prepare_home(settings)
    try:
        descriptor = os.open(settings.home / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SettingsError(
            f"Le dossier de données {settings.home} n'est pas accessible en écriture : {error.strerror}.",
            "Vérifiez ses droits, ou donnez un autre dossier par LIAISON_HOME.",
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "what": what}).encode(), 0)
    _held_here.add(descriptor)
    shutil.rmtree(passing_folder(settings), ignore_errors=True)
    return descriptor


def release(descriptor: int) -> None:
    """Give the home back."""
    _held_here.discard(descriptor)
    os.ftruncate(descriptor, 0)
    os.close(descriptor)


def _read_holder(path: Path) -> Holder:
    """Read who wrote the lock; the moment between locking and writing reads as an unknown process."""
    try:
        values = json.loads(path.read_bytes())
        return Holder(int(values["pid"]), str(values["what"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(0, "démarrage")


def _held(settings: Settings) -> HomeHeld:
    who = holder(settings) or Holder(0, "démarrage")
    return HomeHeld(
        f"Le dossier {settings.home} est utilisé par le processus {who.pid or 'inconnu'} ({who.what}).",
        f"Attendez qu'il finisse, ou arrêtez-le : kill {who.pid}." if who.pid else "Réessayez dans un instant.",
    )


def _runtime_folder() -> Path:
    """Return a folder that nobody else can enter, created if needed; refuse one that another user prepared."""
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(base if base and len(base) < 60 else "/tmp") / f"liaison-{os.geteuid()}"  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise SettingsError(
            f"Le dossier {folder} n'est pas réservé à cet utilisateur.",
            f"Supprimez-le ou rendez-le privé : chmod 700 {folder}. Un LIAISON_HOME plus court l'évite aussi.",
        )
    return folder


_held_here: set[int] = set()


def _forget_in_child() -> None:
    """Close the lock in a forked worker: an orphan must not keep the home locked after its owner was killed."""
    for descriptor in _held_here:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    _held_here.clear()


os.register_at_fork(after_in_child=_forget_in_child)
