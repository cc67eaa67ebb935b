"""Read a marked sentence with one extractor, and show what it finds in a form that a table can hold."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ingestion.facts.source import source_of
from ingestion.facts.types import Fact, Source
from ingestion.sections import find_sections

_MARKS = {"affirmed": "", "negated": "-", "hypothetical": "?", "ruled_out": "!"}

Extractor = Callable[[Source], list[Fact]]


def source(text: str, kind: str = "note_evolution", written: str = "2025-03-10") -> Source:
    """Return a document as the extractors read it."""
    return source_of(text, kind, datetime.fromisoformat(written), find_sections(text))


def shown(fact: Fact, slots: Sequence[str] = ()) -> str:
    """Return a fact as a word: "-" denied, "?" supposed, "!" ruled out, "mère:" of a relative, then the slots asked."""
    relative = f"{fact.detail('relative') or fact.subject}:" if fact.subject != "patient" else ""
    own = {"value": fact.value, "unit": fact.unit, "effective": fact.effective, "label": fact.label}
    values = ((slot, own[slot] if slot in own else fact.detail(slot)) for slot in slots)
    return " ".join(
        (f"{_MARKS[fact.polarity]}{relative}{fact.name}", *(f"{slot}={value}" for slot, value in values if value))
    )


def found(find: Extractor, text: str, slots: Sequence[str] = (), kind: str = "note_evolution") -> list[str]:
    """Return what an extractor finds in a text, in order, each as ``shown``."""
    return sorted(shown(fact, slots) for fact in find(source(text, kind)))
