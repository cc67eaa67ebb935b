"""Settings: environment ``LIAISON_*``, over ``LIAISON_HOME/liaison.toml``, over the defaults below."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import SettingsError

FILE_NAME = "liaison.toml"


@dataclass(frozen=True)
class Settings:
    """Every setting of Liaison. ``docs/settings.md`` explains each one."""

    home: Path
    authority: str = "local"
    timezone: str = "Europe/Paris"
    as_of: str = ""
    database_url: str = ""
    qdrant_url: str = ""
    qdrant_api_key: str = ""
    embedder: str = ""
    jobs: int = 2
    host: str = "127.0.0.1"
    port: int = 8600

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r})"

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the record; SQLite under the home unless set."""
        return self.database_url or f"sqlite:///{self.home / 'record.sqlite'}"

    @property
    def index_folder(self) -> Path:
        """Where the embedded engine keeps its points."""
        return self.home / "index"

    @property
    def originals_folder(self) -> Path:
        """Where the original bytes of each document are kept."""
        return self.home / "originals"

    def now(self) -> datetime:
        """Return the injected clock's time, in the establishment's time zone (``as_of`` if set)."""
        zone = ZoneInfo(self.timezone)
        if not self.as_of:
            return datetime.now(zone)
        moment = datetime.fromisoformat(self.as_of)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings; ``overrides`` come from the command line and win.

    Raises SettingsError when a value is malformed or a key of the file is unknown.
    """
    environment = os.environ if environment is None else environment
    home = Path(overrides.pop("home", None) or environment.get("LIAISON_HOME") or "~/.liaison").expanduser().resolve()
    values: dict[str, Any] = _from_file(home / FILE_NAME)
    for name in _names():
        if (raw := environment.get(f"LIAISON_{name.upper()}")) is not None:
            values[name] = raw
    values |= {name: value for name, value in overrides.items() if value is not None}
    return _checked(home, values)


def _names() -> list[str]:
    return [f.name for f in fields(Settings) if f.name != "home"]


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} n'est pas un fichier TOML valide : {error}", f"Corrigez {path}.") from error
    if unknown := sorted(set(values) - set(_names())):
        raise SettingsError(
            f"Réglage inconnu dans {path} : {', '.join(unknown)}.", f"Réglages possibles : {', '.join(_names())}."
        )
    return values


def _checked(home: Path, values: dict[str, Any]) -> Settings:
    for name in ("jobs", "port"):
        if name in values:
            try:
                values[name] = int(values[name])
            except (TypeError, ValueError) as error:
                raise SettingsError(
                    f"LIAISON_{name.upper()} doit être un nombre entier.", f"Corrigez {name}."
                ) from error
    settings = Settings(home=home, **values)
    try:
        settings.now()
    except ZoneInfoNotFoundError as error:
        raise SettingsError(
            f"Fuseau horaire inconnu : {settings.timezone}.", "Exemples : Europe/Paris, Indian/Reunion."
        ) from error
    except ValueError as error:
        raise SettingsError("LIAISON_AS_OF doit être une date ISO 8601.", "Exemple : 2026-03-01T09:00:00.") from error
    return settings
