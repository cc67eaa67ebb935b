"""The tables of the lexicon, read once from the TSV files beside this module.

Every table opens with comment lines (``#``) that give its source and licence, then one line of column names.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

Condition = Literal["any", "cased", "after_number", "question"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Abbreviation:
    """A short form and one of its senses, in one or more wordings.

    ``condition`` says where a short form is expanded: ``any`` however it is written, ``cased`` only in the case
    of ``short`` (the small letters are a word, a name or another short form), ``after_number`` only behind a
    number ("30 PA"), ``question`` in questions only. ``field`` is the specialty that writes it.
    """

    short: str
    meanings: tuple[str, ...]
    condition: Condition
    field: str


@dataclass(frozen=True)
class Medicine:
    """A name of a medicine, the generic it stands for and its ATC code (empty where unknown). Folded."""

    name: str
    generic: str
    atc: str


@dataclass(frozen=True)
class MedicineClass:
    """The names of a class of medicines, and its members: generics, or ATC prefixes written "ATC:C07"."""

    names: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class SynonymGroup:
    """Forms that a question and a record use for one thing.

    ``kind`` is ``same`` (one thing), ``family`` (noun and adjective, verb and noun) or ``near`` (one form speaks
    of what the other names; used to find, not to equate).
    """

    forms: tuple[str, ...]
    kind: Literal["same", "family", "near"]


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Return the clinical abbreviations; a short form of several meanings has several entries."""
    return tuple(
        Abbreviation(short, _list(meanings), cast(Condition, condition), field)
        for short, meanings, condition, field in rows("abbreviations")
    )


@cache
def medicines() -> tuple[Medicine, ...]:
    """Return the names of medicines: brands, usual short names, and generics under their own name."""
    return tuple(Medicine(*row) for row in rows("medicines"))


@cache
def medicine_classes() -> tuple[MedicineClass, ...]:
    """Return the classes of medicines."""
    return tuple(MedicineClass(_list(names), _list(members)) for names, members in rows("classes"))


@cache
def synonym_groups() -> tuple[SynonymGroup, ...]:
    """Return the groups of synonyms."""
    return tuple(
        SynonymGroup(_list(forms), cast(Literal["same", "family", "near"], kind)) for kind, forms in rows("synonyms")
    )


@cache
def stop_phrases() -> frozenset[str]:
    """Return the words and phrases, folded, that carry no content in a question."""
    return frozenset(phrase for phrase, _ in rows("stopwords"))


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table, line by line, without its comments and column names."""
    lines = (_FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|"))
