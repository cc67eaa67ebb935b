"""The service in this process: what the owner of ``LIAISON_HOME`` answers with."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

from assistant.access import allow, check
from assistant.answer import Asked, answer
from assistant.bootstrap import Workspace
from assistant.candidates import forget_analyses
from assistant.chart import Chart, open_chart
from assistant.errors import UsageError
from assistant.evolution import evolution
from assistant.health import inspect
from assistant.overviews import Course, Summary, Timeline
from assistant.retrieve import forget_held, search
from assistant.summary import summarise
from assistant.timeline import timeline_of
from assistant.types import (
    AskEvent,
    DocumentCard,
    DocumentView,
    Forgotten,
    FoundPassage,
    Health,
    IngestEvent,
    PageSpan,
    PatientCard,
    Principal,
)
from ingestion.errors import UnknownDocument
from ingestion.forget import Erasure, forget_document, forget_patient
from ingestion.pipeline import ingest
from ingestion.record.types import DocumentRow, FoundPatient

MOST_RESULTS = 500
"""Passages of one search, at most."""

LONGEST_QUERY = 2000
"""Characters of a search."""


class LocalService:
    """Implements ``assistant.service.Service``; may be called from any thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        """Search patients by name, given name, IPP or birth date."""
        check(principal)
        return [self._card(found) for found in self._workspace.record.search_patients(query, limit)]

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        """Return one patient."""
        access = allow(self._workspace.record, principal, patient)
        return self._card(self._workspace.record.describe_patient(access.patient.pk))

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        """List the documents of a patient that this principal may use now, newest first."""
        return [_document_card(row) for row in allow(self._workspace.record, principal, patient).documents]

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        """Open a document of that patient."""
        access = allow(self._workspace.record, principal, patient)
        row = next((row for row in access.documents if row.id == document), None)
        if row is None:
            raise UnknownDocument(
                f"Le document {document} n'est pas dans le dossier de ce patient.", "Vérifiez l'identifiant."
            )
        read = self._workspace.record.document(access.patient.pk, document)
        pages = tuple(PageSpan(page.number, page.start, page.end) for page in read.pages)
        return DocumentView(_document_card(row), read.text, pages)

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        """Answer a question on one patient's record; the last event is ``Done``."""
        access = allow(self._workspace.record, principal, patient)
        asked = Asked(question, self._workspace.settings.now().isoformat(timespec="seconds"), cancel, tuple(previous))
        yield from answer(self._workspace.retriever, access, asked)

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        """Find passages of one patient's record, best first."""
        access = allow(self._workspace.record, principal, patient)
        if not query.strip():
            raise UsageError("La recherche est vide.", "Écrivez un ou plusieurs mots à chercher dans le dossier.")
        if len(query) > LONGEST_QUERY:
            raise UsageError(f"La recherche dépasse {LONGEST_QUERY} caractères.", "Cherchez avec moins de mots.")
        if not 1 <= limit <= MOST_RESULTS:
            raise UsageError(f"Demandez de 1 à {MOST_RESULTS} passages.", "Corrigez --limit.")
        return search(self._workspace.retriever, access, query, limit)

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        """Summarise one patient's record, first what matters to a specialty if one is named."""
        return summarise(self._chart(principal, patient), specialty)

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        """Tell what happened to one patient, oldest first."""
        return timeline_of(self._chart(principal, patient))

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        """Return how one measure evolved, or all that have several values."""
        return evolution(self._chart(principal, patient), measure)

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: Event | None = None
    ) -> Iterator[IngestEvent]:
        """Ingest files and folders; the last event is the ``IngestReport``."""
        check(principal)
        try:
            yield from ingest(self._workspace.ingestion, paths, cancel)
        finally:
            forget_held()

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        """Erase a document everywhere under LIAISON_HOME and prove it."""
        check(principal)
        return _erased(partial(forget_document, self._workspace.ingestion, document, principal.id))

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        """Erase a patient and all documents everywhere under LIAISON_HOME and prove it."""
        access = allow(self._workspace.record, principal, patient)
        key = str(access.patient.patient.key)
        return _erased(partial(forget_patient, self._workspace.ingestion, key, principal.id))

    def health(self) -> Health:
        """Report what is configured and whether requests can be served."""
        return inspect(self._workspace)

    def _chart(self, principal: Principal, patient: str) -> Chart:
        record = self._workspace.record
        return open_chart(record, allow(record, principal, patient), self._workspace.settings.now())

    def _card(self, found: FoundPatient) -> PatientCard:
        identity = found.stored.patient
        return PatientCard(
            ipp=identity.key.ipp,
            authority=identity.key.authority,
            family_name=identity.family_name or "",
            given_names=identity.given_names or "",
            birth_date=identity.birth_date.isoformat() if identity.birth_date else "",
            sex=identity.sex or "",
            age=_age(identity.birth_date, self._workspace.settings.now().date()),
            documents=found.documents,
            homonyms=found.homonyms,
        )


def _erased(erase: Callable[[], Erasure]) -> Forgotten:
    """Erase, and drop what memory keeps of passages, also when the erasure cannot be proven."""
    try:
        proof = erase()
    finally:
        forget_analyses()
        forget_held()
    return Forgotten(proof.documents, proof.passages, proof.files_searched, proof.bytes_left)


def _age(born: date | None, today: date) -> int | None:
    """Return whole years lived."""
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _document_card(row: DocumentRow) -> DocumentCard:
    return DocumentCard(
        id=row.id,
        title=row.title,
        kind=row.kind,
        date=row.date.isoformat() if row.date else "",
        author=row.author or "",
        service=row.service or "",
        stay=row.stay,
    )
