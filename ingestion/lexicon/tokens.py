"""Tokens of a clinical text with their offsets, and stems of words."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingestion.lexicon.dates import MONTH_AND_YEAR, NUMERIC_DATE, TIME, WRITTEN_DATE
from ingestion.lexicon.folding import fold

WORD = "[^\\W\\d_][^\\W_]*(?:[\u0300-\u036f]+[^\\W_]*)*"
NUMBER = r"\d+(?:[.,]\d+)*"
THOUSANDS = "(?<![\\d.,/])[1-9]\\d{0,2}(?:[ \u00a0\u202f]\\d{3})+(?!\\d|[.,]\\d)"
_UNIT_HEAD = (
    r"(?:[mµμunp]?mol|[mµμunpkd]?g|[mdcµμ]?[lL]|[mkµμ]?UI|[mkµμ]?U|[mµμ]?Eq|mOsm|G|T|M|cp|gtt|mm|cm|m|kcal|m?Gy)"
)
_UNIT_TAIL = (
    r"(?:/(?:24 ?[hH]|1[.,]73 ?m[2²]|[mdµμ]?[lL]|mm[3³]|m[2²]|k?g|[mn]mol|min|mn|jour|j|h|s|sem|mois|an|prise|dose)"
    r"(?![^\W_]))+"
)
# The look-aheads spare the engine the alternatives that cannot start where it stands.
_TOKEN = re.compile(
    rf"(?=[^\W\d_])(?:(?=[jJfFmMaAsSoOnNdD]){MONTH_AND_YEAR}|(?=[A-Za-zµμ]{{1,5}}/){_UNIT_HEAD}{_UNIT_TAIL}|{WORD})"
    rf"|(?=\d)(?:{WRITTEN_DATE}|(?<![\d/.,]){NUMERIC_DATE}|{TIME}|{THOUSANDS}|{NUMBER})|%"
)


@dataclass(frozen=True, repr=False, slots=True)
class Token:
    """A word, number, date, time or unit as written, and its half-open span in the text it comes from."""

    text: str
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Token({self.start}:{self.end})"


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, in order, with offsets in code points of that text.

    A decimal number, a date, a time and a compound unit ("mg/kg/j") are one token each; hyphenated words and
    elisions are several.

    >>> [token.text for token in tokens("K+ à 4,4 mmol/L le 12/02/2025")]
    ['K', 'à', '4,4', 'mmol/L', 'le', '12/02/2025']
    """
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a French word, folded; what holds a digit is only folded.

    The algorithm is Snowball's French one, applied after folding as the search engine does, with the feminine
    of participles and of "-ier" words brought to the masculine first.

    >>> stem("allergique") == stem("allergies"), stem("opérée") == stem("opérés")
    (True, True)
    """
    folded = fold(word)
    if not folded.isalpha():
        return folded
    stemmed: str = _stemmer().stemWord(masculine(folded))
    return stemmed


def masculine(folded: str) -> str:
    """Bring "operee(s)" to "opere" and "infirmiere(s)" to "infirmier".

    Snowball knows these endings by their accents, which folding removes.
    """
    if len(folded) < 5:
        return folded
    if folded.endswith("ees"):
        return folded[:-2]
    if folded.endswith("ee"):
        return folded[:-1]
    if folded.endswith("ieres"):
        return folded[:-2]
    return folded[:-1] if folded.endswith("iere") else folded


class _Stemmer:
    """What is used of snowballstemmer, which ships no types."""

    def __init__(self) -> None:
        # Imported here: loading every language takes longer than this package's budget for an import.
        from snowballstemmer import stemmer

        self._stem = stemmer("french").stemWord

    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's name
        return str(self._stem(word))


@cache
def _stemmer() -> _Stemmer:
    return _Stemmer()
