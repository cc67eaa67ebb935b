"""Find the figure that a comment calls wrong without naming its measure: "78 kg : le 85 était une erreur"."""

import re
from collections.abc import Sequence

from ingestion.facts.measurement_values import number_of
from ingestion.facts.page import Measured, Page

_NEAR = 90  # characters before the sentence of the comment in which the value to use may stand

_MONTHS = "janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec"
_FIGURE = rf"(?P<figure>\d+(?:[.,]\d+)?)(?![\d/:h]|[.,]\d| (?:{_MONTHS})|er\b)"
_CALLED = r"(?:l[ea]|du|au|ce|cette) (?:(?:valeur|chiffre|poids|taux|resultat|mesure)(?: de| a)? )?"
# A day follows a figure ("7,1 le 12 était une erreur"), or another subject follows it ("le 12 le tube était …").
_BEFORE = re.compile(
    rf"(?:^|[:;,.(–-]|(?<![a-z])(?:et|mais|car|donc|que|puisque)) ?{_CALLED}{_FIGURE}"
    r"(?P<between>(?: (?!l[ea] |un )[a-z'%/°²]+){0,6}) ?$"
)
_BEHIND = re.compile(rf" ?(?:compte )?{_CALLED}{_FIGURE}")
_IS = re.compile(r"(?<![a-z])(?:est|etait|n'est|n'etait|serait)(?![a-z])")


def struck_by_value(
    page: Page, found: Sequence[Measured], mark: re.Match[str]
) -> tuple[dict[int, str], list[int]] | None:
    """Return the figure called wrong by the rank of the value to use, and the ranks of the values that bear it.

    None unless the comment gives the figure alone.
    """
    start = page.line_at(mark.start()).start
    named = _wrong_figure(page.lower, start, mark)
    near = [rank for rank, one in enumerate(found) if named and start - _NEAR < one.reading.start < named[1]]
    if named is None or not near or any(one.reading.start <= named[1] < one.reading.end for one in found):
        return None
    code = found[near[-1]].reading.analyte.code
    same = [rank for rank, one in enumerate(found) if one.reading.analyte.code == code]
    wrong = [rank for rank in same if _number(found[rank]) == number_of(named[0])]
    kept = [rank for rank in near if rank in same and rank not in wrong]
    return dict.fromkeys(kept[-1:], named[0]), wrong


def _number(one: Measured) -> float | None:
    return number_of(one.reading.number or one.reading.value)


def _wrong_figure(lower: str, start: int, mark: re.Match[str]) -> tuple[str, int] | None:
    """Return the number that a mark strikes by its value, with its offset, or None.

    ``lower`` is the page in plain letters, ``start`` where the sentence of the mark starts.
    """
    before = _BEFORE.search(lower[start : mark.start()])
    if before and _IS.search(f"{before['between']} {mark[0]}"):
        return before["figure"], start + before.start("figure")
    behind = _BEHIND.match(lower, mark.end()) if "pas " in mark[0] else None
    return (behind["figure"], behind.start("figure")) if behind else None
