"""What an answer may quote, prepared for scoring: each unit with its words and its place."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.marks import days_of, marks_of
from ingestion.normalise import fold, normalise, stem, tokens
from ingestion.types import Occurrence, Passage
from ingestion.units import Unit, units_of

Stems = frozenset[str]


@dataclass(frozen=True, repr=False)
class Analysed:
    """A unit of a passage with all that scoring needs and that no question changes.

    ``stems`` are those of its words and of what they stand for (its header's too, for a table row);
    ``opening`` those of its first words, in order; ``marks`` what it bears (a dose, a date, a cause, …);
    ``days`` the days it names, as ``MMDD``.
    """

    unit: Unit
    words: int
    stems: Stems
    opening: tuple[Stems, ...]
    marks: frozenset[str]
    days: frozenset[str]


@dataclass(frozen=True, repr=False)
class Candidate:
    """A unit in one document: what is scored, and what would be quoted.

    ``engine`` is the passage's score by the index, relative to the best (1.0).
    """

    passage: Passage
    occurrence: Occurrence
    analysed: Analysed
    passage_stems: Stems
    context_stems: Stems
    engine: float

    @property
    def text(self) -> str:
        """The words of the unit as the record holds them."""
        return self.passage.text[self.analysed.unit.start : self.analysed.unit.end]

    @property
    def heads_only(self) -> bool:
        """Whether the unit only announces what follows."""
        return self.analysed.words <= 2 or self.text.endswith(":")

    @property
    def start(self) -> int:
        """Offset of the unit in its document."""
        return self.occurrence.start + self.analysed.unit.start

    @property
    def end(self) -> int:
        """End of the unit in its document."""
        return self.occurrence.start + self.analysed.unit.end

    def __repr__(self) -> str:
        return f"Candidate({self.occurrence.document!r}, {self.start}:{self.end})"


def candidates_of(passages: Sequence[tuple[Passage, float]]) -> list[Candidate]:
    """Return every unit of the passages found, at its earliest occurrence; scores are made relative to the best."""
    best = max((score for _, score in passages), default=0.0) or 1.0
    return [candidate for passage, score in passages for candidate in _candidates(passage, score / best)]


@functools.lru_cache(maxsize=4096)
def analyse(text: str) -> tuple[Analysed, ...]:
    """Analyse the units of a passage; kept for the passages used last, since questions come back to one patient."""
    return tuple(_analysed(text, unit) for unit in units_of(text))


def forget_analyses() -> None:
    """Drop what is kept of passages: called when a document is erased."""
    analyse.cache_clear()
    stems_of.cache_clear()


def _candidates(passage: Passage, engine: float) -> list[Candidate]:
    """Return the units of one passage, which share the stems of the passage and of its place."""
    units, occurrence = analyse(passage.text), passage.occurrences[0]
    stems: Stems = frozenset().union(*(analysed.stems for analysed in units))
    context = context_stems(occurrence)
    return [Candidate(passage, occurrence, analysed, stems, context, engine) for analysed in units]


def _analysed(text: str, unit: Unit) -> Analysed:
    words = text[unit.start : unit.end]
    folded = fold(words)
    header = stems_of(text[slice(*unit.header)]) if unit.header else frozenset()
    return Analysed(
        unit=unit,
        words=len(folded.split()),
        stems=stems_of(words) | header,
        opening=tuple(stems_of(word) for word in folded.split()[:12]),
        marks=marks_of(folded),
        days=days_of(folded),
    )


@functools.lru_cache(maxsize=4096)
def stems_of(text: str) -> Stems:
    """Return the stems of a text's words and of what its abbreviations and brand names stand for."""
    return frozenset(stem(fold(token.text)) for token in tokens(normalise(text)))


def context_stems(occurrence: Occurrence) -> Stems:
    """Return the stems of where a passage stands: section, title and kind of the document."""
    return stems_of(f"{occurrence.section or ''} . {occurrence.title} . {occurrence.kind.replace('_', ' ')}")
