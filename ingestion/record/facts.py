"""Write and read the facts of documents: within a list of documents only, as passages are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from ingestion.facts.types import Fact, Kind, StoredFact
from ingestion.facts.version import FACTS_VERSION
from ingestion.record.documents import document_sections, moment
from ingestion.record.tables import document, fact
from ingestion.record.types import OutdatedDocument


def write_facts(connection: Connection, document_pk: int, facts: Sequence[Fact] | None) -> int:
    """Replace the facts of a document and note which extractors found them; return how many there are.

    None tells that they could not be extracted: none is kept, and the document stays outdated.
    """
    connection.execute(delete(fact).where(fact.c.document_pk == document_pk))
    if facts:
        rows = [_values(document_pk, position, item) for position, item in enumerate(facts)]
        connection.execute(insert(fact), rows)
    version = None if facts is None else FACTS_VERSION
    connection.execute(update(document).where(document.c.pk == document_pk).values(facts_version=version))
    return len(facts or ())


def facts_of_documents(
    connection: Connection, document_pks: Sequence[int], kinds: Collection[Kind] = ()
) -> list[StoredFact]:
    """Return the facts of the given documents, by date of document (undated last), then place in the text."""
    columns = [document.c[name] for name in ("pk", "id", "kind", "title", "date", "text")]
    origins = connection.execute(select(*columns).where(document.c.pk.in_(document_pks))).all()
    query = select(fact).where(fact.c.document_pk.in_(document_pks)).order_by(fact.c.document_pk, fact.c.position)
    if kinds:
        query = query.where(fact.c.kind.in_(kinds))
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.document_pk, []).append(row)
    return [
        _stored(row, origin, date)
        for origin, date in sorted(((item, moment(item.date)) for item in origins), key=_chronological)
        for row in found.get(origin.pk, ())
    ]


def count_outdated(connection: Connection) -> int:
    """Count the documents whose facts are missing or come from other extractors than today's."""
    return connection.execute(select(func.count()).select_from(document).where(_outdated())).scalar_one()


def outdated_documents(connection: Connection, after: int, limit: int) -> list[OutdatedDocument]:
    """Return up to ``limit`` documents to extract again whose row numbers come after ``after``, in order."""
    columns = [document.c[name] for name in ("pk", "id", "text", "kind", "date")]
    query = select(*columns).where(_outdated(), document.c.pk > after).order_by(document.c.pk).limit(limit)
    return [
        OutdatedDocument(row.pk, row.id, row.text, row.kind, moment(row.date), document_sections(connection, row.pk))
        for row in connection.execute(query).all()
    ]


def _outdated() -> ColumnElement[bool]:
    return or_(document.c.facts_version.is_(None), document.c.facts_version != FACTS_VERSION)


def _values(document_pk: int, position: int, item: Fact) -> dict[str, Any]:
    start, end = item.header or (None, None)
    return {
        "document_pk": document_pk,
        "position": position,
        "kind": item.kind,
        "name": item.name,
        "label": item.label,
        "start": item.start,
        "end": item.end,
        "value": item.value,
        "unit": item.unit,
        "polarity": item.polarity,
        "subject": item.subject,
        "certainty": item.certainty,
        "effective": item.effective,
        "header_start": start,
        "header_end": end,
        "details": dict(item.details),
    }


def _stored(row: Row[Any], origin: Row[Any], date: datetime | None) -> StoredFact:
    item = Fact(
        kind=row.kind,
        name=row.name,
        label=row.label,
        start=row.start,
        end=row.end,
        value=row.value,
        unit=row.unit,
        polarity=row.polarity,
        subject=row.subject,
        certainty=row.certainty,
        effective=row.effective,
        header=None if row.header_start is None else (row.header_start, row.header_end),
        details=tuple(row.details.items()),
    )
    return StoredFact(item, origin.id, origin.pk, origin.kind, origin.title, date, origin.text[row.start : row.end])


def _chronological(dated: tuple[Row[Any], datetime | None]) -> tuple[bool, str, int]:
    """Order by date as text: dates with and without time zone cannot be compared otherwise."""
    origin, date = dated
    written = date.isoformat() if date else ""
    return not written, written, origin.pk
