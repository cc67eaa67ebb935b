"""Real files, made when a test needs them."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import typst
from docx import Document


def pdf(markup: str) -> bytes:
    """Typeset a PDF; ``markup`` is typst's."""
    page = '#set page(width: 160mm, height: 120mm, margin: 15mm)\n#set text(lang: "fr", hyphenate: false, size: 10pt)\n'
    written = typst.compile((page + markup).encode(), ignore_system_fonts=True)
    assert isinstance(written, bytes)
    return written


def locked_pdf() -> bytes:
    """Write the smallest PDF that no empty password opens."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"5a" * 32 + b">/U<" + b"a5" * 32 + b">>>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<01><01>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + table + trailer


def docx(write: Callable[[Any], object]) -> bytes:
    """Make a DOCX; ``write`` receives python-docx's document."""
    document = Document()
    write(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def dossier(**changes: Any) -> dict[str, Any]:
    """Make a small dossier; ``changes`` replace its three parts."""
    return {
        "patient": {"ipp": "0001234567", "family_name": "EXEMPLE", "given_names": "Anne", "birth_date": "1950-02-03"},
        "stays": [
            {"id": "S1", "establishment": "CH de Test", "admitted": "2025-01-02T10:00:00", "discharged": None},
        ],
        "documents": [
            {"id": "D1", "stay": "S1", "kind": "note_evolution", "title": "Note", "date": "2025-01-03T09:00:00",
             "author": None, "service": "Médecine", "text": "Pas de fie\u0301vre.\r\nFC 72."},
        ],
        **changes,
    }  # fmt: skip


def as_json(content: object) -> bytes:
    """Encode JSON."""
    return json.dumps(content, ensure_ascii=False).encode()
