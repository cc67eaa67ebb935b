"""Find transfusions of blood products and derivatives, with units, donation and tolerance, and their denial."""

import re
from dataclasses import replace

from ingestion.facts.clauses import is_heading, words_after, words_before
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.types import Fact, Line, Polarity, Source

_NUMBERS = {"un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6"}
_BEFORE = re.compile(
    r"(?i)(?:^|[^\d,.:/])(\d{1,2}|une?|deux|trois|quatre|cinq|six)(?: seule?)? ?(?:x ?)?"
    r"(?:(?:unit[ée]s?|poches?|flacons?)\s*(?:de |d['’])?)?$"
)
_AFTER = re.compile(r"(?i)^\s*(?:\(?x\s*|:\s*|n°\s*)(\d{1,2})(?![\d/.,])")
_NUMBERED = re.compile(r"\s*n° ?\d+")
_DOSE = re.compile(r"(?i)\b(\d+(?:[.,]\d+)?)\s*(g/kg|g|mL|UI/kg|UI)\b(?!/)")
_DONATION = re.compile(r"(?i)\b(?:don|poche|donation)\s*(?:n°\s*)?:?\s*((?:\d[\dA-Z]* ?){2,6}\d[\dA-Z]*)")
_GENERIC = {"transfusion", "blood_products"}
_BY_DOSE = {"immunoglobulins", "albumin", "coagulation_factors"}


def find_transfusions(source: Source) -> list[Fact]:
    """Return the transfusions of a document, those ordered or held in reserve as "hypothetical", and their denial.

    ``name`` is the product, or "transfusion"; ``value`` the number of units in figures ("2"), or a dose.
    """
    found = [(line, mention) for line, mention in mentions(source, "transfusions") if not is_heading(line)]
    products = {line.start for line, mention in found if mention.code not in _GENERIC}
    facts = (
        _fact(source, line, mention)
        for line, mention in found
        if mention.code not in _GENERIC or line.start not in products
    )
    return list(dict.fromkeys(fact for fact in facts if fact is not None))


def _fact(source: Source, line: Line, mention: Mention) -> Fact | None:
    before, after = words_before(source, line, mention.start), words_after(source, line, mention.end)
    if phrase_in("transfusion_document", before):
        return None
    donation = _DONATION.search(source.text, mention.end, line.end)
    details = {
        "product": "" if mention.code in _GENERIC else mention.label + _numbered(after),
        "donation": donation[1].strip() if donation else "",
    }
    fact = fact_of("transfusion", source, line, mention, details)
    polarity = _polarity(fact, before, after, source.words(line))
    if polarity == "affirmed" and mention.code in _GENERIC and not _is_told(before, after, mention):
        return None
    if polarity == "affirmed" and (tolerance := _tolerance(source, line, mention)):
        fact = replace(fact, details=(*fact.details, ("tolerance", tolerance)))
    value, unit = _units(before, after, mention) or (("1", "unité") if donation else ("", ""))
    return replace(fact, value=value, unit=unit, polarity=polarity)


def _numbered(after: str) -> str:
    match = _NUMBERED.match(after)
    return match[0] if match else ""


def _units(before: str, after: str, mention: Mention) -> tuple[str, str] | None:
    """Return how much: "n° 2" is one unit, and so is "le culot"."""
    if mention.code in _GENERIC:
        return None
    if mention.code in _BY_DOSE:
        dose = _DOSE.search(after) or _DOSE.search(before)
        return (dose[1], dose[2]) if dose else None
    if match := _BEFORE.search(before) or _AFTER.search(after):
        return ("1" if "n°" in match[0] else _NUMBERS.get(match[1].lower(), match[1])), "unité"
    return ("1", "unité") if mention.label.lower() == "culot" else None


def _polarity(fact: Fact, before: str, after: str, words: str) -> Polarity:
    """Return the polarity of the context, but for what is ordered, held in reserve or sent back."""
    around = f"{before} {fact.label} {after}"
    if fact.polarity != "affirmed":
        return fact.polarity
    if phrase_in("transfusion_not_done", around) or phrase_in("transfusion_denied", after):
        return "negated"
    if phrase_in("transfusion_later", around) and not phrase_in("transfusion_done", after):
        return "hypothetical"
    later = phrase_in("transfusion_later", words) and not phrase_in("transfusion_done", words)
    return "hypothetical" if later else "affirmed"


def _is_told(before: str, after: str, mention: Mention) -> bool:
    """Say whether the bare word tells of a transfusion: a verb, a date, a box, not a title or a topic."""
    verb = re.match(r"(?i)transfus[ée]", mention.label) and not mention.label.lower().startswith("transfusion")
    return bool(verb or phrase_in("transfusion_told", after) or phrase_in("transfusion_after", before))


def _tolerance(source: Source, line: Line, mention: Mention) -> str:
    """Return how it was borne, as written: said behind it on its line, or on one of the three that follow."""
    following = [source.words(one) for one in source.lines if line.end <= one.start <= line.end + 400][:3]
    for words in (source.text[mention.end : line.end], *following):
        if match := phrase_in("transfusion_borne", words):
            return words[match.start() : match.end()]
    return ""
