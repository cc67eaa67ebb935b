"""Cut the lines of a list of problems into items, and keep those that may name one."""

import re
from collections.abc import Iterator
from functools import cache

from ingestion.facts.clauses import in_section
from ingestion.facts.concepts import mentions_on
from ingestion.facts.phrases import phrase_in
from ingestion.facts.types import Line, Source
from ingestion.lexicon.tables import medicine_classes
from ingestion.normalise import fold, medicine_names

_BULLET = re.compile(r"\s*(?:[-•*·>]+|\d{1,2}\s*[.)/](?!\d)|[a-z]\))\s*")
_CUT = re.compile(r"\s*(?:[;•:?]|,(?!\d)|\.(?=\s|$)|\s/\s|(?<=\s)[-–](?=\s)|=>|->|→)\s*")
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")
_OTHER_KINDS = (
    "problems", "symptoms", "procedures", "devices", "imaging", "social", "directives", "microorganisms",
    "transfusions", "appointments", "specimens",
)  # fmt: skip
_BULLETED = ("hypotheses", "conclusion")
_SHORTEST, _LONGEST, _WORDS = 5, 60, 7


def items(source: Source, line: Line) -> Iterator[tuple[int, int]]:
    """Yield the spans of a line's items that may name a problem and that no table knows.

    Prose is left alone. Under a heading of history every piece of an enumeration counts; elsewhere only what opens
    a bullet, or what stands behind the heading of the reason of the stay.
    """
    start = max(line.start, line.section.body) if line.section and line.section.body < line.end else line.start
    bullet = _BULLET.match(source.text, start, line.end)
    history = in_section(line, "antecedents", "antecedents_familiaux")
    opens = line.section is not None and line.section.start >= line.start
    if not (bullet or opens) or (in_section(line, *_BULLETED) and not bullet):
        return
    known = [(one.start, one.end) for table in _OTHER_KINDS for one in mentions_on(source, line, table)]
    pieces = list(_pieces(source.text, bullet.end() if bullet else start, line.end))
    for first, last in pieces if history else pieces[:1]:
        if not any(first < end and begin < last for begin, end in known) and _may_be_problem(source.text[first:last]):
            yield first, last


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans between the marks; what stands in brackets belongs to the piece before it."""
    words = _BRACKETS.sub(lambda match: " " * len(match[0]), text[start:end])
    position = 0
    for match in [*_CUT.finditer(words), None]:
        piece = words[position : match.start() if match else len(words)]
        if piece.strip(" :."):
            lead = len(piece) - len(piece.lstrip(" :."))
            yield start + position + lead, start + position + len(piece.rstrip(" :."))
        position = match.end() if match else len(words)


def _may_be_problem(item: str) -> bool:
    folded = fold(item)
    return (
        _SHORTEST <= len(item) <= _LONGEST
        and len(item.split()) <= _WORDS
        and item[:1].isalpha()
        and not re.search(r"\d{2,}|[=%<>+]|\d[.,]\d|\b(?:est|a|ont|sont|etait|avait|sera|x\d)\b", folded)
        and not phrase_in("not_a_problem", item)
        and not medicine_names(item)
        and folded not in _classes()
    )


@cache
def _classes() -> frozenset[str]:
    return frozenset(fold(name) for row in medicine_classes() for name in row.names)
