"""The dossier format: texts as they are, ids kept, a refusal names the key."""

import hashlib
import json
from datetime import datetime
from typing import Any

import pytest

from ingestion.errors import UnreadableFile
from ingestion.readers.dossier import read_dossier
from ingestion.types import PatientKey
from tests.ingestion.readers.files import dossier


def test_text_ids_and_dates_are_kept_as_written() -> None:
    (read,) = read_dossier(dossier()).documents
    assert read.document.text == "Pas de fie\u0301vre.\r\nFC 72."
    assert (read.document.id, read.document.stay) == ("D1", "S1")
    assert read.document.date == datetime(2025, 1, 3, 9)
    assert (read.ipp, read.authority) == ("0001234567", "CH de Test")


def test_original_is_this_document_alone_and_its_hash_is_kept() -> None:
    documents = [{"id": "D1", "text": "un", "gold": "non"}, {"id": "D2", "text": "deux"}]
    first, second = read_dossier(dossier(documents=documents)).documents
    assert json.loads(first.original) == {"id": "D1", "text": "un"}
    assert first.document.sha256 == hashlib.sha256(first.original).hexdigest() != second.document.sha256


def test_the_order_of_keys_does_not_change_the_original() -> None:
    one = read_dossier(dossier(documents=[{"id": "D1", "text": "un"}])).documents[0]
    other = read_dossier(dossier(documents=[{"text": "un", "id": "D1"}])).documents[0]
    assert one.document.sha256 == other.document.sha256


AUTHORITIES: list[tuple[str | None, list[str | None], str]] = [
    (None, ["CH A"], "CH A"),
    (None, ["CH A", "CH B", "CH B"], "CH B"),
    (None, ["CH B", "CH A"], "CH B"),
    (None, [None, "CH A"], "CH A"),
    ("GHT", ["CH A"], "GHT"),
    ("GHT", [], "GHT"),
]


@pytest.mark.parametrize(("given", "establishments", "expected"), AUTHORITIES)
def test_authority(given: str | None, establishments: list[str | None], expected: str) -> None:
    stays = [{"id": f"S{number}", "establishment": name} for number, name in enumerate(establishments)]
    reading = read_dossier(dossier(patient={"ipp": "1", "authority": given}, stays=stays))
    assert reading.patients[0].key == PatientKey(expected, "1")
    assert {stay.authority for _, stay in reading.stays} == {name or expected for name in establishments}


MALFORMED: list[tuple[str, Any]] = [
    ("patient", {"patient": "SECRET"}),
    ("patient.ipp", {"patient": {"family_name": "SECRET"}}),
    ("patient.ipp", {"patient": {"ipp": 1234567}}),
    ("patient.birth_date", {"patient": {"ipp": "1", "birth_date": "SECRET"}}),
    ("patient.general_practitioner.name", {"patient": {"ipp": "1", "general_practitioner": {"rpps": "SECRET"}}}),
    ("patient.authority", {"stays": []}),
    ("stays", {"stays": "SECRET"}),
    ("stays[0].admitted", {"stays": [{"id": "S", "establishment": "E", "admitted": "SECRET"}]}),
    ("documents", {"documents": {"SECRET": 1}}),
    ("documents[0]", {"documents": ["SECRET"]}),
    ("documents[0].id", {"documents": [{"text": "SECRET"}]}),
    ("documents[0].text", {"documents": [{"id": "D", "text": ["SECRET"]}]}),
    ("documents[0].date", {"documents": [{"id": "D", "text": "SECRET", "date": "12/02"}]}),
    ("documents[0]", {"documents": [{"id": "D", "text": "SECRET \ud800"}]}),
    ("documents[].id", {"documents": [{"id": "D", "text": "SECRET"}, {"id": "D", "text": "x"}]}),
]


@pytest.mark.parametrize(("key", "changes"), MALFORMED)
def test_a_refusal_names_the_key_and_not_its_value(key: str, changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_dossier(dossier(**changes))
    assert f"« {key} »" in str(caught.value)
    assert "SECRET" not in str(caught.value) + caught.value.hint


def test_nothing_read_shows_text_in_its_repr() -> None:
    assert "fie" not in repr(read_dossier(dossier()).documents)
    assert "EXEMPLE" not in repr(read_dossier(dossier()).patients)
