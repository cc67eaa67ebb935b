"""Search normalisation for clinical French: a doctor's wording and the record's wording meet.

It never touches a document's text. ``normalise`` gives the string that is encoded for BM25, for documents and
questions alike; ``expand`` gives the terms of a question with the other ways a record writes them. This module
is the door to ``ingestion.lexicon``: import its names from here.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ingestion.lexicon.dates import (
    MONTH_AND_YEAR,
    NUMERIC_DATE,
    TIME,
    WRITTEN_DATE,
    canonical_date,
    canonical_time,
)
from ingestion.lexicon.folding import Folded, fold, fold_with_offsets, unaccented
from ingestion.lexicon.medicines import NameFound, medicine_by_name, medicine_names
from ingestion.lexicon.questions import Expansion, Term, expand
from ingestion.lexicon.spelling import correct
from ingestion.lexicon.tables import Abbreviation, abbreviations
from ingestion.lexicon.tokens import NUMBER, THOUSANDS, Token, masculine, stem, tokens

VERSION = "clinical-fr-1"
"""Part of the index's signature: to be changed with anything here, or in the lexicon, that changes a word."""

__all__ = [
    "VERSION",
    "Expansion",
    "Folded",
    "NameFound",
    "Term",
    "Token",
    "canonical_date",
    "correct",
    "expand",
    "fold",
    "fold_with_offsets",
    "medicine_names",
    "normalise",
    "stem",
    "tokens",
    "unaccented",
]

_INVERSIONS = re.compile(
    r"-(?:t|ils?|elles?|on|je|tu|nous|vous|ce|l[aei]s?|y|en|moi|lui|leur|ci)(?![^-])", re.IGNORECASE
)
_EMPTY = re.compile(r"(?:aux?|a|d|d[eu]s?|en|et|l|la|les?|ou|par|pour|sur|une?)")
_SLOTS = ("matin", "midi", "soir", "coucher")
_SYMBOL = r"(?:K|Na|Ca|Ca2|Ca\+|Mg|Mg2|Cl|HCO3|Li|H)[+-](?![^\W_])|T°"
_RELATIVE_DAY = r"(?<![^\W_])[JSMH] ?\+ ?\d+"
_DOTTED = r"(?<![^\W_])(?:[A-Za-z]\.){2,}[A-Za-z]?"
_COMPOUND = r"[^\W\d_][^\W_]*(?:-[^\W_]+)*"
_POSOLOGY = r"(?<![\d-])\d(?:[.,/]\d)?(?: ?- ?\d(?:[.,/]\d)?){2,3}(?![\d-])"
_Meanings = dict[str, tuple[str, ...]]


def normalise(text: str) -> str:
    """Return the text as it is encoded for BM25: folded words separated by spaces.

    Decimals are one word ("4,4" gives "4c4"), dates and times have one form, abbreviations and brand names are
    followed by what they stand for, hyphenated words stand apart and joined. Meant for the engine's French
    ``Bm25`` with ASCII folding; the order of words is kept, their offsets are not.

    >>> normalise("FA sous XARELTO 15 mg, K+ à 4,4")
    'fa fibrillation atriale auriculaire sous xarelto rivaroxaban 15 mg k+ potassium kaliemie 4c4'
    """
    return " ".join(filter(None, map(_rewrite, _pattern().findall(unaccented(text)))))


@cache
def _pattern() -> re.Pattern[str]:
    counted = "|".join(sorted({row.short for row in abbreviations() if row.condition == "after_number"}))
    # The look-aheads spare the engine the alternatives that cannot start here: they are half of the speed.
    letters = rf"(?=[jJfFmMaAsSoOnNdD]){MONTH_AND_YEAR}|(?=[A-Z])(?:{_RELATIVE_DAY}|{_SYMBOL})|{_DOTTED}|{_COMPOUND}"
    digits = (
        rf"{WRITTEN_DATE}|(?<![\d/.,]){NUMERIC_DATE}|{TIME}|{_POSOLOGY}"
        rf"|{NUMBER} ?(?:{counted})(?![^\W_])|{THOUSANDS}|{NUMBER}"
    )
    return re.compile(rf"(?=[^\W\d_])(?:{letters})|(?=\d)(?:{digits})")


@lru_cache(maxsize=1 << 16)
def _rewrite(token: str) -> str:
    """Return what one token of the text becomes; the cache makes a word of the language cost a lookup."""
    if token[0].isdigit():
        return _rewrite_number(token, token.lower())
    if "." in token:
        return _rewrite_word(token.replace(".", "").upper())
    if "-" in token[1:-1]:
        return _rewrite_compound(token)
    if "+" in token[1:-1]:
        return re.sub(r"[ +]", "", token.lower())
    if " " in token:
        return " ".join(canonical_date(token.lower())) or token.lower()
    return _rewrite_word(token)


def _rewrite_word(word: str) -> str:
    # "a" and "à" are frequent and empty, and once folded they are no longer among the engine's stop words.
    return "" if word == "a" else " ".join(dict.fromkeys((masculine(word.lower()), *_meanings(word))))


def _meanings(token: str) -> Iterator[str]:
    """Yield the words of what a short form or the name of a medicine stands for."""
    folded = token.lower()
    cased, small = _short_forms()
    yield from cased.get(token) or small.get(folded, ())
    medicine = medicine_by_name().get(folded)
    if medicine is not None:
        yield from medicine.generic.replace("+", " ").split()


def _rewrite_compound(token: str) -> str:
    """Give the parts of a hyphenated word apart, then joined.

    Before a hyphen only capitals are short forms: "cardio-vasculaire" speaks of no cardiologist.
    """
    parts = token.split("-")
    words = " ".join(
        _rewrite_word(part) if part.isupper() or position == len(parts) - 1 else masculine(part.lower())
        for position, part in enumerate(parts)
    )
    if len(parts) > 3 or _INVERSIONS.search(token):
        return words
    meanings = dict.fromkeys((*_meanings(token), *_meanings("".join(parts))))
    return " ".join((words, "".join(parts).lower(), *meanings))


def _rewrite_number(token: str, folded: str) -> str:
    if re.fullmatch(_POSOLOGY, token):
        return _rewrite_posology(folded)
    if re.search(r"[/ -]|\..*\.", folded) and (dates := canonical_date(folded)):
        return " ".join(dates if len(dates) > 2 or " " in folded else (*folded.split("/"), dates[0]))
    if re.fullmatch(TIME, token) and (time := canonical_time(folded)):
        return time if len(folded) > 3 else f"{folded[:-1]} {time}"
    if match := re.fullmatch(rf"({NUMBER}) ?([A-Z][A-Za-z]*)", token):
        return " ".join((_decimal(match[1]), match[2].lower(), *_counted().get(match[2], ())))
    if " " in folded:
        return f"{folded} {folded.replace(' ', '')}"
    return _decimal(folded.replace("/", " "))


def _rewrite_posology(folded: str) -> str:
    """Rewrite "1-0-1" (morning, noon, evening, bedtime) as one word and the times at which something is taken."""
    doses = [_decimal(dose.strip()).replace("/", "s") for dose in folded.split("-")]
    return " ".join(("x".join(doses), *(slot for slot, dose in zip(_SLOTS, doses, strict=False) if dose != "0")))


def _decimal(number: str) -> str:
    """Rewrite a decimal as one word without its last zeros: "4,40" and "4.4" give "4c4"."""
    whole, separator, rest = number.replace(",", ".").partition(".")
    if not separator or not rest.isdigit():
        return number.replace(".", " ").replace(",", " ")
    rest = rest.rstrip("0")
    return f"{whole}c{rest}" if rest else whole


@cache
def _short_forms() -> tuple[_Meanings, _Meanings]:
    """Return the words that short forms stand for: by exact case, and by small letters."""
    cased: _Meanings = {}
    small: _Meanings = {}
    for row in abbreviations():
        short = unaccented(row.short)
        if row.condition == "cased":
            cased[short] = (*cased.get(short, ()), *_words(row))
        elif row.condition == "any":
            small[short.lower()] = (*small.get(short.lower(), ()), *_words(row))
    for short in cased:
        cased[short] += small.get(short.lower(), ())
    return cased, small


@cache
def _counted() -> _Meanings:
    return {row.short: _words(row) for row in abbreviations() if row.condition == "after_number"}


def _words(row: Abbreviation) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", fold(" ".join(row.meanings)))
    return tuple(dict.fromkeys(masculine(word) for word in words if not _EMPTY.fullmatch(word)))
