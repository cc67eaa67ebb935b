"""Nouns of exact answers."""

from dataclasses import dataclass
from typing import Literal

from ingestion.facts.types import Held

Template = Literal["quotation", "measure", "absence"]


@dataclass(frozen=True, repr=False)
class Draft:
    """A sentence to be proven, with the facts that it cites, in order.

    A ``quotation`` holds the words of the record, with ``text`` around them or, without, as they are. A
    ``measure`` tells values of the analyte ``name``, one fact for each. An ``absence`` says that a list of
    medicines does not hold ``name``: its first fact is the last mention of that medicine, the others the list.
    ``apart`` tells that it is one side of a contradiction that no document settles.
    """

    template: Template
    facts: tuple[Held, ...]
    text: str = ""
    name: str = ""
    course: bool = False
    apart: bool = False

    def __repr__(self) -> str:
        return f"Draft({self.template!r}, {len(self.facts)} facts)"
