"""Allergies and intolerances, and their denial.

``name`` is the substance, folded: the generic of a medicine, the singular of a class ("penicilline"), an allergen
("latex"); "*" for a denial of every allergy, "medicines" for a denial of every allergy to a medicine. Details:
nature (allergy, intolerance), reaction as written, severity (severe, mild), evidence (tested, declared), since (ISO
8601, the day of the reaction), relative, delabelled ("true" when tests or a specialist took the label away).
"""

import re
from collections.abc import Iterator

from ingestion.facts.allergens import substances_in
from ingestion.facts.allergy_denials import denials_in, is_order, label_end, unknown_allergens
from ingestion.facts.allergy_links import Link, Told, links_in
from ingestion.facts.allergy_reading import (
    ReadLine,
    told_certainty,
    told_evidence,
    told_nature,
    told_polarity,
    told_reaction,
    told_severity,
)
from ingestion.facts.allergy_words import triggers_in, word
from ingestion.facts.context import folded_words, polarity_of, relative_of, subject_of
from ingestion.facts.labels import label_end_in
from ingestion.facts.moments import told_in, written_on
from ingestion.facts.types import Fact, Line, Polarity, Source

_MAY_TELL = re.compile(
    r"(?<!\w)(?:allerg|anaphyl|quincke|urticair|toxiderm|hypersens|intol[ée]r"
    r"|(?:mal|non|pas) (?:tol[ée]r|support)|support\w+ pas|tol[èe]re\w* pas|picotement|r[ée]action"
    r"|ind[ée]sirable|effets? second|[ée]ruption|exanth|rash|prurit|angio-?[oœ]|ecz[ée]ma|TIH\b|DRESS|lyell"
    r"|bronchospasme|TPO\b|IDR\b|prick|APLV\b|choc |tests? |ray[ée]e?r?\b|hyper-?k|sensibilisation"
    r"|d[ée]mangeais|contre[- ]indi|ne pas r[ée]|[àa] ne pas|pseudo-allerg)",
    re.IGNORECASE,
)


def find_allergies(source: Source) -> list[Fact]:
    """Return the allergies, intolerances and denials that a document tells, in order."""
    facts: list[Fact] = []
    for line in source.lines:
        label = label_end_in(source, line, "allergies")
        if label is not None or _MAY_TELL.search(source.text, line.start, line.end):
            facts += _distinct(_facts(_read(source, line, label)))
    return facts


def _read(source: Source, line: Line, label: int | None) -> ReadLine:
    folded = folded_words(source.words(line))
    substances = substances_in(source.words(line), folded)
    triggers = triggers_in(folded.text, substances)
    own = next((label_end(folded.text, one) for one in triggers if one.kind == "allergy"), None)
    return ReadLine(source, line, folded, Told(folded.text, substances, triggers, label if own is None else own))


def _facts(read: ReadLine) -> Iterator[Fact]:
    if is_order(read.told.folded):
        return
    links = links_in(read.told)
    for position in range(len(links)):
        yield from _of_link(read, links, position)
    for start, end in () if links else unknown_allergens(read.told):
        polarity = polarity_of(read.source, read.line, *read.span(start, end))
        if polarity != "hypothetical":
            yield _fact(read, read.told.folded[start:end], (start, end), polarity, {"nature": "allergy"})
    for name, start, end in denials_in(read, links):
        yield _fact(read, name, (start, end), "negated", {})


def _of_link(read: ReadLine, links: list[Link], position: int) -> Iterator[Fact]:
    """Yield the fact of a substance, unless the line tells no allergy to it."""
    link = links[position]
    place = link.substance.start, link.substance.end
    polarity = told_polarity(read, link)
    if polarity is None:
        return
    details = {"nature": "allergy"}
    reaction = told_reaction(read, links, position)
    if polarity in ("affirmed", "hypothetical"):
        details["nature"] = told_nature(read, link, reaction)
        details["reaction"] = read.source.text[slice(*read.span(*reaction))] if reaction else ""
        details["severity"] = told_severity(read, links, position, reaction)
    elif (link.trigger and link.trigger.kind in ("test", "removed")) or word("removed").search(_physical_line(read)):
        details["delabelled"] = "true"
    details["evidence"] = told_evidence(read, place[0])
    details["since"] = _since(read, reaction) or _since(read, place)
    yield _fact(read, link.substance.name, place, polarity, details)


def _since(read: ReadLine, place: tuple[int, int] | None) -> str:
    return told_in(read.source, read.line, *read.span(*place)) if place else ""


def _fact(read: ReadLine, name: str, place: tuple[int, int], polarity: Polarity, details: dict[str, str]) -> Fact:
    span = read.span(*place)
    subject = subject_of(read.source, read.line, *span)
    details["relative"] = relative_of(read.source, read.line, *span) if subject != "patient" else ""
    return Fact(
        kind="allergy",
        name=name,
        label=read.source.text[slice(*span)],
        start=read.line.start,
        end=read.line.end,
        polarity=polarity,
        subject=subject,
        certainty=told_certainty(read, place[0], polarity),
        effective=written_on(read.source, read.line),
        header=read.line.header,
        details=tuple((key, value) for key, value in details.items() if value),
    )


def _physical_line(read: ReadLine) -> str:
    """Return the folded line of text in which the line, which may be one of its sentences, stands."""
    text, line = read.source.text, read.line
    start, end = text.rfind("\n", 0, line.start) + 1, text.find("\n", line.end)
    return folded_words(text[start : end if end >= 0 else len(text)]).text


def _distinct(facts: Iterator[Fact]) -> list[Fact]:
    """Keep one fact of each substance in a line, the one with the most slots."""
    kept: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        key = fact.name, fact.subject, fact.detail("relative")
        if key not in kept or _weight(fact) > _weight(kept[key]):
            kept[key] = fact
    named = sum(fact.polarity == "affirmed" for fact in kept.values()) > 1
    # "Allergie aux antibiotiques pénicillines" tells of no allergy to every antibiotic.
    return [one for one in kept.values() if not (named and one.name == "antibiotique" and one.polarity == "affirmed")]


def _weight(fact: Fact) -> tuple[bool, int]:
    """Order what a line says of one substance: a test that is positive outweighs one that is negative."""
    return fact.polarity == "affirmed", len(fact.details)
