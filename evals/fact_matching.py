"""Decide whether a stored fact says what an annotated item says.

Names meet through the product's own tables ("créat" and "créatinine" are one analyte); places meet when the spans
overlap. A fact is *right* when nothing that it says differs from an item of its place; an item is *found* when a fact
says all of it.
"""

import re
from functools import cache

from evals.fact_gold import KINDS, GoldFact
from ingestion.facts.allergens import substances_in
from ingestion.facts.analytes import analytes, namings
from ingestion.facts.concepts import concepts_in
from ingestion.facts.letters import plain
from ingestion.facts.medicine_mentions import medicine_mentions
from ingestion.facts.source import source_of
from ingestion.facts.types import Fact, StoredFact
from ingestion.lexicon.folding import fold_with_offsets
from ingestion.normalise import fold

_NUMBER = re.compile(r"\d+(?:[ .,/]\d+)*")
_WORD = re.compile(r"[a-z0-9]{2,}")
_BEGINNING = 5  # letters that an abbreviation shares with its word ("écouv", "hémoc")
_EMPTY_WORDS = frozenset({"de", "du", "des", "et", "la", "le", "les", "contr", "resul", "exame", "analy"})
_HAPPENED = {
    "started": {"started", "resumed"},
    "stopped": {"stopped"},
    "suspended": {"suspended", "stopped"},
    "withheld": {"not_given", "suspended", "stopped", "refused"},
}
_LONG_UNITS = re.compile(r"micromoles?|nanogrammes?|unites?|^u$")
_SHORT_UNITS = {"mic": "umol", "nan": "ng", "uni": "ui", "u": "ui"}
_COMPARED = frozenset({"started", "stopped", "suspended"})
_NEITHER = frozenset({"capillary_glucose", "glucose"})
"""Codes that a reader does not tell apart when a document says "glycémie"."""


def counts(stored: StoredFact) -> bool:
    """Say whether a fact is of what the gold annotates: the patient's, of its kinds, no class, no word for value."""
    fact = stored.fact
    if fact.kind not in KINDS or fact.subject != "patient":
        return False
    if fact.kind == "medication":
        return not _is_class(fact.name)
    if fact.kind == "measurement":
        analyte = analytes().get(fact.name)
        return analyte is not None and analyte.family == "laboratory" and bool(_NUMBER.search(fact.value))
    return fact.kind != "awaited" or fact.polarity == "affirmed"


def right(stored: StoredFact, item: GoldFact) -> bool:
    """Say whether a fact stands where an item does, of the same name, and says nothing else than it."""
    return _same_place(stored, item) and _same_name(stored, item) and _agrees(stored, item)


def found(stored: StoredFact, item: GoldFact) -> bool:
    """Say whether a fact is right about an item and says all of it: its figure, and what happens."""
    return right(stored, item) and (_silent(item) or bool(_said(stored) & _expected(item))) and _tells(stored, item)


def dated(stored: StoredFact, item: GoldFact) -> bool:
    """Say whether a measurement holds the day of the item; both are cut to the precision of the gold."""
    return bool(item.events) and stored.fact.effective.startswith(item.events[0])


def _same_place(stored: StoredFact, item: GoldFact) -> bool:
    document, start, end = item.span
    return (
        stored.fact.kind == item.kind
        and stored.document == document
        and stored.fact.start < end
        and start < stored.fact.end
    )


def _same_name(stored: StoredFact, item: GoldFact) -> bool:
    if item.kind == "awaited":
        return bool(_words(item.name) & _words(f"{stored.fact.name} {stored.fact.label}"))
    return bool(names(item.kind, item.name) & {fold(stored.fact.name)})


def _agrees(stored: StoredFact, item: GoldFact) -> bool:
    fact = stored.fact
    if item.kind == "allergy":
        denied = fact.polarity in ("negated", "ruled_out") or fact.detail("delabelled") == "true"
        return denied == ("negated" in item.events)
    if item.kind == "awaited":
        return True
    if not item.tolerated and not _same_figure(stored, item):
        return False
    return item.kind == "measurement" or item.tolerated or _same_event(stored, item)


def _same_figure(stored: StoredFact, item: GoldFact) -> bool:
    said = _said(stored)
    if said and not said & _expected(item):
        return False
    if _is_counted(stored.fact) or not (said and stored.fact.unit and item.unit):
        return True
    return _same_unit(stored.fact.unit, item.unit)


def _same_event(stored: StoredFact, item: GoldFact) -> bool:
    event, denied = stored.fact.detail("event"), stored.fact.polarity != "affirmed"
    if not item.events:
        return not denied
    if denied:
        return bool(_accepted(item) - _HAPPENED["started"])
    return event not in _COMPARED or event in _accepted(item)


def _tells(stored: StoredFact, item: GoldFact) -> bool:
    if item.kind != "medication" or not item.events:
        return True
    denied = stored.fact.polarity != "affirmed" and "withheld" in item.events
    return denied or stored.fact.detail("event") in _accepted(item)


def _accepted(item: GoldFact) -> set[str]:
    """Return the events of a fact that say what the item's do."""
    return {said for event in item.events for said in _HAPPENED[event]}


def _silent(item: GoldFact) -> bool:
    return item.kind in ("allergy", "awaited") or "" in item.values


def _said(stored: StoredFact) -> frozenset[str]:
    """Return the figures that a fact says: of its value, and of its strength for a medicine; "2 cp" is none."""
    fact = stored.fact
    if fact.kind != "medication":
        return frozenset(_numbers(fact.value))
    written = ("" if _is_counted(fact) else fact.value, fact.detail("strength"))
    return frozenset(number for text in written for number in _numbers(text))


def _is_counted(fact: Fact) -> bool:
    """Say whether the value of a medicine counts its tablets."""
    return fact.kind == "medication" and f"{fact.value} {fact.unit}".strip() == fact.detail("intake")


def _expected(item: GoldFact) -> frozenset[str]:
    return frozenset(number for value in item.values for number in _numbers(value))


def _numbers(text: str) -> list[str]:
    return [_canonical(number) for number in _NUMBER.findall(text.replace("\u202f", " ").replace("\xa0", " "))]


def _canonical(number: str) -> str:
    parts = number.replace(" ", "").replace(",", ".").split("/")
    return "/".join(part.rstrip("0").rstrip(".") if "." in part else part for part in parts)


def _same_unit(one: str, other: str) -> bool:
    """Say whether two units are one, were the denominator left out ("g" for "g/dL", "mg" for "mg/kg/j")."""
    first, second = _unit(one), _unit(other)
    return first == second or first.startswith(f"{second}/") or second.startswith(f"{first}/")


def _unit(unit: str) -> str:
    folded = fold(unit).replace(" ", "").replace("mcg", "ug").replace("²", "2").replace("^2", "2")
    return _LONG_UNITS.sub(lambda match: _SHORT_UNITS[match[0][:3]], folded)


def _words(text: str) -> set[str]:
    return {word[:_BEGINNING] for word in _WORD.findall(fold(text))} - _EMPTY_WORDS


@cache
def names(kind: str, written: str) -> frozenset[str]:
    """Return the names under which the product may hold what the gold calls so; alternatives stand between bars."""
    return frozenset(fold(name) for one in written.split("|") for name in _normalised(kind, one))


def _normalised(kind: str, written: str) -> set[str]:
    if kind == "measurement":
        text = plain(written)
        codes = {sense.analyte.code for naming in namings(text) for sense in naming.senses}
        return codes | _NEITHER if codes & _NEITHER else codes or {written}
    if kind == "allergy":
        substances = {one.name for one in substances_in(written, fold_with_offsets(written))}
        return substances or {written}
    source = source_of(written, "", None, ())
    return {mention.name for _, mentions in medicine_mentions(source) for mention in mentions} or {written}


@cache
def _is_class(name: str) -> bool:
    concepts = concepts_in(name, "medicine_groups")
    return any(concept.name == name and concept.code.startswith("class:") for concept in concepts)
