"""DOCX by python-docx: real headings, real tables, a page header and footer, the same bytes each time."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from demo.blocks import Block, blocks_of
from demo.paper import Paper

_OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper) -> bytes:
    """Return the DOCX of a document."""
    document = Document()
    _describe(document, paper)
    _frame(document, paper)
    for block in blocks_of(paper.text):
        _write(document, block)
    return _with_fixed_dates(document)


def _describe(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.title, paper.establishment, ""
    properties.created = properties.modified = paper.date


def _frame(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.header.paragraphs[0].text = f"{paper.establishment} - {paper.service}"
    section.header.add_paragraph(paper.band)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{paper.id} - page ")
    _field(footer, "PAGE")
    footer.add_run("/")
    _field(footer, "NUMPAGES")
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    style.paragraph_format.space_after = Pt(2)


def _field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word computes, with no cached value."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _write(document: Any, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.lines[0], level=2)
    elif block.kind == "table":
        _table(document, block.rows())
    elif block.kind == "aligned":
        for line in block.lines:
            run = document.add_paragraph().add_run(line)
            run.font.name, run.font.size = "Courier New", Pt(7)
    elif block.kind != "rule":
        document.add_paragraph("".join(block.lines))


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _with_fixed_dates(document: Any) -> bytes:
    """Save, then pack again: the archive of python-docx holds the clock's date in each entry."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w") as target:
        for entry in source.infolist():
            written = ZipInfo(entry.filename, _OLDEST_ZIP_DATE)
            target.writestr(written, source.read(entry), compress_type=ZIP_DEFLATED, compresslevel=6)
    return packed.getvalue()
