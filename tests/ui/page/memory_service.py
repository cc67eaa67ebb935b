"""A service held in memory over the demo records: keyword answers, enough to drive the page in tests."""

import json
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.conversation import in_context
from assistant.overviews import Course, Summary, SummarySection, Timeline, TimelineEvent
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
    Place,
    Point,
    Principal,
    Progress,
    Series,
    Sources,
    Statement,
    StatementReady,
)
from ingestion.errors import UnknownDocument, UnknownPatient

AS_OF = "2026-03-01T09:00:00"


class MemoryService:
    """Hold patients and documents; streams wait ``pace`` seconds before each statement, unless cancelled."""

    def __init__(self, cards: Sequence[PatientCard], papers: dict[str, list[DocumentView]], *, pace: float = 0) -> None:
        self.cards = list(cards)
        self.papers = papers
        self.pace = pace
        self.cancels: list[threading.Event | None] = []

    def patients(self, principal: Principal, query: str = "", limit: int = 50) -> list[PatientCard]:
        words = query.casefold().split()
        return [
            card
            for card in self.cards
            if all(
                word in f"{card.family_name} {card.given_names} {card.ipp} {card.birth_date}".casefold()
                for word in words
            )
        ][:limit]

    def patient(self, principal: Principal, patient: str) -> PatientCard:
        for card in self.cards:
            if patient in (card.ipp, f"{card.ipp}@{card.authority}"):
                return card
        raise UnknownPatient(f"Aucun patient ne porte l’IPP {patient}.", "Vérifiez l’IPP.")

    def documents(self, principal: Principal, patient: str) -> list[DocumentCard]:
        return [view.card for view in self._views(patient)]

    def document(self, principal: Principal, patient: str, document: str) -> DocumentView:
        for view in self._views(patient):
            if view.card.id == document:
                return view
        raise UnknownDocument(f"Aucun document {document} pour ce patient.", "Rechargez la liste.")

    def ask(
        self,
        principal: Principal,
        patient: str,
        question: str,
        *,
        previous: Sequence[str] = (),
        cancel: threading.Event | None = None,
    ) -> Iterator[AskEvent]:
        text = in_context(question, previous)
        understood = "" if text == question else text
        views = self._views(patient)
        self.cancels.append(cancel)
        yield Progress("Recherche dans le dossier…")
        statements = _statements(views, text)
        for index, statement in enumerate(statements):
            if cancel is not None and cancel.wait(self.pace):
                return
            yield StatementReady(index, statement)
        told = " ".join(each.text for each in statements) or "Le dossier ne dit rien de cela."
        sources = Sources(len(views), views[0].card.date if views else "")
        outcome = "answered" if statements else "not_in_record"
        done = Answer(told, outcome, not statements, statements, AS_OF, sources, 0.1)  # type: ignore[arg-type]
        yield Done(replace(done, understood=understood))

    def search(self, principal: Principal, patient: str, query: str, *, limit: int = 20) -> list[FoundPassage]:
        return []

    def summary(self, principal: Principal, patient: str, *, specialty: str = "") -> Summary:
        views = self._views(patient)
        told = SummarySection(specialty or "Traitement en cours", _statements(views, "traitement"))
        silent = SummarySection("Allergies et intolérances", ())
        return Summary((silent, told), AS_OF, Sources(len(views), views[0].card.date if views else ""))

    def timeline(self, principal: Principal, patient: str) -> Timeline:
        views = self._views(patient)
        events = [
            TimelineEvent(each.citations[0].date, "", kind, each)
            for kind in ("medication", "measurement")
            for each in _statements(views, "traitement" if kind == "medication" else "poids")
        ]
        ordered = tuple(sorted(events, key=lambda event: event.date))
        return Timeline(ordered, AS_OF, Sources(len(views), views[0].card.date if views else ""))

    def series(self, principal: Principal, patient: str, *, measure: str = "") -> Course:
        views = self._views(patient)
        said = _statements(views, "poids")
        points = tuple(Point(each.citations[0].date, f"{n}", float(n), n, 0) for n, each in enumerate(said))
        return Course((Series("Poids", "kg", points),), said, AS_OF, Sources(len(views), ""))

    def ingest(
        self, principal: Principal, paths: Sequence[Path], *, cancel: threading.Event | None = None
    ) -> Iterator[IngestEvent]:
        return iter(())

    def forget_document(self, principal: Principal, document: str) -> Forgotten:
        raise UnknownDocument(f"Aucun document {document}.")

    def forget_patient(self, principal: Principal, patient: str) -> Forgotten:
        raise UnknownPatient(f"Aucun patient {patient}.")

    def health(self) -> Health:
        return Health(ready=True)

    def _views(self, patient: str) -> list[DocumentView]:
        return self.papers[self.patient(LOCAL_ANY, patient).ipp]


LOCAL_ANY = Principal("test", "Test", "physician")


def load(files: Sequence[Path], *, pace: float = 0) -> MemoryService:
    """Read dossier files into a service."""
    cards, papers = [], {}
    for file in files:
        dossier = json.loads(file.read_text(encoding="utf-8"))
        views = [_view(each) for each in dossier["documents"]]
        card = _card(dossier, len(views))
        cards.append(card)
        papers[card.ipp] = sorted(views, key=lambda view: view.card.date, reverse=True)
    return MemoryService([replace(card, homonyms=_homonyms(card, cards)) for card in cards], papers, pace=pace)


def _homonyms(card: PatientCard, cards: Sequence[PatientCard]) -> int:
    return sum(other is not card and other.family_name == card.family_name for other in cards)


def _card(dossier: dict[str, Any], documents: int) -> PatientCard:
    patient = dossier["patient"]
    return PatientCard(
        ipp=patient["ipp"],
        authority=dossier["stays"][0]["establishment"],
        family_name=patient["family_name"],
        given_names=patient["given_names"],
        birth_date=patient["birth_date"],
        sex=patient["sex"],
        age=int(AS_OF[:4]) - int(patient["birth_date"][:4]) - (AS_OF[5:10] < patient["birth_date"][5:]),
        documents=documents,
    )


def _view(document: dict[str, Any]) -> DocumentView:
    names = ("id", "title", "kind", "date", "author", "service", "stay")
    return DocumentView(DocumentCard(**{name: document[name] for name in names}), document["text"])


def _statements(views: Sequence[DocumentView], question: str) -> tuple[Statement, ...]:
    words = [word for word in re.findall(r"\w+", question.casefold()) if len(word) > 4]
    found: dict[str, list[tuple[DocumentView, int]]] = {}
    for view in views:
        for match in re.finditer(r"[^\n]{10,}", view.text):
            if any(word in match.group().casefold() for word in words):
                found.setdefault(match.group().strip(), []).append((view, view.text.index(match.group().strip())))
    return tuple(_statement(line, places) for line, places in list(found.items())[:4])


def _statement(line: str, places: Sequence[tuple[DocumentView, int]]) -> Statement:
    (view, start), *others = places
    also = tuple(
        Place(other.card.id, at, at + len(line), other.card.title, other.card.kind, other.card.date)
        for other, at in others
    )
    card = view.card
    citation = Citation(card.id, start, start + len(line), line, card.title, card.kind, card.date, None, also)
    return Statement(line, "record", "supported", (citation,))
