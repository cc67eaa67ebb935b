"""Words of allergy in a folded line: what tells one, and what surrounds it. They are rows of ``allergies.tsv``."""

import re
from functools import cache
from typing import NamedTuple

from ingestion.facts import cue_tables
from ingestion.facts.allergens import Substance
from ingestion.facts.cue_tables import words

_TRIGGERS = ("reaction", "allergy", "intolerance", "effect", "test")


_DENIED = re.compile(r"\b(?:sans|pas d[e']|aucune?|ni|absence d[e']) ?$")


class Trigger(NamedTuple):
    """Words that tell an allergy: their span in the folded line and their kind."""

    start: int
    end: int
    kind: str


def triggers_in(folded: str, substances: list[Substance]) -> list[Trigger]:
    """Return what tells an allergy in a line, in order; the longer words win, none overlaps a substance."""
    found: list[Trigger] = []
    taken = {place for one in substances for place in range(one.start, one.end)}
    for kind in _TRIGGERS:
        for match in word(kind).finditer(folded):
            if not taken.intersection(range(*match.span())):
                found.append(Trigger(*match.span(), kind))
                taken.update(range(*match.span()))
    found += [Trigger(one.start, one.start, "allergy") for one in substances if one.own]
    return [one for one in sorted(found) if not (one.kind == "intolerance" and _of_label(folded, one, found))]


def _of_label(folded: str, trigger: Trigger, found: list[Trigger]) -> bool:
    """Say whether "intolérances" only goes on a label: "Allergies et intolérances : morphine"."""
    before = (one.end for one in found if one.kind == "allergy" and one.end <= trigger.start)
    return any(re.fullmatch(r"\s*(?:/|,|et|ou|&)\s*", folded[end : trigger.start]) for end in before)


def reaction_at(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the reactions told between two places: the first one, and those joined to it."""
    span: tuple[int, int] | None = None
    for match in _reactions().finditer(folded, start, end):
        if span is None and _DENIED.search(folded, start, match.start()):
            continue
        if span is None:
            span = match.span()
        elif re.fullmatch(
            r"\s*(?:,|\+|/|et|puis|avec|ou|avec un|\()?\s*(?:des?|d'|une?)?\s*", folded[span[1] : match.start()]
        ):
            span = span[0], match.end()
        else:
            break
    return span


def word(kind: str) -> re.Pattern[str]:
    """Return the expression of a kind, as whole words."""
    return words("allergies", kind)


def expression(kind: str) -> str:
    """Return the rows of a kind joined in one expression."""
    return cue_tables.expression("allergies", kind)


@cache
def _reactions() -> re.Pattern[str]:
    degree = rf"(?: (?:et )?(?:{expression('degree')})[\w-]*)*"
    return re.compile(rf"(?<!\w)(?:{expression('reaction')}|{expression('effect')})(?!\w){degree}")
