"""DOCX: everything that a reader of the letter sees, once, in order."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx.oxml import parse_xml

from ingestion.errors import UnreadableFile
from ingestion.readers.docx import read_docx
from tests.ingestion.readers.files import docx

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _letter(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "CH de Test"
    document.sections[0].footer.paragraphs[0].text = "Page"
    document.add_heading("Compte rendu", level=1)
    document.add_paragraph("Fièvre.")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ("Param.", "Valeur", "Norme", "Hb", "8,6", "12-16"), strict=True):
        cell.text = text
    document.add_paragraph("Sortie à domicile.", style="List Bullet")


def test_paragraphs_tables_headers_and_footers_in_order() -> None:
    content = read_docx(docx(_letter))
    assert content.text == (
        "CH de Test\n\nCompte rendu\nFièvre.\n\nParam. | Valeur | Norme\nHb | 8,6 | 12-16\n\n"
        "- Sortie à domicile.\n\nPage\n"
    )
    assert content.heading == "Compte rendu"


def test_merged_cells_are_written_once() -> None:
    def write(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        for number, cell in enumerate(table._cells):
            cell.text = str(number)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "large"
        table.cell(0, 2).merge(table.cell(1, 2)).text = "haute"

    assert read_docx(docx(write)).text == "large |  | haute\n3 | 4 | \n"


def test_a_row_of_one_cell_is_a_frame() -> None:
    def write(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "Un"
        cell.add_paragraph("Deux")

    assert read_docx(docx(write)).text == "Un\nDeux\n"


BODY = [
    ("<w:sdt><w:sdtContent><w:p><w:r><w:t>contrôle</w:t></w:r></w:p></w:sdtContent></w:sdt>", "contrôle"),
    ("<w:p><w:sdt><w:sdtContent><w:r><w:t>champ</w:t></w:r></w:sdtContent></w:sdt></w:p>", "champ"),
    (
        "<w:p><w:ins><w:r><w:t>ajout</w:t></w:r></w:ins><w:del><w:r><w:delText>ôté</w:delText></w:r></w:del></w:p>",
        "ajout",
    ),
    ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
    ("<w:p><w:r><w:t>anti</w:t><w:noBreakHyphen/><w:t>Xa</w:t></w:r></w:p>", "anti-Xa"),
    ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>", "1"),
    (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent><w:p><w:r><w:t>cadre</w:t>"
        "</w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r>"
        "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "cadre",
    ),
]


@pytest.mark.parametrize(("xml", "expected"), BODY)
def test_what_templates_are_made_of_is_read_once(xml: str, expected: str) -> None:
    def write(document: Any) -> None:
        for element in parse_xml(f"<w:body {NS}>{xml}</w:body>"):
            document.element.body.insert_element_before(element, "w:sectPr")

    assert read_docx(docx(write)).text.strip() == expected


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        for _ in range(301):
            entry.write(b" " * 2**20)
    with pytest.raises(UnreadableFile, match="décompressé"):
        read_docx(packed.getvalue())


def test_broken_xml_is_a_damaged_document() -> None:
    damaged = BytesIO()
    with ZipFile(BytesIO(docx(_letter))) as source, ZipFile(damaged, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<w:document" if name == "word/document.xml" else source.read(name))
    with pytest.raises(UnreadableFile, match="endommagé"):
        read_docx(damaged.getvalue())
