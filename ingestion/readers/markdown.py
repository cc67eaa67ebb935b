"""Markdown: the text is kept with its markers, so that what is quoted is what was written."""

import re

from ingestion.readers.canonical import canonical
from ingestion.readers.text import decoded
from ingestion.readers.types import Content

_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*?)[ \t#]*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)


def looks_like_markdown(text: str) -> bool:
    """Say whether ``text`` opens with a ``#`` heading, has two of them, or a table with its rule of dashes."""
    headings = _HEADING.findall(text)
    return len(headings) > 1 or bool(_TABLE_RULE.search(text)) or bool(_HEADING.match(text.lstrip("\ufeff\r\n ")))


def read_markdown(data: bytes) -> Content:
    """Read a Markdown file; its heading is the first one. Raises UnreadableFile as plain text does."""
    text = canonical(decoded(data))
    found = _HEADING.search(text)
    return Content(format="markdown", text=text, heading=found["title"] if found else None)
