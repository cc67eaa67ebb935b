"""What the citations of a statement prove: each is read in the line of the document where it stands.

A quote that starts behind "pas de" keeps its denial, one under "Antécédents familiaux" speaks of relatives; only what
is quoted proves. A row of a table is read with the row that heads its columns, when both are cited.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from assistant.kinds import kind_label
from assistant.types import Citation
from assistant.verify.binding import bind, clauses_of
from assistant.verify.quantities import date_keys
from assistant.verify.reading import Around, read, word_keys
from assistant.verify.types import Keys, Problem, Proof, Reading
from ingestion.errors import UnknownDocument
from ingestion.facts.day_zero import day_zero_of
from ingestion.facts.time import dates_in
from ingestion.normalise import fold

ADMINISTRATIVE = "record:"
"""Opens the document id of what the administrative record says: offsets 0, the field as quote."""

_CELLS = re.compile(r"\s*\|\s*|\t+| {2,}")
_FARTHEST = 400
_FAMILY = re.compile(r"famil(?:le|ial|iaux)|chez les (?:parents|ascendants)")
_LISTED = re.compile(r"\s*(?:[-–—•*·>]|\d{1,2}[.)/]|\s{2,}\S)")


def faults_of(
    citations: Sequence[Citation], text_of: Callable[[str], str], allowed: Collection[str] | None
) -> list[Problem]:
    """Return what is wrong with the citations themselves: none, of another document, not the document's own words."""
    if not citations:
        return [Problem("citation")]
    wrong = sum(not _stands(citation, text_of, allowed) for citation in citations)
    return [Problem("citation", wrong)] if wrong else []


def proofs_of(citations: Sequence[Citation], text_of: Callable[[str], str]) -> list[Proof]:
    """Return what each citation proves; the citations stand in their documents (see ``faults_of``)."""
    texts = {citation.document: text_of(citation.document) for citation in citations}
    headers = {index: header for index, row in enumerate(citations) if (header := _header_of(row, citations))}
    proofs = [_proof(row, texts[row.document], headers.get(index)) for index, row in enumerate(citations)]
    headings = [_headings(citation, citations, proofs) for citation in citations]
    return [
        replace(proof, place=partial(_place, citation, above)) if above else proof
        for citation, proof, above in zip(citations, proofs, headings, strict=True)
    ]


def row_with_header(row: str, header: str) -> str | None:
    """Read a table row with its header: "Hb : 8,3 (18/03), 9,6 (23/03)"; None when their columns do not line up.

    >>> row_with_header("K     4,1    6,1", "      08/01  10/01")
    'K : 4,1 (08/01), 6,1 (10/01)'
    """
    cells, heads = _cells(row), _cells(header)
    if len(heads) == len(cells) and len(cells) >= 2:
        heads = heads[1:]
    elif len(heads) != len(cells) - 1:
        return None
    pairs = [f"{cell} ({head})" if head else cell for cell, head in zip(cells[1:], heads, strict=True) if cell]
    return f"{cells[0]} : {', '.join(pairs)}"


def _proof(citation: Citation, text: str, header: str | None) -> Proof:
    table = row_with_header(citation.quote, header) if header else None
    reading = _in_context(citation, text)
    if header:
        shown = read(table or header, citation.date)
        reading = Reading((*shown.chunks, *((replace(reading.chunks[0], opens="sentence"),) if not table else ())))
    owned = bind(reading)
    plain = _in_context(citation, text) if table else reading
    keys = frozenset().union(*(mark.keys for r in (reading, plain) for mark in r.marks()))
    return Proof(
        reading,
        tuple(clauses_of(reading)),
        keys,
        _dated(citation),
        owned,
        partial(_place, citation),
        partial(_told, citation, text),
    )


def _headings(row: Citation, citations: Sequence[Citation], proofs: Sequence[Proof]) -> list[Proof]:
    """Return the cited lines above a citation that hold no fact of their own: neither a number nor a medicine."""
    return [
        proof
        for citation, proof in zip(citations, proofs, strict=True)
        if citation.document == row.document
        and citation.end <= row.start
        and not any(mark.kind in ("number", "medicine") for mark in proof.reading.marks())
    ]


def _told(citation: Citation, text: str) -> Keys:
    """Return the dates that a quote tells in words, counted from its document's date."""
    if not citation.date:
        return frozenset()
    reference = datetime.fromisoformat(citation.date).date()
    found = dates_in(citation.quote, reference, day_zero_of(text, reference))
    return frozenset().union(*(date_keys(iso[:10]) for *_, iso in found))


def _in_context(citation: Citation, text: str) -> Reading:
    """Read a quote in its line."""
    if citation.document.startswith(ADMINISTRATIVE):
        return read(citation.quote)
    start, end = citation.start, citation.end
    first = max(text.rfind("\n", 0, start) + 1, start - _FARTHEST)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _FARTHEST)
    around = Around(text[first:start], text[end:last], _under_family(text, first))
    return read(citation.quote, citation.date, around)


def _under_family(text: str, line: int) -> bool:
    """Say whether a line stands in a list that a heading about relatives opens."""
    if not _LISTED.match(text, line):
        return False
    for above in reversed(text[max(0, line - 2 * _FARTHEST) : line].splitlines()):
        if not above.strip():
            return False
        if not _LISTED.match(above):
            return bool(_FAMILY.search(fold(above)))
    return False


def _stands(citation: Citation, text_of: Callable[[str], str], allowed: Collection[str] | None) -> bool:
    """Say whether a quote is the document's own words, of a document that may be cited."""
    if allowed is not None and citation.document not in allowed:
        return False
    try:
        text = text_of(citation.document)
    except (UnknownDocument, KeyError):
        return False
    start, end, quote = citation.start, citation.end, citation.quote
    if citation.document.startswith(ADMINISTRATIVE):
        return start == end == 0 and bool(quote) and quote in text.split("\n")
    return 0 <= start < end == start + len(quote) and text[start:end] == quote


def _header_of(row: Citation, citations: Sequence[Citation]) -> str | None:
    """Return the cited row that heads the columns of a cited row, or None."""
    if len(_cells(row.quote)) < 2 or "\n" in row.quote.strip():
        return None
    above = [
        other
        for other in citations
        if other.document == row.document and other.end <= row.start and "\n" not in other.quote.strip()
    ]
    return max(above, key=lambda other: other.start).quote if above else None


def _cells(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in _CELLS.split(line.strip().strip("|"))]


def _place(citation: Citation, headings: Sequence[Proof] = ()) -> Keys:
    """Return the words of the kind and title of a document, and of the lines cited above a quote."""
    own = word_keys(f"{kind_label(citation.kind)} ; {citation.title} ; {citation.kind.replace('_', ' ')}")
    return own.union(*(heading.keys for heading in headings))


def _dated(citation: Citation) -> Keys:
    return date_keys(citation.date[:10]) if citation.date else frozenset()


def keeps_its_context(citation: Citation, text_of: Callable[[str], str]) -> bool:
    """Say whether a quote says the same alone and in its line: no denial nor relative is cut off."""
    alone, placed = read(citation.quote, citation.date), _in_context(citation, text_of(citation.document))
    return alone == placed
