"""Check that the citations of a statement prove it.

The same check serves a quoted sentence and one that a model will write: each quote stands in its
document, character by character, and every date, number, measure and drug name of the statement is
found in what it quotes. What a statement says of a citation (kind and date of the document) is proven
by the citation itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.kinds import day, kind_label
from assistant.types import Citation, Verdict
from ingestion.normalise import canonical_date, fold, medicine_names, unaccented

# What may be a date in folded text; ``canonical_date`` decides.
_DATE = re.compile(
    r"(?<![\d/.,-])(?:\d{4}-\d\d-\d\d|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)|\d{1,2}/(?:\d{4}|\d{1,2})"
    r"|\d{1,2}(?:er)? [a-z]{3,9}\.?(?: \d{4})?|[a-z]{3,9}\.? \d{4})(?![\d/]|[.,]\d)"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBER_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.I)
# A measure: the number and the unit that follows it, so that "5 mg" is not proven by "5 cm". "G/L" is not "g/L".
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?) ?(%|[A-Za-z°]+(?:/(?:\d+(?:[.,]\d+)? ?)?[A-Za-z0-9^]+)*)")
_UNIT_WORDS = """
% mg g kg ug ng pg l dl ml cl ul mmol umol nmol pmol mol meq mosm ui mui u mmhg cmh2o kpa mm cm m h min mn s j °c
gy mgy kcal ans an mois semaine semaines jour jours heure heures minute minutes cp comprime comprimes gelule gelules
goutte gouttes gtt sachet sachets bouffee bouffees ampoule ampoules culot culots cgr fois points
"""
_UNITS = frozenset(_UNIT_WORDS.split())


@dataclass(frozen=True)
class Finding:
    """The verdict on a statement, and what is not proven (kinds of tokens and a count, never the text)."""

    verdict: Verdict
    reason: str = ""


def verify(text: str, citations: Sequence[Citation], text_of: Callable[[str], str]) -> Finding:
    """Return the verdict on a statement; ``text_of`` gives the text of a document by its id.

    A statement without a citation, with a quote that is not ``text[start:end]`` of its document, or with
    a date, a number, a measure or a drug name that no citation holds is ``unsupported``.
    """
    if not citations:
        return Finding("unsupported", "aucune citation")
    for citation in citations:
        if not _is_exact(citation, text_of(citation.document)):
            return Finding("unsupported", f"citation inexacte dans {citation.document}")
    said, quoted = _plain(text), "\n".join(_plain(citation.quote) for citation in citations)
    places = "\n".join(f"{kind_label(citation.kind)}\n{day(citation.date)}" for citation in citations)
    # The date of a document proves a date, but its digits prove no number.
    proofs = (
        ("date", _dates(said), _every_date(f"{quoted}\n{places}")),
        ("nombre", _numbers(said), _numbers(quoted)),
        ("mesure", _measures(said), _measures(quoted)),
        ("médicament", _medicines(said), _medicines(quoted)),
    )
    for name, claimed, proven in proofs:
        if missing := claimed - proven:
            return Finding("unsupported", f"{name} absent des citations ({len(missing)})")
    return Finding("supported")


def _is_exact(citation: Citation, text: str) -> bool:
    start, end, quote = citation.start, citation.end, citation.quote
    return 0 <= start < end == start + len(quote) and text[start:end] == quote


def _plain(text: str) -> str:
    """Return a text on one line, as a sentence reads a table's columns, with its small numbers in figures."""
    return _IN_WORDS.sub(lambda match: str(_NUMBER_WORDS.index(match.group().lower()) + 2), re.sub(r"\s+", " ", text))


def _dates(text: str) -> set[str]:
    """Return the dates, each as precisely as it is written."""
    return {tokens[0] for match in _DATE.finditer(fold(text)) if (tokens := canonical_date(match.group()))}


def _every_date(text: str) -> set[str]:
    """Return the dates, and what is less precise and follows from each: its day of any year, its month."""
    return {token for match in _DATE.finditer(fold(text)) for token in canonical_date(match.group())}


def _numbers(text: str) -> set[str]:
    """Return the numbers that are no part of a date."""
    undated = _DATE.sub(lambda match: " " if canonical_date(match.group()) else match.group(), fold(text))
    return {number.replace(",", ".") for number in _NUMBER.findall(undated)}


def _measures(text: str) -> set[tuple[str, str]]:
    found = _MEASURE.findall(unaccented(text))
    units = ((number.replace(",", "."), unit if unit[:2] in ("G/", "T/") else unit.lower()) for number, unit in found)
    return {(number, unit) for number, unit in units if unit.lower().split("/")[0] in _UNITS}


def _medicines(text: str) -> set[str]:
    return {fold(found.generic) for found in medicine_names(text)}
