"""Which reader for which file: chosen by what the file holds, never by its suffix.

The readers of PDF and DOCX import their libraries when they first read, so that this module costs
nothing to a command that reads no such file. ``read_file`` may be handed to a worker process.
"""

import json
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingestion.errors import UnreadableFile
from ingestion.readers.docx import read_docx
from ingestion.readers.dossier import is_dossier, read_dossier
from ingestion.readers.markdown import looks_like_markdown, read_markdown
from ingestion.readers.pdf import read_pdf
from ingestion.readers.sidecar import attach, parse_sidecar, sidecar_path
from ingestion.readers.skip import skipped_binary, skipped_by_name, skipped_text
from ingestion.readers.text import decode, read_text
from ingestion.readers.types import Read, Sidecar
from ingestion.types import Reading

LARGEST_FILE = 200 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_YET = (
    ("{\\rtf", "RTF"),
    ("MSH|", "HL7 v2"),
    ("<ClinicalDocument", "CDA"),
    ('"resourceType"', "FHIR"),
)
"""Clinical formats that this version does not read: said aloud, never skipped as if they held nothing."""


def read_file(path: Path) -> Reading:
    """Read one file and its sidecar. Raises UnreadableFile, whose message and hint hold nothing of the content."""
    reason = skipped_by_name(path.name)
    if reason:
        return Reading(skipped=reason)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(
                f"Ce fichier dépasse {LARGEST_FILE // 2**20} Mio.", "Découpez-le, ou retirez-en les images."
            )
        beside = sidecar_path(path)
        declared = beside.read_bytes() if beside else None
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"Le fichier ne peut pas être lu ({error.strerror}).", "Vérifiez ses droits.") from None
    return read_bytes(data, path.name, parse_sidecar(declared) if declared is not None else None)


def read_bytes(data: bytes, name: str, sidecar: Sidecar | None = None) -> Reading:
    """Read a file's bytes; ``name`` only serves to skip what is no clinical document. Raises UnreadableFile."""
    if not data.strip():
        return Reading(skipped="fichier vide")
    chosen = _binary_reader(data) or _text_reader(data, name, declared=sidecar is not None)
    if isinstance(chosen, Reading):
        return chosen
    return Reading(documents=(attach(chosen(data), data, sidecar or Sidecar()),))


def _binary_reader(data: bytes) -> Read | Reading | None:
    """Choose by the marks that binary formats start with; None for what may be a text."""
    if _is_pdf(data):
        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        return read_docx if _holds_word(data) else Reading(skipped="archive ZIP sans document Word")
    if data.startswith(_OLE):
        return _ole(data)
    return None


def _is_pdf(data: bytes) -> bool:
    """Know a PDF by its head, or by its tail when a mail gateway has cut its head."""
    tail = data[-2048:]
    return b"%PDF-" in data[:1024] or (data.startswith(b"%") and b"startxref" in tail and b"%%EOF" in tail)


def _holds_word(data: bytes) -> bool:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise UnreadableFile(
            "Ce document Word ou cette archive ZIP est endommagé.", "Copiez-le de nouveau depuis sa source."
        ) from None


def _ole(data: bytes) -> Reading:
    """Refuse the two clinical uses of the old Office container: a protected document, a .doc."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile("Ce document est protégé par un mot de passe.", "Enregistrez-le sans mot de passe.")
    if "WordDocument".encode("utf-16-le") in data:
        raise UnreadableFile("Ce document est au format Word ancien (.doc).", "Enregistrez-le au format .docx.")
    return Reading(skipped="fichier Office ancien, sans document Word")


def _text_reader(data: bytes, name: str, *, declared: bool) -> Read | Reading:
    text = decode(data)
    if text is None:
        return Reading(skipped=skipped_binary(data))
    text = text.strip("\ufeff \t\r\n")
    _refuse_unsupported(text)
    if text.startswith(("{", "[")):
        reading = _json(text)
        if reading is not None:
            return reading
    reason = None if declared else skipped_text(name, text)
    if reason:
        return Reading(skipped=reason)
    return read_markdown if looks_like_markdown(text) else read_text


def _json(text: str) -> Reading | None:
    """Read a dossier; skip any other JSON. None if the text is no JSON but may be a clinical note."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return _broken_json(text, error)
    except RecursionError:
        return Reading(skipped="JSON trop profond pour être un dossier")
    if is_dossier(content):
        return read_dossier(content)
    return Reading(skipped="JSON qui n'est pas un dossier (clés « patient » et « documents » attendues)")


def _broken_json(text: str, error: json.JSONDecodeError) -> Reading | None:
    if '"patient"' in text and '"documents"' in text:
        raise UnreadableFile(
            f"Dossier mal formé : JSON invalide à la ligne {error.lineno}.", "Le fichier est peut-être incomplet."
        ) from None
    return Reading(skipped="JSON par lignes, pas un dossier") if _is_json(text.split("\n", 1)[0]) else None


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except json.JSONDecodeError:
        return False


def _refuse_unsupported(text: str) -> None:
    head = text[:4000]
    for mark, name in _NOT_YET:
        inside = mark[0] in '<"' and head.startswith(("<", "{"))
        if head.startswith(mark) or (inside and mark in head):
            raise UnreadableFile(
                f"Le format {name} n'est pas encore lu par cette version.", "Fournissez un PDF, un DOCX ou un dossier."
            )
