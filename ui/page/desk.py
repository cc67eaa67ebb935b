"""What one browser session has on its desk: a patient, a conversation, a document.

Events of one session run in several threads. ``Desk`` is the only mutable thing; it hands out
frozen ``Scene``s, which the rendering functions turn into HTML. The epoch grows each time the
patient or the conversation changes: whatever was started under an older epoch is dropped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Any, Literal

from assistant.overviews import Course, Summary, Timeline
from assistant.types import (
    Answer,
    AskEvent,
    Citation,
    DocumentCard,
    DocumentView,
    Done,
    Notice,
    PatientCard,
    Progress,
    Statement,
    StatementReady,
)

TurnState = Literal["streaming", "done", "stopped", "failed"]
WAITING = "Lecture du dossier…"


@dataclass(frozen=True, repr=False)
class Fault:
    """Why something could not be shown, and what to do, in French."""

    message: str
    hint: str = ""


@dataclass(frozen=True, repr=False)
class Turn:
    """One question and what came back so far."""

    question: str
    state: TurnState = "streaming"
    progress: str = WAITING
    statements: tuple[Statement, ...] = ()
    notices: tuple[str, ...] = ()
    answer: Answer | None = None
    fault: Fault | None = None

    def citations(self) -> tuple[Citation, ...]:
        """Return the distinct spans cited, in order of first appearance: number n is at index n - 1."""
        return numbered(self.statements)


@dataclass(frozen=True, repr=False)
class Synopsis:
    """The summary of the record, for a specialty or none; ``fault`` says why it could not be made."""

    summary: Summary | None = None
    specialty: str = ""
    fault: Fault | None = None

    def citations(self) -> tuple[Citation, ...]:
        """Return the distinct spans cited, as those of a turn."""
        sections = self.summary.sections if self.summary else ()
        return numbered([statement for section in sections for statement in section.statements])


@dataclass(frozen=True, repr=False)
class Story:
    """The timeline of the record and how its measures evolved."""

    timeline: Timeline | None = None
    course: Course | None = None
    fault: Fault | None = None

    def citations(self) -> tuple[Citation, ...]:
        """Return the distinct spans cited, as those of a turn."""
        events = self.timeline.events if self.timeline else ()
        statements = self.course.statements if self.course else ()
        return numbered((*(event.statement for event in events), *statements))


@dataclass(frozen=True, repr=False)
class Opened:
    """What the document pane shows: a document, perhaps a span of it, perhaps on behalf of a citation.

    ``turn`` names where the citation stands: the number of a turn, ``summary`` or ``timeline``. ``number`` is the
    citation's there, of ``total``; ``place`` is 0 for the citation's own span, n for the n-th of its ``also``.
    """

    view: DocumentView | None = None
    citation: Citation | None = None
    start: int = 0
    end: int = 0
    turn: str = ""
    number: int = 0
    total: int = 0
    place: int = 0
    fault: Fault | None = None


@dataclass(frozen=True, repr=False)
class Scene:
    """A desk at one moment; ``version`` grows with every change, so that the page notices an update that came late."""

    epoch: int = 0
    version: int = 0
    card: PatientCard | None = None
    documents: tuple[DocumentCard, ...] = ()
    turns: tuple[Turn, ...] = ()
    synopsis: Synopsis | None = None
    story: Story | None = None
    opened: Opened | None = None
    pending: PatientCard | None = None
    homonyms: tuple[PatientCard, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether an answer is being streamed."""
        return bool(self.turns) and self.turns[-1].state == "streaming"

    def citations(self, place: str) -> tuple[Citation, ...]:
        """Return the citations of a turn (by its number), of the summary or of the timeline; none of what is not."""
        if made := {"summary": self.synopsis, "timeline": self.story}.get(place):
            return made.citations()
        return self.turns[int(place)].citations() if place.isdecimal() and int(place) < len(self.turns) else ()


@dataclass(frozen=True, repr=False)
class Asking:
    """A question under way, after those before it; ``cancel`` tells the service that nobody waits any more."""

    index: int
    patient: str
    question: str
    cancel: Event
    previous: tuple[str, ...] = ()


class Desk:
    """Keep one session's scene; every change is one short step under a lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._scene = Scene()
        self._asking: Asking | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "Desk":
        """Give each session its own empty desk (Gradio copies the initial value of a state)."""
        return Desk()

    def scene(self) -> Scene:
        """Return the desk as it is now."""
        with self._lock:
            return self._scene

    def open(
        self, card: PatientCard, documents: tuple[DocumentCard, ...], homonyms: tuple[PatientCard, ...] = ()
    ) -> None:
        """Put a patient on the desk; all that belonged to the previous one is cancelled and dropped."""
        with self._lock:
            self._cancel()
            self._set(Scene(epoch=self._scene.epoch + 1, card=card, documents=documents, homonyms=homonyms))

    def leave(self) -> None:
        """Clear the desk."""
        with self._lock:
            self._cancel()
            self._set(Scene(epoch=self._scene.epoch + 1))

    def pend(self, card: PatientCard, homonyms: tuple[PatientCard, ...]) -> None:
        """Remember a patient whose choice waits for confirmation, and who could be meant instead."""
        with self._lock:
            self._set(replace(self._scene, pending=card, homonyms=homonyms))

    def decide(self) -> tuple[PatientCard | None, tuple[PatientCard, ...]]:
        """Take back the choice that waits, if any, with its homonyms."""
        with self._lock:
            waiting = self._scene.pending, self._scene.homonyms
            if waiting[0] is not None:
                self._set(replace(self._scene, pending=None, homonyms=()))
            return waiting

    def restart(self) -> None:
        """Begin a new conversation about the same patient; the open document stays."""
        with self._lock:
            self._cancel()
            old = self._scene
            opened = _left(old.opened, str.isdecimal)
            self._set(replace(old, epoch=old.epoch + 1, turns=(), opened=opened))

    def show(self, epoch: int, opened: Opened | None) -> None:
        """Show something in the document pane, unless the patient changed meanwhile."""
        with self._lock:
            if epoch == self._scene.epoch:
                self._set(replace(self._scene, opened=opened))

    def summarise(self, epoch: int, synopsis: Synopsis) -> None:
        """Keep the summary, unless the patient changed meanwhile."""
        with self._lock:
            if epoch == self._scene.epoch:
                opened = _left(self._scene.opened, "summary".__eq__)
                self._set(replace(self._scene, synopsis=synopsis, opened=opened))

    def tell(self, epoch: int, story: Story) -> None:
        """Keep the timeline, unless the patient changed meanwhile."""
        with self._lock:
            if epoch == self._scene.epoch:
                self._set(replace(self._scene, story=story))

    def begin(self, question: str, epoch: int) -> Asking | None:
        """Start a question; None when it is empty, one is under way, or the screen showed another patient."""
        with self._lock:
            scene = self._scene
            if not question or scene.card is None or scene.busy or epoch != scene.epoch:
                return None
            before = tuple(turn.question for turn in scene.turns)
            self._asking = Asking(len(scene.turns), reference(scene.card), question, Event(), before)
            self._set(replace(scene, turns=(*scene.turns, Turn(question))))
            return self._asking

    def receive(self, asking: Asking, event: AskEvent) -> bool:
        """Add a stream event to its turn; False when nobody waits for it any more."""
        with self._lock:
            if asking is not self._asking:
                return False
            turn = _received(self._scene.turns[asking.index], event)
            self._update(asking, turn)
            if turn.state == "done":
                self._asking = None
            return True

    def fail(self, asking: Asking, fault: Fault) -> bool:
        """End a turn with a fault; False when nobody waits for it any more."""
        with self._lock:
            if asking is not self._asking:
                return False
            self._update(asking, replace(self._scene.turns[asking.index], state="failed", fault=fault))
            self._asking = None
            return True

    def stop(self) -> None:
        """Stop the answer under way; what was already proven stays."""
        with self._lock:
            if self._asking is not None and self._scene.busy:
                asking = self._asking
                self._update(asking, replace(self._scene.turns[asking.index], state="stopped"))
            self._cancel()

    def _update(self, asking: Asking, turn: Turn) -> None:
        turns = self._scene.turns
        self._set(replace(self._scene, turns=(*turns[: asking.index], turn, *turns[asking.index + 1 :])))

    def _set(self, scene: Scene) -> None:
        self._scene = replace(scene, version=self._scene.version + 1)

    def _cancel(self) -> None:
        if self._asking is not None:
            self._asking.cancel.set()
            self._asking = None


def reference(card: PatientCard) -> str:
    """Return the unambiguous reference of a patient, ``IPP@authority``."""
    return f"{card.ipp}@{card.authority}"


def numbered(statements: Iterable[Statement]) -> tuple[Citation, ...]:
    """Return the distinct spans cited, in order of first appearance: number n is at index n - 1."""
    spans: dict[tuple[str, int, int, str], Citation] = {}
    for statement in statements:
        for citation in statement.citations:
            spans.setdefault(span_of(citation), citation)
    return tuple(spans.values())


def span_of(citation: Citation) -> tuple[str, int, int, str]:
    """Return what makes two citations the same one (fields of the administrative record have no offsets)."""
    return citation.document, citation.start, citation.end, citation.quote


def _left(opened: Opened | None, gone: Callable[[str], bool]) -> Opened | None:
    return replace(opened, turn="", number=0, total=0) if opened and gone(opened.turn) else opened


def _received(turn: Turn, event: AskEvent) -> Turn:
    match event:
        case Progress(message):
            return replace(turn, progress=message)
        case StatementReady(_, statement):
            return replace(turn, statements=(*turn.statements, statement))
        case Notice(code):
            return replace(turn, notices=(*turn.notices, code))
        case Done(answer):
            return replace(turn, state="done", answer=answer, statements=answer.statements)
