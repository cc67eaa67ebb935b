"""Whose a bare file is, what it is called, when it was written."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ingestion.errors import UnreadableFile
from ingestion.readers.choose import read_file
from ingestion.readers.dates import first_date
from ingestion.readers.sidecar import parse_sidecar, single_ipp
from ingestion.readers.titles import UNTITLED, title_of

IPPS = [
    ("EXEMPLE Anne - IPP 0001234567", "0001234567"),
    ("IPP : 0001234567", "0001234567"),
    ("IPP n° 123456", "123456"),
    ("I.P.P. numéro : 123456789012", "123456789012"),
    ("ipp=1234567, née le 03/02/1950", "1234567"),
    ("IPP 0001234567 ... IPP : 0001234567", "0001234567"),
    ("IPP 0001234567, sœur IPP 0001234568", None),
    ("IPP 12345", None),
    ("IPP 1234567890123", None),
    ("IPP de la sœur : 0001234568", None),
    ("dossier 0001234567", None),
    ("PHIPP 0001234567", None),
    ("Pas d'IPP", None),
]


@pytest.mark.parametrize(("text", "expected"), IPPS)
def test_ipp_in_the_text(text: str, expected: str | None) -> None:
    assert single_ipp(text) == expected


def _written(folder: Path, sidecars: dict[str, Any], text: str = "IPP 0001234567\nNOTE D'EVOLUTION - 12/02/25") -> Path:
    path = folder / "lettre.txt"
    path.write_text(text)
    for name, content in sidecars.items():
        (folder / name).write_text(json.dumps(content))
    return path


def test_without_sidecar_what_the_text_says(tmp_path: Path) -> None:
    path = _written(tmp_path, {})
    (read,) = read_file(path).documents
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (read.document.id, read.document.sha256) == (f"sha256:{digest}", digest)
    assert (read.ipp, read.authority, read.document.kind) == ("0001234567", None, "document")
    assert (read.document.title, read.document.date) == ("NOTE D'EVOLUTION - 12/02/25", datetime(2025, 2, 12))


def test_the_sidecar_comes_before_the_text_and_the_full_name_before_the_stem(tmp_path: Path) -> None:
    full = {"id": "D1", "ipp": "0009999999", "authority": "CH A", "kind": "note_evolution", "date": "2025-02-13T10:00"}
    path = _written(tmp_path, {"lettre.txt.meta.json": full, "lettre.meta.json": {"id": "D2", "title": "Autre"}})
    (read,) = read_file(path).documents
    assert (read.document.id, read.ipp, read.authority) == ("D1", "0009999999", "CH A")
    assert (read.document.kind, read.document.date) == ("note_evolution", datetime(2025, 2, 13, 10))
    assert read.document.title == "NOTE D'EVOLUTION - 12/02/25"


def test_the_stem_serves_too(tmp_path: Path) -> None:
    (read,) = read_file(_written(tmp_path, {"lettre.meta.json": {"stay": "S1", "title": "Lettre"}})).documents
    assert (read.document.stay, read.document.title, read.ipp) == ("S1", "Lettre", "0001234567")


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'{"ipp": 12345678}', b'{"id": ""}', b'{"date": "12/02/2025"}', b'{"stay": ["S1"]}', b"\xff"]
)
def test_a_malformed_sidecar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="fichier d'accompagnement") as caught:
        parse_sidecar(data)
    assert caught.value.hint


DATES = [
    ("Le 10 février 2025", datetime(2025, 2, 10)),
    ("Valmorin, le 1er juillet 2025", datetime(2025, 7, 1)),
    ("Brugéac, le samedi 10 janvier 2026", datetime(2026, 1, 10)),
    ("Lundi 8 septembre 2025", datetime(2025, 9, 8)),
    ("08.01.2025", datetime(2025, 1, 8)),
    ("DATE : 12.02.26 11:00 - REDACT. : Dr X", datetime(2026, 2, 12, 11)),
    ("Date : 2025-09-22", datetime(2025, 9, 22)),
    ("UF : Urgences        Édité le : 2025-09-08 18:20", datetime(2025, 9, 8, 18, 20)),
    ("Edition cumulative du 13/02/2025 11:05", datetime(2025, 2, 13, 11, 5)),
    ("NOTE D'EVOLUTION - J5 - samedi 15/02/25", datetime(2025, 2, 15)),
    ("Note d'évolution - 12/02/25 à 10h30", datetime(2025, 2, 12, 10, 30)),
    ("EXEMPLE Anne, née le 03/02/1950\nLe 10/02/2025 - Poids 57 kg", datetime(2025, 2, 10)),
    ("EXEMPLE Anne, née le 03/02/1950", None),
    ("Date de naissance : 03/02/1950", None),
    ("EXEMPLE Anne - 03/02/1950", None),
    ("EXEMPLE Anne, 30/09/1958, M", None),
    ("Opéré le 12/03/2019 du genou", None),
    ("Arrivée le 10/02/2025 à 17h52", None),
    ("Le 31/02/2025", None),
    ("\n".join(["ligne"] * 12 + ["Le 10/02/2025"]), None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date_of_the_document(text: str, expected: datetime | None) -> None:
    assert first_date(text) == expected


def test_no_date_read_in_the_records_is_wrong_and_most_are_found() -> None:
    records = Path(__file__).parents[3] / "demo" / "records"
    found = right = total = 0
    for path in records.glob("patient-*.json"):
        for document in json.loads(path.read_bytes())["documents"]:
            read = first_date(document["text"])
            total += 1
            found += read is not None
            right += read is not None and read.date() == datetime.fromisoformat(document["date"]).date()
    assert right >= 0.99 * found
    assert found >= 0.6 * total


TITLES = [
    ("CH DE TEST\nCOMPTE RENDU OPERATOIRE\nEXEMPLE Anne", None, "COMPTE RENDU OPERATOIRE"),
    ("ORDONNANCE DE SORTIE       Date : 2025-05-23", None, "ORDONNANCE DE SORTIE"),
    ("== Lettre de liaison ==", None, "Lettre de liaison"),
    ("EXEMPLE Anne, ordonnance, IPP 0001234567", None, UNTITLED),
    ("Le compte rendu opératoire suit.", None, UNTITLED),
    ("EXEMPLE Anne\nRAS", "Visite du matin", "Visite du matin"),
    ("EXEMPLE Anne\nRAS", "Mme EXEMPLE", UNTITLED),
]


@pytest.mark.parametrize(("text", "heading", "expected"), TITLES)
def test_title_names_a_kind_of_document_and_nobody(text: str, heading: str | None, expected: str) -> None:
    assert title_of(text, heading) == expected
