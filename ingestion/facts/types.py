"""Nouns of extraction: a fact, and a document as the extractors read it.

Offsets are Unicode code points of the document's text, half-open. ``repr`` shows names of kinds and
offsets, never text.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ingestion.types import Offsets, Section

Kind = Literal[
    "medication",  # a medicine prescribed, administered, taken, started, stopped
    "measurement",  # laboratory value, vital sign, score, other measure
    "allergy",  # allergy, intolerance, and their denial
    "problem",  # disease, symptom, history, diagnosis
    "procedure",  # operation, endoscopy, act
    "device",  # implanted or invasive device
    "microorganism",  # germ, resistance, screening for BMR/BHRe
    "transfusion",  # blood products and derivatives, and their denial
    "imaging",  # conclusion of an imaging examination
    "awaited",  # a result that is to come
    "appointment",  # appointment, control, follow-up planned
    "social",  # functional and social state, protection, way of life
    "directive",  # advance directives, trusted person, limitation of care
]
Polarity = Literal["affirmed", "negated", "hypothetical", "ruled_out"]
Subject = Literal["patient", "family", "other"]
Certainty = Literal["certain", "probable", "possible"]


@dataclass(frozen=True, repr=False)
class Fact:
    """One structured item of a document.

    ``name`` is the normalised concept (the generic name of a medicine, the code of an analyte, a folded
    substance or disease); ``label`` its words as written. ``start:end`` is the smallest span that a
    reader needs as proof (a sentence, a line, a row); ``header`` the row that heads its columns.
    ``value`` is as written, with its own comma or point. ``effective`` is when it holds, ISO 8601 and as
    precise as it is known ("2015", "2024-02", "2025-02-12", "2025-02-12T10:30"), empty when unknown.
    ``details`` are the other slots by name; docs/facts.md lists them for each kind.
    """

    kind: Kind
    name: str
    label: str
    start: int
    end: int
    value: str = ""
    unit: str = ""
    polarity: Polarity = "affirmed"
    subject: Subject = "patient"
    certainty: Certainty = "certain"
    effective: str = ""
    header: Offsets | None = None
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, name: str) -> str:
        """Return a slot, or an empty string when the document does not give it."""
        return next((value for key, value in self.details if key == name), "")

    def __repr__(self) -> str:
        return f"Fact({self.kind!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Line:
    """A sentence, a line or a table row of a document, with the section it stands in.

    ``copied`` tells that it stands in a block announced as copied from an older note.
    """

    start: int
    end: int
    row: bool = False
    header: Offsets | None = None
    section: Section | None = None
    copied: bool = False

    def __repr__(self) -> str:
        return f"Line({self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Source:
    """A document as the extractors read it: its text cut in lines, in order, that do not overlap."""

    text: str
    kind: str
    date: datetime | None
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]

    def words(self, line: Line) -> str:
        """Return the text of a line."""
        return self.text[line.start : line.end]

    def __repr__(self) -> str:
        return f"Source(kind={self.kind!r}, {len(self.text)} characters, {len(self.lines)} lines)"


@dataclass(frozen=True, repr=False)
class StoredFact:
    """A fact as the record gives it back: with the document it stands in, and its own words.

    ``kind``, ``title`` and ``date`` are the document's; ``quote`` is its ``text[fact.start:fact.end]``.
    """

    fact: Fact
    document: str
    document_pk: int
    kind: str
    title: str
    date: datetime | None
    quote: str = ""

    def __repr__(self) -> str:
        return f"StoredFact({self.fact.kind!r}, {self.document!r}, {self.fact.start}:{self.fact.end})"


@dataclass(frozen=True, repr=False)
class Held:
    """A fact and what the rest of the record does to it.

    ``also`` are the same words in other documents, earliest first: said once, copied forward. ``reason`` is
    empty while the fact stands, else the rule of ``authority.tsv`` that set it aside; ``superseded_by`` is the
    fact that did so, None when its own document does (a rejected sample, a cancelled document).
    """

    fact: StoredFact
    also: tuple[StoredFact, ...] = ()
    superseded_by: StoredFact | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Say whether nothing in the record sets this fact aside."""
        return not self.reason

    def __repr__(self) -> str:
        return f"Held({self.fact!r}, {len(self.also)} copies, reason={self.reason!r})"
