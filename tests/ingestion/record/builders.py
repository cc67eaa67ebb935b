"""Build what a worker gives, without reading a file: a paragraph is a passage."""

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime

from ingestion.record.record import Record
from ingestion.record.types import Prepared, PreparedDocument, Written
from ingestion.record.writing import write_prepared
from ingestion.types import Cut, Document, Patient, PatientKey, ReadDocument, Section

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DEFAULT = "CH Local"
ALPHA = PatientKey("CH Alpha", "0000000001")
BETA = PatientKey("CH Beta", "0000000001")


def document(identifier: str, text: str, day: int = 1, title: str = "Note") -> PreparedDocument:
    """Build a document whose passages are its paragraphs; it names no patient."""
    data = text.encode()
    noun = Document(
        id=identifier,
        sha256=hashlib.sha256(data).hexdigest(),
        kind="note",
        title=title,
        date=datetime(2024, 1, day, 8),
        author=None,
        service=None,
        stay=None,
        text=text,
        format="text",
    )
    return PreparedDocument(ReadDocument(noun, data), (Section("Note", "note", 0, 0, len(text)),), _paragraphs(text))


def of(item: PreparedDocument, ipp: str | None, authority: str | None = None) -> PreparedDocument:
    """Say whose document it is."""
    read = ReadDocument(item.read.document, item.read.original, ipp, authority)
    return replace(item, read=read)


def dossier(key: PatientKey, *documents: PreparedDocument, **traits: str) -> Prepared:
    """Build the file of one patient whose identity is known."""
    owned = tuple(of(item, key.ipp, key.authority) for item in documents)
    return Prepared("dossier.json", (Patient(key, **traits),), (), owned)  # type: ignore[arg-type]


def bare(*documents: PreparedDocument) -> Prepared:
    """Build a file that brings no identity."""
    return Prepared("note.txt", documents=documents)


def write(record: Record, prepared: Prepared) -> Written:
    """Write a file; its fingerprint is new each time, so that only contents are compared."""
    with record.write() as connection:
        return write_prepared(connection, prepared, secrets.token_hex(32), DEFAULT, NOW)


def _paragraphs(text: str) -> tuple[Cut, ...]:
    cuts, start = [], 0
    for paragraph in text.split("\n\n"):
        cuts.append(Cut(start, start + len(paragraph), paragraph, "Note", "note"))
        start += len(paragraph) + 2
    return tuple(cuts)
