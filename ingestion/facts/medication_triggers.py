"""Words that tell what happens to a medicine: rows of ``medication_events.tsv``, found in plain text."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ingestion.facts.patterns import pattern

Form = Literal["link", "verb", "noun", "participle", "mark"]
_ORDER: tuple[Form, ...] = ("link", "verb", "noun", "participle", "mark")
_ENDINGS: dict[Form, str] = {"participle": "e?s?", "noun": "s?"}
_DENIAL_REACH = 40
"""How many characters before a word its denial may start."""


@dataclass(frozen=True)
class Trigger:
    """A word of the table in a line: its event, its form, its half-open span, and whether it is denied."""

    event: str
    form: Form
    start: int
    end: int
    denied: bool = False


def triggers_in(words: str) -> list[Trigger]:
    """Return the words of the table in plain text, in order."""
    return [_trigger(words, match) for match in _expression().finditer(words)]


def _trigger(words: str, match: re.Match[str]) -> Trigger:
    event, form, _ = _rows()[int((match.lastgroup or "r0")[1:])]
    denial = pattern("medication_patterns", "not")
    denied = denial.search(words, max(0, match.start() - _DENIAL_REACH), match.start())
    return Trigger(event, form, match.start(), match.end(), denied is not None)


@cache
def _rows() -> tuple[tuple[str, Form, str], ...]:
    table = resources.files("ingestion.facts").joinpath("medication_events.tsv").read_text(encoding="utf-8")
    cells = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((event, form, words) for form in _ORDER for event, named, words in cells if named == form)


@cache
def _expression() -> re.Pattern[str]:
    alternatives = (
        f"(?P<r{rank}>(?:{words}){_ENDINGS.get(form, '')}(?![a-z]))" for rank, (_, form, words) in enumerate(_rows())
    )
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(alternatives)})")
