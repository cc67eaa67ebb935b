"""Read around an item within its clause: what comes before and after it, its side, who did it."""

import re
from collections.abc import Iterable

from ingestion.facts.types import Fact, Line, Source

_BOUNDARY = re.compile(
    r"[;|]|,(?!\d)|(?<!\b[A-Z])(?<!\bDr)(?<!\bPr)(?<!\bMe)\.(?=\s|$)"
    r"|(?<=\s)(?:[-–/+]|=>|->|→|puis|mais|alors que)(?=\s)"
)
_SIDE = re.compile(
    r"(?<![\w'’°-])(?<!Dr )(?<!Pr )(?<!M\. )(?:(?P<both>(?i:bilat[ée]ra(?:le?s?|ux)|bilat\b|des deux c[ôo]t[ée]s))"
    r"|(?P<left>(?i:gauches?|gche?)|G)|(?P<right>(?i:droite?s?|dte?)|D))(?![\w'’+/.-]*\w)"
)
_PERSON = r"(?:Dr|Pr|Docteur|Professeur|DR|PR|Drs)\.? (?:[A-ZÀ-Ý][\w'’.-]*[ -]?){1,3}"
_BY = re.compile(rf"\b(?:par|op[ée]rateur|op\b\.?|chirurgien|endoscopiste)\W{{1,4}}(?:le |la )?({_PERSON})", re.I)
_OF = re.compile(rf"({_PERSON})")


def words_before(source: Source, line: Line, position: int) -> str:
    """Return the words of the clause of a line that come before a position."""
    words = source.text[line.start : position]
    ends = [match.end() for match in _BOUNDARY.finditer(words)]
    return words[ends[-1] :] if ends else words


def words_after(source: Source, line: Line, position: int) -> str:
    """Return the words of the clause of a line that come after a position."""
    words = source.text[position : line.end]
    boundary = _BOUNDARY.search(words)
    return words[: boundary.start()] if boundary else words


def rest_of(source: Source, line: Line, position: int) -> str:
    """Return what a line says after a position, without the punctuation that opens it."""
    return source.text[position : line.end].lstrip(" \t:=|-–>→,")


def side_of(words: str) -> str:
    """Return the side that some words name: ``left``, ``right``, ``both`` or an empty string.

    >>> side_of("genou gauche 2015"), side_of("inguinale D"), side_of("vitamine D")
    ('left', 'right', '')
    """
    match = _SIDE.search(re.sub(r"(?i)vitamine D|vit\.? D|D-\w+", "", words))
    return (match.lastgroup or "") if match else ""


def operator_of(words: str) -> str:
    """Return who did an act ("Dr A. NOM"), as written, or an empty string."""
    match = _BY.search(words)
    return _name(match[1]) if match else ""


def person_of(words: str) -> str:
    """Return the first practitioner that some words name, as written, or an empty string."""
    match = _OF.search(words)
    return _name(match[1]) if match else ""


def in_section(line: Line, *names: str) -> bool:
    """Say whether a line stands in a section of one of these kinds."""
    return line.section is not None and line.section.name in names


def is_heading(line: Line) -> bool:
    """Say whether a line is only the heading of its section; a sentence in capitals is none."""
    section = line.section
    if section is None or line.start != section.start or line.end > section.body + 1:
        return False
    return section.name is not None or len(section.title.split()) <= 4


def once(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts without those that a line says twice; the one with the most slots is kept."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.name, fact.start, fact.end, fact.polarity, fact.subject, fact.detail("relative"), fact.value)
        if key not in kept or len(fact.details) > len(kept[key].details):
            kept[key] = fact
    return list(kept.values())


def _name(words: str) -> str:
    """Leave out a word that is no part of the name ("Dr DUPONT Date")."""
    return re.sub(r"\s+(?:Date|Aide|Anesth\w*|Service|RPPS|Le|La|Tél|TTT|Visite)\b.*$", "", words).strip(" ,-")
