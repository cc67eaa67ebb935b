"""Read documents and stays: light rows for lists, whole documents for reading and quoting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ingestion.errors import UnknownDocument
from ingestion.record.tables import attribution, document, section, stay, waiting
from ingestion.record.types import DocumentRow, Waiting
from ingestion.types import Document, Page, Practitioner, Section, Stay


def current_documents(connection: Connection, patient_pk: int) -> list[DocumentRow]:
    """List a patient's current documents without their text, newest first, undated ones last."""
    columns = [document.c[name] for name in ("pk", "id", "kind", "title", "date", "author", "service", "stay")]
    query = _of_patient(select(*columns), patient_pk).where(document.c.current)
    rows = sorted(connection.execute(query).all(), key=lambda row: (row.date or "", row.pk), reverse=True)
    return [
        DocumentRow(row.pk, row.id, row.kind, row.title, moment(row.date), row.author, row.service, row.stay)
        for row in rows
    ]


def current_document(connection: Connection, patient_pk: int, document_id: str) -> Document:
    """Return the current version of a patient's document.

    Raises UnknownDocument, also when it is another patient's: the answer does not tell them apart.
    """
    query = _of_patient(select(document), patient_pk).where(document.c.id == document_id, document.c.current)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownDocument(f"Ce patient n'a pas de document {document_id}.", "Consultez la liste de ses documents.")
    return _document(row)


def document_texts(connection: Connection, document_pks: Sequence[int]) -> dict[int, str]:
    """Return the texts of documents, by row number."""
    query = select(document.c.pk, document.c.text).where(document.c.pk.in_(document_pks))
    return {row.pk: row.text for row in connection.execute(query)}


def document_sections(connection: Connection, document_pk: int) -> tuple[Section, ...]:
    """Return the sections of a document, in order."""
    query = select(section).where(section.c.document_pk == document_pk).order_by(section.c.position)
    return tuple(Section(row.title, row.name, row.start, row.body, row.end) for row in connection.execute(query))


def stays(connection: Connection, patient_pk: int) -> list[Stay]:
    """List a patient's stays, latest admission first, those of unknown admission last."""
    rows = connection.execute(select(stay).where(stay.c.patient_pk == patient_pk)).all()
    return [_stay(row) for row in sorted(rows, key=lambda row: (row.admitted or "", row.pk), reverse=True)]


def waiting_documents(connection: Connection) -> list[Waiting]:
    """List the documents that wait for someone to attach them to a patient."""
    query = (
        select(document.c.pk, document.c.id, waiting.c.ipp, waiting.c.reason)
        .join(waiting, waiting.c.document_pk == document.c.pk)
        .order_by(document.c.pk)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def moment(stored: str | None) -> datetime | None:
    """Return the date and time that the record keeps as ISO text."""
    return datetime.fromisoformat(stored) if stored else None


def _of_patient(query: Select[Any], patient_pk: int) -> Select[Any]:
    return query.join(attribution, attribution.c.document_pk == document.c.pk).where(
        attribution.c.patient_pk == patient_pk
    )


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        sha256=row.sha256,
        kind=row.kind,
        title=row.title,
        date=moment(row.date),
        author=row.author,
        service=row.service,
        stay=row.stay,
        text=row.text,
        format=row.format,
        pages=tuple(Page(*page) for page in row.pages),
    )


def _stay(row: Row[Any]) -> Stay:
    attending = None
    if row.attending_name is not None:
        attending = Practitioner(row.attending_name, row.attending_rpps, row.attending_address)
    return Stay(
        id=row.id,
        authority=row.authority,
        service=row.service,
        admitted=moment(row.admitted),
        discharged=moment(row.discharged),
        admission_mode=row.admission_mode,
        discharge_destination=row.discharge_destination,
        attending=attending,
    )
