"""DOCX, through python-docx: paragraphs and tables in document order.

The XML is walked rather than ``paragraph.text``, which leaves out what hospital templates are made
of: content controls, text boxes, inserted revisions. Deleted revisions, comments and hidden field
codes are left out. A table row becomes its cells joined by " | "; a cell merged over several
columns is written once, followed by empty ones; a row of one cell is a frame: its blocks stand
alone. Headers and footers stand once at the start and the end.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from ingestion.errors import UnreadableFile
from ingestion.readers.canonical import canonical
from ingestion.readers.types import Content

_MOST_UNCOMPRESSED = 300 * 2**20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
_WRITTEN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING_STYLE = re.compile(r"(?:heading|titre|title)\b", re.IGNORECASE)
_LIST_STYLE = re.compile(r"(?:list|liste)\b", re.IGNORECASE)


def read_docx(data: bytes) -> Content:
    """Read a DOCX. Raises UnreadableFile if it is damaged or would take too much memory."""
    _weigh(data)
    from docx import Document

    try:
        document = Document(BytesIO(data))
        blocks = _Blocks(document)
        text = canonical(blocks.text())
    except Exception:  # noqa: BLE001 -- the edge to a parser fed with a file that may be anything
        raise _damaged() from None
    if not text.strip():
        raise UnreadableFile("Ce document Word ne contient pas de texte.", "S'il tient des images, fournissez un PDF.")
    return Content(format="docx", text=text, heading=blocks.heading)


def _weigh(data: bytes) -> None:
    """Refuse an archive that unpacks to more than any letter weighs, before anything is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            weight = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise _damaged() from None
    if weight > _MOST_UNCOMPRESSED:
        raise UnreadableFile(
            "Ce document Word occuperait trop de mémoire une fois décompressé.",
            "Enregistrez-le de nouveau sans ses images.",
        )


class _Blocks:
    """Walks one document; remembers its first heading."""

    def __init__(self, document: Any) -> None:
        self.heading: str | None = None
        self._document = document
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def text(self) -> str:
        """Return headers, body, notes and footers, each part separated by an empty line."""
        parts = [
            *self._edges("header"),
            "\n".join(self._blocks(self._document.element.body)),
            *self._notes(),
            *self._edges("footer"),
        ]
        text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
        return re.sub(r"\n{3,}", "\n\n", text) + "\n" if text else ""

    def _edges(self, name: str) -> list[str]:
        """Return the texts of the headers or footers, each one once."""
        texts: dict[str, None] = {}
        for section in self._document.sections:
            for edge in (getattr(section, f"first_page_{name}"), getattr(section, name)):
                if not edge.is_linked_to_previous:
                    texts["\n".join(self._blocks(edge._element))] = None
        return list(texts)

    def _notes(self) -> Iterator[str]:
        """Yield the footnotes and endnotes."""
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
                yield "\n".join(self._blocks(parse_xml(relation.target_part.blob)))

    def _blocks(self, container: Any) -> Iterator[str]:
        """Yield the lines of a body, a cell, a header or a text box, in order."""
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from ["", *self._table(element), ""]
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                yield from self._blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = "".join(_written(paragraph))
        properties = paragraph.find(f"{_W}pPr")
        style = self._style(properties)
        if text.strip() and _HEADING_STYLE.match(style):
            self.heading = self.heading or " ".join(text.split())
            yield ""
        listed = text.strip() and (_LIST_STYLE.match(style) or _is_numbered(properties))
        yield f"- {text}" if listed else text
        for box in _text_boxes(paragraph):
            yield from self._blocks(box)

    def _style(self, properties: Any) -> str:
        found = None if properties is None else properties.find(f"{_W}pStyle")
        return "" if found is None else self._styles.get(found.get(f"{_W}val"), "")

    def _table(self, table: Any) -> Iterator[str]:
        for row in _children(table, f"{_W}tr"):
            cells = list(_children(row, f"{_W}tc"))
            if len(cells) == 1:
                yield from self._blocks(cells[0])
                continue
            written: list[str] = []
            for cell in cells:
                text = "" if _continues_above(cell) else " ".join(" ".join(self._blocks(cell)).split())
                written += [text] + [""] * (_span(cell) - 1)
            if any(written):
                yield " | ".join(written)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children of a kind, those inside content controls and revisions included."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(element, tag)


def _written(element: Any) -> Iterator[str]:
    """Yield the visible characters under an element, text boxes apart."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        else:
            yield from _written(child)


def _text_boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes anchored under an element; a compatibility copy is not a second box."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _text_boxes(child)


def _is_numbered(properties: Any) -> bool:
    found = None if properties is None else properties.find(f"{_W}numPr/{_W}numId")
    return found is not None and found.get(f"{_W}val") != "0"


def _continues_above(cell: Any) -> bool:
    found = cell.find(f"{_W}tcPr/{_W}vMerge")
    return found is not None and found.get(f"{_W}val") != "restart"


def _span(cell: Any) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if found is None else max(1, min(int(found.get(f"{_W}val")), 64))


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        "Ce document Word est endommagé.", "Ouvrez-le dans votre traitement de texte et enregistrez-le de nouveau."
    )
