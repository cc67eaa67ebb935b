"""Find patients: by reference (exact), or by what a person types (search)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, or_, select

from ingestion.errors import AmbiguousPatient, UnknownPatient
from ingestion.record.folding import fold, split_birth_date
from ingestion.record.tables import attribution, document, patient
from ingestion.record.types import FoundPatient, StoredPatient
from ingestion.types import Patient, PatientKey, Practitioner

_NEAR_NAMES = 0.7
"""From this ratio of common letters on, two names of one birth date are near (twins, typing errors)."""


def find_patient(connection: Connection, reference: str) -> StoredPatient:
    """Return the patient named by ``IPP`` or ``IPP@authority``.

    Raises UnknownPatient, or AmbiguousPatient when several establishments use this bare IPP.
    """
    ipp, _, authority = reference.strip().partition("@")
    query = select(patient).where(patient.c.ipp == ipp)
    if authority:
        query = query.where(patient.c.authority == authority)
    rows = connection.execute(query.order_by(patient.c.authority)).all()
    if not rows:
        raise UnknownPatient(
            f"Aucun patient ne porte {_shown(ipp)}.",
            "Vérifiez le numéro (tous les chiffres, zéros de tête compris) ou ingérez d'abord son dossier.",
        )
    if len(rows) > 1:
        choices = " ou ".join(f"{ipp}@{row.authority}" for row in rows)
        raise AmbiguousPatient(f"L'IPP {ipp} existe dans {len(rows)} établissements.", f"Précisez : {choices}.")
    return stored_patient(rows[0])


def stored_patient(row: Row[Any]) -> StoredPatient:
    """Return the patient that a row of the table holds."""
    practitioner = None
    if row.practitioner_name is not None:
        practitioner = Practitioner(row.practitioner_name, row.practitioner_rpps, row.practitioner_address)
    identity = Patient(
        key=PatientKey(row.authority, row.ipp),
        ins=row.ins,
        family_name=row.family_name,
        given_names=row.given_names,
        birth_date=date.fromisoformat(row.birth_date) if row.birth_date else None,
        sex=row.sex,
        birth_place=row.birth_place,
        general_practitioner=practitioner,
    )
    return StoredPatient(row.pk, row.key, identity, row.provisional)


def search_patients(connection: Connection, query: str, limit: int) -> list[FoundPatient]:
    """Return patients whose names, IPP or birth date begin with each word of the query, in order of names.

    Accents and case are ignored; the birth date is ISO or French; an empty query lists all.
    """
    birth_date, rest = split_birth_date(query)
    conditions = [_word_matches(word) for word in rest.split()]
    if birth_date is not None:
        conditions.append(patient.c.birth_date == birth_date.isoformat())
    rows = connection.execute(_listing().where(*conditions).limit(limit)).all()
    return describe(connection, rows)


def describe_patient(connection: Connection, patient_pk: int) -> FoundPatient:
    """Return one patient with the counts that tell him from others."""
    return describe(connection, connection.execute(_listing().where(patient.c.pk == patient_pk)).all())[0]


def describe(connection: Connection, rows: Sequence[Row[Any]]) -> list[FoundPatient]:
    """Add to each patient the number of current documents and of homonyms."""
    documents = _document_counts(connection, [row.pk for row in rows])
    others = _possible_homonyms(connection, rows)
    return [
        FoundPatient(
            stored=stored_patient(row),
            documents=documents.get(row.pk, 0),
            homonyms=sum(_confusable(row, other) for other in others),
        )
        for row in rows
    ]


def _shown(ipp: str) -> str:
    """Repeat what looks like an IPP; somebody may have typed a name in its place, which no message may hold."""
    return f"l'IPP {ipp}" if re.fullmatch(r"[\w.-]*\d[\w.-]*", ipp) and len(ipp) <= 20 else "cet IPP"


def _listing() -> Select[Any]:
    return select(patient).order_by(patient.c.folded_names, patient.c.birth_date, patient.c.pk)


def _word_matches(word: str) -> ColumnElement[bool]:
    """Match a word at the beginning of a name, of the IPP (``@authority`` apart) or of the year of birth."""
    ipp = word.partition("@")[0].lower()
    choices = [func.lower(patient.c.ipp).startswith(ipp, autoescape=True)] if ipp else []
    if folded := fold(word):
        parts = [(" " + patient.c.folded_names).contains(" " + part, autoescape=True) for part in folded.split()]
        choices.append(and_(*parts))
    if re.fullmatch(r"(18|19|20)\d\d", word):
        choices.append(patient.c.birth_date.startswith(word + "-"))
    return or_(false(), *choices)


def _document_counts(connection: Connection, patient_pks: Iterable[int]) -> dict[int, int]:
    rows = connection.execute(
        select(attribution.c.patient_pk, func.count().label("documents"))
        .join(document, document.c.pk == attribution.c.document_pk)
        .where(document.c.current, attribution.c.patient_pk.in_(list(patient_pks)))
        .group_by(attribution.c.patient_pk)
    )
    return {row.patient_pk: row.documents for row in rows}


def _possible_homonyms(connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Row[Any, Any, Any, Any]]:
    families = {row.folded_family for row in rows if row.folded_family}
    births = {row.birth_date for row in rows if row.birth_date}
    return connection.execute(
        select(patient.c.pk, patient.c.folded_family, patient.c.folded_names, patient.c.birth_date).where(
            or_(patient.c.folded_family.in_(families), patient.c.birth_date.in_(births))
        )
    ).all()


def _confusable(one: Row[Any], other: Row[Any, Any, Any, Any]) -> bool:
    if one.pk == other.pk:
        return False
    if one.folded_family and one.folded_family == other.folded_family:
        return True
    if one.birth_date is None or one.birth_date != other.birth_date:
        return False
    return SequenceMatcher(None, one.folded_names, other.folded_names).ratio() >= _NEAR_NAMES
