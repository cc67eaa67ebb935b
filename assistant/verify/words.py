"""Cut a text into raw tokens: words, numbers with their unit, dates, hours, boundaries. Nothing is judged here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.verify.quantities import unit_of
from ingestion.facts.boxes import boxes_in
from ingestion.lexicon.dates import MONTH_AND_YEAR, NUMERIC_DATE, WRITTEN_DATE
from ingestion.lexicon.tokens import NUMBER, WORD
from ingestion.normalise import canonical_date, fold, unaccented

TokenKind = Literal[
    "word", "number", "posology", "time", "date", "unit", "clause", "bracket", "inside", "sentence", "doubt"
]

_NUMBER_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.I)
_BOXED = re.compile(r"[\[☐-☒□❑❏○◯■⊠◉●✓✔]|\( ?[xX✓✔ ] ?\)")
_LABEL = re.compile(r"\s*[^\s,;:.()|]+")
_WRAPPED = re.compile(r"(?<![.:;|\s])[ \t]*\n[ \t]*(?=[a-z(])")
_LINES = re.compile(r"\s*\n\s*")
_CELLS = re.compile(r"[ \t]*\|[ \t]*|\t+| {3,}")
_REWRITTEN = (
    (re.compile(r"(?<![^\W\d_])(?:par|/) ?(?=(?:jour|heure|minute|semaine|mois|an|kg|litre|24 ?h)\b)", re.I), "/"),
    (re.compile(r"\b[xX] ?(\d+(?:[.,]\d+)?)(?= ?/| ?fois| par|\b)"), r" \1 fois "),
    (re.compile(r"(\d) ?x(?= ?/)"), r"\1 fois"),
    (re.compile(r"(?<=[^\W_%°]) +(?=/(?:jour|heure|minute|semaine|mois|an|kg|litre|24 ?h|j|h|min|sem)\b)", re.I), ""),
    (re.compile(r"/24 h\b", re.I), "/24h"),
    (re.compile(r"\b(grand)s?[- ]?(mere|pere)(s?)\b", re.I), r"\1\2\3"),
    (re.compile(r"\[ ?\]|\(-\)|(?<=\s)\+/-(?=\s)"), " "),
)
# "4 000", but not the values of a row ("512 348 311 264").
_THOUSANDS = r"(?<![\d.,/])(?<!\d )[1-9]\d{0,2}(?: \d{3}){1,2}(?!\d| \d|[.,]\d)"
_POSOLOGY = r"(?<![\d.,/-])\d(?:[.,/]\d)?(?: ?- ?\d(?:[.,/]\d)?){2,3}(?![\d/-]|[.,]\d)"
_TIME = r"(?P<time>\d{1,2} ?[hH] ?[0-5]\d(?!\d)|(?<![\d:])\d{1,2}:[0-5]\d(?![\d:]))"
_TOKEN = re.compile(
    rf"(?P<posology>{_POSOLOGY})|(?P<date>(?<![\d/.,-])(?:{NUMERIC_DATE}|{WRITTEN_DATE})|\b{MONTH_AND_YEAR})|{_TIME}"
    rf"|(?P<number>{_THOUSANDS}|{NUMBER})|(?P<unit>%|(?<![\w/])[A-Za-z]{{1,5}}/(?:mm3|[A-Za-z]{{1,8}})\b)"
    rf"|(?P<word>{WORD})|(?P<sentence>[.!](?=\s*(?:[A-Z«(|-]|$))|¶)|(?P<doubt>\?)"
    r"|(?P<bracket>\()|(?P<inside>[):])|(?P<clause>[,;|]|(?<=\s)[-/+](?=\s)|[-=]*>|→)"
)
_UNIT = re.compile(
    r" ?(%|‰|°C?|(?:10\^?\d{1,2}|[A-Za-z]+\d?)?(?:/(?:\d+(?:[.,]\d+)? ?)?[A-Za-z]+(?:\^?[23])?)*)(?![^\W_])"
)
_LETTERS = re.compile(WORD)
_RANGE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True, repr=False)
class Raw:
    """A token of a prepared text; ``unit`` is what follows a number."""

    kind: TokenKind
    text: str
    start: int
    end: int
    unit: str = ""

    def __repr__(self) -> str:
        return f"Raw({self.kind!r}, {self.start}:{self.end})"


def prepared(text: str) -> str:
    """Return a text without accents, its lines and cells apart, small numbers in figures, boxes not ticked left out."""
    if not text:
        return ""
    text = _WRAPPED.sub(" ", unaccented(_ticked(text) if _BOXED.search(text) else text))
    text = _LINES.sub(" ¶ ", _CELLS.sub(" | ", text))
    text = _IN_WORDS.sub(lambda match: str(_NUMBER_WORDS.index(match.group().lower()) + 2), text)
    for pattern, replacement in _REWRITTEN:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", " ", text)


def raw_tokens(text: str) -> Iterator[Raw]:
    """Yield the tokens of a prepared text, in order; a date that is none is read as its numbers."""
    position = 0
    while match := _TOKEN.search(text, position):
        kind, position = match.lastgroup or "word", match.end()
        if kind == "date" and not canonical_date(fold(match.group())):
            yield from _numbers(text, *match.span())
        elif kind == "unit" and unit_of(match.group()) is None:
            yield from (Raw("word", word.group(), *word.span()) for word in _LETTERS.finditer(text, *match.span()))
        elif kind == "number":
            unit = _UNIT.match(text, position)
            known = unit is not None and unit[1] and unit_of(unit[1]) is not None
            position = unit.end() if unit is not None and known else position
            yield Raw(
                "number", match.group(), match.start(), match.end(), unit[1] if unit is not None and known else ""
            )
        else:
            yield Raw(kind, match.group(), *match.span())  # type: ignore[arg-type]  # the names of the groups are the kinds


def _ticked(text: str) -> str:
    """Leave out the boxes of a form, and the first word of the labels of those that are not ticked."""
    for box in reversed(boxes_in(text)):
        label = _LABEL.match(text, box.first, box.last)
        spans = [(box.start, box.end), *([label.span()] if label and not box.ticked else [])]
        for start, end in sorted(spans, reverse=True):
            text = f"{text[:start].rstrip(' ')} {text[end:].lstrip(' ')}"
    return text


def _numbers(text: str, start: int, end: int) -> Iterator[Raw]:
    for match in _RANGE.finditer(text, start, end):
        unit = _UNIT.match(text, match.end()) if match.end() == end else None
        known = unit[1] if unit is not None and unit[1] and unit_of(unit[1]) is not None else ""
        yield Raw("number", match.group(), *match.span(), known)
