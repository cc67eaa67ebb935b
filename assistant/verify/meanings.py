"""What a word may be called otherwise: abbreviations, synonyms, names of one medicine, labels of one analyte.

Keys of words are stems; those of medicines "rx:" and the generic name. Only wordings of one thing count
(``same`` and ``family`` of the synonyms): those that only speak of the same matter prove nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.verify.tables import cues_of
from assistant.verify.types import Keys
from ingestion.lexicon.tables import abbreviations, rows, synonym_groups
from ingestion.normalise import fold, stem, tokens, unaccented

_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a word or a short form may be said otherwise: each meaning is the stems of one wording."""

    meanings: tuple[Keys, ...]
    keys: Keys


_NOTHING = Wording((), frozenset())


@lru_cache(maxsize=1 << 15)
def wording(word: str) -> Wording:
    """Return the other wordings of one word, by its case and without accents ("HTA", "Hb", "scanner")."""
    cased, small = _short_forms()
    meanings = cased.get(word, ()) + small.get(word.lower(), ())
    return Wording(meanings, frozenset().union(*meanings)) if meanings else _NOTHING


def phrases_in(stems: Sequence[str]) -> list[tuple[int, int, tuple[Keys, ...]]]:
    """Return the wordings of several words found in some stems: first, end (exclusive), other wordings."""
    found = []
    index = _phrases()
    for position, first in enumerate(stems):
        for phrase, meanings in index.get(first, ()):
            if tuple(stems[position : position + len(phrase)]) == phrase:
                found.append((position, position + len(phrase), meanings))
    return found


@cache
def silent_words() -> frozenset[str]:
    """Return the grammatical words, folded: they claim nothing."""
    singles = (fold(phrase) for phrase, kind in rows("stopwords") if kind in ("function", "question"))
    return frozenset(word for word in singles if word.isalpha() and word not in _CLAIMING)


# Grammatical words of a question that change what a statement claims, or that no statement needs.
_CLAIMING = frozenset(("contre", "eventuel", "eventuelle", "eventuels", "subi", "subie", "subis", "subies", "pris"))


@cache
def _short_forms() -> tuple[dict[str, tuple[Keys, ...]], dict[str, tuple[Keys, ...]]]:
    cased: dict[str, tuple[Keys, ...]] = {}
    small: dict[str, tuple[Keys, ...]] = {}
    for row in abbreviations():
        if row.condition not in ("cased", "any", "after_number"):
            continue
        table, key = (small, fold(row.short)) if row.condition == "any" else (cased, unaccented(row.short))
        table[key] = table.get(key, ()) + tuple(frozenset(map(_key, stems_of(meaning))) for meaning in row.meanings)
    return cased, small


@cache
def _phrases() -> dict[str, tuple[tuple[_Phrase, tuple[Keys, ...]], ...]]:
    """Return, by first stem, the wordings of the synonyms and the classes of medicines."""
    found: dict[str, list[tuple[_Phrase, tuple[Keys, ...]]]] = {}
    for group in synonym_groups():
        if group.kind == "near":
            continue
        forms = [stems_of(form) for form in group.forms]
        for form in filter(None, forms):
            others = tuple(frozenset(other) for other in forms if other and other != form)
            found.setdefault(form[0], []).append((form, others))
    return {first: tuple(entries) for first, entries in found.items()}


def _key(word: str) -> str:
    """Return the key of a stem: a side within a short form ("LSD") is a side."""
    return next((f"side:{cue.value}" for cue in cues_of(word) if cue.what == "side"), word)


def stems_of(phrase: str) -> _Phrase:
    """Return the stems of the words of a phrase that claim something."""
    words = (fold(token.text) for token in tokens(phrase))
    return tuple(stem(word) for word in words if word not in silent_words())
