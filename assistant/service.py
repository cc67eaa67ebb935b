"""The one door that every face goes through.

Two implementations: ``LocalService`` works in this process (the owner of ``LIAISON_HOME``);
``assistant.client.RemoteService`` speaks to the owner over its Unix socket. A patient is named by
``IPP`` while that is unambiguous, else by ``IPP@authority``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Protocol

from assistant.overviews import Course, Summary, Timeline
from assistant.types import (
    AskEvent,
    DocumentCard,
    DocumentView,
    Forgotten,
    FoundPassage,
    Health,
    IngestEvent,
    PatientCard,
    Principal,
)

REMEMBERED = 6
"""Questions of a conversation that a follow-up may lean on, at most."""


class Service(Protocol):
    """What a face may ask. Every call names who asks; every clinical call names one patient."""

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        """Search patients by name, given name, IPP or birth date (any usual form), accents and case ignored."""

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        """Return one patient. Raises UnknownPatient or AmbiguousPatient."""

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        """List the documents of a patient that this principal may use now, newest first."""

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        """Open a document of that patient. Raises UnknownDocument, also when it is another patient's."""

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        """Answer a question on one patient's record; the last event is ``Done``.

        ``previous`` are the questions of the conversation before it, oldest first: a follow-up leans on them.
        """

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        """Find passages of one patient's record, best first."""

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        """Summarise one patient's record, first what matters to a specialty if one is named.

        Raises UsageError for a specialty that is not known.
        """

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        """Tell what happened to one patient, oldest first."""

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        """Return how one measure evolved (its name as a clinician writes it), or all that have several values.

        Raises UsageError for a measure that is not known.
        """

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: Event | None = None
    ) -> Iterator[IngestEvent]:
        """Ingest files and folders; the last event is the ``IngestReport``."""

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        """Erase a document everywhere under LIAISON_HOME and prove it."""

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        """Erase a patient and all documents everywhere under LIAISON_HOME and prove it."""

    def health(self) -> Health:
        """Report what is configured and whether requests can be served."""
