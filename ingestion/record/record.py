"""The record: SQL decides, everything else derives from it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, select

from ingestion.facts.types import Kind, StoredFact
from ingestion.record import documents, facts, passages, patients
from ingestion.record.tables import document, fact, index_pending, passage, patient, waiting
from ingestion.record.types import Counts, DocumentRow, FoundPatient, IndexEntry, StoredPatient, Waiting
from ingestion.types import Document, Passage, Section, Stay


class Record:
    """Clinical tables on one engine. Every method is one short transaction and may be called from any thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(transaction="write")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot for reading."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction for writing: committed at the end, undone if an exception leaves it."""
        with self._writing.begin() as connection:
            yield connection

    def find_patient(self, reference: str) -> StoredPatient:
        """Return the patient named by ``IPP`` or ``IPP@authority``. Raises UnknownPatient or AmbiguousPatient."""
        with self.read() as connection:
            return patients.find_patient(connection, reference)

    def search_patients(self, query: str = "", limit: int = 50) -> list[FoundPatient]:
        """Return patients by name, IPP or birth date, accents and case ignored, in order of names."""
        with self.read() as connection:
            return patients.search_patients(connection, query, limit)

    def describe_patient(self, patient_pk: int) -> FoundPatient:
        """Return one patient with the number of documents and of homonyms."""
        with self.read() as connection:
            return patients.describe_patient(connection, patient_pk)

    def current_documents(self, patient_pk: int) -> list[DocumentRow]:
        """List a patient's current documents without their text, newest first."""
        with self.read() as connection:
            return documents.current_documents(connection, patient_pk)

    def document(self, patient_pk: int, document_id: str) -> Document:
        """Return the current version of a patient's document. Raises UnknownDocument, also for another patient's."""
        with self.read() as connection:
            return documents.current_document(connection, patient_pk, document_id)

    def document_texts(self, document_pks: Sequence[int]) -> dict[int, str]:
        """Return the texts of documents, by row number."""
        with self.read() as connection:
            return documents.document_texts(connection, document_pks)

    def sections(self, document_pk: int) -> tuple[Section, ...]:
        """Return the sections of a document, in order."""
        with self.read() as connection:
            return documents.document_sections(connection, document_pk)

    def stays(self, patient_pk: int) -> list[Stay]:
        """List a patient's stays, latest admission first."""
        with self.read() as connection:
            return documents.stays(connection, patient_pk)

    def waiting(self) -> list[Waiting]:
        """List the documents that wait for someone to attach them to a patient."""
        with self.read() as connection:
            return documents.waiting_documents(connection)

    def passages(self, ids: Sequence[str], document_pks: Sequence[int]) -> list[Passage]:
        """Return passages in the order of ``ids``, with their occurrences in the given documents only."""
        with self.read() as connection:
            return passages.passages(connection, ids, document_pks)

    def passages_of_documents(self, document_pks: Sequence[int]) -> list[Passage]:
        """Return every passage of the given documents, in order of first occurrence."""
        with self.read() as connection:
            return passages.passages_of_documents(connection, document_pks)

    def passage_ids(self) -> set[str]:
        """Return the ids of all passages: the points that the index must hold."""
        with self.read() as connection:
            return passages.passage_ids(connection)

    def index_entries(self, ids: Sequence[str]) -> list[IndexEntry]:
        """Return what the index must hold for these passages."""
        with self.read() as connection:
            return passages.index_entries(connection, ids)

    def facts(self, document_pks: Sequence[int], kinds: Collection[Kind] = ()) -> list[StoredFact]:
        """Return the facts of the given documents only, of all kinds unless some are named.

        In order of the documents' dates (undated ones last), then of their place in the text.
        """
        with self.read() as connection:
            return facts.facts_of_documents(connection, document_pks, kinds)

    def counts(self) -> Counts:
        """Return the sizes of the record."""
        with self.read() as connection:
            current = connection.execute(select(func.count()).where(document.c.current)).scalar_one()
            tables = (patient, waiting, passage, index_pending, fact)
            sizes = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
            outdated = facts.count_outdated(connection)
        return Counts(
            patients=sizes[0],
            documents=current - sizes[1],
            waiting=sizes[1],
            passages=sizes[2],
            pending=sizes[3],
            facts=sizes[4],
            outdated=outdated,
        )

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
