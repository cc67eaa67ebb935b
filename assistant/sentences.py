"""Word a fact: the line of the record when it is short and speaks of nothing else, else a template.

Templates hold only what the record writes: the words of the item, its value, its slots. Several wordings of
one fact are proposed, the most telling first; ``assistant.proof.prove`` keeps the first that is proven.
"""

from collections.abc import Iterator, Sequence

from assistant.kinds import day, provenance
from assistant.proof import Library
from ingestion.facts.types import Fact, Held

LONGEST_QUOTE = 170
"""Characters of a line that is quoted whole; a longer one is quoted when nothing shorter keeps its meaning."""

EARLIER = ", et avant cela "
"""What stands between a value and those before it."""

_QUOTED = frozenset(("allergy", "awaited", "directive", "appointment"))
"""Kinds whose words carry the meaning: who decided, what happened, under which condition."""

_POSOLOGY = ("intake", "frequency", "route", "duration", "condition")


def wordings(held: Held, library: Library, *, tainted: bool = False, sourced: bool = True) -> Iterator[str]:
    """Yield wordings of a fact, each followed by the kind and date of its document if ``sourced``.

    What is denied, supposed, awaited or decided is quoted: shortening it could turn it round. A ``tainted`` line
    also tells something that the record sets aside: it is quoted last.
    """
    fact, source = held.fact.fact, _source(held) if sourced else ""
    quote = library.quote(held.fact)
    if fact.kind == "measurement":
        yield from course(held, ())
    if _must_be_quoted(fact) or (len(quote) <= LONGEST_QUOTE and not tainted):
        yield f"{quote}{source}"
    yield f"{_template(fact)}{source}"
    yield f"{quote}{source}"


def course(newest: Held, before: Sequence[Held]) -> Iterator[str]:
    """Yield wordings of a measure with its earlier values, each with the date at which it was true.

    The French name of the measure is tried before the words of the record; a date in full, then without its year as
    records write it, then that of the document, said to be so.
    """
    for name in _names(newest.fact.fact):
        for date_of in (_own_day, _own_day_without_year, _day_of_document):
            now = f"{name} : {_amount(newest.fact.fact)}{date_of(newest)}"
            earlier = ", ".join(f"{_amount(item.fact.fact)}{date_of(item)}" for item in before)
            yield f"{now}{EARLIER}{earlier}" if before else now


def several_measures(items: Sequence[Held]) -> Iterator[str]:
    """Yield wordings of values of one document and day, told together."""
    told = " ; ".join(f"{_names(item.fact.fact)[0]} : {_amount(item.fact.fact)}" for item in items)
    written = " ; ".join(f"{item.fact.fact.label} : {_amount(item.fact.fact)}" for item in items)
    for words in dict.fromkeys((told, written)):
        for date_of in (_own_day, _own_day_without_year, _day_of_document):
            yield f"{words}{date_of(items[0])}"


def _names(fact: Fact) -> tuple[str, ...]:
    """Return the French name of a measure and its words in the record."""
    return tuple(dict.fromkeys(filter(None, (fact.detail("label_fr"), fact.label))))


def _amount(fact: Fact) -> str:
    """Return a value with its sign and unit, as written; what is out of a maximum is one word ("27/30")."""
    joined = f"{fact.detail('comparator')} {fact.value}".strip()
    return f"{joined}{'' if fact.unit.startswith('/') else ' '}{fact.unit}".strip()


def _source(held: Held) -> str:
    return f" ({provenance(held.fact.kind, held.fact.date)})"


def _own_day(held: Held) -> str:
    """Return the day of a value in brackets: its own when it is known, else that of its document."""
    return f" ({day(_own(held))})" if _own(held) else _day_of_document(held)


def _own_day_without_year(held: Held) -> str:
    return f" ({day(_own(held))[:5]})" if _own(held) else _day_of_document(held)


def _day_of_document(held: Held) -> str:
    return f" ({day(_own(held))})" if day(held.fact.date) == day(_own(held)) != "" else _source(held)


def _own(held: Held) -> str:
    own = held.fact.fact.effective[:10]
    return own if len(own) == len("2025-02-12") else ""


def _must_be_quoted(fact: Fact) -> bool:
    """Say whether only the line tells what is meant: what is not affirmed, of whom, what happened to a medicine."""
    if fact.polarity != "affirmed" or fact.subject != "patient" or fact.kind in _QUOTED:
        return True
    if fact.kind != "medication":
        return False
    posology = fact.value or any(map(fact.detail, _POSOLOGY))
    return not posology or fact.detail("event") not in ("", "started", "continued")


def _template(fact: Fact) -> str:
    """Return the item and its slots, without the rest of its line."""
    match fact.kind:
        case "medication":
            return _medicine(fact)
        case "device":
            return _listed(fact.label, ("réf. {}", fact.detail("reference")), ("lot {}", fact.detail("lot")))
        case "social":
            return fact.value or fact.label
        case "imaging":
            return _listed(fact.label, ("{}", fact.detail("conclusion")))
        case "procedure":
            return _listed(fact.label, ("{}", fact.detail("result")))
        case "microorganism":
            return _listed(fact.label, ("{}", fact.detail("resistance")), ("{}", fact.detail("site")))
    return _listed(fact.label, ("{}", _amount(fact)))


def _medicine(fact: Fact) -> str:
    strength = fact.detail("strength") or f"{fact.value} {fact.unit}".strip()
    head = f"{fact.label} {strength}".strip()
    posology = [fact.detail(slot) for slot in _POSOLOGY]
    return _listed(head, *(("{}", words) for words in posology))


def _listed(head: str, *slots: tuple[str, str]) -> str:
    """Return a head and those of its slots that hold something."""
    told = ", ".join(pattern.format(words) for pattern, words in slots if words)
    return f"{head} : {told}" if told else head
