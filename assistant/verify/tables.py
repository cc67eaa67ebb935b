"""The tables beside this module, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from ingestion.lexicon.tokens import stem


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word does to a sentence: ``what`` it does, and which ``value`` it gives."""

    what: str
    value: str


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Return what words do, by folded form (written "=form") and by stem."""
    found: dict[str, tuple[Cue, ...]] = {}
    for what, value, forms in _rows("cues"):
        for form in forms.split("|"):
            key = form if form.startswith("=") else stem(form)
            found[key] = (*found.get(key, ()), Cue(what, value))
    return found


def cues_of(folded: str) -> tuple[Cue, ...]:
    """Return what a folded word does; nothing for most words."""
    known = cues()
    return known.get("=" + folded) or known.get(stem(folded), ())


@cache
def units() -> dict[str, tuple[str, Fraction]]:
    """Return what each form of a unit measures, and how many base units it is."""
    return {
        form: (quantity, Fraction(factor)) for forms, quantity, factor in _rows("units") for form in forms.split("|")
    }


def _rows(table: str) -> Iterator[list[str]]:
    lines = resources.files("assistant.verify").joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    yield from ([line.split("\t") for line in lines if line and not line.startswith("#")][1:])
