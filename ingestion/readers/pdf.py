"""PDF with a text layer, through pypdfium2; forms, annotations and pictures are left alone.

Pages tile the text: each one ends where the next one starts, its line break included.
"""

import ctypes
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

from ingestion.errors import UnreadableFile
from ingestion.readers.canonical import canonical
from ingestion.readers.pdf_layout import Line, Word, page_text
from ingestion.readers.types import Content
from ingestion.types import Page

Glyph = tuple[str, float, float, float, float]
"""Character, left, right, bottom, top; in points, upwards."""

_MOST_PAGES = 5_000
_MOST_CHARACTERS = 20_000_000
_MOST_UNMAPPED = 0.3
_PDFIUM = Lock()
"""PDFium is not safe to call from two threads."""

_UNMAPPED = re.compile("[\x00\ufffd\ue000-\uf8ff]")
_TYPOGRAPHIC = str.maketrans(
    {
        "\x02": "-",  # PDFium's mark of a hyphen at a line's end
        "\ufffe": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)


def read_pdf(data: bytes) -> Content:
    """Read a PDF. Raises UnreadableFile if it is damaged, protected, too large, or has no text layer."""
    with _PDFIUM:
        texts = _page_texts(data)
    if not any(text.strip() for text in texts):
        raise UnreadableFile(
            "Ce PDF ne contient pas de texte : c'est un document numérisé (image).",
            "La reconnaissance de caractères n'existe pas encore dans cette version : fournissez un PDF avec texte.",
        )
    pages, start = [], 0
    for number, text in enumerate(texts, start=1):
        end = start + len(text) + (number < len(texts))
        pages.append(Page(number, start, end))
        start = end
    return Content(format="pdf", text="\n".join(texts), pages=tuple(pages))


def _page_texts(data: bytes) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error) from None
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableFile(f"Ce PDF a plus de {_MOST_PAGES} pages.", "Découpez-le en plusieurs fichiers.")
        return _checked([_page_text(document, index) for index in range(len(document))])
    except pypdfium2.PdfiumError:
        raise _damaged() from None
    finally:
        document.close()


def _page_text(document: Any, index: int) -> str:
    page = document[index]
    text_page = page.get_textpage()
    try:
        return canonical(page_text(list(_lines(text_page)), page.get_width()))
    finally:
        text_page.close()
        page.close()


def _checked(texts: list[str]) -> list[str]:
    """Refuse what a reader would take for text but is not."""
    printed = sum(len(text) - text.count(" ") for text in texts)
    if printed > _MOST_CHARACTERS:
        raise UnreadableFile("Ce PDF contient trop de texte pour un document clinique.", "Découpez-le.")
    unmapped = sum(len(_UNMAPPED.findall(text)) for text in texts)
    if unmapped > _MOST_UNMAPPED * max(printed, 1):
        raise UnreadableFile(
            "Les polices de ce PDF ne permettent pas d'en lire le texte.",
            "Exportez-le de nouveau depuis le logiciel d'origine, polices incorporées.",
        )
    return texts


def _lines(text_page: Any) -> Iterator[Line]:
    """Yield the lines that PDFium finds, in its reading order, and those that it missed."""
    glyphs: list[Glyph] = []
    last: Glyph | None = None
    for glyph in _glyphs(text_page):
        printed = not glyph[0].isspace()
        if glyphs and (glyph[0] in "\r\n" or (printed and last is not None and _returns(last, glyph))):
            yield _line(glyphs)
            glyphs, last = [], None
        if glyph[0] not in "\r\n":
            glyphs.append(glyph)
            last = glyph if printed else last
    if glyphs:
        yield _line(glyphs)


def _returns(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a glyph stands left of the last one and below it: PDFium sometimes puts a space there."""
    return glyph[1] < last[1] and glyph[4] < last[3] + 0.3 * (last[4] - last[3])


def _glyphs(text_page: Any) -> Iterator[Glyph]:
    """Yield what the page prints, spaces and line ends of PDFium's making included."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        raw.FPDFText_GetLooseCharBox(text_page, index, place)
        character = "\ufffd" if not code or 0xD800 <= code <= 0xDFFF else chr(code)
        yield character, box.left, box.right, box.bottom, box.top


def _line(glyphs: list[Glyph]) -> Line:
    words: list[Word] = []
    word: list[Glyph] = []
    for glyph in [*glyphs, (" ", 0.0, 0.0, 0.0, 0.0)]:
        if not glyph[0].isspace():
            word.append(glyph)
        elif word:
            text = "".join(character for character, *_ in word).translate(_TYPOGRAPHIC)
            words.append(Word(text, min(item[1] for item in word), max(item[2] for item in word)))
            word = []
    printed = [glyph for glyph in glyphs if not glyph[0].isspace()] or glyphs
    return Line(tuple(words), max(glyph[4] for glyph in printed), min(glyph[3] for glyph in printed))


def _unopened(error: Any) -> UnreadableFile:
    from pypdfium2 import raw

    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return UnreadableFile(
            "Ce PDF est protégé par un mot de passe.", "Enregistrez-le sans mot de passe, puis recommencez."
        )
    return _damaged()


def _damaged() -> UnreadableFile:
    return UnreadableFile("Ce PDF est endommagé.", "Exportez-le de nouveau depuis le logiciel d'origine.")
