"""Nouns of the assistant, in the shapes that the outside sees.

The field names of ``Citation``, ``Statement``, ``Answer`` and ``FoundPassage`` are the JSON keys of
the command line and of the HTTP API: stable. Offsets are Unicode code points of the document's
text, half-open. Dates are ISO 8601 as the source wrote them, or an empty string. The ``repr`` of
anything that holds patient text shows ids and lengths only.
"""

from dataclasses import dataclass, field
from typing import Literal

from ingestion.types import IngestProgress, IngestReport

Origin = Literal["record", "attested", "model"]
Verdict = Literal["supported", "unsupported", "contradicted", "not_checked"]
Outcome = Literal["answered", "not_in_record", "awaited", "other_patient", "advice_declined"]


@dataclass(frozen=True)
class Principal:
    """Who asks. Until identities exist there is one: ``local``, a physician who may use every record."""

    id: str
    name: str
    profession: str
    roles: frozenset[str] = frozenset()


LOCAL = Principal(id="local", name="Utilisateur local", profession="physician", roles=frozenset({"clinician"}))


@dataclass(frozen=True, repr=False)
class Place:
    """One more place where the same words stand."""

    document: str
    start: int
    end: int
    title: str
    kind: str
    date: str

    def __repr__(self) -> str:
        return f"Place({self.document!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Citation:
    """An exact span of a document: ``quote`` is ``text[start:end]``. ``page`` counts from 1, or None."""

    document: str
    start: int
    end: int
    quote: str
    title: str
    kind: str
    date: str
    page: int | None = None
    also: tuple[Place, ...] = ()

    def __repr__(self) -> str:
        return f"Citation({self.document!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Statement:
    """One sentence of output, with the spans that prove it."""

    text: str
    origin: Origin
    verdict: Verdict
    citations: tuple[Citation, ...]

    def __repr__(self) -> str:
        return f"Statement(origin={self.origin!r}, verdict={self.verdict!r}, {len(self.text)} characters)"


@dataclass(frozen=True, repr=False)
class Point:
    """A value of a series: ``number`` is what is plotted, ``citation`` the place of its proof in its statement.

    ``date`` is ISO 8601, as precise as it is known. A ``rejected`` value was corrected or cancelled later.
    """

    date: str
    value: str
    number: float | None
    statement: int
    citation: int
    rejected: bool = False

    def __repr__(self) -> str:
        return f"Point(statement={self.statement}, citation={self.citation})"


@dataclass(frozen=True, repr=False)
class Series:
    """How a measure evolved: its French name, its unit, its points in order of date."""

    name: str
    unit: str
    points: tuple[Point, ...]

    def __repr__(self) -> str:
        return f"Series({len(self.points)} points)"


@dataclass(frozen=True)
class Sources:
    """On what an answer rests: how many documents this reader may use, and the newest one's date."""

    documents: int
    newest: str


@dataclass(frozen=True, repr=False)
class Answer:
    """An answer. ``answer`` is the statements' texts joined, or the sentence that says why there is none.

    ``series`` are the values of an evolution; ``conflicts`` are groups of indexes of statements that
    contradict one another. ``understood`` is the question as it was completed from those before it, or empty.
    """

    answer: str
    outcome: Outcome
    abstained: bool
    statements: tuple[Statement, ...]
    as_of: str
    sources: Sources
    seconds: float
    series: tuple[Series, ...] = ()
    conflicts: tuple[tuple[int, ...], ...] = ()
    understood: str = ""

    def __repr__(self) -> str:
        return f"Answer(outcome={self.outcome!r}, {len(self.statements)} statements)"


@dataclass(frozen=True, repr=False)
class FoundPassage:
    """A passage found by a search: its earliest occurrence, and the others in ``also``."""

    document: str
    start: int
    end: int
    text: str
    title: str
    kind: str
    date: str
    score: float
    also: tuple[Place, ...] = ()

    def __repr__(self) -> str:
        return f"FoundPassage({self.document!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class PatientCard:
    """What a face shows of a patient so that nobody mistakes one for another. ``age`` in whole years at ``as_of``."""

    ipp: str
    authority: str
    family_name: str
    given_names: str
    birth_date: str
    sex: str
    age: int | None
    documents: int
    homonyms: int = 0
    """How many other patients share the family name, or the birth date with a near name (twins)."""

    def __repr__(self) -> str:
        return "PatientCard(…)"


@dataclass(frozen=True, repr=False)
class DocumentCard:
    """A line of a patient's document list."""

    id: str
    title: str
    kind: str
    date: str
    author: str
    service: str
    stay: str | None

    def __repr__(self) -> str:
        return f"DocumentCard({self.id!r})"


@dataclass(frozen=True)
class PageSpan:
    """A page of a document: its number (from 1) and its span in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, repr=False)
class DocumentView:
    """A document opened for reading."""

    card: DocumentCard
    text: str
    pages: tuple[PageSpan, ...] = ()

    def __repr__(self) -> str:
        return f"DocumentView({self.card.id!r}, {len(self.text)} characters)"


@dataclass(frozen=True)
class Forgotten:
    """The proof of an erasure: what was removed, and how many files were searched for what is left."""

    documents: tuple[str, ...]
    passages: int
    files_searched: int
    bytes_left: int


@dataclass(frozen=True)
class Progress:
    """Stream event: what is being done, in French."""

    message: str


@dataclass(frozen=True)
class StatementReady:
    """Stream event: a statement, final, never retracted."""

    index: int
    statement: Statement


@dataclass(frozen=True)
class Notice:
    """Stream event: something the reader should know (``code`` is stable)."""

    code: str


@dataclass(frozen=True)
class Done:
    """Stream event: the whole answer."""

    answer: Answer


AskEvent = Progress | StatementReady | Notice | Done
IngestEvent = IngestProgress | IngestReport


@dataclass(frozen=True)
class Check:
    """One line of ``liaison doctor``: ``state`` is ok, warning or error; ``hint`` says what to do."""

    name: str
    state: Literal["ok", "warning", "error"]
    detail: str
    hint: str = ""


@dataclass(frozen=True)
class Health:
    """What ``liaison doctor`` and ``/ready`` report of an open workspace."""

    ready: bool
    checks: tuple[Check, ...] = field(default=())
