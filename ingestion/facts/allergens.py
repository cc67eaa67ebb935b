"""Substances that a line names: medicines and their classes, and the allergens of ``allergens.tsv``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingestion.lexicon.tables import medicine_classes
from ingestion.normalise import Folded, fold, medicine_names


@dataclass(frozen=True, repr=False)
class Substance:
    """A substance named in a line: ``start:end`` in the folded line, its normalised name, its ATC code if any.

    ``own`` tells that its words hold the word "allergie" themselves ("APLV").
    """

    start: int
    end: int
    name: str
    atc: str = ""
    own: bool = False

    def __repr__(self) -> str:
        return f"Substance({self.start}:{self.end})"


def substances_in(words: str, folded: Folded) -> list[Substance]:
    """Return the substances of a line, in order, without overlap; ``folded`` is the same line."""
    kept: list[Substance] = []
    taken: set[int] = set()
    for one in (*_medicines(words, folded), *_allergens_in(folded.text), *_classes_in(folded.text)):
        if not taken.intersection(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)


def _medicines(words: str, folded: Folded) -> Iterator[Substance]:
    places: dict[int, int] = {}
    for place, offset in enumerate(folded.offsets):
        places.setdefault(offset, place)
    for name in medicine_names(words):
        yield Substance(places[name.start], places[name.end], name.generic.replace(" + ", "+"), name.atc)


def _allergens_in(folded: str) -> Iterator[Substance]:
    pattern, names = _allergens()
    for match in pattern.finditer(folded):
        name, own = names[(match.lastindex or 1) - 1]
        yield Substance(*match.span(), name, own=own)


def _classes_in(folded: str) -> Iterator[Substance]:
    pattern, names = _classes()
    for match in pattern.finditer(folded):
        yield Substance(*match.span(), names[match[0]])


@cache
def _allergens() -> tuple[re.Pattern[str], list[tuple[str, bool]]]:
    lines = resources.files("ingestion.facts").joinpath("allergens.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    pattern = "|".join(f"({re.sub(r'[(](?![?])', '(?:', expression)})" for _, _, expression in rows)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), [(name, own == "yes") for name, own, _ in rows]


@cache
def _classes() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {fold(name): fold(group.names[0]) for group in medicine_classes() for name in group.names}
    longest = sorted(names, key=lambda name: -len(name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"), names
