"""Find the titled parts of a clinical document.

Two sources of headings are merged: the shape of a line (underlined, in capitals, ended by a colon)
with our table of headings, and the titles of edsnlp's section rules, which know headings from Paris hospitals.
They are data here (``headings_edsnlp.tsv``): importing edsnlp for them takes a process 7 seconds.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise

from ingestion.lexicon.folding import fold_with_offsets
from ingestion.types import Section

_BULLET = re.compile(r"\s*(?:[-•*·#]+|\d{1,2}[.)/]|[IVX]{1,4}[.)])?\s*")
_UNDERLINE = re.compile(r"\s*(={4,}|-{4,}|_{4,}|\*{4,})\s*$")
_LABEL = re.compile(r"([^\W\d_][\w’'./() -]{1,48}?)\s*:(?=\s|$)")
_CAPITALS = re.compile(r"[^a-zà-ÿ]*[A-ZÀ-Ý]{3}[^a-zà-ÿ]*$")
_AROUND = 5
"""Characters that may stand before or after a title of edsnlp's on its line, as in edsnlp."""


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a document, in order; what stands before the first heading belongs to none.

    A section runs from its heading to the next one. Offsets are code points of ``text``.
    """
    headings = _merge([*_shaped_headings(text), *_edsnlp_headings(text)])
    if not headings:
        return ()
    ends = [start for start, *_ in headings[1:]] + [len(text)]
    return tuple(
        Section(title=title, name=name, start=start, body=body, end=end)
        for (start, body, title, name), end in zip(headings, ends, strict=True)
    )


def heading_name(title: str) -> str | None:
    """Return the kind of section that a heading opens, or None when the table does not know it."""
    folded = _fold(title).strip(" .:=-")
    return next((name for name, pattern in _table() if pattern.fullmatch(folded)), None)


_Heading = tuple[int, int, str, str | None]


def _merge(headings: list[_Heading]) -> list[_Heading]:
    """Keep one heading per line start; ours comes first and wins."""
    kept: dict[int, _Heading] = {}
    for heading in headings:
        kept.setdefault(heading[0], heading)
    return [kept[start] for start in sorted(kept)]


def _shaped_headings(text: str) -> Iterator[_Heading]:
    # Lines end at "\n" only, here as in passages: str.splitlines also cuts at characters that a text may hold.
    start = 0
    for line, following in pairwise([*text.split("\n"), ""]):
        if heading := _heading(line, start, following):
            yield heading
        start += len(line) + 1


def _heading(line: str, start: int, following: str) -> _Heading | None:
    """Decide from one line, and the one below it, whether a section opens here."""
    bullet = _BULLET.match(line)
    offset = bullet.end() if bullet else 0
    rest = line[offset:].rstrip()
    if not rest:
        return None
    if _UNDERLINE.match(following) and len(rest) <= 80:
        body = start + len(line) + 1 + len(following)
        return start, body, rest.rstrip(" :"), heading_name(rest)
    if label := _LABEL.match(rest):
        title = label.group(1)
        alone = label.end() == len(rest)
        if (name := heading_name(title)) or alone:
            return start, start + offset + label.end(), title, name
        return None
    if len(rest) <= 60 and (name := heading_name(rest)):
        return start, start + len(line), rest, name
    if not line[:offset].strip() and _is_title(rest):
        return start, start + len(line), rest, None
    return None


def _is_title(line: str) -> bool:
    """Say whether a line in capitals is a title.

    No table row, no identifier, no signature ("C. DUPONT", "DR DUPONT"), no disease of a list ("HTA", "BPCO").
    """
    return (
        5 <= len(line) <= 60
        and "|" not in line
        and _CAPITALS.match(line) is not None
        and not re.search(r"\d{3,}|^(?:[A-Z]\.[- ]?)+ ?[A-Z]|^(?:DR|PR|DOCTEUR|PROFESSEUR|MME|M\.) ", line)
    )


def _edsnlp_headings(text: str) -> Iterator[_Heading]:
    """Yield the lines that hold one of edsnlp's titles and hardly anything else; the longest title wins."""
    start = 0
    for line in text.split("\n")[:-1]:
        bullet = _BULLET.match(line)
        offset = bullet.end() if bullet else 0
        if offset <= _AROUND and len(line) - offset <= _edsnlp_longest():
            folded = fold_with_offsets(line[offset:])
            for name, pattern in _edsnlp_titles():
                if (title := pattern.match(folded.text)) and len(folded.text) - title.end() <= _AROUND:
                    end = offset + folded.span(0, title.end())[1]
                    yield start, start + end, line[offset:end], name
                    break
        start += len(line) + 1


@functools.cache
def _edsnlp_titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = [(name, title) for name, titles in _rows("headings_edsnlp.tsv") for title in titles.split("|")]
    return tuple((name, re.compile(title)) for name, title in sorted(rows, key=lambda row: -len(row[1])))


@functools.cache
def _edsnlp_longest() -> int:
    return max(len(pattern.pattern) for _, pattern in _edsnlp_titles()) + _AROUND


@functools.cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _rows("headings.tsv"))


def _rows(table: str) -> list[list[str]]:
    lines = resources.files("ingestion").joinpath(table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return re.sub(r"\s+", " ", "".join(c for c in decomposed if not unicodedata.combining(c)))
