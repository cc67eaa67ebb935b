"""The import format "dossier": one JSON object holding a patient, stays and documents.

Texts are kept exactly as they are. Other keys (gold questions, gold letter) are neither read nor
stored. The assigning authority of the IPP is ``patient.authority`` if it is given, else the
establishment of the stays: when they name several, the one that most of them name, the first among
equals. A stay's number belongs to the stay's own establishment.
"""

import hashlib
import json
from collections import Counter
from datetime import date, datetime
from typing import Any

from ingestion.errors import UnreadableFile
from ingestion.readers.sidecar import UNKNOWN_KIND
from ingestion.readers.titles import UNTITLED
from ingestion.types import Document, Patient, PatientKey, Practitioner, ReadDocument, Reading, Stay

_FIELDS = ("id", "stay", "kind", "title", "date", "author", "service", "text")


def is_dossier(content: object) -> bool:
    """Say whether a parsed JSON value is meant as a dossier."""
    return isinstance(content, dict) and "patient" in content and "documents" in content


def read_dossier(content: dict[str, Any]) -> Reading:
    """Read a parsed dossier. Raises UnreadableFile, naming the key that is wrong, never its value."""
    identity = _object(content["patient"], "patient")
    stays = [_object(value, f"stays[{i}]") for i, value in enumerate(_list(content.get("stays") or [], "stays"))]
    documents = [_object(value, f"documents[{i}]") for i, value in enumerate(_list(content["documents"], "documents"))]
    key = PatientKey(_authority(identity, stays), _required(identity, "ipp", "patient"))
    _refuse_doubles([_required(value, "id", f"documents[{i}]") for i, value in enumerate(documents)], "documents")
    _refuse_doubles([_required(value, "id", f"stays[{i}]") for i, value in enumerate(stays)], "stays")
    return Reading(
        patients=(_patient(key, identity),),
        stays=tuple((key, _stay(key, value, f"stays[{i}]")) for i, value in enumerate(stays)),
        documents=tuple(_document(key, value, f"documents[{i}]") for i, value in enumerate(documents)),
    )


def _authority(identity: dict[str, Any], stays: list[dict[str, Any]]) -> str:
    given = _optional(identity, "authority", "patient")
    if given:
        return given
    establishments = [_optional(stay, "establishment", f"stays[{i}]") for i, stay in enumerate(stays)]
    counted = Counter(name for name in establishments if name).most_common(1)
    if not counted:
        raise _wrong("patient.authority", "manque, et aucun séjour ne nomme d'établissement (stays[].establishment)")
    return counted[0][0]


def _patient(key: PatientKey, identity: dict[str, Any]) -> Patient:
    return Patient(
        key=key,
        ins=_optional(identity, "ins", "patient"),
        family_name=_optional(identity, "family_name", "patient"),
        given_names=_optional(identity, "given_names", "patient"),
        birth_date=_day(identity, "birth_date", "patient"),
        sex=_optional(identity, "sex", "patient"),
        birth_place=_optional(identity, "birth_place", "patient"),
        general_practitioner=_practitioner(identity, "general_practitioner", "patient"),
    )


def _stay(key: PatientKey, stay: dict[str, Any], place: str) -> Stay:
    return Stay(
        id=_required(stay, "id", place),
        authority=_optional(stay, "establishment", place) or key.authority,
        service=_optional(stay, "service", place),
        admitted=_moment(stay, "admitted", place),
        discharged=_moment(stay, "discharged", place),
        admission_mode=_optional(stay, "admission_mode", place),
        discharge_destination=_optional(stay, "discharge_destination", place),
        attending=_practitioner(stay, "attending", place),
    )


def _document(key: PatientKey, document: dict[str, Any], place: str) -> ReadDocument:
    text = _required(document, "text", place)
    original = _original(document, place)
    read = Document(
        id=_required(document, "id", place),
        sha256=hashlib.sha256(original).hexdigest(),
        kind=_optional(document, "kind", place) or UNKNOWN_KIND,
        title=_optional(document, "title", place) or UNTITLED,
        date=_moment(document, "date", place),
        author=_optional(document, "author", place),
        service=_optional(document, "service", place),
        stay=_optional(document, "stay", place),
        text=text,
        format="dossier",
    )
    return ReadDocument(read, original, key.ipp, key.authority)


def _original(document: dict[str, Any], place: str) -> bytes:
    """Return this document's own fields as canonical JSON, so that one document can be kept and forgotten alone."""
    kept = {name: document[name] for name in _FIELDS if name in document}
    try:
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise _wrong(place, "contient un caractère invalide (demi-codet isolé)") from None


def _practitioner(holder: dict[str, Any], key: str, place: str) -> Practitioner | None:
    if holder.get(key) is None:
        return None
    place = f"{place}.{key}"
    value = _object(holder[key], place)
    return Practitioner(
        _required(value, "name", place), _optional(value, "rpps", place), _optional(value, "address", place)
    )


def _required(holder: dict[str, Any], key: str, place: str) -> str:
    value = _optional(holder, key, place)
    if not value or not value.strip():
        raise _wrong(f"{place}.{key}", "manque ou est vide")
    return value


def _optional(holder: dict[str, Any], key: str, place: str) -> str | None:
    value = holder.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(f"{place}.{key}", "doit être un texte entre guillemets")
    return value


def _moment(holder: dict[str, Any], key: str, place: str) -> datetime | None:
    value = _optional(holder, key, place)
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        raise _wrong(f"{place}.{key}", "doit être une date ISO 8601, par exemple 2025-02-10T16:20:00") from None


def _day(holder: dict[str, Any], key: str, place: str) -> date | None:
    value = _optional(holder, key, place)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise _wrong(f"{place}.{key}", "doit être une date ISO 8601, par exemple 1944-03-12") from None


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(place, "doit être un objet")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(place, "doit être une liste")
    return value


def _refuse_doubles(ids: list[str], place: str) -> None:
    if len(set(ids)) < len(ids):
        raise _wrong(f"{place}[].id", "contient deux fois le même identifiant")


def _wrong(place: str, problem: str) -> UnreadableFile:
    return UnreadableFile(
        f"Dossier mal formé : « {place} » {problem}.", "Corrigez cette clé dans le fichier et recommencez."
    )
