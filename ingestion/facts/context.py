"""What surrounds an item in its line: denied or supposed, of whom, how sure, and when it holds."""

from bisect import bisect_left
from functools import lru_cache

from ingestion.facts.boxes import polarity_by_boxes, without_answers
from ingestion.facts.cues import Reading, read
from ingestion.facts.kinship import Named, kin_in
from ingestion.facts.moments import moment_in, onset_in
from ingestion.facts.types import Certainty, Line, Polarity, Source, Subject
from ingestion.normalise import Folded, fold, fold_with_offsets


def polarity_of(source: Source, line: Line, start: int, end: int) -> Polarity:
    """Return whether the item at ``start:end`` of the document is affirmed, denied, supposed or ruled out."""
    ticked = polarity_by_boxes(source.words(line), start - line.start, end - line.start)
    return ticked or _reading(source, line, start, end).polarity


def subject_of(source: Source, line: Line, start: int, end: int) -> Subject:
    """Return of whom the item at ``start:end`` is said."""
    return _kin(source, line, start, end)[0]


def relative_of(source: Source, line: Line, start: int, end: int) -> str:
    """Return the relative of whom the item at ``start:end`` is said, as written in small letters, or ""."""
    subject, named = _kin(source, line, start, end)
    if subject == "patient" or named is None:
        return ""
    first, last = folded_words(source.words(line)).span(*named)
    return source.words(line)[first:last].lower()


def certainty_of(source: Source, line: Line, start: int, end: int) -> Certainty:
    """Return how sure the line is of the item at ``start:end``."""
    return _reading(source, line, start, end).certainty


def effective_of(source: Source, line: Line, start: int, end: int) -> str:
    """Return when the item at ``start:end`` holds, resolved from the document's date, or an empty string.

    "Depuis 2014" does not tell when an item holds but since when: ``since_of``.
    """
    return moment_in(source, line, start, end)


def since_of(source: Source, line: Line, start: int, end: int) -> str:
    """Return since when the item at ``start:end`` holds ("depuis 3 semaines"), ISO 8601, or an empty string."""
    return onset_in(source, line, start, end)


@lru_cache(maxsize=512)
def folded_words(words: str) -> Folded:
    """Return the words of a line folded, with their offsets; kept, for a line is read several times."""
    # Where each character gives one, which is the rule, the offsets are the places: ten times faster.
    if all(_gives_one(character) for character in set(words)):
        return Folded(fold(words), tuple(range(len(words) + 1)))
    return fold_with_offsets(words)


@lru_cache(maxsize=1024)
def _gives_one(character: str) -> bool:
    return len(fold(character)) == 1


def _reading(source: Source, line: Line, start: int, end: int) -> Reading:
    folded, first, last = _placed(source, line, start, end)
    return read(without_answers(folded), first, last)


def _kin(source: Source, line: Line, start: int, end: int) -> tuple[Subject, Named]:
    folded, first, last = _placed(source, line, start, end)
    return kin_in(folded, first, last, _in_family_section(source, line))


def _in_family_section(source: Source, line: Line) -> bool:
    """Say whether a line stands under a heading of family history.

    A heading that has its text on its own line announces no more than that line.
    """
    section = line.section
    if section is None or section.name != "antecedents_familiaux":
        return False
    ends = source.text.find("\n", section.start, section.end)
    return ends < 0 or line.start < ends or not source.text[section.body : ends].strip()


def _placed(source: Source, line: Line, start: int, end: int) -> tuple[str, int, int]:
    """Return the folded line, and where the item stands in it."""
    folded = folded_words(source.words(line))
    first = bisect_left(folded.offsets, start - line.start)
    return folded.text, first, bisect_left(folded.offsets, end - line.start)
