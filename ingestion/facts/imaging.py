"""Find imaging examinations: modality and region, date, conclusion."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingestion.facts.clauses import in_section, is_heading, once, side_of, words_after, words_before
from ingestion.facts.concepts import Mention, concepts_in, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.plain import plain
from ingestion.facts.types import Fact, Line, Source

_REPORT = "imagerie"  # in the kind of a document: a report of one or more examinations
_CLOSES = re.compile(
    r"(?im)^\W*(?:conclusion|au total|en conclusion|synth[èe]se|impression|en r[ée]sum[ée])\b"
    r"(?: \([^)\n]*\))?\s*[:,]?\s*"
)
_STOPS = re.compile(
    r"\n\s*\n|\n\W*(?:Dr|Pr|Docteur|Valid|NB|R[ée]sultat (?:donn|transm|t[ée]l))\b|\n[^\n]{2,40}\n={3,}"
)
_TO_DO = ("rendez_vous", "suites", "conduite")
_NEAR = 45
"""How far behind its modality a region is named, in characters."""
_LONGEST = 700
"""How much of a report's conclusion is kept, in characters."""
_RESULT = re.compile(r"^(?:[^.;:\n]|\.(?=\d)|:(?=\d)){0,60}?[:=](?=\s)\s*(?!\[)(\S[^\n]{2,400})")
_SHOWS = re.compile(
    r"^.{0,80}?\b((?:ne )?(?:retrouv|montr|objectiv|revel|confirm|visualis|rassur|conclu)\w*|met en evidence)\b"
    r"|^[^,]{0,40}?\b(en faveur|sans (?!inject|contraste|prepa|produit)\w+|normale?s?\b|satisfaisante?\b"
    r"|negati(?:f|ve)s?\b|pas d|stable|est (?:normal|rassur)\w*|rassurante?)"
)
_FOUND_BY = re.compile(r"([^.;:,()]{4,80}?) (?:[àa] l['’]|au |[àa] la |sur l['’]|sur le |en )$", re.I)


def find_imagings(source: Source) -> list[Fact]:
    """Return the examinations of a document; those ordered or planned are "hypothetical".

    ``name`` is the modality and the region, folded ("scanner thorax"); ``conclusion`` is as written. A report gives
    one fact, proved by its conclusion.
    """
    if _REPORT in source.kind and (report := list(_report(source))):
        return report
    return once(fact for line, mention in mentions(source, "imaging") if (fact := _told(source, line, mention)))


def _report(source: Source) -> Iterator[Fact]:
    """Yield the examination that a report is about: titled at its head, concluded at its end."""
    titled = next(((line, mention) for line, mention in mentions(source, "imaging")), None)
    span = _closing(source)
    if titled is None or span is None:
        return
    line, mention = titled
    conclusion = re.sub(r"\s+", " ", source.text[slice(*span)]).strip()
    details = {"conclusion": conclusion, "side": side_of(words_after(source, line, mention.end))}
    fact = fact_of("imaging", source, line, _located(source, mention), details)
    yield replace(
        fact, start=span[0], end=span[1], polarity="affirmed", certainty="certain", subject="patient", header=None
    )


def _closing(source: Source) -> tuple[int, int] | None:
    """Return the span of the conclusion: from its heading to the next empty line, heading or signature."""
    marks = list(_CLOSES.finditer(source.text))
    if not marks:
        return None
    start = marks[-1].end() if source.text[marks[-1].end() :].strip() else marks[-1].start()
    while start < len(source.text) and source.text[start] in "=-_ \n":
        start += 1
    stop = _STOPS.search(source.text, start)
    end = min(stop.start() if stop else len(source.text), start + _LONGEST)
    return (start, start + len(source.text[start:end].rstrip())) if source.text[start:end].strip() else None


def _told(source: Source, line: Line, mention: Mention) -> Fact | None:
    """Return an examination that a document tells of: what it showed, when it was, or that it is due."""
    before, after = words_before(source, line, mention.start), words_after(source, line, mention.end)
    later, dated = phrase_in("image_later", f"{before[-30:]} {after}"), phrase_in("image_dated", after)
    if phrase_in("image_only_if", before) or (is_heading(line) and not later and not dated):
        return None
    mention = _located(source, mention)
    conclusion, found = _conclusion(source.text[mention.end : line.end]), _FOUND_BY.search(before)
    details = {
        "conclusion": conclusion or (found[1].strip() if found else ""),
        "side": side_of(source.text[mention.end : min(line.end, mention.end + 14)]),
    }
    fact = fact_of("imaging", source, line, mention, details)
    if found and not conclusion:
        return replace(fact, polarity="affirmed")
    ahead = source.date is not None and fact.effective[:10] > source.date.date().isoformat()
    if ahead or (not conclusion and (later or in_section(line, *_TO_DO))):
        return replace(fact, polarity="negated" if fact.polarity == "negated" else "hypothetical")
    return fact if conclusion or fact.polarity != "affirmed" or dated else None


def _conclusion(rest: str) -> str:
    """Return what an examination showed: behind a colon, or from the verb on."""
    if match := _RESULT.match(rest):
        return "" if phrase_in("no_result", match[1]) else match[1].strip()
    match = _SHOWS.match(plain(rest))
    return rest[match.start(match.lastindex or 0) :].strip(" .") if match else ""


def _located(source: Source, mention: Mention) -> Mention:
    """Add to a modality the regions named beside it."""
    words = source.text[mention.start : mention.end + _NEAR]
    stop = re.search(r"[.;:\n]|,(?!\d)", words[len(mention.label) :])
    reach = mention.end + (stop.start() if stop else _NEAR)
    regions = [one for one in concepts_in(source.text, "regions") if mention.start <= one.start and one.end <= reach]
    names = dict.fromkeys(one.name for one in regions if one.name not in mention.name)
    if not names:
        return mention
    end = max(mention.end, *(one.end for one in regions))
    return replace(mention, name=" ".join((mention.name, *names)), label=source.text[mention.start : end], end=end)
