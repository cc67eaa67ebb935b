"""Names of medicines in a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingestion.lexicon.folding import fold
from ingestion.lexicon.tables import Medicine, medicines
from ingestion.lexicon.tokens import tokens

Entries = dict[str, list[tuple[tuple[str, ...], Medicine]]]


@dataclass(frozen=True, repr=False)
class NameFound:
    """A medicine named in a text: its half-open span, its generic (folded) and its ATC code ("" if unknown)."""

    start: int
    end: int
    generic: str
    atc: str

    def __repr__(self) -> str:
        return f"NameFound({self.start}:{self.end})"


def medicine_names(text: str) -> list[NameFound]:
    """Return the medicines named in a text, brand or generic, in order; offsets are code points of the text.

    The longest name wins ("acide acétylsalicylique", "amoxicilline/acide clavulanique"); classes are not names.

    >>> [found.generic for found in medicine_names("Relais Lovenox puis ELIQUIS 5 mg")]
    ['enoxaparine', 'apixaban']
    """
    found: list[NameFound] = []
    entries = _entries()
    words = tokens(text)
    folded = [fold(word.text) for word in words]
    index = 0
    while index < len(words):
        size, medicine = _longest(entries, folded, index)
        if medicine is None:
            index += 1
            continue
        found.append(NameFound(words[index].start, words[index + size - 1].end, medicine.generic, medicine.atc))
        index += size
    return found


@cache
def medicine_by_name() -> dict[str, Medicine]:
    """Return the medicines by folded name."""
    return {medicine.name: medicine for medicine in medicines()}


@cache
def _entries() -> Entries:
    entries: Entries = {}
    for medicine in medicines():
        words = tuple(fold(token.text) for token in tokens(medicine.name))
        entries.setdefault(words[0], []).append((words, medicine))
    for candidates in entries.values():
        candidates.sort(key=lambda entry: -len(entry[0]))
    return entries


def _longest(entries: Entries, folded: Sequence[str], index: int) -> tuple[int, Medicine | None]:
    for words, medicine in entries.get(folded[index], ()):
        if tuple(folded[index : index + len(words)]) == words:
            return len(words), medicine
    return 0, None
