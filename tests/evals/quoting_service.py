"""A service in memory that answers by quoting the gold's own evidence, except where a test says otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

from assistant.overviews import Course, Summary, SummarySection, Timeline
from assistant.types import (
    Answer,
    AskEvent,
    Citation,
    DocumentCard,
    DocumentView,
    Done,
    Forgotten,
    FoundPassage,
    Health,
    IngestEvent,
    PatientCard,
    Principal,
    Progress,
    Sources,
    Statement,
)
from evals.gold import Evidence, Gold
from ingestion.errors import UnknownPatient


class QuotingService:
    """Answers from the gold; ``answers`` replaces the answer of some (IPP, question), an exception is raised."""

    def __init__(self, gold: Gold, answers: Mapping[tuple[str, str], Answer | Exception] | None = None) -> None:
        self._gold = {patient.ipp: patient for patient in gold.patients}
        self._answers = answers or {}

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        yield Progress("Recherche")
        said = self._answers.get((patient, question))
        if isinstance(said, Exception):
            raise said
        yield Done(said or self._quoted(patient, question))

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        return [
            FoundPassage(document, 0, len(text), text, "Note", "note", "2026-03-03", 1.0)
            for document, text in self._gold[patient].texts.items()
        ][:limit]

    def _quoted(self, patient: str, question: str) -> Answer:
        gold = next((q for q in self._gold[patient].questions if q.question == question), None)
        if gold is None or not gold.answerable:
            return abstention("awaited" if gold is not None and gold.awaited else "not_in_record")
        return answer(*(quotation(evidence) for evidence in gold.evidence))

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        return []

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        raise UnknownPatient(f"Aucun patient {patient}.")

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        return []

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        raise UnknownPatient(f"Aucun patient {patient}.")

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        evidence = [each for question in self._gold[patient].questions for each in question.evidence]
        section = SummarySection("Tout", answer(*map(quotation, evidence)).statements)
        return Summary((section,), "", Sources(1, ""))

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        return Timeline((), "", Sources(1, ""))

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        return Course((), (), "", Sources(1, ""))

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: Event | None = None
    ) -> Iterator[IngestEvent]:
        return iter(())

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        return Forgotten((), 0, 0, 0)

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        return Forgotten((), 0, 0, 0)

    def health(self) -> Health:
        return Health(True)


def quotation(evidence: Evidence) -> Citation:
    """Return the citation of a piece of evidence."""
    document, start, _ = next(span for span in evidence.spans if span[0] == evidence.document)
    return citation(document, start, evidence.quote)


def citation(document: str, start: int, quote: str) -> Citation:
    """Return a citation of a quote that starts somewhere in a document."""
    return Citation(document, start, start + len(quote), quote, "Note", "note", "2026-03-03")


def answer(*citations: Citation, text: str | None = None) -> Answer:
    """Return an answer that says its citations' quotes, or ``text``."""
    said = text if text is not None else " ".join(c.quote for c in citations)
    statements = (Statement(said, "record", "supported", citations),)
    return Answer(said, "answered", False, statements, "2026-03-03", Sources(1, "2026-03-03"), 0.0)


def abstention(outcome: str, text: str = "Le dossier ne le dit pas.") -> Answer:
    """Return an abstention."""
    assert outcome in ("not_in_record", "awaited", "other_patient", "advice_declined")
    return Answer(text, outcome, True, (), "2026-03-03", Sources(1, "2026-03-03"), 0.0)  # type: ignore[arg-type]
