"""Read the tables of authority: which rule lets a fact prevail, and what a document is for that matter."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ingestion.lexicon.folding import fold

DocumentClass = Literal[
    "administration",
    "nursing",
    "order",
    "reconciliation",
    "result",
    "imaging",
    "operative",
    "discharge",
    "specialist",
    "admission",
    "outside",
    "social",
    "note",
]
PRIMARY: frozenset[DocumentClass] = frozenset({"result", "imaging", "operative", "specialist"})
"""Classes of documents in which a result is first written."""


@dataclass(frozen=True)
class Rule:
    """A row of ``authority.tsv``; ``days`` is None without limit. A kind may be narrowed to a name ("social:gir")."""

    name: str
    kinds: frozenset[str]
    days: int | None
    label: str

    def judges(self, kind: str, name: str = "") -> bool:
        """Say whether the rule is for facts of this kind and name."""
        return not self.kinds.isdisjoint(("*", kind, f"{kind}:{name}"))


@cache
def rules() -> dict[str, Rule]:
    """Return the rules by name, the strongest first."""
    return {
        name: Rule(name, frozenset(kinds.split(",")), None if days == "-" else int(days), label)
        for name, kinds, days, label, _why in _rows("authority.tsv")
    }


def reason_label(reason: str) -> str:
    """Return the French words of a rule, empty for a fact that stands."""
    return rules()[reason].label if reason else ""


@cache
def document_class(kind: str, title: str = "") -> DocumentClass:
    """Return what a document is, by its kind, else by its title, else a note."""
    for words in (kind, title):
        folded = re.sub(r"[\W_]+", " ", fold(words))
        for name, pattern in _classes():
            if pattern.search(folded):
                return name
    return "note"


@cache
def _classes() -> tuple[tuple[DocumentClass, re.Pattern[str]], ...]:
    """Return the classes in order; a word of three letters or fewer is a whole word."""
    rows = _rows("document_classes.tsv")
    return tuple((name, re.compile("|".join(map(_beginning, words.split("|"))))) for name, words in rows)  # type: ignore[misc]


def _beginning(word: str) -> str:
    return rf"\b{word}\b" if len(word) < 4 else rf"\b{word}"


def _rows(name: str) -> list[list[str]]:
    lines = resources.files("ingestion.facts").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
