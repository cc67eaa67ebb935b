"""The chooser looks at bytes; names only serve to skip what is no clinical document."""

import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingestion.errors import UnreadableFile
from ingestion.readers.choose import read_bytes, read_file
from ingestion.types import Page
from tests.ingestion.readers.files import as_json, docx, dossier, locked_pdf, pdf

DATA = Path(os.environ.get("LIAISON_DATA", Path(__file__).parents[4] / "shared" / "data"))

FORMATS = {
    "dossier": as_json(dossier()),
    "dossier marqué": b"\xef\xbb\xbf" + as_json(dossier()),
    "pdf": pdf("Compte rendu"),
    "docx": docx(lambda document: document.add_paragraph("Compte rendu")),
    "markdown": b"# Compte rendu\n\nRAS",
    "text": "Compte rendu : fièvre".encode("cp1252"),
    "text crochet": b"[07/10 18h02] Dr M. : sortie jeudi",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("file_name", ["x.pdf", "x", "x.txt"])
def test_format_is_chosen_by_content_whatever_the_suffix(name: str, file_name: str) -> None:
    (read,) = read_bytes(FORMATS[name], file_name).documents
    assert read.document.format == name.split()[0]


SKIPPED = [
    ("README.md", b"# Dossiers"),
    ("LICENSE", b"Apache License"),
    ("CHANGELOG.txt", b"1.0"),
    ("check.py", b"import json"),
    ("outil", b"#!/usr/bin/env python3\nprint()"),
    ("table.csv", b"a;b\n1;2"),
    ("split.json", b'{"tune": ["patient-01"]}'),
    ("questions.txt", b'{"id": 1}\n{"id": 2}'),
    ("page.txt", b"<!DOCTYPE html><html></html>"),
    ("vide.txt", b" \n"),
    ("image.pdf", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ("base", b"SQLite format 3\x00\x10\x00"),
    ("note.pdf.meta.json", b"{}"),
    (".cache", b"texte"),
    ("~$lettre.docx", b"texte"),
]


@pytest.mark.parametrize(("name", "data"), SKIPPED, ids=[name for name, _ in SKIPPED])
def test_files_that_are_no_clinical_document_are_skipped_with_a_reason(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    reading = read_file(tmp_path / name)
    assert reading.skipped
    assert not reading.documents


def test_other_archives_are_skipped(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert read_file(tmp_path / "x.docx").skipped == "archive ZIP sans document Word"


UNREADABLE = [
    ("pdf protégé", locked_pdf(), "mot de passe"),
    ("pdf tronqué", b"%PDF-1.7\n1 0 obj", "endommagé"),
    ("pdf sans tête", b"%\xe2\xe3\n1 0 obj\nendobj\ntrailer\nstartxref\n449\n%%EOF\n", "endommagé"),
    ("pdf sans texte", pdf("#rect(width: 5cm, height: 2cm)"), "numérisé"),
    ("docx tronqué", FORMATS["docx"][:3000], "endommagé"),
    ("docx vide", docx(lambda _: None), "ne contient pas de texte"),
    ("office protégé", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word ancien"),
    ("dossier tronqué", as_json(dossier())[:-30], "ligne 1"),
    ("rtf", b"{\\rtf1\\ansi RAS}", "RTF"),
    ("hl7", b"MSH|^~\\&|LABO", "HL7"),
    ("cda", b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>', "CDA"),
    ("fhir", b'{"resourceType": "Bundle"}', "FHIR"),
    ("encodages mêlés", "fièvre é".encode() + "é".encode("cp1252"), "encodages"),
]


@pytest.mark.parametrize(("data", "said"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_bytes(data, "x")
    assert caught.value.hint


def test_a_sidecar_declares_a_file_clinical_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Note\nRAS")
    (tmp_path / "README.md.meta.json").write_text('{"id": "D9", "ipp": "0001234567"}')
    (read,) = read_file(tmp_path / "README.md").documents
    assert (read.document.id, read.ipp) == ("D9", "0001234567")


def test_a_missing_file_is_an_unreadable_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="ne peut pas être lu"):
        read_file(tmp_path / "absent.txt")


def test_a_worker_process_reads_and_errors_travel_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("IPP 0001234567\nRAS")
    (tmp_path / "b.pdf").write_bytes(locked_pdf())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        reading = pool.submit(read_file, tmp_path / "a.txt").result()
        error = pool.submit(read_file, tmp_path / "b.pdf").exception()
    assert reading.documents[0].ipp == "0001234567"
    assert isinstance(error, UnreadableFile)
    assert error.hint
    assert pickle.loads(pickle.dumps(error)).hint == error.hint


def test_choosing_costs_no_heavy_import() -> None:
    code = "import sys, ingestion.readers.choose; print({'docx', 'lxml', 'pypdfium2'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_the_records_folder_holds_305_documents_and_three_files_that_are_none() -> None:
    readings = [read_file(path) for path in sorted((Path(__file__).parents[3] / "demo" / "records").iterdir())]
    documents = [read.document for reading in readings for read in reading.documents]
    assert len(documents) == len({document.id for document in documents}) == 305
    assert sum(reading.skipped is not None for reading in readings) == 3


@pytest.mark.skipif(not DATA.is_dir(), reason=f"LIAISON_DATA : {DATA} n'existe pas")
def test_odd_pdfs_are_read_or_refused_with_a_sentence() -> None:
    outcomes = [_read_or_refused(path) for path in sorted((DATA / "pdf").rglob("*.pdf"))[::4]]
    assert outcomes.count("read") > 20
    assert outcomes.count("refused") > 5


def _read_or_refused(path: Path) -> str:
    started = time.monotonic()
    try:
        (read,) = read_file(path).documents
    except UnreadableFile as error:
        outcome, sound = "refused", f"{error} {error.hint}".endswith(".")
    else:
        outcome, sound = "read", _tiles(read.document.pages, len(read.document.text))
    assert sound, path.name
    assert time.monotonic() - started < 20, path.name
    return outcome


def _tiles(pages: tuple[Page, ...], length: int) -> bool:
    return [page.start for page in pages] == [0, *(page.end for page in pages[:-1])] and pages[-1].end == length
