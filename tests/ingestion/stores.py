"""Open real stores in a temporary home, and write small invented dossiers."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingestion.index.choose import open_index
from ingestion.index.signature import Signature
from ingestion.indexing import replay_pending
from ingestion.originals import Originals
from ingestion.pipeline import ingest
from ingestion.record.open import open_record
from ingestion.record.types import Prepared, Written
from ingestion.record.writing import write_prepared
from ingestion.sparse import VERSION, SparseEncoder
from ingestion.types import IngestReport
from ingestion.workspace import Workspace

RECORDS = Path(__file__).parents[2] / "demo" / "records"


@contextmanager
def open_stores(home: Path, url: str = "") -> Iterator[Workspace]:
    """Open record, index and originals under a home; SQLite unless a URL is given."""
    record = open_record(url or f"sqlite:///{home / 'record.sqlite'}")
    index = open_index(home / "index", Signature(VERSION))
    try:
        yield Workspace(home, record, index, SparseEncoder(), Originals(home / "originals"), authority="CH Local")
    finally:
        index.close()
        record.close()


def take(workspace: Workspace, *paths: Path) -> IngestReport:
    """Ingest to the end and return the report."""
    *_, report = ingest(workspace, paths)
    assert isinstance(report, IngestReport)
    return report


def store(workspace: Workspace, prepared: Prepared) -> Written:
    """Write what a reading process would give: bytes, rows, points, as the pipeline does."""
    for item in prepared.documents:
        workspace.originals.save(item.read.document.sha256, item.read.original)
    with workspace.record.write() as connection:
        written = write_prepared(connection, prepared, secrets.token_hex(32), workspace.authority, workspace.clock())
    replay_pending(workspace)
    return written


def write_dossier(
    path: Path, ipp: str, texts: Mapping[str, str], *, authority: str = "CH Alpha", **patient: str
) -> Path:
    """Write a dossier holding these texts by document id, dated one day apart from 2 January 2024."""
    documents = [
        {"id": identifier, "kind": "note", "title": "Note", "date": f"2024-01-{day:02}T08:00:00", "text": text}
        for day, (identifier, text) in enumerate(texts.items(), start=2)
    ]
    identity: dict[str, Any] = {"ipp": ipp, "authority": authority, **patient}
    content = {"patient": identity, "stays": [], "documents": documents}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_note(path: Path, text: str, **sidecar: str) -> Path:
    """Write a bare text file, with a sidecar if anything is said of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if sidecar:
        path.with_name(path.name + ".meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return path
