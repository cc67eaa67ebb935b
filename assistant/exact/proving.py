"""Check a templated sentence slot by slot: each is found again in the document that it cites.

The template is ours and closed; what can be wrong is a slot. So its value must stand in the words cited, under
the name that it is given, and an absence is looked for again in the whole list.
"""

import re

from assistant.exact.types import Draft
from assistant.proof import Library
from ingestion.facts.analytes import namings
from ingestion.facts.letters import plain
from ingestion.facts.substances import covers
from ingestion.facts.types import Fact, StoredFact
from ingestion.normalise import fold, medicine_names

_BEFORE = 600
"""Characters before a row in which the title of its table may name the measure."""


def is_proven(draft: Draft, library: Library) -> bool:
    """Say whether every slot of a templated sentence is found again in what it cites."""
    if draft.template == "measure":
        return all(_tells(item.fact, draft.name, library) and _shows(draft, item.fact.fact) for item in draft.facts)
    listed = {item.fact.document for item in draft.facts[1:]}
    return len(listed) == 1 and not any(_names(library.text(document), draft.name) for document in listed)


def _tells(stored: StoredFact, name: str, library: Library) -> bool:
    """Say whether the words cited hold the value, and name the measure there or in the title of the table."""
    fact, text = stored.fact, library.text(stored.document)
    if fact.name != name or fact.polarity != "affirmed" or fact.subject != "patient":
        return False
    quote = text[fact.start : fact.end]
    around = (quote, text[slice(*fact.header)] if fact.header else "", text[max(0, fact.start - _BEFORE) : fact.start])
    named = any(sense.analyte.code == name for part in around for one in namings(plain(part)) for sense in one.senses)
    return named and _written(fact.value) in _written(quote) and _unit_is_written(fact, around)


def _unit_is_written(fact: Fact, around: tuple[str, ...]) -> bool:
    return not fact.unit or any(_written(fact.unit) in _written(part) for part in around)


def _shows(draft: Draft, fact: Fact) -> bool:
    return _written(fact.value) in _written(draft.text)


def _written(text: str) -> str:
    """Return a text without its white space, in small letters: columns are aligned with spaces."""
    return re.sub(r"\s+", "", text).lower()


def _names(text: str, medicine: str) -> bool:
    found = {fold(name.generic) for name in medicine_names(text)}
    return any(covers(medicine, part) for generic in found for part in (generic, *re.split(r" ?\+ ?", generic)))
