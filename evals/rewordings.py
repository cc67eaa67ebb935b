"""Say a true statement otherwise without changing what it says: other names, formats, orders and units.

Each way is a function of a claim that returns the same claim in other words, or None when it does not apply.
Nothing here is shared with the verifier but the lexicon of names.
"""

import random
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources

from evals.claims import Claim
from ingestion.lexicon.tables import abbreviations, medicines, stop_phrases
from ingestion.normalise import fold, medicine_names, unaccented

_DATE = re.compile(r"(?<![\d/.-])([0-3]\d)/([01]\d)/(20\d\d)(?![\d/])")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")
_MASS = re.compile(r"(?<![\d.,/])(?<!\d )(\d+(?:,\d+)?) ?(g|mg)(?![\w/])")
_CUES = re.compile(
    r"\b(?:pas|sans|ni|aucun\w*|non|absence|jamais|si|suspicion|mais|puis|donc|dont|qui|que|il|elle|ce|cette|celui|idem|mère"
    r"|père|soeur|sœur|frère|fils|fille|tante|oncle|famil\w*)\b|\?",
    re.I,
)
_PAIR = re.compile(r"[^\W\d_]{2,}[^,;]*\d")


def rewordings_of(claim: Claim, generator: random.Random) -> list[Claim]:
    """Return the claim in every other way that applies to it."""
    if claim.source in ("non", "série"):
        return []
    ways = ((name, way(claim.body, generator)) for name, way in _WAYS.items())
    return [claim.said(body, f"reformulé : {name}") for name, body in ways if body and body != claim.body]


def _other_name(body: str, generator: random.Random) -> str | None:
    """Give a medicine another of its names."""
    found = [name for name in medicine_names(body) if len(_names().get(name.generic, ())) > 1]
    if not found:
        return None
    name = generator.choice(found)
    written = fold(body[name.start : name.end])
    others = [other for other in _names()[name.generic] if other != written]
    return f"{body[: name.start]}{generator.choice(others)}{body[name.end :]}" if others else None


def _other_date(body: str, generator: random.Random) -> str | None:
    match = _DATE.search(body)
    if not match:
        return None
    day, month, year = match.groups()
    forms = (f"{year}-{month}-{day}", f"{day}.{month}.{year[2:]}", f"{int(day)} {_MONTHS[int(month) - 1]} {year}")
    return body[: match.start()] + generator.choice(forms) + body[match.end() :]


def _other_words(body: str, generator: random.Random) -> str | None:
    found = [(pattern, other) for pattern, other in _table() if pattern.search(body)]
    if not found:
        return None
    pattern, other = generator.choice(found)
    return pattern.sub(other, body, count=1)


def _spelled_out(body: str, generator: random.Random) -> str | None:
    """Write what a short form of a single meaning stands for."""
    found = [
        (short, meaning) for short, meaning in _short_forms() if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", body)
    ]
    if not found:
        return None
    short, meaning = generator.choice(found)
    return re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", meaning, body, count=1)


def _other_order(body: str, generator: random.Random) -> str | None:  # noqa: ARG001 - one order only
    """Exchange the two halves of a statement where each stands alone."""
    for mark in (" ; ", "; ", ". ", ", "):
        parts = [part.strip(" .") for part in body.split(mark)]
        if len(parts) < 2 or not all(parts) or (mark == ", " and not all(_PAIR.search(part) for part in parts)):
            continue
        return None if _CUES.search(body) or ":" in body or "(" in body else f"{parts[1]} ; {parts[0]}"
    return None


def _other_unit(body: str, generator: random.Random) -> str | None:  # noqa: ARG001 - one conversion only
    match = _MASS.search(body)
    if not match:
        return None
    value = Decimal(match[1].replace(",", "."))
    other, unit = (value * 1000, "mg") if match[2] == "g" else (value / 1000, "g")
    written = f"{other.normalize():f}".replace(".", ",")
    return f"{body[: match.start()]}{written} {unit}{body[match.end() :]}"


def _other_typing(body: str, generator: random.Random) -> str | None:
    forms = (unaccented(body), _DECIMAL.sub(r"\1.\2", body), body[:1].lower() + body[1:])
    return generator.choice(forms)


def _framed(body: str, generator: random.Random) -> str | None:
    frames = ("Le dossier mentionne : {}", "D'après le dossier, {}", "Il est noté que {}", "{} selon le document")
    return generator.choice(frames).format(body.strip(" ."))


_WAYS: dict[str, Callable[[str, random.Random], str | None]] = {
    "autre nom": _other_name,
    "autre format de date": _other_date,
    "autres mots": _other_words,
    "abréviation développée": _spelled_out,
    "autre ordre": _other_order,
    "autre unité": _other_unit,
    "autre frappe": _other_typing,
    "encadré": _framed,
}


@cache
def _names() -> dict[str, Sequence[str]]:
    names: dict[str, list[str]] = {}
    for medicine in medicines():
        names.setdefault(medicine.generic, []).append(medicine.name)
    return dict(names)


@cache
def _short_forms() -> list[tuple[str, str]]:
    known = [row.short for row in abbreviations()]
    return [
        (row.short, row.meanings[0])
        for row in abbreviations()
        if row.condition == "cased"
        and known.count(row.short) == 1
        and row.short.isalpha()
        and len(row.short) > 1
        and fold(row.short) not in stop_phrases()
    ]


@cache
def _table() -> list[tuple[re.Pattern[str], str]]:
    lines = resources.files("evals").joinpath("rewordings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(re.compile(pattern), other) for pattern, other in rows]
