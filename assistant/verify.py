"""Check that the citations of a statement prove it.

The same check serves a quoted sentence and one that a model will write: each quote stands in its
document, character by character, and every number, date and drug name of the statement is found in
what it cites. What a statement says of a citation (kind and date of the document) is proven by the
citation itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.kinds import day, kind_label
from assistant.types import Citation, Verdict
from ingestion.normalise import fold, medicine_names

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# A measure: the number and the unit that follows it, so that "5 mg" is not proven by "5 cm".
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?)\s?(%|[a-zµ°]+(?:/[a-zµ0-9.²]+)*)")
_UNIT_WORDS = """
% mg g kg µg ug ng pg l dl ml cl mmol µmol umol nmol pmol meq ui mui ui/l mmhg cmh2o kpa mm cm m h min s j °c
g/dl g/l mg/l µg/l ng/ml mmol/l µmol/l umol/l ml/min l/min g/24h mg/kg mg/j µg/kg mg/kg/j cp gouttes
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
    a number, a measure or a drug name that no citation holds is ``unsupported``.
    """
    if not citations:
        return Finding("unsupported", "aucune citation")
    for citation in citations:
        if not citation.quote or text_of(citation.document)[citation.start : citation.end] != citation.quote:
            return Finding("unsupported", f"citation inexacte dans {citation.document}")
    proof = " \n ".join(f"{c.quote} {kind_label(c.kind)} {day(c.date)}" for c in citations)
    for name, extract in (("nombre", _numbers), ("mesure", _measures), ("médicament", _medicines)):
        if missing := extract(text) - extract(proof):
            return Finding("unsupported", f"{name} absent des citations ({len(missing)})")
    return Finding("supported")


def _numbers(text: str) -> set[str]:
    return {number.replace(",", ".") for number in _NUMBER.findall(text)}


def _measures(text: str) -> set[tuple[str, str]]:
    return {(n.replace(",", "."), unit) for n, unit in _MEASURE.findall(text.lower()) if unit in _UNITS}


def _medicines(text: str) -> set[str]:
    return {fold(found.generic) for found in medicine_names(text)}
