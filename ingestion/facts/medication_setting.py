"""Where a medicine is named: in a list of treatment or not, at which moment of the care, in which state."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from ingestion.facts.medication_events import event_of_title
from ingestion.facts.patterns import pattern
from ingestion.facts.plain import plain
from ingestion.facts.types import Line, Source

_expression = partial(pattern, "medication_patterns")

State = Literal["prescribed", "administered", "taken", "mentioned"]
Moment = Literal["entry", "stay", "discharge", "past"]
_LONGEST_HEADING = 60
_LISTS = ("traitement", "traitement_entree", "traitement_sortie", "modifications_traitement")


@dataclass(frozen=True)
class Setting:
    """What the place of a line in its document says of the medicines it names.

    ``event`` is what happened to all of them ("ARRÊTÉS :"), or ""; ``lists`` tells that the line stands in a list of
    treatment.
    """

    event: str
    state: State
    moment: Moment
    lists: bool


def setting_of(source: Source, line: Line, first: int) -> Setting:
    """Return what the place of a line in its document says of the medicines it names.

    ``first`` is where the line names its first medicine: words that reach it are no label ("RAMIPRIL : toux").
    """
    words, title, heading = plain(source.words(line)), _title(line), _heading_above(source, line)
    label = _expression("label").match(words, 0, first)
    named = label[1] if label else ""
    return Setting(
        event=_event(line, words, named, heading),
        state=_state(source, words, title, named),
        moment=_moment(source, line, title, named),
        lists=_lists(source, line, title, heading),
    )


def is_listed(setting: Setting, before: str, previous_listed: bool) -> bool:
    """Say whether a medicine is an item of a list of treatment; ``before`` is what stands before it, in plain letters.

    ``previous_listed`` tells that ``before`` follows the posology of another item of the list.
    """
    words = _expression("form").sub("", before)
    if previous_listed:
        return bool(_expression("join").fullmatch(words) or _expression("join_behind_words").fullmatch(words))
    if _expression("bullet").fullmatch(words):
        return setting.lists
    label = _expression("label").fullmatch(words)
    return label is not None and bool(_expression("treatment").search(label[1]))


def _event(line: Line, words: str, label: str, heading: str) -> str:
    """Return the event that a label, the heading of the list or the section's tells of all the medicines."""
    if event := event_of_title(label) or event_of_title(heading):
        return event
    section = line.section
    if section is None or (line.start < section.body and section.body < line.end):
        return ""
    bullet = _expression("bullet").match(words)
    return event_of_title(_title(line)) if not label or (bullet and bullet.end()) else ""


def _state(source: Source, words: str, title: str, label: str) -> State:
    if _expression("given").search(label):
        return "administered"
    if _expression("taken").search(title) or _expression("taken").search(words):
        return "taken"
    kind = plain(source.kind)
    if _expression("given").search(title) or (_expression("nursing").search(kind) and "liaison" not in kind):
        return "administered"
    return "prescribed"


def _moment(source: Source, line: Line, title: str, label: str) -> Moment:
    """Return the moment of the care that a line speaks of: its section's, else its document's."""
    section = line.section.name if line.section else None
    treatment = bool(_expression("treatment").search(title))
    if section in ("antecedents", "antecedents_familiaux"):
        return "entry" if _expression("treatment").search(label) else "past"
    if section == "traitement_sortie" or (treatment and _expression("discharge").search(title)):
        return "discharge"
    if section == "traitement_entree" or (treatment and _expression("entry").search(title)):
        return "entry"
    kind = plain(source.kind)
    if "ordonnance" in kind and ("sortie" in kind or "sortie" in plain(source.text[:200])):
        return "discharge"
    return "entry" if "courrier" in kind else "stay"


def _lists(source: Source, line: Line, title: str, heading: str) -> bool:
    """Say whether a line stands in a part of its document that lists a treatment."""
    name = line.section.name if line.section else None
    if name in _LISTS or any(_expression("treatment").search(words) for words in (heading, title)):
        return True
    prescribes = re.search(r"ordonnance|prescription", plain(source.kind))
    return bool(event_of_title(title)) or bool(prescribes and name not in ("allergies", "resultats_attente"))


def _heading_above(source: Source, line: Line) -> str:
    """Return the plain words that head the list in which a line is an item, or an empty string.

    It is the line above the first item, when it is short or ends with a colon: lists inside of a section have one.
    """
    item = _expression("item")
    if not item.match(plain(source.words(line))):
        return ""
    position = bisect_left(source.lines, line.start, key=lambda other: other.start) - 1
    while position >= 0 and item.match(plain(source.words(source.lines[position]))):
        position -= 1
    words = plain(source.words(source.lines[position])) if position >= 0 else ""
    if len(words) > _LONGEST_HEADING:
        return ""
    return words if words.endswith(":") or not re.search(r"[:.;,]\s|[.;,]$", words[3:]) else ""


def _title(line: Line) -> str:
    return _plain_title(line.section.title) if line.section else ""


@lru_cache(maxsize=512)
def _plain_title(title: str) -> str:
    return plain(title)
