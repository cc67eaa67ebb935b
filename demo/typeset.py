"""PDF by typst, from ``letter.typ``: the fonts that typst embeds, no network, the same bytes each time."""

import json
from pathlib import Path
from typing import Any

import typst

from demo.blocks import blocks_of
from demo.paper import Paper

_TEMPLATE = Path(__file__).with_name("letter.typ")


class Typesetter:
    """Holds one compiler, so that fonts are loaded once."""

    def __init__(self) -> None:
        self._compiler: Any = typst.Compiler(input=str(_TEMPLATE), ignore_system_fonts=True)

    def pdf(self, paper: Paper) -> bytes:
        """Return the PDF of a document."""
        content = {
            "id": paper.id,
            "title": paper.title,
            "establishment": paper.establishment,
            "service": paper.service,
            "band": paper.band,
            "blocks": [{"kind": block.kind, "lines": block.lines} for block in blocks_of(paper.text)],
        }
        written = self._compiler.compile(
            sys_inputs={"document": json.dumps(content, ensure_ascii=False)}, timestamp=paper.timestamp
        )
        if not isinstance(written, bytes):
            raise TypeError("typst did not return one PDF")
        return written
