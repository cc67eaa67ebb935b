"""The drop folder: complete, without gold, the same bytes each time, and readable by the product."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.blocks import blocks_of
from demo.render import RECORDS, main, render
from demo.share import forms_of
from ingestion.readers.choose import read_file
from ingestion.types import ReadDocument


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drop")
    render(folder)
    return folder


@pytest.fixture(scope="module")
def documents(drop: Path) -> dict[str, ReadDocument]:
    readings = [read_file(path) for path in sorted(drop.rglob("*")) if path.is_file()]
    return {read.document.id: read for reading in readings for read in reading.documents}


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(RECORDS.glob("patient-*.json"))]


def test_every_document_is_there_once_with_its_metadata(
    documents: dict[str, ReadDocument], records: list[dict[str, Any]]
) -> None:
    sources = {document["id"]: (record, document) for record in records for document in record["documents"]}
    assert documents.keys() == sources.keys()
    for id_, (record, source) in sources.items():
        read = documents[id_]
        got = (read.document.kind, read.document.title, read.document.stay, read.document.author, read.document.service)
        assert got == tuple(source[key] for key in ("kind", "title", "stay", "author", "service"))
        assert read.document.date is not None
        assert read.document.date.isoformat() == source["date"]
        assert (read.ipp, read.authority) == (record["patient"]["ipp"], record["stays"][0]["establishment"])


def test_a_third_is_printed_and_every_kind_in_every_format(records: list[dict[str, Any]]) -> None:
    forms = forms_of(records)
    kinds = {document["id"]: document["kind"] for record in records for document in record["documents"]}
    pairs = Counter((kinds[id_], form) for id_, form in forms.items())
    assert all(pairs[kind, form] for kind in set(kinds.values()) for form in ("pdf", "docx", "txt"))
    assert 0.25 < 1 - sum(form == "json" for form in forms.values()) / len(forms) < 0.4


@pytest.mark.parametrize("form", ["pdf", "docx", "text"])
def test_evidence_survives_printing_and_reading(
    form: str, documents: dict[str, ReadDocument], records: list[dict[str, Any]], record_property: Any
) -> None:
    quotes = {
        (piece["document"], piece["quote"])
        for record in records
        for item in (*record["questions"], *record["letter"]["items"])
        for piece in item["evidence"]
        if documents[piece["document"]].document.format == form
    }
    found = sum(_folded(quote) in _folded(documents[id_].document.text) for id_, quote in quotes)
    record_property("share", found / len(quotes))
    assert len(quotes) > 50
    assert found / len(quotes) >= 0.98


def test_columns_survive_the_pdf(documents: dict[str, ReadDocument], records: list[dict[str, Any]]) -> None:
    kept = total = 0
    for source in (document for record in records for document in record["documents"]):
        text = documents[source["id"]].document.text
        if documents[source["id"]].document.format == "pdf":
            rows = [line for block in blocks_of(source["text"]) if block.kind == "aligned" for line in block.lines]
            total += len(rows)
            kept += sum(row.strip() in text for row in rows)
    assert total > 30
    assert kept / total >= 0.9


def test_the_same_bytes_each_time_and_nothing_to_do_the_second(drop: Path, tmp_path: Path) -> None:
    render(tmp_path)
    assert _digests(tmp_path) == _digests(drop)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    render(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_lost_file_is_written_again_and_a_stale_one_removed(tmp_path: Path, drop: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for name in ("patient-01.json", "patient-07.json"):
        (records / name).write_bytes((RECORDS / name).read_bytes())
    names = render(tmp_path / "out", records)
    (tmp_path / "out" / names[0]).unlink()
    assert render(tmp_path / "out", records) == names
    assert (tmp_path / "out" / names[0]).is_file()
    (records / "patient-07.json").unlink()
    left = render(tmp_path / "out", records)
    assert not any(name.startswith("patient-07/") for name in left)
    assert not [path for path in (tmp_path / "out" / "patient-07").rglob("*") if path.is_file()]


def test_the_drop_folder_holds_no_gold_and_no_name_in_its_file_names(drop: Path, records: list[dict[str, Any]]) -> None:
    for path in drop.rglob("dossier.json"):
        assert json.loads(path.read_bytes()).keys() == {"patient", "stays", "documents"}
    names = " ".join(str(path.relative_to(drop)).lower() for path in drop.rglob("*"))
    assert not [record for record in records if record["patient"]["family_name"].lower() in names]


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--output", str(tmp_path)])
    assert "22 json" in capsys.readouterr().out


def test_plain_files_come_in_both_encodings(drop: Path) -> None:
    marked = {b"\r\n" in path.read_bytes() for path in drop.rglob("*.txt")}
    assert marked == {True, False}


def _folded(text: str) -> str:
    return " ".join(text.split())


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
