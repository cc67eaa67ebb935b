"""Make statements from ranked sentences: the wording of the record, the kind and date of the document.

Nothing is reworded. A statement is a quotation followed by where it comes from; a table row is read
with its header, and cites both.
"""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate, stems_of
from assistant.kinds import provenance
from assistant.ranking import Ranked
from assistant.types import Citation, Place
from ingestion.types import Document, Occurrence

MOST_WORDS = 130
"""Words of an answer, at most: a doctor reads it between two doors."""

MOST_STATEMENTS = 8
MARGIN = 3.2
"""How far below the best score a sentence may stand and still be quoted (log-odds)."""

_CELLS = re.compile(r"\s*\|\s*|\t+| {2,}")


def choose(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the sentences to quote, best first: close to the best in score, not repeating one another."""
    chosen: list[Ranked] = []
    words = 0
    for candidate in ranked:
        if chosen and (candidate.score < ranked[0].score - MARGIN or len(chosen) == MOST_STATEMENTS):
            break
        length = len(statement_text(candidate.candidate).split())
        if (chosen and words + length > MOST_WORDS) or any(_repeats(candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
        words += length
    return chosen


def statement_text(candidate: Candidate) -> str:
    """Return a candidate as a sentence: its words on one line, then the kind and date of its document."""
    text = _row_text(candidate) or _one_line(candidate.text)
    return f"{text} ({provenance(candidate.occurrence.kind, candidate.occurrence.date)})"


def citations_of(candidate: Candidate, document_of: dict[int, Document]) -> tuple[Citation, ...]:
    """Return the citations of a candidate: its span, and the header's when it is a table row."""
    header = candidate.analysed.unit.header
    spans = [(candidate.analysed.unit.start, candidate.analysed.unit.end)] + ([header] if header else [])
    return tuple(_citation(candidate, first, last, document_of) for first, last in spans)


def _citation(candidate: Candidate, first: int, last: int, document_of: dict[int, Document]) -> Citation:
    occurrence = candidate.occurrence
    start, end = occurrence.start + first, occurrence.start + last
    return Citation(
        document=occurrence.document,
        start=start,
        end=end,
        quote=candidate.passage.text[first:last],
        title=occurrence.title,
        kind=occurrence.kind,
        date=occurrence.date.isoformat() if occurrence.date else "",
        page=_page(document_of[occurrence.document_pk], start),
        also=tuple(
            place(other, first, last) for other in candidate.passage.occurrences if other is not candidate.occurrence
        ),
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


def _page(document: Document, offset: int) -> int | None:
    return next((page.number for page in document.pages if page.start <= offset < page.end), None)


def _row_text(candidate: Candidate) -> str | None:
    """Read a table row with its header: "Hb : 8,3 (18/03), 9,6 (23/03)"; None when they do not line up."""
    header = candidate.analysed.unit.header
    if header is None:
        return None
    cells = _cells(candidate.text)
    heads = _cells(candidate.passage.text[header[0] : header[1]])
    if len(heads) == len(cells) and len(cells) >= 2:
        heads = heads[1:]
    elif len(heads) != len(cells) - 1:
        return None
    pairs = [f"{value} ({head})" if head else value for head, value in zip(heads, cells[1:], strict=True) if value]
    return f"{cells[0]} : {', '.join(pairs)}"


def _cells(line: str) -> list[str]:
    return [_one_line(cell) for cell in _CELLS.split(line.strip().strip("|"))]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _repeats(candidate: Ranked, chosen: Ranked) -> bool:
    """Say whether a candidate tells nothing more than a chosen one: most words are shared, and no figure is new.

    Their own words are compared: two rows of a table share their header.
    """
    words, said = stems_of(candidate.candidate.text), stems_of(chosen.candidate.text)
    shared = len(words & said) >= 0.75 * min(len(words), len(said))
    return shared and not any(map(str.isdigit, "".join(words - said)))
