"""Folding: one spelling for what differs only by case, accents, ligatures or typography."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MARKS = re.compile("[\u0300-\u036f]+")
_SPECIAL = {
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "⁄": "/",
    "×": "x",
    "µ": "u",
    "μ": "u",
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "κ": "kappa",
    "λ": "lambda",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
} | {superscript: f"^{digit}" for digit, superscript in zip("0456789", "⁰⁴⁵⁶⁷⁸⁹", strict=True)}


class Folded(NamedTuple):
    """A folded text and, for each of its characters (and its end), the offset it comes from in the original."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original that the folded span ``start:end`` comes from."""
        first = self.offsets[start]
        if end <= start:
            return first, first
        return first, max(self.offsets[end], self.offsets[end - 1] + 1)


def fold(text: str) -> str:
    """Return the text in lower case without accents, ligatures and typographic punctuation.

    Folding twice changes nothing more. Lengths may change: ``fold_with_offsets`` maps back.

    >>> fold("L’œdème a été traité")
    "l'oedeme a ete traite"
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return unaccented(unaccented(text).casefold())


def unaccented(text: str) -> str:
    """Return the text without accents, ligatures and typographic punctuation, its case kept."""
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", _without_special(text))
    return _without_special(_MARKS.sub("", decomposed))


def fold_with_offsets(text: str) -> Folded:
    """Return ``fold(text)`` with the original offset of each of its characters.

    Offsets are Unicode code points; ``offsets`` has one more entry than the folded text, the original's length.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        piece = _fold_character(character)
        pieces.append(piece)
        offsets.extend([index] * len(piece))
    offsets.append(len(text))
    return Folded("".join(pieces), tuple(offsets))


def _without_special(text: str) -> str:
    # A text holds few of them: replacing those is several times faster than str.translate.
    for character in _SPECIAL.keys() & set(text):
        text = text.replace(character, _SPECIAL[character])
    return text


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return fold(character)
