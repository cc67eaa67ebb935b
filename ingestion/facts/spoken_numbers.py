"""Read numbers that are dictated in words ("cent dix", "huit virgule quatre", "quatorze huit")."""

import re
from typing import NamedTuple

_UNITS = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {"une": 1}
_WORD = rf"(?:une|vingts?|cents?|mille|{'|'.join(sorted((*_UNITS, *_TENS), key=len, reverse=True))})"
_SEQUENCE = re.compile(rf"{_WORD}(?:(?:[ -]| et ){_WORD})*(?![A-Za-z])", re.IGNORECASE)
_DECIMALS = re.compile(rf" (?:virgule|point) (?P<rest>{_WORD}(?:[ -]{_WORD})*)(?![A-Za-z])", re.IGNORECASE)
_DICTATED_DECIMAL = re.compile(
    r"(?P<whole>\S*(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix))"
    r" (?P<rest>un|deux|trois|quatre|cinq|six|sept|huit|neuf)",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    rf"(?P<whole>{_WORD}(?:(?:[ -]| et ){_WORD})*) (?P<unit>grammes?|degres|kilos?|metres?)"
    rf" (?P<rest>{_WORD}(?:(?:[ -]| et ){_WORD})*)(?![A-Za-z])",
    re.IGNORECASE,
)
_LOWER = re.compile(rf" (?:sur )?(?P<rest>{_WORD}(?:(?:[ -]| et ){_WORD})*)(?![A-Za-z])", re.IGNORECASE)


class Spoken(NamedTuple):
    """A number in words: its figures ("8,4", "14/8") and where its words end."""

    figures: str
    end: int


def spoken_number(text: str, start: int, end: int, pair: bool = False) -> Spoken | None:
    """Return the number that words say at a place of a plain text; ``pair`` reads a blood pressure ("quatorze huit").

    A lone "un" or "une" is an article, not a number.
    """
    match = _SEQUENCE.match(text, start, end)
    if not match or match[0].lower() in ("un", "une"):
        return None
    if pair:
        return _pressure(text, match, end)
    decimals = _DECIMALS.match(text, match.end(), end)
    if decimals:
        return Spoken(f"{_value(match[0])},{_figures(decimals['rest'])}", decimals.end())
    if dictated := _DICTATED_DECIMAL.fullmatch(match[0]):
        return Spoken(f"{_value(dictated['whole'])},{_value(dictated['rest'])}", match.end())
    return Spoken(str(_value(match[0])), match.end())


def spoken_decimal(text: str, start: int, end: int) -> tuple[Spoken, str] | None:
    """Return the number whose unit stands at the place of its comma ("sept grammes huit"), and that unit."""
    match = _DIVIDED.match(text, start, end)
    if not match:
        return None
    return Spoken(f"{_value(match['whole'])},{_figures(match['rest'])}", match.end()), match["unit"]


def _pressure(text: str, match: re.Match[str], end: int) -> Spoken | None:
    """Split "quatorze huit" or "cent trente sur soixante-dix" into the two figures of a blood pressure."""
    words = match[0].split(" ")
    for cut in range(1, len(words)):
        upper, lower = _value(" ".join(words[:cut])), _value(" ".join(words[cut:]))
        if (8 <= upper <= 26 and 4 <= lower <= 14 and upper > lower) and cut == len(words) - 1:
            return Spoken(f"{upper}/{lower}", match.end())
    other = _LOWER.match(text, match.end(), end)
    if other and other[0].startswith(" sur "):
        return Spoken(f"{_value(match[0])}/{_value(other['rest'])}", other.end())
    return None


def _figures(words: str) -> str:
    """Return the decimals that words say, one by one ("zero six") or together ("trente-cinq")."""
    zeros = re.match(r"(?:zero )*", words, re.IGNORECASE)
    rest = words[zeros.end() :] if zeros else words
    return "0" * ((len(words) - len(rest)) // len("zero ")) + (str(_value(rest)) if rest else "")


def _value(words: str) -> int:
    """Add up number words; "quatre-vingt" is the only product but those of "cent" and "mille".

    >>> _value("cent dix"), _value("quatre-vingt-douze"), _value("deux cent huit mille")
    (110, 92, 208000)
    """
    total, current = 0, 0
    parts = [word.rstrip("s") if word not in ("trois", "six") else word for word in re.split(r"[ -]", words.lower())]
    for word in parts:
        if word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        elif word == "cent":
            current = max(current, 1) * 100
        elif word == "vingt" and current % 100 == 4:
            current += 76
        else:
            current += _TENS.get(word, _SMALL.get(word, 0))
    return total + current
