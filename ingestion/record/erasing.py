"""Erase rows so that nothing of them is left in the database's files, and keep a trace of the act."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, text, update

from ingestion.record.pending import mark_pending
from ingestion.record.tables import (
    attribution,
    document,
    fact,
    forgotten,
    occurrence,
    passage,
    patient,
    section,
    source_document,
    source_file,
    source_patient,
    stay,
    waiting,
)


@dataclass(frozen=True, repr=False)
class Erased:
    """What was erased: ids of documents, number of passages, and the words to look for afterwards."""

    documents: tuple[str, ...]
    passages: int
    texts: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Erased({len(self.documents)} documents, {self.passages} passages)"


def versions_of_document(connection: Connection, document_id: str) -> list[int]:
    """Return every version of a document, of whichever patient."""
    return list(connection.scalars(select(document.c.pk).where(document.c.id == document_id)))


def versions_of_patient(connection: Connection, patient_pk: int) -> list[int]:
    """Return every version of every document of a patient.

    Documents that wait under this IPP are included when no other patient bears it.
    """
    linked = connection.scalars(select(attribution.c.document_pk).where(attribution.c.patient_pk == patient_pk))
    ipp = connection.execute(select(patient.c.ipp).where(patient.c.pk == patient_pk)).scalar_one()
    holders = connection.execute(select(func.count()).where(patient.c.ipp == ipp)).scalar_one()
    waits = connection.scalars(select(waiting.c.document_pk).where(waiting.c.ipp == ipp)) if holders == 1 else ()
    return [*linked, *waits]


def erase_documents(connection: Connection, document_pks: Sequence[int]) -> Erased:
    """Delete these rows with their parts; passages that stand elsewhere too are kept and rewritten."""
    rows = connection.execute(
        select(document.c.id, document.c.title, document.c.text).where(document.c.pk.in_(document_pks))
    ).all()
    touched = connection.scalars(
        select(occurrence.c.passage_id).distinct().where(occurrence.c.document_pk.in_(document_pks))
    ).all()
    _forget_sources(connection, document_pks)
    for table in (fact, occurrence, section, waiting, attribution):
        connection.execute(delete(table).where(table.c.document_pk.in_(document_pks)))
    connection.execute(update(document).where(document.c.replaced_by.in_(document_pks)).values(replaced_by=None))
    connection.execute(update(document).where(document.c.pk.in_(document_pks)).values(replaced_by=None))
    connection.execute(delete(document).where(document.c.pk.in_(document_pks)))
    orphan = ~exists().where(occurrence.c.passage_id == passage.c.id)
    gone = connection.scalars(select(passage.c.id).where(orphan)).all()
    connection.execute(delete(passage).where(orphan))
    mark_pending(connection, gone, "delete")
    mark_pending(connection, set(touched) - set(gone), "upsert")
    texts = (part for row in rows for part in (row.title, row.text) if part)
    return Erased(tuple(dict.fromkeys(row.id for row in rows)), len(gone), tuple(texts))


def erase_patient(connection: Connection, patient_pk: int) -> tuple[str, ...]:
    """Delete a patient whose documents are erased, and return the traits to look for afterwards."""
    row = connection.execute(select(patient).where(patient.c.pk == patient_pk)).one()
    fingerprints = connection.scalars(
        select(source_patient.c.fingerprint).where(source_patient.c.patient_pk == patient_pk)
    ).all()
    _delete_sources(connection, fingerprints)
    connection.execute(delete(stay).where(stay.c.patient_pk == patient_pk))
    connection.execute(delete(patient).where(patient.c.pk == patient_pk))
    return tuple(trait for trait in (row.key, row.ipp, row.ins) if trait)


def keep_trace(connection: Connection, what: str, identifier: str, erased: Erased, now: datetime, by: str) -> None:
    """Keep the act of erasure: a slow, salted hash of the id, numbers, when and by whom; no clinical text."""
    salt = secrets.token_hex(16)
    connection.execute(
        insert(forgotten).values(
            what=what,
            salt=salt,
            id_hash=_slow_hash(identifier, salt),
            documents=len(erased.documents),
            passages=erased.passages,
            at=now.isoformat(),
            by=by,
        )
    )


def was_forgotten(connection: Connection, what: str, identifier: str) -> bool:
    """Tell whether a trace exists of forgetting this document or patient (id as it was given)."""
    rows = connection.execute(select(forgotten.c.salt, forgotten.c.id_hash).where(forgotten.c.what == what))
    return any(_slow_hash(identifier, row.salt) == row.id_hash for row in rows)


def is_uncleaned(connection: Connection) -> bool:
    """Tell whether an erasure was interrupted before the files were cleaned."""
    return connection.execute(select(exists().where(forgotten.c.cleaned_at.is_(None)))).scalar_one()


def note_cleaned(connection: Connection, now: datetime) -> None:
    """Note that the files hold nothing of the erasures done so far."""
    connection.execute(update(forgotten).where(forgotten.c.cleaned_at.is_(None)).values(cleaned_at=now.isoformat()))


def original_hashes(connection: Connection) -> set[str]:
    """Return the SHA-256 of every original that a document of the record came from."""
    return set(connection.scalars(select(document.c.sha256).distinct()))


def remaining_texts(connection: Connection) -> Iterator[str]:
    """Yield all that the record still holds, to tell a leftover from words that also stand elsewhere."""
    for table in (document, patient, stay):
        for row in connection.execute(select(table)):
            yield "\n".join(value for value in row if isinstance(value, str))


def scrub(engine: Engine) -> None:
    """Rewrite the database's files so that no deleted row is left in free space or in the log."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(transaction="none").connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    tables = (
        "document",
        "passage",
        "occurrence",
        "section",
        "fact",
        "attribution",
        "waiting",
        "patient",
        "stay",
        "source_file",
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.execute(text(f"VACUUM (FULL) {table}"))


def _forget_sources(connection: Connection, document_pks: Sequence[int]) -> None:
    fingerprints = connection.scalars(
        select(source_document.c.fingerprint).distinct().where(source_document.c.document_pk.in_(document_pks))
    ).all()
    _delete_sources(connection, fingerprints)


def _delete_sources(connection: Connection, fingerprints: Sequence[str]) -> None:
    for table in (source_document, source_patient, source_file):
        connection.execute(delete(table).where(table.c.fingerprint.in_(fingerprints)))


def _slow_hash(identifier: str, salt: str) -> str:
    """Hash slowly (scrypt, 16 MiB): an IPP has ten digits, a fast hash of it would be read back."""
    return hashlib.scrypt(identifier.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
