"""Nouns of what is shown of a whole record: its summary, its timeline, the course of its measures.

Their field names are the JSON keys of the command line and of the HTTP API, as those of ``assistant.types``: stable.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.types import Series, Sources, Statement


@dataclass(frozen=True, repr=False)
class SummarySection:
    """A titled part of a summary; without statements, the record says nothing of it."""

    title: str
    statements: tuple[Statement, ...]

    def __repr__(self) -> str:
        return f"SummarySection({len(self.statements)} statements)"


@dataclass(frozen=True, repr=False)
class Summary:
    """What a clinician should know of one patient, on two pages at most, every sentence proven."""

    sections: tuple[SummarySection, ...]
    as_of: str
    sources: Sources

    def __repr__(self) -> str:
        return f"Summary({len(self.sections)} sections)"


EventKind = Literal[
    "stay",
    "problem",
    "procedure",
    "medication",
    "allergy",
    "device",
    "microorganism",
    "transfusion",
    "imaging",
    "measurement",
    "directive",
]


@dataclass(frozen=True, repr=False)
class TimelineEvent:
    """Something that happened: ``date`` is ISO 8601, as precise as it is known; ``end`` is empty unless it lasted."""

    date: str
    end: str
    kind: EventKind
    statement: Statement

    def __repr__(self) -> str:
        return f"TimelineEvent(kind={self.kind!r}, date={self.date!r})"


@dataclass(frozen=True, repr=False)
class Timeline:
    """What happened to one patient, oldest first."""

    events: tuple[TimelineEvent, ...]
    as_of: str
    sources: Sources

    def __repr__(self) -> str:
        return f"Timeline({len(self.events)} events)"


@dataclass(frozen=True, repr=False)
class Course:
    """How measures evolved: ``series`` point into ``statements``, as those of an ``Answer`` do."""

    series: tuple[Series, ...]
    statements: tuple[Statement, ...]
    as_of: str
    sources: Sources

    def __repr__(self) -> str:
        return f"Course({len(self.series)} series)"
