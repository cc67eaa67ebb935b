"""Build passages, their candidates and their documents in memory."""

from collections.abc import Sequence
from datetime import datetime

from assistant.candidates import Candidate, candidates_of
from assistant.features import setting_of
from assistant.pointing import point
from assistant.proof import Library
from assistant.question import understand
from assistant.ranking import Ranked
from assistant.retrieve import Found
from ingestion.types import Document, Occurrence, Page, Passage

PREFIX = "Entête du document.\n"
"""What stands before the passage in its document: offsets of document and passage differ."""


def passage_of(text: str, *days: int, kind: str = "note_evolution", title: str = "Note") -> Passage:
    """Return a passage that stands in one document for each day of March 2025 (the 10th unless given)."""
    occurrences = tuple(
        Occurrence(
            document=f"D{day}",
            document_pk=day,
            start=len(PREFIX),
            end=len(PREFIX) + len(text),
            section=None,
            section_name=None,
            title=title,
            kind=kind,
            date=datetime(2025, 3, day, 10),
        )
        for day in days or (10,)
    )
    return Passage(f"passage of {len(text)}", text, occurrences)


class Shelf(Library):
    """A library of documents in memory."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def document(self, identity: str) -> Document:
        return self._documents[identity]


def shelf_of(passage: Passage, *pages: Page) -> Shelf:
    """Return the documents that hold a passage."""
    return Shelf([_document(place, passage, *pages) for place in passage.occurrences])


def found_of(ranked: Sequence[Ranked], question: str = "Toux ?") -> Found:
    """Return what these sentences are for a question, in a record without facts."""
    asked = understand(question)
    return Found(asked, setting_of(asked, [], point(asked, ())), tuple(ranked), ())


def ranked_of(*texts: str, scores: tuple[float, ...] = ()) -> list[Ranked]:
    """Return the sentences of these passages, one passage each, with these scores (all 1.0 unless given)."""
    candidates = [c for n, text in enumerate(texts, start=1) for c in candidates_of([(passage_of(text, n), 1.0)])]
    return [Ranked(c, (), score) for c, score in zip(candidates, scores or (1.0,) * len(candidates), strict=True)]


def only(passage: Passage, number: int = 0) -> Candidate:
    """Return one candidate of a passage."""
    return candidates_of([(passage, 1.0)])[number]


def _document(place: Occurrence, passage: Passage, *pages: Page) -> Document:
    return Document(
        id=place.document,
        sha256="0" * 64,
        kind=place.kind,
        title=place.title,
        date=place.date,
        author=None,
        service=None,
        stay=None,
        text=PREFIX + passage.text,
        format="text",
        pages=pages,
    )
