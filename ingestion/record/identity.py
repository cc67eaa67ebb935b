"""Decide which patient a file speaks of, by (authority, IPP) only: never by name."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from ingestion.errors import RecordError
from ingestion.record.folding import fold
from ingestion.record.tables import patient, stay
from ingestion.types import Patient, PatientKey, Practitioner, Stay


@dataclass(frozen=True)
class Resolved:
    """The patient of a document, or, in French, why it has to wait for one."""

    patient_pk: int | None
    reason: str = ""


def take_patient(connection: Connection, identity: Patient, default_authority: str) -> int:
    """Create or complete a patient and return the row number.

    A provisional patient that alone bears this IPP under the default authority is adopted: it takes
    the key that the identity brings. A trait that the identity leaves out keeps its value.
    """
    row = _holder(connection, identity.key) or _adoptable(connection, identity.key.ipp, default_authority)
    if row is None:
        return _create(connection, identity, provisional=False)
    known = {name: value for name, value in _traits(identity).items() if value is not None}
    merged = {"family_name": row.family_name, "given_names": row.given_names} | known
    connection.execute(
        update(patient)
        .where(patient.c.pk == row.pk)
        .values(
            authority=identity.key.authority,
            provisional=False,
            **merged,
            **_folded(merged["family_name"], merged["given_names"]),
        )
    )
    return int(row.pk)


def take_stay(connection: Connection, key: PatientKey, item: Stay, default_authority: str) -> None:
    """Create or update a stay. Raises RecordError when it already belongs to another patient."""
    patient_pk = _holder_pk(connection, key) or take_shell(connection, key, default_authority)
    row = connection.execute(select(stay).where(stay.c.authority == item.authority, stay.c.id == item.id)).one_or_none()
    if row is None:
        connection.execute(insert(stay).values(patient_pk=patient_pk, **_stay_values(item)))
    elif row.patient_pk != patient_pk:
        raise RecordError(
            f"Le séjour {item.id} est déjà celui d'un autre patient.",
            "Vérifiez le numéro de séjour dans le fichier, ou oubliez d'abord le patient enregistré à tort.",
        )
    else:
        connection.execute(update(stay).where(stay.c.pk == row.pk).values(**_stay_values(item)))


def resolve(connection: Connection, ipp: str | None, authority: str | None, default_authority: str) -> Resolved:
    """Find the patient that a document names; an IPP nobody bears gets a provisional patient."""
    if ipp is None:
        return Resolved(None, "Aucun IPP dans le fichier ni à côté.")
    if authority is not None:
        return Resolved(take_shell(connection, PatientKey(authority, ipp), default_authority))
    holders = connection.scalars(select(patient.c.pk).where(patient.c.ipp == ipp)).all()
    if len(holders) > 1:
        return Resolved(None, f"L'IPP {ipp} existe dans {len(holders)} établissements.")
    if holders:
        return Resolved(holders[0])
    return Resolved(take_shell(connection, PatientKey(default_authority, ipp), default_authority))


def take_shell(connection: Connection, key: PatientKey, default_authority: str) -> int:
    """Return the patient of this key; without one, adopt the provisional patient of this IPP or create one."""
    if (pk := _holder_pk(connection, key)) is not None:
        return pk
    if adoptable := _adoptable(connection, key.ipp, default_authority):
        connection.execute(update(patient).where(patient.c.pk == adoptable.pk).values(authority=key.authority))
        return int(adoptable.pk)
    return _create(connection, Patient(key), provisional=True)


def _holder(connection: Connection, key: PatientKey) -> Row[Any] | None:
    query = select(patient).where(patient.c.authority == key.authority, patient.c.ipp == key.ipp)
    return connection.execute(query).one_or_none()


def _holder_pk(connection: Connection, key: PatientKey) -> int | None:
    row = _holder(connection, key)
    return None if row is None else int(row.pk)


def _adoptable(connection: Connection, ipp: str, default_authority: str) -> Row[Any] | None:
    """Return the only holder of this IPP, if it is provisional and under the default authority."""
    rows = connection.execute(select(patient).where(patient.c.ipp == ipp)).all()
    if len(rows) == 1 and rows[0].provisional and rows[0].authority == default_authority:
        return rows[0]
    return None


def _create(connection: Connection, identity: Patient, *, provisional: bool) -> int:
    statement = insert(patient).values(
        key=uuid.uuid4().hex,
        authority=identity.key.authority,
        ipp=identity.key.ipp,
        provisional=provisional,
        **_traits(identity),
        **_folded(identity.family_name, identity.given_names),
    )
    return int(connection.execute(statement.returning(patient.c.pk)).scalar_one())


def _traits(identity: Patient) -> dict[str, str | None]:
    return {
        "ins": identity.ins,
        "family_name": identity.family_name,
        "given_names": identity.given_names,
        "birth_date": identity.birth_date.isoformat() if identity.birth_date else None,
        "sex": identity.sex,
        "birth_place": identity.birth_place,
        **_practitioner("practitioner", identity.general_practitioner),
    }


def _folded(family_name: str | None, given_names: str | None) -> dict[str, str]:
    family = fold(family_name)
    return {"folded_family": family, "folded_names": f"{family} {fold(given_names)}".strip()}


def _stay_values(item: Stay) -> dict[str, str | None]:
    return {
        "authority": item.authority,
        "id": item.id,
        "service": item.service,
        "admitted": item.admitted.isoformat() if item.admitted else None,
        "discharged": item.discharged.isoformat() if item.discharged else None,
        "admission_mode": item.admission_mode,
        "discharge_destination": item.discharge_destination,
        **_practitioner("attending", item.attending),
    }


def _practitioner(prefix: str, person: Practitioner | None) -> dict[str, str | None]:
    return {
        f"{prefix}_name": person.name if person else None,
        f"{prefix}_rpps": person.rpps if person else None,
        f"{prefix}_address": person.address if person else None,
    }
