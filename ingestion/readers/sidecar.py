"""Who a bare file belongs to, and what it is: its sidecar says, else the IPP in its text.

The sidecar of ``lettre.pdf`` is ``lettre.pdf.meta.json``, else ``lettre.meta.json``: a JSON object
with the fields of a dossier's ``documents[]`` (``text`` apart), plus ``ipp`` and ``authority``.
What it leaves out is taken from the text where the text is unambiguous, else left unknown.
"""

import hashlib
import json
import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from ingestion.errors import UnreadableFile
from ingestion.readers.dates import first_date
from ingestion.readers.titles import title_of
from ingestion.readers.types import Content, Sidecar
from ingestion.types import Document, ReadDocument

SUFFIX = ".meta.json"
UNKNOWN_KIND = "document"

_IPP = re.compile(
    r"\bI\.?P\.?P\b\.?\s*(?:n\s*[°ºo]\.?|num[ée]ro\b)?\s*[:=\-–.]?\s*(\d{6,12})(?![\d/.]\d|\d)", re.IGNORECASE
)


def sidecar_path(path: Path) -> Path | None:
    """Return the sidecar that stands beside ``path``, the most specific name first, or None."""
    candidates = (path.with_name(path.name + SUFFIX), path.with_name(path.stem + SUFFIX))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def parse_sidecar(data: bytes) -> Sidecar:
    """Read the bytes of a sidecar. Raises UnreadableFile, naming the key that is wrong, never its value."""
    try:
        content = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _wrong("n'est pas un JSON valide") from None
    if not isinstance(content, dict):
        raise _wrong("doit être un objet JSON")
    values = {field.name: _text(content, field.name) for field in fields(Sidecar) if field.name != "date"}
    return Sidecar(**values, date=_moment(_text(content, "date")))


def attach(content: Content, original: bytes, sidecar: Sidecar) -> ReadDocument:
    """Make a document of a bare file: what the sidecar says comes before what the text says."""
    digest = hashlib.sha256(original).hexdigest()
    document = Document(
        id=sidecar.id or f"sha256:{digest}",
        sha256=digest,
        kind=sidecar.kind or UNKNOWN_KIND,
        title=sidecar.title or title_of(content.text, content.heading),
        date=sidecar.date or first_date(content.text),
        author=sidecar.author,
        service=sidecar.service,
        stay=sidecar.stay,
        text=content.text,
        format=content.format,
        pages=content.pages,
    )
    return ReadDocument(document, original, sidecar.ipp or single_ipp(content.text), sidecar.authority)


def single_ipp(text: str) -> str | None:
    """Return the IPP that ``text`` labels as such (6 to 12 digits), or None if it names none or several."""
    found = set(_IPP.findall(text))
    return found.pop() if len(found) == 1 else None


def _text(content: dict[str, object], key: str) -> str | None:
    value = content.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"a une clé « {key} » qui n'est pas un texte")
    return value.strip()


def _moment(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise _wrong("a une clé « date » qui n'est pas une date ISO 8601") from None


def _wrong(problem: str) -> UnreadableFile:
    return UnreadableFile(
        f"Le fichier d'accompagnement {SUFFIX} {problem}.",
        "Corrigez-le : identifiants et dates sont des textes entre guillemets, une date s'écrit 2025-02-10T16:20:00.",
    )
