"""What happens when somebody clicks or types: calls to the service, changes of the desk, HTML of the result.

One method per event. Event data comes from the browser and is not trusted: numbers are parsed,
patients and documents go through the service under the principal, and a command that was issued
while the screen showed another patient (another epoch) does nothing.
"""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.errors import LiaisonError
from assistant.service import Service
from assistant.types import Citation, PatientCard, Principal
from ingestion.errors import IngestionError
from ui.page import answers, documents, overview, patients
from ui.page.desk import Asking, Desk, Fault, Opened, Scene, Story, Synopsis, reference
from ui.page.wording import EXAMPLES

SEARCH_LIMIT = 50
_LOG = logging.getLogger(__name__)
Panes = tuple[str, ...]
PANES = ("band", "dialog", "conversation", "summary", "timeline", "listing", "reader")


@dataclass(frozen=True)
class Events:
    """The event handlers of one page; the desk is the session's."""

    service: Service
    principal: Principal

    def search(self, query: str) -> str:
        """List the patients that match."""
        try:
            cards = self.service.patients(self.principal, query, SEARCH_LIMIT)
        except Exception as error:  # noqa: BLE001 - the face's edge: whatever happened, the user gets a sentence
            return str(patients.fault_notice(_fault(error)))
        return str(patients.results(cards, query, SEARCH_LIMIT))

    def choose(self, desk: Desk, event: gr.EventData) -> Panes:
        """Open a patient, or ask for confirmation when another one could be meant."""
        try:
            card = self.service.patient(self.principal, _text(event, "patient"))
            if not card.homonyms:
                return self._open(desk, reference(card))
            others = self._homonyms(card)
        except Exception as error:  # noqa: BLE001 - the face's edge
            return self._refused(desk, error)
        desk.pend(card, others)
        return record_panes(desk.scene())

    def confirm(self, desk: Desk, event: gr.EventData) -> Panes:
        """Open the patient whose choice was confirmed, or forget the choice; a stale confirmation does nothing."""
        pending, homonyms = desk.decide()
        if pending is None or _text(event, "action") != "confirm" or _text(event, "patient") != reference(pending):
            return record_panes(desk.scene())
        try:
            return self._open(desk, reference(pending), homonyms)
        except Exception as error:  # noqa: BLE001 - the face's edge
            return self._refused(desk, error)

    def leave(self, desk: Desk) -> Panes:
        """Put the patient away and clear the search."""
        desk.leave()
        return (*record_panes(desk.scene()), "")

    def refresh(self, desk: Desk) -> Panes:
        """Draw everything again: the page asks for it when an older update came after a newer one."""
        return record_panes(desk.scene())

    def ask(self, desk: Desk, question: str, shown: str) -> Iterator[tuple[Any, Any]]:
        """Stream an answer; ``shown`` is the epoch of the patient on the screen when the question was sent."""
        asking = desk.begin(question.strip(), _number(shown))
        if asking is None:
            yield gr.skip(), gr.skip()
            return
        yield _talk(desk), ""
        for _ in self._stream(desk, asking):
            yield _talk(desk), gr.skip()

    def ask_example(self, desk: Desk, event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        """Stream the answer to one of the example questions."""
        number = _number(_text(event, "number"))
        question = EXAMPLES[number] if 0 <= number < len(EXAMPLES) else ""
        yield from self.ask(desk, question, _text(event, "epoch"))

    def stop(self, desk: Desk) -> str:
        """Stop the answer under way."""
        desk.stop()
        return _talk(desk)

    def restart(self, desk: Desk) -> Panes:
        """Begin a new conversation about the same patient."""
        desk.restart()
        return record_panes(desk.scene())

    def cite(self, desk: Desk, event: gr.EventData) -> Panes:
        """Open the passage of a citation."""
        scene = desk.scene()
        if _current(event, scene):
            self._show_citation(desk, scene, _text(event, "turn"), _number(_text(event, "number")))
        return paper_panes(desk.scene())

    def summarise(self, desk: Desk, event: gr.EventData) -> Panes:
        """Make the summary, for the specialty chosen if there is one."""
        scene = desk.scene()
        specialty = _text(event, "specialty")
        if _current(event, scene) and scene.card is not None:
            try:
                found = self.service.summary(self.principal, reference(scene.card), specialty=specialty)
                made = Synopsis(found, specialty)
            except Exception as error:  # noqa: BLE001 - the face's edge
                made = Synopsis(fault=_fault(error))
            desk.summarise(scene.epoch, made)
        return (str(overview.synopsis(desk.scene())), *paper_panes(desk.scene()))

    def tell(self, desk: Desk, event: gr.EventData) -> str:
        """Make the timeline."""
        scene = desk.scene()
        if _current(event, scene) and scene.card is not None:
            try:
                patient = reference(scene.card)
                timeline = self.service.timeline(self.principal, patient)
                made = Story(timeline, self.service.series(self.principal, patient))
            except Exception as error:  # noqa: BLE001 - the face's edge
                made = Story(fault=_fault(error))
            desk.tell(scene.epoch, made)
        return str(overview.story(desk.scene()))

    def read(self, desk: Desk, event: gr.EventData) -> Panes:
        """Open a document from the list, go to another citation or place, or close the document."""
        scene = desk.scene()
        if not _current(event, scene):
            return paper_panes(scene)
        opened = scene.opened
        match _text(event, "action"):
            case "open":
                self._show_document(desk, scene, _text(event, "document"))
            case "close":
                desk.show(scene.epoch, None)
            case "step" if opened and opened.turn:
                self._show_citation(desk, scene, opened.turn, opened.number + _number(_text(event, "delta")))
            case "place" if opened and opened.citation:
                self._show_place(desk, scene, opened, _number(_text(event, "number")))
        return paper_panes(desk.scene())

    def _open(self, desk: Desk, patient: str, homonyms: tuple[PatientCard, ...] = ()) -> Panes:
        card = self.service.patient(self.principal, patient)
        papers = self.service.documents(self.principal, patient)
        desk.open(card, tuple(papers), homonyms)
        return record_panes(desk.scene())

    def _refused(self, desk: Desk, error: Exception) -> Panes:
        band, _, *others = record_panes(desk.scene())
        return band, str(patients.fault_notice(_fault(error))), *others

    def _homonyms(self, card: PatientCard) -> tuple[PatientCard, ...]:
        found = self.service.patients(self.principal, card.family_name, SEARCH_LIMIT)
        if card.birth_date:
            found = found + self.service.patients(self.principal, card.birth_date, SEARCH_LIMIT)
        return patients.resembling(card, found)

    def _stream(self, desk: Desk, asking: Asking) -> Iterator[None]:
        """Feed the desk with the events of an answer, and yield after each one that somebody still waits for."""
        try:
            events = self.service.ask(
                self.principal, asking.patient, asking.question, previous=asking.previous, cancel=asking.cancel
            )
            for event in events:
                if not desk.receive(asking, event):
                    return
                yield
            if desk.fail(asking, Fault("La réponse s’est interrompue.", "Posez de nouveau la question.")):
                yield
        except Exception as error:  # noqa: BLE001 - the face's edge: the turn says what went wrong
            if desk.fail(asking, _fault(error)):
                yield
        finally:
            asking.cancel.set()

    def _show_citation(self, desk: Desk, scene: Scene, turn: str, number: int) -> None:
        citations = scene.citations(turn)
        if not 1 <= number <= len(citations):
            return
        citation = citations[number - 1]
        opened = Opened(
            citation=citation, start=citation.start, end=citation.end, turn=turn, number=number, total=len(citations)
        )
        self._show(desk, scene, opened, citation.document if _is_document(citation) else None)

    def _show_place(self, desk: Desk, scene: Scene, opened: Opened, number: int) -> None:
        citation = opened.citation
        if citation is None or not 0 <= number <= len(citation.also):
            return
        place = citation.also[number - 1] if number else citation
        moved = replace(opened, start=place.start, end=place.end, place=number, fault=None)
        self._show(desk, scene, moved, place.document)

    def _show_document(self, desk: Desk, scene: Scene, document: str) -> None:
        self._show(desk, scene, Opened(), document)

    def _show(self, desk: Desk, scene: Scene, opened: Opened, document: str | None) -> None:
        if scene.card is None:
            return
        try:
            view = document and self.service.document(self.principal, reference(scene.card), document)
            desk.show(scene.epoch, replace(opened, view=view or None))
        except Exception as error:  # noqa: BLE001 - the face's edge
            desk.show(scene.epoch, replace(opened, view=None, fault=_fault(error)))


def record_panes(scene: Scene) -> Panes:
    """Return the HTML of each pane, in the order of ``PANES``."""
    head = (str(patients.band(scene)), str(patients.confirmation(scene)), str(answers.conversation(scene)))
    return (*head, str(overview.synopsis(scene)), str(overview.story(scene)), *paper_panes(scene))


def paper_panes(scene: Scene) -> Panes:
    """Return the HTML of the document list and of the reader."""
    return str(documents.listing(scene)), str(documents.reader(scene))


def _talk(desk: Desk) -> str:
    return str(answers.conversation(desk.scene()))


def _is_document(citation: Citation) -> bool:
    return not citation.document.startswith(("record:", "author:"))


def _current(event: gr.EventData, scene: Scene) -> bool:
    return _number(_text(event, "epoch")) == scene.epoch


def _text(event: gr.EventData, name: str) -> str:
    value = event._data.get(name, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def _number(text: str) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        return -1


def _fault(error: Exception) -> Fault:
    """Turn an error into a sentence; one that is not ours is logged by its type and a reference, never its text."""
    if isinstance(error, LiaisonError | IngestionError):
        return Fault(str(error), error.hint)
    identifier = uuid.uuid4().hex[:8]
    _LOG.error("page fault %s: %s", identifier, type(error).__name__)
    return Fault(
        "Une erreur inattendue s’est produite.",
        f"Réessayez ; si elle persiste, transmettez la référence {identifier} à votre administrateur.",
    )
