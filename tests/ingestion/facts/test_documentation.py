"""The page on facts is run: its examples give what it says, its misses are missed, nothing is left unsaid."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from ingestion.facts.authority import rules
from ingestion.facts.extract import extract
from ingestion.facts.types import Fact, Kind
from ingestion.readers.choose import read_file
from ingestion.sections import find_sections

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
AUTHORITY = PAGE.partition("\n## Which fact prevails")[2]
KINDS: tuple[Kind, ...] = get_args(Kind)
WRITTEN = datetime(2026, 3, 4)
FIELDS = ("name", "value", "unit", "polarity", "subject", "certainty", "effective")
SAMPLED = 4
"""One record in so many is read for slots that the page forgets."""

Slots = dict[str, str]


class Row(NamedTuple):
    kind: Kind
    sentence: str
    facts: list[Slots]


def part(kind: str) -> str:
    """Return the part of the page on a kind."""
    return re.split(r"^## ", PAGE.split(f"\n## `{kind}`", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> Iterator[Row]:
    for kind in KINDS:
        _, _, below = part(kind).partition(heading)
        for line in below.split("\n\n", 1)[0].splitlines()[2:]:
            sentence, told = line.strip("| ").split(" | ")
            facts = [dict(re.findall(r"`(\w+)=([^`]+)`", fact)) for fact in told.split("; ")]
            yield Row(kind, sentence, facts)


EXAMPLES = list(rows("| Example | Gives |"))
MISSES = list(rows("| Missed | Would give |"))


def found(row: Row) -> list[Fact]:
    facts = extract(row.sentence, "note", WRITTEN, find_sections(row.sentence))
    return [fact for fact in facts if fact.kind == row.kind]


def gives(fact: Fact, slots: Slots) -> bool:
    """Say whether a fact has all the slots announced."""
    return all((getattr(fact, slot) if slot in FIELDS else fact.detail(slot)) == slots[slot] for slot in slots)


def test_every_kind_has_examples_and_a_miss() -> None:
    assert {row.kind for row in EXAMPLES} == {row.kind for row in MISSES} == set(KINDS)
    assert all(slots for row in (*EXAMPLES, *MISSES) for slots in row.facts)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row.kind}-{row.sentence[:30]}")
def test_an_example_gives_the_facts_announced_and_no_other(row: Row) -> None:
    facts = found(row)
    assert len(facts) == len(row.facts), facts
    for slots in row.facts:
        assert sum(gives(fact, slots) for fact in facts) == 1, (slots, [fact.details for fact in facts])


@pytest.mark.parametrize("row", MISSES, ids=lambda row: f"{row.kind}-{row.sentence[:30]}")
def test_what_is_said_to_be_missed_is_missed(row: Row) -> None:
    seen = [slots for slots in row.facts if any(gives(fact, slots) for fact in found(row))]
    assert seen == [], "found now: make it an example of docs/facts.md"


@pytest.mark.parametrize("rule", list(rules()))
def test_every_rule_of_authority_is_explained(rule: str) -> None:
    assert f"| `{rule}` |" in AUTHORITY


def test_the_limits_of_days_are_those_of_the_table() -> None:
    for rule in rules().values():
        [explained] = re.findall(rf"^\| `{rule.name}` \| (.*) \|$", AUTHORITY, re.MULTILINE)
        assert re.findall(r"(\d+) days", explained) == ([str(rule.days)] if rule.days is not None else [])


@cache
def slots_of_the_demonstration() -> dict[str, set[str]]:
    """Return the slots that a sample of the records has, for each kind."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "demo" / "records").glob("patient-*.json"))[::SAMPLED]:
        for reading in read_file(path).documents:
            document = reading.document
            for fact in extract(document.text, document.kind, document.date, find_sections(document.text)):
                found.setdefault(fact.kind, set()).update(name for name, _ in fact.details)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_slot_is_explained(kind: Kind) -> None:
    told = part(kind) + PAGE.split("## `medication`", 1)[0]
    explained = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", told, re.MULTILINE))))
    assert slots_of_the_demonstration()[kind] - explained == set()
