"""What ``liaison doctor`` sees without opening the record: folder, disk, owner, and where data could go."""

import platform
import shutil
import stat
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from assistant.api.edge import LOOPBACK_HOSTS
from assistant.owner import holder
from assistant.settings import Settings
from assistant.types import Check

_PACKAGES = ("liaison", "qdrant-edge-py", "sqlalchemy", "fastapi", "gradio")
_DISK_ERROR, _DISK_WARNING = 200_000_000, 2_000_000_000


def machine_checks(settings: Settings) -> tuple[Check, ...]:
    """Return the state of the data folder, the disk, the owner, the address served and the ways out."""
    return (_home(settings), _disk(settings), _owner(settings), _address(settings), _egress(settings))


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that matter for support."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def _home(settings: Settings) -> Check:
    name, home = "dossier de données", settings.home
    if not home.exists():
        return Check(
            name, "warning", f"{home} n'existe pas encore", "Lancez « liaison ingest DOSSIER » : il sera créé."
        )
    if not home.is_dir():
        return Check(name, "error", f"{home} n'est pas un dossier", "Donnez un dossier par LIAISON_HOME.")
    if home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check(name, "warning", f"{home} est ouvert à d'autres utilisateurs", f"chmod 700 {home}")
    return Check(name, "ok", str(home))


def _disk(settings: Settings) -> Check:
    free = shutil.disk_usage(_nearest(settings.home)).free
    detail = f"{free / 1e9:.1f} Go libres"
    if free < _DISK_ERROR:
        return Check("disque", "error", detail, "Libérez de la place avant d'ingérer.")
    if free < _DISK_WARNING:
        return Check("disque", "warning", detail, "Prévoyez de la place avant une grosse ingestion.")
    return Check("disque", "ok", detail)


def _nearest(path: Path) -> Path:
    return next(parent for parent in (path, *path.parents) if parent.exists())


def _owner(settings: Settings) -> Check:
    found = holder(settings)
    return Check(
        "propriétaire", "ok", f"processus {found.pid} ({found.what})" if found else "aucun, le dossier est libre"
    )


def _address(settings: Settings) -> Check:
    if settings.host in LOOPBACK_HOSTS:
        return Check("adresse servie", "ok", f"{settings.host}:{settings.port}, cette machine seulement")
    return Check("adresse servie", "error", settings.host, "Sans compte configuré, mettez host à 127.0.0.1.")


def _egress(settings: Settings) -> Check:
    """Name the hosts to which a setting sends data; a URL's password is never shown."""
    outside = {
        name: host
        for name, url in (("database_url", settings.database_url), ("qdrant_url", settings.qdrant_url))
        if url and (host := urlsplit(url).hostname) and host not in LOOPBACK_HOSTS
    }
    if outside:
        told = ", ".join(f"{name} → {host}" for name, host in outside.items())
        return Check("sorties", "warning", told, "Ces machines reçoivent des données : doivent-elles les recevoir ?")
    return Check("sorties", "ok", "aucun réglage n'envoie de données hors de cette machine")
