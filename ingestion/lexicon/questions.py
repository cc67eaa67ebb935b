"""The terms of a question, with the other ways in which a record writes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingestion.lexicon.dates import canonical_date
from ingestion.lexicon.folding import fold
from ingestion.lexicon.tables import abbreviations, medicine_classes, medicines, stop_phrases, synonym_groups
from ingestion.lexicon.tokens import Token, masculine, tokens

Kind = Literal["medicine", "class", "abbreviation", "synonym", "date", "number", "word"]
Key = tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Term:
    """A content term of a question: as written, the other forms a record may use (folded, best first), its kind."""

    surface: str
    variants: tuple[str, ...]
    kind: Kind

    def __repr__(self) -> str:
        return f"Term(kind={self.kind!r}, {len(self.variants)} variants)"


@dataclass(frozen=True, repr=False)
class Expansion:
    """The content terms of a question, in its order; question words and stop words are left out."""

    terms: tuple[Term, ...]

    def __repr__(self) -> str:
        return f"Expansion({len(self.terms)} terms)"


@dataclass
class _Entry:
    """What the lexicon knows of a phrase; the kind is that of the first table that names it."""

    kind: Kind
    variants: dict[str, None]


_Lexicon = dict[Key, _Entry]


def expand(query: str) -> Expansion:
    """Return the content terms of a question with their variants.

    Phrases of the lexicon are recognised before their words, the longest first, whatever their number and
    gender. Variants are folded: abbreviations and their meanings, brand and generic names, members of a class
    of medicines, synonyms, words of the same family.

    >>> [(term.surface, term.kind) for term in expand("La patiente a-t-elle fait une embolie pulmonaire ?").terms]
    [('embolie pulmonaire', 'synonym')]
    """
    words = tokens(query)
    keys = [_key(word.text) for word in words]
    folded = [fold(word.text) for word in words]
    terms: list[Term] = []
    index = 0
    while index < len(words):
        size, entry = _longest_known(keys, index)
        silent = _longest_silent(folded, index)
        if silent >= max(size, 1):
            index += silent
            continue
        size = max(size, 1)
        terms.append(_term(query, words[index : index + size], entry))
        index += size
    return Expansion(tuple(terms))


def _term(query: str, words: list[Token], entry: _Entry | None) -> Term:
    surface = query[words[0].start : words[-1].end]
    own = fold(surface)
    if entry is not None:
        return Term(surface, tuple(variant for variant in entry.variants if variant != own), entry.kind)
    if own[0].isdigit():
        dates = canonical_date(own) if any(mark in own for mark in "/- .") else ()
        return Term(surface, dates[:1], "date" if dates else "number")
    dates = canonical_date(own) if " " in own else ()
    return Term(surface, dates[:1], "date" if dates else "word")


def _longest_known(keys: list[str], index: int) -> tuple[int, _Entry | None]:
    lexicon, longest = _lexicon()
    for size in range(min(longest, len(keys) - index), 0, -1):
        entry = lexicon.get(tuple(keys[index : index + size]))
        if entry is not None:
            return size, entry
    feminine = lexicon.get((keys[index].removesuffix("e"),)) if len(keys[index]) > 5 else None
    return (1, feminine) if feminine is not None and feminine.kind == "synonym" else (0, None)


def _longest_silent(folded: list[str], index: int) -> int:
    phrases, longest = _silent_phrases()
    for size in range(min(longest, len(folded) - index), 0, -1):
        if tuple(folded[index : index + size]) in phrases:
            return size
    return 0


@cache
def _silent_phrases() -> tuple[frozenset[Key], int]:
    phrases = frozenset(tuple(fold(token.text) for token in tokens(phrase)) for phrase in stop_phrases())
    return phrases, max(map(len, phrases))


@cache
def _lexicon() -> tuple[_Lexicon, int]:
    lexicon: _Lexicon = {}
    for kind, forms in _groups():
        for form in forms:
            entry = lexicon.setdefault(_phrase_key(form), _Entry(kind, {}))
            entry.variants.update(dict.fromkeys(other for other in forms if other != form))
    _reach_further(lexicon)
    return lexicon, max(map(len, lexicon))


def _groups() -> Iterator[tuple[Kind, list[str]]]:
    """Yield the groups of equivalent forms, folded, in order of precedence.

    A class leads to its members; a member does not lead to its class.
    """
    generics: dict[str, dict[str, None]] = {}
    for medicine in medicines():
        generics.setdefault(medicine.generic, {medicine.generic: None})[medicine.name] = None
    yield from (("medicine", list(names)) for names in generics.values())
    for row in abbreviations():
        yield "synonym", [*map(fold, row.meanings), fold(row.short)]
    for group in synonym_groups():
        yield "synonym", [fold(form) for form in group.forms]


def _reach_further(lexicon: _Lexicon) -> None:
    """Give each short form the synonyms of its meanings, and each class its members."""
    for row in abbreviations():
        entry = lexicon[_phrase_key(row.short)]
        entry.kind = "abbreviation" if entry.kind == "synonym" else entry.kind
        for meaning in row.meanings:
            entry.variants.update(lexicon[_phrase_key(meaning)].variants)
    for names, members in _class_members():
        for name in names:
            entry = lexicon.setdefault(_phrase_key(name), _Entry("class", {}))
            entry.kind = "class"
            entry.variants.update(dict.fromkeys((*(other for other in names if other != name), *members)))


def _class_members() -> Iterator[tuple[list[str], list[str]]]:
    names: dict[str, list[str]] = {}
    branches: dict[str, dict[str, None]] = {}
    for medicine in medicines():
        names.setdefault(medicine.generic, []).append(medicine.name)
        for size in range(3, len(medicine.atc) + 1):
            branches.setdefault(medicine.atc[:size], {})[medicine.generic] = None
    for group in medicine_classes():
        generics = list(dict.fromkeys(_generics(group.members, branches)))
        brands = (name for generic in generics for name in names[generic])
        yield list(map(fold, group.names)), [*generics, *brands]


def _generics(members: Iterable[str], branches: dict[str, dict[str, None]]) -> Iterator[str]:
    for member in members:
        if member.startswith("ATC:"):
            yield from branches.get(member.removeprefix("ATC:"), ())
        else:
            yield fold(member)


def _phrase_key(phrase: str) -> Key:
    return tuple(_key(token.text) for token in tokens(phrase))


def _key(word: str) -> str:
    """Return the form under which the lexicon knows a word: folded, masculine, without the plural.

    The stem would join words that have nothing in common ("rein", "reine"); the lexicon lists families itself.
    """
    folded = masculine(fold(word))
    if len(folded) > 4 and folded[-1] in "sx" and folded[-2] not in "su":
        return folded[:-1]
    return folded
