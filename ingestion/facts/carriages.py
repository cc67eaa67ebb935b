"""Read what a line says of the carriage of resistant bacteria (BMR, BHRe): found, denied, lifted, not looked for."""

import re
from dataclasses import replace

from ingestion.facts.clauses import words_before
from ingestion.facts.concepts import Mention, fact_of
from ingestion.facts.phrases import phrase_in
from ingestion.facts.specimens import site_of
from ingestion.facts.types import Fact, Line, Polarity, Source

_ENDS = re.compile(r"[;\n]|,(?!\d)|\.(?=\s+[A-ZÀ-Ý])")
_EMPTY_BOX = re.compile(r"(?:\[ ?\]|☐|□)\s*(?:non )?\w+")
_TICKED = re.compile(r"(?:\[[xX]\]|☒)\s*$")
_HELD = {"affirmed": "true", "negated": "false", "ruled_out": "false"}


def carriage_of(source: Source, line: Line, mention: Mention) -> Fact | None:
    """Return a carriage or its denial, or that its screening was not made; None where the line only names it.

    A screening that was not made is no denial: it is named "depistage", with the value "not_done".
    """
    before = _EMPTY_BOX.sub("", words_before(source, line, mention.start))
    rest = _EMPTY_BOX.sub("", source.text[mention.end : line.end])
    after = rest if line.row else _ENDS.split(rest)[0]
    fact = fact_of(
        "microorganism", source, line, mention, {"site": site_of(source, line, mention), "role": "screening"}
    )
    if _is_unmade(fact, before, after, rest):
        return replace(fact, name="depistage", value="not_done", polarity="affirmed")
    if phrase_in("germ_awaited", after) or not _is_told(fact, before, after):
        return None
    polarity = outcome_of(fact, before, after)
    if polarity == "affirmed" and phrase_in("screening_in_case", after):
        polarity = "hypothetical"
    held = _HELD.get(polarity, "")
    return replace(fact, polarity=polarity, details=(*fact.details, *((("bmr", held),) if held else ())))


def outcome_of(fact: Fact, before: str, after: str) -> Polarity:
    """Return the polarity of a germ or carriage from its context, then from the outcome that follows it."""
    if fact.polarity not in {"affirmed", "hypothetical"}:
        return fact.polarity
    denied = phrase_in("germ_no", after) and not phrase_in("germ_yes", after)
    if denied or phrase_in("germ_listed_no", after) or phrase_in("germ_absent", before):
        return "negated"
    return "ruled_out" if phrase_in("germ_lifted", after) else fact.polarity


def _is_unmade(fact: Fact, before: str, after: str, rest: str) -> bool:
    """Say whether a line tells that nobody looked."""
    if phrase_in("screening_unlooked", before) or (fact.polarity == "negated" and re.search("recherch[ée]", after)):
        return True
    if phrase_in("screening_named", before) and phrase_in("screening_not_done", rest):
        first = phrase_in("germ_no", after)
        return first is None or first.start() > 3
    return bool(phrase_in("screening_asked", before) and phrase_in("screening_not_done", f"{before} {after}"))


def _is_told(fact: Fact, before: str, after: str) -> bool:
    """Say whether the line tells the outcome of a screening, and not only its name or the hygiene of the ward."""
    around = f"{before} {after}"
    if fact.polarity in {"negated", "ruled_out"} or phrase_in("germ_no", after) or phrase_in("germ_lifted", after):
        return True
    if fact.polarity == "hypothetical":
        return phrase_in("screening_suspected", around) is not None
    return bool(phrase_in("screening_told", around) or _TICKED.search(before))
