"""Small records of one patient, read by the real extractors, without a store."""

from collections.abc import Iterable
from datetime import datetime

from assistant.exact.types import Draft
from ingestion.facts.extract import extract
from ingestion.facts.history import settle
from ingestion.facts.types import Held, StoredFact
from ingestion.sections import find_sections
from ingestion.types import Stay
from tests.assistant.hospital import Note

LAB, ORDER, DISCHARGE, ADMISSION = "resultats_biologie", "prescription", "ordonnance_sortie", "observation_entree"


def note(day: str, text: str, kind: str = "note_evolution") -> Note:
    """Return a document of a day of 2025 ("05-02", or "05-02T10:30")."""
    return Note(text, kind, f"2025-{day}" if "T" in day else f"2025-{day}T12:00")


def held_of(*notes: Note) -> tuple[Held, ...]:
    """Return what these documents say together."""
    return settle(fact for number, each in enumerate(notes, start=1) for fact in _facts(number, each))


def stays_of(*days: str) -> list[Stay]:
    """Return stays that open on these days of 2025 and last."""
    return [Stay(f"S{day}", "CH Local", admitted=datetime.fromisoformat(f"2025-{day}T08:00")) for day in days]


def told(drafts: Iterable[Draft]) -> list[str]:
    """Return what drafts say: their text, else the words of the record."""
    return [draft.text or draft.facts[0].fact.quote for draft in drafts]


def _facts(number: int, each: Note) -> Iterable[StoredFact]:
    moment = datetime.fromisoformat(each.date)
    for fact in extract(each.text, each.kind, moment, find_sections(each.text)):
        yield StoredFact(fact, f"D{number}", number, each.kind, each.title, moment, each.text[fact.start : fact.end])
