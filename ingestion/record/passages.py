"""Read passages, always within a list of documents: what this reader may not use does not exist here."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ingestion.record.documents import moment
from ingestion.record.tables import document, occurrence, passage, patient
from ingestion.record.types import IndexEntry
from ingestion.types import Occurrence, Passage


def passages(connection: Connection, ids: Sequence[str], document_pks: Sequence[int]) -> list[Passage]:
    """Return passages in the order of ``ids``, with their occurrences in the given documents only.

    Occurrences come earliest first (document date, then offset; undated last). A passage that has none
    in these documents is left out.
    """
    found = {item.id: item for item in _read(connection, _placed(document_pks).where(passage.c.id.in_(ids)))}
    return [found[passage_id] for passage_id in dict.fromkeys(ids) if passage_id in found]


def passages_of_documents(connection: Connection, document_pks: Sequence[int]) -> list[Passage]:
    """Return every passage of the given documents, in order of first occurrence."""
    return sorted(_read(connection, _placed(document_pks)), key=lambda item: _chronological(item.occurrences[0]))


def passage_ids(connection: Connection) -> set[str]:
    """Return the ids of all passages."""
    return set(connection.scalars(select(passage.c.id)))


def index_entries(connection: Connection, ids: Sequence[str]) -> list[IndexEntry]:
    """Return what the index must hold for these passages; ids of no passage are left out."""
    query = (
        select(passage.c.id, patient.c.key, passage.c.text, occurrence.c.document_pk)
        .join(patient, patient.c.pk == passage.c.patient_pk)
        .join(occurrence, occurrence.c.passage_id == passage.c.id)
        .where(passage.c.id.in_(ids))
        .order_by(passage.c.id)
    )
    return [
        IndexEntry(passage_id, key, text, tuple(sorted({row.document_pk for row in rows})))
        for (passage_id, key, text), rows in groupby(connection.execute(query), key=lambda row: tuple(row[:3]))
    ]


def _placed(document_pks: Sequence[int]) -> Select[Any]:
    return (
        select(
            passage.c.id.label("passage_id"),
            passage.c.text,
            occurrence.c.document_pk,
            occurrence.c.start,
            occurrence.c.end,
            occurrence.c.section,
            occurrence.c.section_name,
            document.c.id,
            document.c.title,
            document.c.kind,
            document.c.date,
        )
        .join(occurrence, occurrence.c.passage_id == passage.c.id)
        .join(document, document.c.pk == occurrence.c.document_pk)
        .where(occurrence.c.document_pk.in_(document_pks))
        .order_by(passage.c.id)
    )


def _read(connection: Connection, query: Select[Any]) -> Iterator[Passage]:
    for passage_id, group in groupby(connection.execute(query), key=lambda row: row.passage_id):
        rows = list(group)
        yield Passage(passage_id, rows[0].text, tuple(sorted(map(_occurrence, rows), key=_chronological)))


def _occurrence(row: Row[Any]) -> Occurrence:
    return Occurrence(
        document=row.id,
        document_pk=row.document_pk,
        start=row.start,
        end=row.end,
        section=row.section,
        section_name=row.section_name,
        title=row.title,
        kind=row.kind,
        date=moment(row.date),
    )


def _chronological(occurrence: Occurrence) -> tuple[bool, str, int, int]:
    """Order by date as text: dates with and without time zone cannot be compared otherwise."""
    written = occurrence.date.isoformat() if occurrence.date else ""
    return not written, written, occurrence.document_pk, occurrence.start
