"""Prove what is said of a fact: its exact spans as citations, then the same verification as everywhere.

The texts come from SQL, within the documents that the reader may use, once each.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from assistant.access import Access
from assistant.types import Citation, Place, Statement
from assistant.verify import verify
from ingestion.facts.types import Held, StoredFact
from ingestion.normalise import fold
from ingestion.record.record import Record
from ingestion.types import Document, Occurrence, Offsets

_CELLS = re.compile(r"\s*\|\s*|\t+| {2,}")
_BULLET = re.compile(r"^\s*(?:[-–—•*·>]+ +|\d{1,2} ?[.)/°-]+ +)")


class Library:
    """The documents of one patient that a reader may use, each read at its first use."""

    def __init__(self, record: Record, access: Access) -> None:
        self._record = record
        self._access = access
        self._known = {row.id for row in access.documents}
        self._read: dict[str, Document] = {}

    def document(self, identity: str) -> Document:
        """Return a document; KeyError when the reader may not use it."""
        if identity not in self._known:
            raise KeyError("a document outside of the access")
        if identity not in self._read:
            self._read[identity] = self._record.document(self._access.patient.pk, identity)
        return self._read[identity]

    def text(self, identity: str) -> str:
        """Return the text of a document."""
        return self.document(identity).text

    def quote(self, stored: StoredFact) -> str:
        """Return the words of a fact on one line, without bullet; a table row is read with its header."""
        text = self.text(stored.document)
        words, header = text[stored.fact.start : stored.fact.end], stored.fact.header
        read = row_words(words, text[header[0] : header[1]]) if header else None
        return read or one_line(_BULLET.sub("", words))

    def citations(self, stored: StoredFact, also: Sequence[StoredFact] = ()) -> tuple[Citation, ...]:
        """Return the citations of a fact: its span with the places of its copies, then its header when it has one."""
        fact = stored.fact
        spans = [(fact.start, fact.end), *([fact.header] if fact.header else [])]
        return tuple(self._citation(stored, span, also if not number else ()) for number, span in enumerate(spans))

    def _citation(self, stored: StoredFact, span: Offsets, also: Sequence[StoredFact]) -> Citation:
        copies = (copy for copy in also if _same_words(copy.quote, stored.quote))
        return citation_at(self.document(stored.document), span, tuple(_place(copy) for copy in copies))


def citation_at(document: Document, span: Offsets, also: tuple[Place, ...] = ()) -> Citation:
    """Return the citation of a span of a document, with the other places of the same words."""
    return Citation(
        document=document.id,
        start=span[0],
        end=span[1],
        quote=document.text[span[0] : span[1]],
        title=document.title,
        kind=document.kind,
        date=_iso(document.date),
        page=next((page.number for page in document.pages if page.start <= span[0] < page.end), None),
        also=also,
    )


def place(occurrence: Occurrence, first: int, last: int) -> Place:
    """Return another place of the span ``first:last`` of a passage."""
    return Place(
        document=occurrence.document,
        start=occurrence.start + first,
        end=occurrence.start + last,
        title=occurrence.title,
        kind=occurrence.kind,
        date=occurrence.date.isoformat() if occurrence.date else "",
    )


def prove(candidates: Iterable[str], citations: Sequence[Citation], library: Library) -> Statement | None:
    """Return the first wording that its citations prove, or None: what is not proven is not said."""
    for text in candidates:
        finding = verify(text, citations, library.text)
        if finding.verdict == "supported":
            return Statement(text, "record", finding.verdict, tuple(citations))
    return None


def citations_of(held: Iterable[Held], library: Library) -> tuple[Citation, ...]:
    """Return the citations of several facts, each span once."""
    spans: dict[tuple[str, int, int], Citation] = {}
    for item in held:
        for citation in library.citations(item.fact, item.also):
            spans.setdefault((citation.document, citation.start, citation.end), citation)
    return tuple(spans.values())


def row_words(row: str, header: str) -> str | None:
    """Read a table row with its header: "Hb : 8,3 (18/03), 9,6 (23/03)"; None when they do not line up."""
    cells, heads = list(_cells(row)), list(_cells(header))
    if len(heads) == len(cells) and len(cells) >= 2:
        heads = heads[1:]
    elif len(heads) != len(cells) - 1:
        return None
    pairs = [f"{value} ({head})" if head else value for head, value in zip(heads, cells[1:], strict=True) if value]
    return f"{cells[0]} : {', '.join(pairs)}"


def one_line(text: str) -> str:
    """Return a text with runs of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def _cells(line: str) -> Iterator[str]:
    return (one_line(cell) for cell in _CELLS.split(line.strip().strip("|")))


def _same_words(first: str, second: str) -> bool:
    """Say whether a copy is one to the letter, case and white space aside: only then may it stand for the quote."""
    return fold(first).split() == fold(second).split()


def _place(copy: StoredFact) -> Place:
    return Place(copy.document, copy.fact.start, copy.fact.end, copy.title, copy.kind, _iso(copy.date))


def _iso(date: datetime | None) -> str:
    return date.isoformat() if date else ""
