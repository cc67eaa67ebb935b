"""Write what one file gives, inside the caller's transaction: all of it or nothing."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from ingestion.record.facts import write_facts
from ingestion.record.identity import Resolved, resolve, take_patient, take_stay
from ingestion.record.pending import mark_pending
from ingestion.record.tables import (
    attribution,
    document,
    occurrence,
    passage,
    patient,
    section,
    source_document,
    source_file,
    source_patient,
    waiting,
)
from ingestion.record.types import KnownFile, Outcome, Prepared, PreparedDocument, Refused, Written
from ingestion.types import Document

CONTENT_ID = "sha256:"
"""How the id of a document begins when its source gives none: two patients may then share one id."""

_Version = Row[Any, Any, Any, Any]


@dataclass(frozen=True)
class _Taken:
    """What became of one document."""

    pk: int
    outcome: Outcome
    new_passages: int = 0
    facts: int = 0


def write_prepared(
    connection: Connection, prepared: Prepared, fingerprint: str, default_authority: str, now: datetime
) -> Written:
    """Write one file's patients, stays and documents, and remember its fingerprint.

    A file with a refused document is not remembered, so that the next run reports it again. Raises
    RecordError when a stay belongs to another patient.
    """
    patients = [take_patient(connection, identity, default_authority) for identity in prepared.patients]
    for key, item in prepared.stays:
        take_stay(connection, key, item, default_authority)
    results = [_take(connection, item, default_authority, now) for item in prepared.documents]
    taken = [result for result in results if isinstance(result, _Taken)]
    refused = tuple(result for result in results if isinstance(result, Refused))
    if not refused:
        pks = [item.pk for item in taken]
        _remember(connection, fingerprint, prepared.skipped is not None, now, patients, pks)
    return Written(
        tuple(item.outcome for item in taken),
        refused,
        sum(item.new_passages for item in taken),
        sum(item.facts for item in taken),
    )


def known_file(connection: Connection, fingerprint: str) -> KnownFile | None:
    """Return what is known of a file already taken, None if these bytes are new."""
    skipped = connection.execute(
        select(source_file.c.skipped).where(source_file.c.fingerprint == fingerprint)
    ).scalar_one_or_none()
    if skipped is None:
        return None
    rows = connection.execute(
        select(source_document.c.document_pk, waiting.c.document_pk)
        .outerjoin(waiting, waiting.c.document_pk == source_document.c.document_pk)
        .where(source_document.c.fingerprint == fingerprint)
    ).all()
    waits = sum(row[1] is not None for row in rows)
    return KnownFile(linked=len(rows) - waits, waiting=waits, skipped=skipped)


def passage_id(patient_key: str, text: str) -> str:
    """Return the id of a patient's passage: the same words of the same patient are the same passage."""
    return str(uuid.uuid5(uuid.UUID(patient_key), text))


def content_hash(item: Document) -> str:
    """Return the hash of what makes a version: text and metadata, not the bytes that carried them."""
    parts = [
        item.kind,
        item.title,
        item.date.isoformat() if item.date else None,
        item.author,
        item.service,
        item.stay,
        item.text,
        item.format,
        _pages(item),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _take(connection: Connection, item: PreparedDocument, default_authority: str, now: datetime) -> _Taken | Refused:
    """Find what the record already has of this document, and add, replace, attach or leave it."""
    source = item.read.document
    target = resolve(connection, item.read.ipp, item.read.authority, default_authority)
    current = _current_versions(connection, source.id)
    own = next((row for row in current if row.patient_pk == target.patient_pk), None)
    elsewhere = [row for row in current if row.patient_pk not in (None, target.patient_pk)]
    if elsewhere and not source.id.startswith(CONTENT_ID):
        return Refused(
            source.id,
            f"Le document {source.id} est déjà dans le dossier d'un autre patient ; il n'a pas été déplacé.",
            "Vérifiez l'IPP et le numéro du document ; si l'ancien rattachement est faux, oubliez d'abord ce document.",
        )
    if own is not None and own.content == content_hash(source):
        return _Taken(own.pk, "waiting" if target.patient_pk is None else "unchanged")
    waits = next((row for row in current if row.patient_pk is None), None)
    if own is None and waits is not None:
        return _attach(connection, item, waits, target, now)
    return _add_version(connection, item, own, target, now)


def _current_versions(connection: Connection, document_id: str) -> Sequence[_Version]:
    return connection.execute(
        select(document.c.pk, document.c.version, document.c.content, attribution.c.patient_pk)
        .outerjoin(attribution, attribution.c.document_pk == document.c.pk)
        .where(document.c.id == document_id, document.c.current)
        .order_by(document.c.pk)
    ).all()


def _add_version(
    connection: Connection, item: PreparedDocument, replaced: _Version | None, target: Resolved, now: datetime
) -> _Taken:
    """Insert a document; the version it replaces stays as history and stops answering."""
    version = replaced.version + 1 if replaced else _next_version(connection, item, target)
    values = _values(item.read.document, now)
    statement = insert(document).values(version=version, current=True, **values).returning(document.c.pk)
    pk = int(connection.execute(statement).scalar_one())
    if replaced is not None:
        connection.execute(update(document).where(document.c.pk == replaced.pk).values(current=False, replaced_by=pk))
        connection.execute(delete(waiting).where(waiting.c.document_pk == replaced.pk))
    new_passages = _write_parts(connection, item, pk, version, target)
    facts = write_facts(connection, pk, item.facts)
    if target.patient_pk is None:
        return _Taken(pk, "waiting", facts=facts)
    return _Taken(pk, "replaced" if replaced else "added", new_passages, facts)


def _attach(connection: Connection, item: PreparedDocument, waits: _Version, target: Resolved, now: datetime) -> _Taken:
    """Give a waiting document its patient; nothing could quote it before, so it is rewritten in place."""
    connection.execute(update(document).where(document.c.pk == waits.pk).values(**_values(item.read.document, now)))
    connection.execute(delete(waiting).where(waiting.c.document_pk == waits.pk))
    connection.execute(delete(section).where(section.c.document_pk == waits.pk))
    new_passages = _write_parts(connection, item, waits.pk, waits.version, target)
    return _Taken(waits.pk, "added", new_passages, write_facts(connection, waits.pk, item.facts))


def _next_version(connection: Connection, item: PreparedDocument, target: Resolved) -> int:
    """Continue a history whose current version was taken away; the first version is 1."""
    versions = connection.scalars(
        select(attribution.c.version).where(
            attribution.c.patient_pk == target.patient_pk, attribution.c.document_id == item.read.document.id
        )
    )
    return max(versions, default=0) + 1


def _write_parts(connection: Connection, item: PreparedDocument, pk: int, version: int, target: Resolved) -> int:
    """Write sections, then the link and the passages, or why the document waits; return the new passages."""
    _write_sections(connection, item, pk)
    if target.patient_pk is None:
        connection.execute(insert(waiting).values(document_pk=pk, ipp=item.read.ipp, reason=target.reason))
        return 0
    connection.execute(
        insert(attribution).values(
            document_pk=pk, patient_pk=target.patient_pk, document_id=item.read.document.id, version=version
        )
    )
    return _write_passages(connection, item, pk, target.patient_pk)


def _write_sections(connection: Connection, item: PreparedDocument, pk: int) -> None:
    rows = [
        {
            "document_pk": pk,
            "position": position,
            "title": part.title,
            "name": part.name,
            "start": part.start,
            "body": part.body,
            "end": part.end,
        }
        for position, part in enumerate(item.sections)
    ]
    if rows:
        connection.execute(insert(section), rows)


def _write_passages(connection: Connection, item: PreparedDocument, pk: int, patient_pk: int) -> int:
    if not item.cuts:
        return 0
    key = connection.execute(select(patient.c.key).where(patient.c.pk == patient_pk)).scalar_one()
    placed = [(passage_id(key, cut.text), cut) for cut in item.cuts]
    texts = {identifier: cut.text for identifier, cut in placed}
    known = set(connection.scalars(select(passage.c.id).where(passage.c.id.in_(texts))))
    new = [{"id": i, "patient_pk": patient_pk, "text": text} for i, text in texts.items() if i not in known]
    if new:
        connection.execute(insert(passage), new)
    connection.execute(
        insert(occurrence),
        [
            {
                "document_pk": pk,
                "start": cut.start,
                "end": cut.end,
                "passage_id": identifier,
                "section": cut.section,
                "section_name": cut.section_name,
            }
            for identifier, cut in placed
        ],
    )
    mark_pending(connection, texts, "upsert")
    return len(new)


def _remember(
    connection: Connection,
    fingerprint: str,
    skipped: bool,
    now: datetime,
    patients: Iterable[int],
    documents: Iterable[int],
) -> None:
    file = {"fingerprint": fingerprint}
    connection.execute(insert(source_file).values(**file, skipped=skipped, seen_at=now.isoformat()))
    if links := [file | {"patient_pk": pk} for pk in sorted(set(patients))]:
        connection.execute(insert(source_patient), links)
    if links := [file | {"document_pk": pk} for pk in sorted(set(documents))]:
        connection.execute(insert(source_document), links)


def _values(item: Document, now: datetime) -> dict[str, Any]:
    return {
        "id": item.id,
        "sha256": item.sha256,
        "content": content_hash(item),
        "kind": item.kind,
        "title": item.title,
        "date": item.date.isoformat() if item.date else None,
        "author": item.author,
        "service": item.service,
        "stay": item.stay,
        "text": item.text,
        "format": item.format,
        "pages": _pages(item),
        "ingested_at": now.isoformat(),
    }


def _pages(item: Document) -> list[list[int]]:
    return [[page.number, page.start, page.end] for page in item.pages]
