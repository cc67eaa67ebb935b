"""Read the values that no name announces but a word that refers to one: "contrôle 4,4", "lire 9,2", "le 6,2 était"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.facts.analytes import Sense
from ingestion.facts.corrections import calls_wrong
from ingestion.facts.measurement_chains import chain
from ingestion.facts.measurement_gaps import value_after
from ingestion.facts.measurement_tails import stated, tail_of
from ingestion.facts.measurement_values import Reading, number_of
from ingestion.facts.page import Measured, Page

_REACH = 160  # characters between a value and another that refers to it
_REFERENCE = re.compile(
    r"(?<![a-z])(?:(?:re-?)?control(?:e|ee) (?:sur|de|du|d') ?[a-z' ]{4,40}(?: a \d\d?[:h]\d\d)? ?:(?= ?\d)"
    r"|(?:rappel|prior|previous|ant(?:eri\w*|\.)?) ?: ?(?=\d)"
    r"|(?:re-?)?control(?:e|ee|es|ees)\b(?! ?(?:de|d'|des) | ?du (?!\d))|ctrl\b|repeat(?:ed)?\b"
    r"|lire\b|retenir\b"
    r"|et non(?: pas)?\b|au lieu d[eu']|(?:la|cette|sa) valeur (?:de|a)\b|le (?:chiffre|taux|resultat) (?:de|a)\b"
    r"|(?:le |la )?(?:resultat|valeur|chiffre|dosage) (?:du labo\w*|reele?|exacte?|correcte?|corrigee?|a retenir)"
    r"|(?:[01]?\d|2[0-3]) ?h ?[0-5]\d ?:?(?= ?\d+(?:[.,]\d+)? ?(?:g/l|mmol/l|°c|%|mmhg))"
    r"|(?:corrigee?|rectifiee?)s? (?:a|en)\b|corrigee?s? ?:|rectificati(?:f|on) ?:"
    r"|le(?= \d+[.,]\d+ ?[a-z%/]* ?(?:du|de|n'|et|est|etait)))"
)
_PRIOR = re.compile(r"rappel|prior|prev|ant")  # announces figures of other days, each with its date
_RETOLD = re.compile(r"le (?:chiffre|taux|resultat) (?:de|a)$")  # a figure of another day


def read_references(page: Page, found: Sequence[Measured], tabled: Sequence[Measured]) -> Iterator[Measured]:
    """Yield the values that refer to another one: of the measure last read before, in the same paragraph.

    Those of a note that opens with "(*)" are of the measure that bears the mark in a table.
    """
    read = {one.reading.start for one in found}
    for match in _REFERENCE.finditer(page.lower):
        last = _referred(page, match.start(), found, tabled)
        if last is None:
            continue
        named = next((one.start for one in page.namings if one.start >= match.end()), len(page.text))
        line_end = page.line_at(match.start()).end
        end = min(line_end, named, match.end() + 50)
        seen = value_after(page, match.end(), end, (Sense(last.reading.analyte, ""),))
        if seen is None or seen.reading.start in read or not _is_near(seen.reading, last.reading):
            continue
        if _PRIOR.match(match[0]):
            priors = chain(page, last.label, seen, min(line_end, named))
            yield from (one for one in priors if one.date)
        else:
            read.add(seen.reading.start)
            one = stated(page, last.label, seen, tail_of(page, seen, end), undated=bool(_RETOLD.match(match[0])))
            wrong = calls_wrong(page.lower[max(0, seen.reading.start - 30) : seen.reading.start])
            yield replace(one, date=one.date or last.date) if wrong else one


def _referred(page: Page, place: int, found: Sequence[Measured], tabled: Sequence[Measured]) -> Measured | None:
    """Return the measure that an unnamed value at a place must be of."""
    if page.text[page.text.rfind("\n", 0, place) + 1 :].startswith(("*", "(*")):
        starred = {one.reading.analyte.code: one for one in tabled if "*" in one.reading.flag}
        return next(iter(starred.values())) if len(starred) == 1 else None
    last = next((one for one in reversed(found) if one.reading.end <= place), None)
    if last is None or place - last.reading.end > _REACH or "\n\n" in page.text[last.reading.end : place]:
        return None
    return last


def _is_near(first: Reading, second: Reading) -> bool:
    """Say whether two values may be of one measure: same unit when both have one, same order of size."""
    one, other = number_of(first.number or first.value), number_of(second.number or second.value)
    if first.unit and second.unit and first.unit.lower() != second.unit.lower():
        return False
    return one is not None and other is not None and 0.1 <= (one + 0.01) / (other + 0.01) <= 10
