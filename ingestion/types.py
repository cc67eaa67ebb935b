"""Nouns of ingestion.

Offsets are Unicode code points of ``Document.text``, half-open. The ``repr`` of anything that
holds patient text shows ids and lengths, never text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

Offsets = tuple[int, int]


@dataclass(frozen=True)
class PatientKey:
    """A patient is known by (assigning authority, IPP): one number in two establishments is two people."""

    authority: str
    ipp: str

    def __str__(self) -> str:
        return f"{self.ipp}@{self.authority}"


@dataclass(frozen=True, repr=False)
class Practitioner:
    """A clinician named by the administrative record."""

    name: str
    rpps: str | None = None
    address: str | None = None

    def __repr__(self) -> str:
        return f"Practitioner(rpps={self.rpps!r})"


@dataclass(frozen=True, repr=False)
class Patient:
    """Identity as the source gives it; every trait but the key may be unknown."""

    key: PatientKey
    ins: str | None = None
    family_name: str | None = None
    given_names: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    birth_place: str | None = None
    general_practitioner: Practitioner | None = None

    def __repr__(self) -> str:
        return "Patient(…)"


@dataclass(frozen=True, repr=False)
class Stay:
    """One hospital stay; ``discharged`` is None while it lasts."""

    id: str
    authority: str
    service: str | None = None
    admitted: datetime | None = None
    discharged: datetime | None = None
    admission_mode: str | None = None
    discharge_destination: str | None = None
    attending: Practitioner | None = None

    def __repr__(self) -> str:
        return f"Stay(id={self.id!r})"


@dataclass(frozen=True)
class Page:
    """A page of a paged document: its number as printed (from 1) and its span in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, repr=False)
class Document:
    """One clinical document as a reader gives it.

    ``id`` is the source's, else ``sha256:`` + 64 hex digits of the original's bytes. ``sha256`` is
    always the hash of ``original``. ``text`` is canonical: kept as it is for the dossier format,
    NFC with ``\\n`` line ends for the other readers.
    """

    id: str
    sha256: str
    kind: str
    title: str
    date: datetime | None
    author: str | None
    service: str | None
    stay: str | None
    text: str
    format: str
    pages: tuple[Page, ...] = ()

    def __repr__(self) -> str:
        return f"Document(id={self.id!r}, kind={self.kind!r}, {len(self.text)} characters)"


@dataclass(frozen=True, repr=False)
class ReadDocument:
    """A document read from a file, with whom the file says it belongs to and the bytes to keep."""

    document: Document
    original: bytes
    ipp: str | None = None
    authority: str | None = None

    def __repr__(self) -> str:
        return f"ReadDocument({self.document!r}, {len(self.original)} bytes)"


@dataclass(frozen=True, repr=False)
class Reading:
    """All that one file holds. ``skipped`` says why a file is no clinical document (else None)."""

    patients: tuple[Patient, ...] = ()
    stays: tuple[tuple[PatientKey, Stay], ...] = ()
    documents: tuple[ReadDocument, ...] = ()
    skipped: str | None = None

    def __repr__(self) -> str:
        return f"Reading({len(self.patients)} patients, {len(self.stays)} stays, {len(self.documents)} documents)"


@dataclass(frozen=True, repr=False)
class Section:
    """A titled part of a document; ``start`` includes the heading, ``body`` is where the content starts.

    ``name`` is the normalised kind of section (``antecedents``, ``traitement_sortie``, …) or None.
    """

    title: str
    name: str | None
    start: int
    body: int
    end: int

    def __repr__(self) -> str:
        return f"Section(name={self.name!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Cut:
    """A passage cut from a document: its span, and the section it stands in."""

    start: int
    end: int
    text: str
    section: str | None = None
    section_name: str | None = None

    def __repr__(self) -> str:
        return f"Cut({self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Occurrence:
    """Where a passage stands: one document of its patient, with the context of that place."""

    document: str
    document_pk: int
    start: int
    end: int
    section: str | None
    section_name: str | None
    title: str
    kind: str
    date: datetime | None

    def __repr__(self) -> str:
        return f"Occurrence({self.document!r}, {self.start}:{self.end})"


@dataclass(frozen=True, repr=False)
class Passage:
    """An indexed span of one patient's record, with its occurrences (earliest first)."""

    id: str
    text: str
    occurrences: tuple[Occurrence, ...] = field(default=())

    def __repr__(self) -> str:
        return f"Passage(id={self.id!r}, {len(self.text)} characters, {len(self.occurrences)} occurrences)"


@dataclass(frozen=True)
class SparseVector:
    """Term weights: strictly increasing 32-bit indices and their values."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, repr=False)
class Failure:
    """A file that could not be ingested: what went wrong and what to do, in French, without its content."""

    path: str
    error: str
    hint: str

    def __repr__(self) -> str:
        return f"Failure({self.error!r})"  # a path may bear a patient's name


@dataclass
class Tally:
    """Counts of an ingestion, as ``liaison ingest --json`` prints them."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    waiting: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True)
class IngestProgress:
    """Where an ingestion stands: files done of total, and the tally so far."""

    done: int
    total: int
    documents: Tally


@dataclass(frozen=True)
class IngestReport:
    """The outcome of an ingestion, in the shape of ``liaison ingest --json``."""

    documents: Tally
    passages: int
    facts: int
    seconds: float
    failures: tuple[Failure, ...] = ()
