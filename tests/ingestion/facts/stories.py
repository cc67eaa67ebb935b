"""Tell small stories of a record: facts of dated documents, without any text but their own line."""

from collections.abc import Mapping
from datetime import datetime

from ingestion.facts.types import Certainty, Fact, Held, Kind, Polarity, StoredFact


def said(
    day: str,
    kind: Kind,
    name: str,
    value: str = "",
    *,
    by: str = "note_evolution",
    title: str = "",
    quote: str = "",
    polarity: Polarity = "affirmed",
    certainty: Certainty = "certain",
    effective: str = "",
    **details: str,
) -> StoredFact:
    """Return a fact told by a document of this day (or moment) and kind; one document a day and kind.

    A value is a number with its unit ("4,4 mmol/L").
    """
    number, _, unit = value.partition(" ")
    line = quote or f"{day} {by} {name} {value}"
    fact = Fact(
        kind,
        name,
        name,
        start=_place(details),
        end=_place(details) + len(line),
        value=number,
        unit=unit,
        polarity=polarity,
        certainty=certainty,
        effective=effective,
        details=tuple((key, text) for key, text in details.items() if key != "at"),
    )
    document = f"{day}/{by}"
    moment = datetime.fromisoformat(day if "T" in day else f"{day}T12:00")
    return StoredFact(fact, document, _pk(document), by, title or by, moment, line)


def shown(held: Held) -> tuple[str, ...]:
    """Return what a reader would see of a fact: day of its document, value or polarity, reason."""
    stored = held.fact
    return stored.document.partition("/")[0], stored.fact.value or stored.fact.polarity, held.reason


def _place(details: Mapping[str, str]) -> int:
    return int(details.get("at", "0"))


def _pk(document: str, known: dict[str, int] = {}) -> int:  # noqa: B006 - the counter of this module
    return known.setdefault(document, len(known) + 1)
