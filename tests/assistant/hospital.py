"""A real home with real stores, and small invented dossiers to put into it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bootstrap import Workspace, open_workspace
from assistant.settings import Settings, load_settings
from ingestion.record.types import Prepared
from ingestion.worker import prepare
from tests.ingestion.stores import store

DEMO = Path(__file__).parents[2] / "demo" / "records"
NOW = "2026-03-04T09:00:00"
"""The clock of these tests."""

JEANNE, PATRICK, LINA = "0004417829", "0005093316", "0007341186"
"""Patients of the demonstration."""

ANNE, EMPTY, SECRET = "0900000001", "0900000002", "0900000003"
"""Small invented patients: three notes, no document, words that must never be shown."""


@dataclass(frozen=True)
class Note:
    """A document of a dossier: its text, its kind, and its date (ISO, or empty)."""

    text: str
    kind: str = "note_evolution"
    date: str = "2025-03-10T10:00:00"
    title: str = "Note"


def settings_of(home: Path, **values: Any) -> Settings:
    """Return settings over a home, at the clock of these tests."""
    return load_settings({}, home=home, as_of=NOW, authority="CH Local", **values)


@contextmanager
def hospital(home: Path, *paths: Path, **values: Any) -> Iterator[Workspace]:
    """Open a home and take these files into it, read in this process."""
    with open_workspace(settings_of(home, **values)) as workspace:
        take_in(workspace, *paths)
        yield workspace


def take_in(workspace: Workspace, *paths: Path) -> None:
    """Read files, write their rows and their points."""
    for path in paths:
        prepared = prepare(path)
        assert isinstance(prepared, Prepared), prepared
        assert not store(workspace.ingestion, prepared).refused


def write_dossier(folder: Path, ipp: str, notes: Sequence[Note], **patient: str) -> Path:
    """Write a dossier; the ids of its documents are ``IPP-D1``, ``IPP-D2``, …"""
    documents = [
        {"id": f"{ipp}-D{n}", "kind": note.kind, "title": note.title, "date": note.date or None, "text": note.text}
        for n, note in enumerate(notes, start=1)
    ]
    identity = {"ipp": ipp, "authority": "CH Local", **patient}
    folder.mkdir(exist_ok=True)
    path = folder / f"{ipp}.json"
    path.write_text(json.dumps({"patient": identity, "stays": [], "documents": documents}), encoding="utf-8")
    return path
