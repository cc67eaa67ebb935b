"""Small invented records in several styles, read as a summary or a timeline reads them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.access import allow
from assistant.chart import Chart, open_chart
from assistant.types import LOCAL
from tests.assistant.hospital import Note, hospital

IPP = "0900000100"
ADMITTED, DISCHARGED = "2025-03-03T09:00:00", "2025-03-12T15:00:00"
NOW = datetime(2026, 3, 4, 9)


@dataclass(frozen=True)
class Spell:
    """A stay of a dossier; its notes are those dated within."""

    id: str = "S-1"
    service: str = "Médecine interne"
    admitted: str = ADMITTED
    discharged: str | None = DISCHARGED
    mode: str = "Urgences"
    destination: str | None = "Domicile"


@contextmanager
def chart_of(folder: Path, notes: Sequence[Note], spells: Sequence[Spell] = (Spell(),)) -> Iterator[Chart]:
    """Take a record into a home and read it; the ids of its documents are D1, D2, …"""
    path = folder / "dossier.json"
    path.write_text(json.dumps(_dossier(notes, spells)), encoding="utf-8")
    with hospital(folder / "home", path) as workspace:
        yield open_chart(workspace.record, allow(workspace.record, LOCAL, IPP), NOW)


def _dossier(notes: Sequence[Note], spells: Sequence[Spell]) -> dict[str, Any]:
    documents = [
        {
            "id": f"D{number}",
            "stay": next((s.id for s in spells if s.admitted <= note.date <= (s.discharged or "9999")), None),
            "kind": note.kind,
            "title": note.title,
            "date": note.date or None,
            "text": note.text,
        }
        for number, note in enumerate(notes, start=1)
    ]
    stays = [
        {
            "id": spell.id,
            "service": spell.service,
            "admitted": spell.admitted,
            "discharged": spell.discharged,
            "admission_mode": spell.mode,
            "discharge_destination": spell.destination,
        }
        for spell in spells
    ]
    patient = {"ipp": IPP, "authority": "CH Local", "family_name": "PRÉVOST", "given_names": "Luce"}
    return {"patient": patient, "stays": stays, "documents": documents}
