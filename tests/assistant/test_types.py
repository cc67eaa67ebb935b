"""No word of a patient is in a ``repr`` or in an error: one record of telling words, walked from end to end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from assistant.access import allow
from assistant.answer import Asked
from assistant.bootstrap import Workspace
from assistant.candidates import analyse
from assistant.compose import choose
from assistant.errors import LiaisonError
from assistant.features import wordings_of
from assistant.local import LocalService
from assistant.question import understand
from assistant.retrieve import retrieve
from assistant.types import LOCAL
from ingestion.errors import IngestionError
from ingestion.types import Cut, Section
from tests.assistant.hospital import SECRET

WORDS = ("xyloglott", "quibrax", "zorblatt")
QUESTION = "A-t-elle une allergie à la xyloglotte ?"


def nouns(value: object, seen: set[int]) -> Iterator[object]:
    """Yield every dataclass that can be reached from a value."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        parts: Iterable[Any] = (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, dict):
        parts = [*value, *value.values()]
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = value
    else:
        return
    for part in parts:
        yield from nouns(part, seen)


def said_of(workspace: Workspace) -> Iterator[object]:
    """Yield what each step makes of the record of telling words."""
    service = LocalService(workspace)
    access = allow(workspace.record, LOCAL, SECRET)
    found = retrieve(workspace.retriever, access, QUESTION)
    yield from (access, found, choose(found, (), 0), workspace, workspace.retriever, service)
    yield from (understand(QUESTION), Asked(QUESTION, "2026-03-04"), found.ranked[0].candidate)
    yield [wordings_of(term) for term in understand(QUESTION).terms]
    yield list(service.ask(LOCAL, SECRET, QUESTION))
    yield service.search(LOCAL, SECRET, QUESTION)
    yield service.patients(LOCAL, "zorblatt")
    yield service.documents(LOCAL, SECRET)
    yield service.document(LOCAL, SECRET, f"{SECRET}-D1")
    yield analyse("Allergies : xyloglotte.")
    yield Cut(0, 10, "xyloglotte", "quibrax"), Section("Quibrax", None, 0, 1, 2)


def test_no_repr_shows_the_words_of_a_patient(workspace: Workspace) -> None:
    values = list(said_of(workspace))  # kept alive: an id is only unique among living objects
    seen: set[int] = set()
    kinds = set()
    for value in values:
        assert not any(word in repr(value).lower() for word in WORDS), type(value)
        for noun in nouns(value, seen):
            kinds.add(type(noun).__name__)
            assert not any(word in repr(noun).lower() for word in WORDS), type(noun)
    assert {"Access", "Candidate", "Citation", "DocumentView", "Found", "PatientCard", "Question", "Setting"} <= kinds
    assert {"Answer", "Analysed", "Passage", "Ranked", "Statement", "Term", "Unit", "Wordings"} <= kinds


def test_no_error_shows_what_was_asked_or_found(workspace: Workspace) -> None:
    service = LocalService(workspace)
    long = "xyloglotte " * 1000
    calls: tuple[Callable[[], object], ...] = (
        lambda: list(service.ask(LOCAL, SECRET, long)),
        lambda: service.search(LOCAL, SECRET, long),
        lambda: service.search(LOCAL, SECRET, QUESTION, limit=0),
        lambda: list(service.ask(LOCAL, "0000000000", QUESTION)),
        lambda: service.document(LOCAL, SECRET, "P1-D01"),
    )
    for call in calls:
        with pytest.raises((LiaisonError, IngestionError)) as raised:
            call()
        hint = getattr(raised.value, "hint", "")
        assert hint
        assert not any(word in f"{raised.value!r} {raised.value} {hint}".lower() for word in WORDS)
