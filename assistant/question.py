"""Understand a question: what it is about (terms), what it asks for (intents), when (dates)."""

import functools
import re
from dataclasses import dataclass
from importlib import resources

from assistant.marks import days_of
from assistant.topics import Topic, topics_of
from ingestion.normalise import Term, expand, fold

_TELEGRAPHIC = 7
"""Words of the longest telegraphic question, its mark included."""

_IS_OR_IS_NOT = frozenset({"problem", "procedure", "transfusion", "microorganism", "device"})
_NOT_YES_NO = frozenset(
    {"date", "dose", "evolution", "last", "list", "person", "place", "reason", "value", "follow_up"}
)


@dataclass(frozen=True, repr=False)
class Question:
    """A question as retrieval needs it.

    ``intents`` are names of ``intents.tsv``. ``terms`` are what the question is about, each with its
    variants; ``framing`` are those that only say what kind of answer is wanted (résultat, date, dose).
    ``dates`` are the days and months named (``d20250212``, ``m202502``): they ask *when*, and a sentence
    is of that time by its document's date as often as by its words; ``days`` are the days without their
    year (``MMDD``). ``topics`` are the things named, as facts name them.
    """

    text: str
    terms: tuple[Term, ...]
    framing: tuple[Term, ...]
    intents: frozenset[str]
    dates: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()

    def topics_of(self, term: Term) -> frozenset[int]:
        """Return the numbers of the topics that the words of a term name, or are part of."""
        surface = fold(term.surface)
        named = ((number, fold(self.text[slice(*topic.span)])) for number, topic in enumerate(self.topics))
        return frozenset(number for number, words in named if surface in words or words in surface)

    def __repr__(self) -> str:
        return f"Question({len(self.text)} characters, intents={sorted(self.intents)})"


def understand(text: str) -> Question:
    """Read a question, spelled with or without accents, as a sentence or in telegraphic style."""
    folded = fold(text)
    expanded = expand(text).terms
    topics = topics_of(text)
    intents = frozenset(name for name, pattern in _intents() if pattern.search(folded))
    terms = [term for term in expanded if term.kind != "date"]
    framing_words = _framing()
    return Question(
        text=text,
        terms=tuple(t for t in terms if fold(t.surface) not in framing_words),
        framing=tuple(t for t in terms if fold(t.surface) in framing_words),
        intents=intents | ({"yes_no"} if _is_telegraphic_yes_no(folded, intents, topics) else frozenset()),
        dates=frozenset(variant for term in expanded if term.kind == "date" for variant in term.variants),
        days=days_of(folded),
        topics=topics,
    )


def _is_telegraphic_yes_no(folded: str, intents: frozenset[str], topics: tuple[Topic, ...]) -> bool:
    """Say whether a question is only the name of something that is or is not: "EP ?", "transfusée ?"."""
    short = folded.endswith("?") and len(folded.split()) <= _TELEGRAPHIC
    return short and not intents & _NOT_YES_NO and bool(topics) and {topic.kind for topic in topics} <= _IS_OR_IS_NOT


@functools.cache
def _intents() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _rows("intents.tsv"))


@functools.cache
def _framing() -> frozenset[str]:
    return frozenset(word for _, words in _rows("framing.tsv") for word in words.split())


def _rows(name: str) -> list[tuple[str, str]]:
    lines = resources.files("assistant").joinpath(name).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(first, second) for first, second in cells]
