"""Say in one line what measures a text gives, to compare with a marked sentence."""

from datetime import datetime

from ingestion.facts.measurements import find_measurements
from ingestion.facts.source import source_of
from ingestion.facts.types import Fact
from ingestion.sections import find_sections

TODAY = datetime(2025, 3, 14, 9)
"""The date of the documents of the marked sentences: it is left out of what is said."""


def measured(text: str, kind: str = "note_evolution") -> list[Fact]:
    """Return the measures of a text written on ``TODAY``."""
    return find_measurements(source_of(text, kind, TODAY, find_sections(text)))


def said(text: str, kind: str = "note_evolution") -> str:
    """Return the measures of a text: "code value unit @day !status (reason)", separated by "; "."""
    return "; ".join(" ".join(_slots(fact)) for fact in measured(text, kind))


def _slots(fact: Fact) -> list[str]:
    day = "" if fact.effective == f"{TODAY:%Y-%m-%d}" else f"@{fact.effective or '?'}"
    status, reason, previous = fact.detail("status"), fact.detail("reason"), fact.detail("previous")
    slots = [
        fact.name,
        fact.detail("comparator") + fact.value,
        fact.unit,
        day,
        status and f"!{status}",
        reason and f"({reason})",
        previous and f"(not {previous})",
        "!declared" if fact.detail("declared") else "",
        "" if fact.subject == "patient" else f"!{fact.subject}",
    ]
    return list(filter(None, slots))
