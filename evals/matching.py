"""Decide whether an expected string stands in a text.

The rules are those of the records' README ("Matching"): case, accents, œ, typographic apostrophes
and runs of white space do not count; a variant starts at a word's beginning; one that ends in a
digit is not followed by a digit or a decimal; one of three characters or fewer is a whole word;
a longer word may take an ending. A decimal number is one word, so that "5 mg" is not found in
"2,5 mg"; the parts of a dotted date (12.02.2025) are words of their own.

String matching cannot see negation.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

WHOLE_WORD_LENGTH = 3

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'"})
_WORD = re.compile(r"\w")
_DOTTED_DATE = re.compile(r"(?<![\d.,])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d]|[.,]\d)")
_NOT_INSIDE_A_WORD = r"(?<!\w)"
_NOT_INSIDE_A_NUMBER = r"(?<!\d[.,])"
_NO_MORE_DIGITS = r"(?!\d|[.,]\d)"
_NOT_BEFORE_A_LETTER = r"(?!\w)"


def fold(text: str) -> str:
    """Return the form under which texts are compared."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.translate(_LIGATURES).split())


def found(variant: str, text: str) -> bool:
    """Tell whether one variant stands in a text."""
    return found_in_folded(variant, fold(text))


def found_in_folded(variant: str, folded: str) -> bool:
    """Tell whether one variant stands in a text that is already folded."""
    return _pattern(variant).search(_DOTTED_DATE.sub(r"\1/\2/\3", folded)) is not None


def all_groups_found(groups: Iterable[Sequence[str]], text: str) -> bool:
    """Tell whether each group has at least one of its variants in a text."""
    folded = fold(text)
    return all(any(found_in_folded(variant, folded) for variant in group) for group in groups)


def missing_groups(groups: Iterable[Sequence[str]], text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of which no variant stands in a text."""
    folded = fold(text)
    return tuple(tuple(group) for group in groups if not any(found_in_folded(v, folded) for v in group))


def hits(variants: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the variants that stand in a text, in the order given."""
    folded = fold(text)
    return tuple(variant for variant in variants if found_in_folded(variant, folded))


@lru_cache(maxsize=8192)
def _pattern(variant: str) -> re.Pattern[str]:
    folded = _DOTTED_DATE.sub(r"\1/\2/\3", fold(variant))
    if not folded:
        raise ValueError("an expected string is empty")
    before = _NOT_INSIDE_A_WORD if _WORD.match(folded[0]) else ""
    if folded[0].isdigit():
        before += _NOT_INSIDE_A_NUMBER
    after = _NO_MORE_DIGITS if folded[-1].isdigit() else ""
    if len(folded) <= WHOLE_WORD_LENGTH and _WORD.match(folded[-1]):
        after += _NOT_BEFORE_A_LETTER
    return re.compile(before + re.escape(folded) + after)
