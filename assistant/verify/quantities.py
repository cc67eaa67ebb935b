"""Numbers with their units, and dates, brought to one form: what two texts write differently is compared exactly."""

import re
from fractions import Fraction
from functools import lru_cache

from assistant.verify.tables import units
from ingestion.normalise import canonical_date, fold

_PART = re.compile(r"(\d+(?:[.,]\d+)?)? ?([a-z°%‰]+[23]?(?:\^[23])?)")
_POWER = re.compile(r"10\^?(\d{1,2})/")


def number_key(number: str) -> str:
    """Return the key of a number: "4,40" and "4.4" are one.

    >>> number_key("4,40"), number_key("007")
    ('n:22/5', 'n:7')
    """
    return f"n:{value_of(number)}"


def value_of(number: str) -> Fraction:
    """Return the value of a number as written in French; thousands may be apart ("4 000")."""
    return Fraction(re.sub(r"\s", "", number).replace(",", "."))


def measure_key(value: Fraction, unit: tuple[str, Fraction]) -> str:
    """Return the key of a number with its unit: "1 g" and "1000 mg" are one, "150 G/L" and "150 g/L" are not."""
    quantity, factor = unit
    return f"m:{quantity}:{value * factor}"


@lru_cache(maxsize=4096)
def unit_of(written: str) -> tuple[str, Fraction] | None:
    """Return what a unit measures and how many base units it is; None when it is no unit.

    >>> unit_of("g/dL"), unit_of("mg/24h") == unit_of("mg/j"), unit_of("matin")
    (('g/l', Fraction(10, 1)), True, None)
    """
    if known := _cells(written):
        return known
    head, *below = fold(written).replace("1,73m", "1.73m").split("/")
    quantity, factor = _part(head) if head else ("times", Fraction(1))
    names = []
    for part in below:
        name, size = _part(part)
        names.append(name)
        if not name:
            return None
        factor /= size
    return ("/".join([quantity, *sorted(names)]), factor) if quantity else None


def date_keys(folded: str, reference: str = "") -> frozenset[str]:
    """Return what a folded date proves: itself, its day of any year, its month, its year; nothing when it is none.

    ``reference`` (ISO 8601) gives its year to a day written without one: the last such day, or one to come soon.
    """
    tokens = canonical_date(folded)
    keys = {f"y{token}" if token.isdigit() else token for token in tokens}
    if len(tokens) == 2 and tokens[0].startswith("d") and len(reference) >= 10:
        month_day = tokens[0][1:]
        year = int(reference[:4]) - (month_day > f"{reference[5:7]}{reference[8:10]}")
        keys |= {f"d{year}{month_day}", f"d{year + 1}{month_day}" if year < int(reference[:4]) else ""} - {""}
    return frozenset(keys)


def date_claim(folded: str) -> str:
    """Return the key that a date claims, as precise as it is written, or an empty string when it is none."""
    tokens = canonical_date(folded)
    return tokens[0] if tokens else ""


def _part(written: str) -> tuple[str, Fraction]:
    """Return one part of a unit; its own number counts in its factor ("/24h", "/100 ml")."""
    match = _PART.fullmatch(written.strip())
    quantity, factor = units().get(match[2], ("", Fraction(1))) if match else ("", Fraction(1))
    if match and match[1]:
        if match[1] in ("1.73", "1,73"):
            return "1.73m2", Fraction(1)
        factor *= value_of(match[1])
    return quantity, factor


def _cells(written: str) -> tuple[str, Fraction] | None:
    """Return a count of cells in a volume: "G/L", "10^9/L", "/mm3"; case tells "G/L" from "g/L"."""
    for prefix, factor in (("G/", 10**9), ("T/", 10**12), ("M/", 10**6)):
        if written.startswith(prefix) and (volume := units().get(fold(written[2:]))) and volume[0] == "l":
            return "cells/l", Fraction(factor) / volume[1]
    if match := _POWER.match(written):
        volume = units().get(fold(written[match.end() :]))
        return ("cells/l", Fraction(10 ** int(match[1])) / volume[1]) if volume and volume[0] == "l" else None
    if written.startswith("/") and (volume := units().get(fold(written[1:]))) and volume[0] == "l":
        return "cells/l", 1 / volume[1]
    return None
