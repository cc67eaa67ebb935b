"""Plain text: UTF-8 and UTF-16 with or without their marks, else Windows-1252."""

import codecs
import re

from ingestion.errors import UnreadableFile
from ingestion.readers.canonical import canonical
from ingestion.readers.types import Content

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DOUBLE_ENCODING = re.compile("Ã[©¨ª§´®¯»¢€‰]")
_MOST_CONTROLS = 0.01


def decode(data: bytes) -> str | None:
    """Return the text of ``data``, or None if it is binary.

    Raises UnreadableFile when UTF-8 is cut or mixed with another encoding: read as Windows-1252 it
    would show "Ã©" for "é", and a clinical text must not be guessed at.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    text = _strict(data, encoding) if encoding else _unmarked(data)
    if text is None or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        return None
    return text


def read_text(data: bytes) -> Content:
    """Read a plain text file. Raises UnreadableFile if it is binary or of mixed encodings."""
    return Content(format="text", text=canonical(decoded(data)))


def decoded(data: bytes) -> str:
    """Return the text of ``data``. Raises UnreadableFile if it is binary or of mixed encodings."""
    text = decode(data)
    if text is None:
        raise UnreadableFile("Ce fichier n'est pas un texte lisible.", "Enregistrez-le en texte UTF-8.")
    return text


def _unmarked(data: bytes) -> str | None:
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    text = _strict(data, "cp1252")
    if text is not None and _DOUBLE_ENCODING.search(text):
        raise UnreadableFile(
            "Le texte mélange deux encodages (UTF-8 et Windows-1252).", "Enregistrez-le de nouveau en UTF-8."
        )
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
