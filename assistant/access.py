"""Which documents this principal may use now, for one patient: decided in SQL, before any search.

What comes out is the filter of the vector query and of every SQL query, and what comes back is
checked against it again. Until identities exist one local physician may use every current document.
"""

from dataclasses import dataclass

from assistant.errors import NotAllowed
from assistant.types import LOCAL, Principal, Sources
from ingestion.index.types import Scope
from ingestion.record.record import Record
from ingestion.record.types import DocumentRow, StoredPatient


@dataclass(frozen=True, repr=False)
class Access:
    """One patient, and the documents that may be used: by number (for filters) and by id (for readers)."""

    patient: StoredPatient
    documents: tuple[DocumentRow, ...]

    @property
    def scope(self) -> Scope:
        """The filter of every vector query."""
        return Scope(patient=self.patient.key, documents=tuple(row.pk for row in self.documents))

    @property
    def sources(self) -> Sources:
        """On what an answer rests: it counts only what this principal may use."""
        # Compared as text: dates with and without a time zone cannot be compared otherwise.
        dates = [row.date.isoformat() for row in self.documents if row.date]
        return Sources(documents=len(self.documents), newest=max(dates, default=""))

    def __repr__(self) -> str:
        return f"Access({self.patient!r}, {len(self.documents)} documents)"


def allow(record: Record, principal: Principal, patient: str) -> Access:
    """Resolve a patient (``IPP`` or ``IPP@authority``) and the documents this principal may use now.

    Raises NotAllowed, UnknownPatient, AmbiguousPatient.
    """
    check(principal)
    stored = record.find_patient(patient)
    return Access(stored, tuple(record.current_documents(stored.pk)))


def check(principal: Principal) -> None:
    """Raise NotAllowed unless this principal is known: until identities exist, the local one."""
    if principal.id != LOCAL.id:
        raise NotAllowed("Cet utilisateur n'a aucun droit ici.", "Les comptes ne sont pas encore ouverts sur ce site.")
