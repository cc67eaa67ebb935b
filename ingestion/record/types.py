"""Nouns of the record: what is written from one file, and what is read back.

Rows are known by integer primary keys (``pk``) inside the record; ids are the source's. The ``repr``
of anything that holds patient text shows ids and lengths only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ingestion.facts.types import Fact
from ingestion.types import Cut, Patient, PatientKey, ReadDocument, Section, Stay

Operation = Literal["upsert", "delete"]
Outcome = Literal["added", "replaced", "unchanged", "waiting"]


@dataclass(frozen=True, repr=False)
class PreparedDocument:
    """A document read, split into sections, cut into passages, its facts extracted: all that a worker does for it.

    ``facts`` is None when they could not be extracted: the document is taken all the same, and they are
    tried again by the next ingestion.
    """

    read: ReadDocument
    sections: tuple[Section, ...]
    cuts: tuple[Cut, ...]
    facts: tuple[Fact, ...] | None = None

    def __repr__(self) -> str:
        return f"PreparedDocument({self.read!r}, {len(self.cuts)} cuts)"


@dataclass(frozen=True, repr=False)
class Prepared:
    """All that one file gives. ``skipped`` says, in French, why it is no clinical document (else None)."""

    path: str
    patients: tuple[Patient, ...] = ()
    stays: tuple[tuple[PatientKey, Stay], ...] = ()
    documents: tuple[PreparedDocument, ...] = ()
    skipped: str | None = None

    def __repr__(self) -> str:
        return f"Prepared({len(self.patients)} patients, {len(self.documents)} documents)"  # a path may bear a name


@dataclass(frozen=True, repr=False)
class OutdatedDocument:
    """A document of the record whose facts are to be extracted again, with all that the extractors read."""

    pk: int
    id: str
    text: str
    kind: str
    date: datetime | None
    sections: tuple[Section, ...]

    def __repr__(self) -> str:
        return f"OutdatedDocument(pk={self.pk}, id={self.id!r}, {len(self.text)} characters)"


@dataclass(frozen=True)
class Refused:
    """A document that the record did not take: its id, why and what to do, in French."""

    document: str
    error: str
    hint: str


@dataclass(frozen=True)
class Written:
    """What became of one file's documents: an outcome for each one taken, and those refused."""

    outcomes: tuple[Outcome, ...] = ()
    refused: tuple[Refused, ...] = ()
    new_passages: int = 0
    facts: int = 0


@dataclass(frozen=True)
class KnownFile:
    """A file already taken, recognised by its bytes: how many of its documents are linked, and how many wait."""

    linked: int
    waiting: int
    skipped: bool


@dataclass(frozen=True, repr=False)
class StoredPatient:
    """A patient of the record. ``key`` is opaque and random (UUID hex): the only name that the index knows.

    A ``provisional`` patient is known only by an IPP read in a file, until an identity comes.
    """

    pk: int
    key: str
    patient: Patient
    provisional: bool

    def __repr__(self) -> str:
        return f"StoredPatient(pk={self.pk})"


@dataclass(frozen=True, repr=False)
class FoundPatient:
    """A patient with what tells him from others.

    ``documents`` counts current ones; ``homonyms`` counts other patients of the same family name, or
    of the same birth date and a near name (twins).
    """

    stored: StoredPatient
    documents: int
    homonyms: int

    def __repr__(self) -> str:
        return f"FoundPatient(pk={self.stored.pk}, documents={self.documents}, homonyms={self.homonyms})"


@dataclass(frozen=True, repr=False)
class DocumentRow:
    """A document without its text. ``stay`` is the source's id of the stay."""

    pk: int
    id: str
    kind: str
    title: str
    date: datetime | None
    author: str | None
    service: str | None
    stay: str | None

    def __repr__(self) -> str:
        return f"DocumentRow(pk={self.pk}, id={self.id!r})"


@dataclass(frozen=True)
class Waiting:
    """A document that answers nothing until it is attached to a patient. ``reason`` is in French."""

    document_pk: int
    document: str
    ipp: str | None
    reason: str


@dataclass(frozen=True)
class Counts:
    """Sizes of the record; ``documents`` and ``waiting`` count current versions, ``pending`` points to write.

    ``outdated`` counts the documents whose facts are missing or come from other extractors than today's.
    """

    patients: int
    documents: int
    waiting: int
    passages: int
    pending: int
    facts: int
    outdated: int


@dataclass(frozen=True, repr=False)
class IndexEntry:
    """What the index must hold for one passage: its patient's opaque key and every document where it stands."""

    id: str
    patient: str
    text: str
    documents: tuple[int, ...]

    def __repr__(self) -> str:
        return f"IndexEntry({self.id!r}, {len(self.documents)} documents)"
