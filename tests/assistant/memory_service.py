"""A service that keeps everything in memory: what the tests of the faces serve, for real, on real sockets."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from assistant.conversation import in_context
from assistant.errors import Cancelled
from assistant.overviews import Course, Summary, SummarySection, Timeline, TimelineEvent
from assistant.types import (
    Answer,
    AskEvent,
    Check,
    Citation,
    DocumentCard,
    DocumentView,
    Done,
    Forgotten,
    FoundPassage,
    Health,
    IngestEvent,
    PatientCard,
    Point,
    Principal,
    Progress,
    Series,
    Sources,
    Statement,
    StatementReady,
)
from ingestion.errors import AmbiguousPatient, UnknownDocument, UnknownPatient
from ingestion.types import Failure, IngestProgress, IngestReport, Tally

JEANNE = PatientCard("0000000001", "nord", "BERTHELOT", "Jeanne", "1944-02-03", "F", 82, 1, homonyms=1)
JEANNINE = PatientCard("0000000002", "nord", "BERTHELOT", "Jeannine", "1944-05-06", "F", 81, 1, homonyms=1)
TWIN = PatientCard("0000000003", "nord", "LAMBRECQ", "Zoé", "2026-01-01", "F", 0, 0)
TWIN_ELSEWHERE = replace(TWIN, authority="sud", given_names="Ève")

TEXT = "Compte rendu\u2028INR à 2,4 le 3 mars.\x85Poids : 61 kg.\nSuite 🩺."
NOTE = DocumentView(DocumentCard("D1", "Compte rendu", "compte_rendu", "2026-03-03", "Dr A", "cardiologie", "S1"), TEXT)


class MemoryService:
    """Holds three patients and one document.

    ``pause`` seconds pass before each statement of an answer; with ``fault`` every answer fails with it.
    """

    def __init__(self, *, statements: int = 2, pause: float = 0.0, fault: Exception | None = None) -> None:
        self.cards = [JEANNE, JEANNINE, TWIN, TWIN_ELSEWHERE]
        self.views = {JEANNE.ipp: [NOTE]}
        self.statements = statements
        self.pause = pause
        self.fault = fault
        self.seen: list[str] = []
        self.closed = Event()
        """Set when an answer was left before its end."""

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        return [card for card in self.cards if query.casefold() in card.family_name.casefold()][:limit]

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        ipp, _, authority = patient.partition("@")
        found = [card for card in self.cards if card.ipp == ipp and authority in ("", card.authority)]
        if not found:
            raise UnknownPatient(f"Aucun patient {patient}.", "Cherchez-le : liaison patients NOM.")
        if len(found) > 1:
            raise AmbiguousPatient(f"L'IPP {ipp} existe dans deux établissements.", f"Écrivez {ipp}@nord.")
        return found[0]

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        return [view.card for view in self._views(principal, patient)]

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        for view in self._views(principal, patient):
            if view.card.id == document:
                return view
        raise UnknownDocument(f"Aucun document {document} pour ce patient.", "Voyez liaison documents.")

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: Event | None = None,
    ) -> Iterator[AskEvent]:
        self.patient(principal, patient)
        self.closed.clear()
        try:
            yield Progress("Recherche dans le dossier…")
            if self.fault is not None:
                raise self.fault
            said = tuple(self._statements())
            for index, statement in enumerate(said):
                _sleep(self.pause, cancel)
                yield StatementReady(index, statement)
            yield Done(replace(_answer(said), understood=_understood(question, previous)))
        except (GeneratorExit, Cancelled):
            self.closed.set()
            raise

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        return [
            FoundPassage(view.card.id, 0, 12, view.text[:12], view.card.title, view.card.kind, view.card.date, 1.5)
            for view in self._views(principal, patient)
        ][:limit]

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        self.patient(principal, patient)
        told = SummarySection(specialty or "Traitement en cours", tuple(self._statements()))
        silent = SummarySection("Allergies et intolérances", ())
        return Summary((silent, told), "2026-03-04T09:00:00", Sources(1, "2026-03-03"))

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        self.patient(principal, patient)
        events = (
            TimelineEvent(f"2026-03-0{n}", "", "measurement", each) for n, each in enumerate(self._statements(), 1)
        )
        return Timeline(tuple(events), "2026-03-04T09:00:00", Sources(1, "2026-03-03"))

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        self.patient(principal, patient)
        said = tuple(self._statements())
        points = tuple(Point(f"2026-03-0{n}", "2,4", 2.4, n - 1, 0) for n in range(1, len(said) + 1))
        found = (Series(measure or "INR", "", points),)
        return Course(found, said, "2026-03-04T09:00:00", Sources(1, "2026-03-03"))

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: Event | None = None
    ) -> Iterator[IngestEvent]:
        files = sorted(p for path in paths for p in (path.rglob("*") if path.is_dir() else [path]) if p.is_file())
        tally = Tally()
        failures = []
        for done, file in enumerate(files, 1):
            _sleep(self.pause, cancel)
            self.seen.append(file.name)
            if file.suffix == ".bad":
                tally.failed += 1
                failures.append(Failure(str(file), "Fichier illisible.", "Convertissez-le."))
            else:
                tally.added += 1
            yield IngestProgress(done, len(files), replace(tally))
        yield IngestReport(tally, passages=tally.added, facts=0, seconds=0.1, failures=tuple(failures))

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        for views in self.views.values():
            for view in [view for view in views if view.card.id == document]:
                views.remove(view)
                return Forgotten((document,), passages=1, files_searched=3, bytes_left=0)
        raise UnknownDocument(f"Aucun document {document}.", "Voyez liaison documents.")

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        card = self.patient(principal, patient)
        self.cards.remove(card)
        gone = tuple(view.card.id for view in self.views.pop(card.ipp, []))
        return Forgotten(gone, passages=len(gone), files_searched=3, bytes_left=0)

    def health(self) -> Health:
        return Health(True, (Check("base de données", "ok", "/secret/path"),))

    def _views(self, principal: Principal, patient: str) -> list[DocumentView]:
        return self.views.get(self.patient(principal, patient).ipp, [])

    def _statements(self) -> Iterator[Statement]:
        card = NOTE.card
        for number in range(self.statements):
            start, end = 13, 33
            quote = TEXT[start:end]
            cited = Citation(card.id, start, end, quote, card.title, card.kind, card.date)
            yield Statement(f"{number} : {quote}", "record", "supported", (cited,))


def _answer(said: tuple[Statement, ...]) -> Answer:
    text = " ".join(statement.text for statement in said)
    return Answer(text, "answered", False, said, "2026-03-04T09:00:00", Sources(1, "2026-03-03"), 0.01)


def _understood(question: str, previous: Sequence[str]) -> str:
    text = in_context(question, previous)
    return "" if text == question else text


def _sleep(seconds: float, cancel: Event | None) -> None:
    if cancel is None:
        time.sleep(seconds)
    elif cancel.wait(seconds):
        raise Cancelled("Interrompu.")
