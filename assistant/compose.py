"""Make statements: exact ones from facts, then quotations from ranked sentences.

Nothing is reworded. A quotation is followed by where it comes from; a table row is read with its header,
and cites both.
"""

from collections.abc import Sequence

from assistant.candidates import Candidate, stems_of
from assistant.exact.proving import is_proven
from assistant.exact.types import Draft
from assistant.kinds import provenance
from assistant.proof import Library, citation_at, one_line, place, prove, row_words
from assistant.proof import citations_of as citations_of_facts
from assistant.ranking import Ranked
from assistant.retrieve import Found
from assistant.types import Citation, Place, Statement

MOST_WORDS = 105
"""Words of an answer, at most, unless its first sentence alone is longer: a doctor reads it between two doors."""

MOST_STATEMENTS = 5
MARGIN = 2.0
"""How far below the best score a sentence may stand and still be quoted (log-odds)."""

ENOUGH = 1.3
"""How far below the best score a sentence may stand and still be added to an exact answer."""


def choose(found: Found, said: Sequence[Citation], words: int) -> list[Ranked]:
    """Return the sentences to quote, best first: close to the best in score, not repeating one another.

    ``said`` are the citations of the exact statements that stand before, ``words`` their length.
    """
    chosen: list[Ranked] = []
    margin = ENOUGH if said else MARGIN
    since = max((citation.date for citation in said), default="") if "discharge" in found.question.intents else ""
    for ranked in found.ranked:
        if (chosen or said) and (ranked.score < found.ranked[0].score - margin or len(chosen) == MOST_STATEMENTS):
            break
        length = len(statement_text(ranked.candidate).split())
        if (chosen or said) and words + length > MOST_WORDS:
            continue
        if _is_said(ranked.candidate, said) or any(_repeats(ranked, other) for other in chosen):
            continue
        # Beside what holds at discharge, an older treatment would pass for today's.
        if _iso(ranked.candidate) < since:
            continue
        chosen.append(ranked)
        words += length
    return chosen


def statement_text(candidate: Candidate) -> str:
    """Return a candidate as a sentence: its words on one line, then the kind and date of its document."""
    text = _row_text(candidate) or one_line(candidate.text)
    return f"{text} ({provenance(candidate.occurrence.kind, candidate.occurrence.date)})"


def citations_of(candidate: Candidate, library: Library) -> tuple[Citation, ...]:
    """Return the citations of a candidate: its span, and the header's when it is a table row."""
    header = candidate.analysed.unit.header
    spans = [(candidate.analysed.unit.start, candidate.analysed.unit.end)] + ([header] if header else [])
    start = candidate.occurrence.start
    others = [other for other in candidate.passage.occurrences if other is not candidate.occurrence]
    return tuple(
        citation_at(
            library.document(candidate.occurrence.document),
            (start + first, start + last),
            tuple(place(other, first, last) for other in others),
        )
        for first, last in spans
    )


def prove_draft(draft: Draft, library: Library) -> Statement | None:
    """Return the statement of a draft once proven, else None.

    Words of the record are verified as those of any statement; a template, by finding each slot again in
    what is cited (``assistant.exact.proving``).
    """
    citations = citations_of_facts(draft.facts, library)
    if draft.template == "quotation":
        first = draft.facts[0].fact
        quotation = f"{library.quote(first)} ({provenance(first.kind, first.date)})"
        return prove(filter(None, (draft.text, quotation)), citations, library)
    return Statement(draft.text, "record", "supported", citations) if is_proven(draft, library) else None


def _iso(candidate: Candidate) -> str:
    return candidate.occurrence.date.isoformat() if candidate.occurrence.date else ""


def _row_text(candidate: Candidate) -> str | None:
    """Read a table row with its header: "Hb : 8,3 (18/03), 9,6 (23/03)"; None when they do not line up."""
    header = candidate.analysed.unit.header
    return row_words(candidate.text, candidate.passage.text[slice(*header)]) if header else None


def _is_said(candidate: Candidate, said: Sequence[Citation]) -> bool:
    """Say whether an exact statement already cites this sentence, here or where it was copied."""
    unit = candidate.analysed.unit
    places = {
        (occurrence.document, occurrence.start + unit.start, occurrence.start + unit.end)
        for occurrence in candidate.passage.occurrences
    }
    cited = [
        (one.document, one.start, one.end)
        for citation in said
        for one in (Place(citation.document, citation.start, citation.end, "", "", ""), *citation.also)
    ]
    return any(
        document == other and min(end, last) > max(start, first)
        for document, start, end in places
        for other, first, last in cited
    )


def _repeats(candidate: Ranked, chosen: Ranked) -> bool:
    """Say whether a candidate tells nothing more than a chosen one: most words are shared, and no figure is new.

    Their own words are compared: two rows of a table share their header.
    """
    words, said = stems_of(candidate.candidate.text), stems_of(chosen.candidate.text)
    shared = len(words & said) >= 0.75 * min(len(words), len(said))
    return shared and not any(map(str.isdigit, "".join(words - said)))
