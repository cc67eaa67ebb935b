"""Understand a question: what it is about (terms), what it asks for (intents), when (dates)."""

import functools
import re
from dataclasses import dataclass
from importlib import resources

from ingestion.normalise import Term, expand, fold


@dataclass(frozen=True, repr=False)
class Question:
    """A question as retrieval needs it.

    ``intents`` are names of ``intents.tsv``. ``terms`` are what the question is about, each with its
    variants; ``framing`` are those that only say what kind of answer is wanted (résultat, date, dose).
    ``dates`` are the days and months named (``d20250212``, ``m202502``): they ask *when*, and a sentence
    is of that time by its document's date as often as by its words.
    """

    text: str
    terms: tuple[Term, ...]
    framing: tuple[Term, ...]
    intents: frozenset[str]
    dates: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Question({len(self.text)} characters, intents={sorted(self.intents)})"


def understand(text: str) -> Question:
    """Read a question, spelled with or without accents, as a sentence or in telegraphic style."""
    folded = fold(text)
    expanded = expand(text).terms
    terms = [term for term in expanded if term.kind != "date"]
    framing_words = _framing()
    return Question(
        text=text,
        terms=tuple(t for t in terms if fold(t.surface) not in framing_words),
        framing=tuple(t for t in terms if fold(t.surface) in framing_words),
        intents=frozenset(name for name, pattern in _intents() if pattern.search(folded)),
        dates=frozenset(variant for term in expanded if term.kind == "date" for variant in term.variants),
    )


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
