"""Find operations, endoscopies and acts, with their side, operator, result and indication."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingestion.facts.clauses import is_heading, once, operator_of, person_of, side_of, words_after, words_before
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.types import Fact, Line, Source
from ingestion.normalise import fold

_REPORT = ("compte_rendu_operatoire", "compte_rendu_endoscopie", "compte_rendu_intervention")
_OPERATOR = re.compile(
    r"(?im)^.{0,60}?\b(?:op[ée]rateurs?|chirurgiens?|op|endoscopiste)\b\s*[.:]?\s*"
    r"(?=(?:Dr|Pr|Docteur|Professeur)\b)([^\n]{0,60})"
)
_TITLE = re.compile(
    r"(?i)^\W*(?:intitul[ée]|intervention|geste|acte|titre)(?: (?:r[ée]alis[ée]e?|principal))?\s*:\s*(?=\S)"
)
_INDICATION = re.compile(
    r"(?i)^[^.;:]{0,80}?\b(?:pour|sur|devant)\s+(?!les? \d|l[ae] suite)"
    r"((?:une?|des|le|la|les|l['’])?\s?[^.;:,()]{4,90})"
)
_RESULT = re.compile(r"^(?:[^.;:]|(?<=\b[A-Z])\.|(?<=\bDr)\.|\.(?=\d)){0,60}?:\s*(?!\[)(\S[^\n]{2,300})")


def find_procedures(source: Source) -> list[Fact]:
    """Return the acts of a document: done, denied or refused ("negated"), planned or discussed ("hypothetical")."""
    operator = _operator(source)
    return once((*_known(source, operator), *_titled(source, operator)))


def _known(source: Source, operator: str) -> Iterator[Fact]:
    for line, mention in mentions(source, "procedures"):
        by_the_way = phrase_in("act_by_the_way", source.text[line.start : mention.start])
        if not by_the_way and (not is_heading(line) or source.kind in _REPORT):
            yield _fact(source, line, mention, operator)


def _titled(source: Source, operator: str) -> Iterator[Fact]:
    """Yield the act that an operative report is titled with and that no table knows."""
    if source.kind not in _REPORT:
        return
    known = {line.start for line, _ in mentions(source, "procedures")}
    for line in source.lines:
        title = _TITLE.match(source.words(line))
        if title is None or line.start in known:
            continue
        start = line.start + title.end()
        label = re.split(r"\s(?:pour|sous|sur)\s|[.;(]", source.text[start : line.end], maxsplit=1)[0].strip()
        if 5 <= len(label) <= 120:
            yield _fact(source, line, Mention("titled", fold(label), label, start, start + len(label)), operator)


def _fact(source: Source, line: Line, mention: Mention, operator: str) -> Fact:
    after, before = words_after(source, line, mention.end), words_before(source, line, mention.start)
    details = {
        "side": side_of(mention.label) or side_of(after),
        "operator": operator_of(after) or operator,
        "result": _result(source.text[mention.end : line.end]),
        "indication": _indication(after),
    }
    fact = fact_of("procedure", source, line, mention, details)
    if fact.polarity != "affirmed":
        return fact
    if phrase_in("act_not_done", after) or phrase_in("act_refused", before):
        return replace(fact, polarity="negated")
    planned = phrase_in("act_planned", f"{before[-40:]} {after}") and not phrase_in("act_done", after)
    return replace(fact, polarity="hypothetical") if planned or _is_ahead(source, fact) else fact


def _is_ahead(source: Source, fact: Fact) -> bool:
    """Say whether an act has its day after the document's."""
    return source.date is not None and fact.effective[:10] > source.date.date().isoformat()


def _result(words: str) -> str:
    """Return what an act showed: behind a colon, or in the verb's clause."""
    if (match := _RESULT.match(words)) and not phrase_in("no_result", match[1]):
        return match[1].strip()
    match = phrase_in("act_shows", words)
    return words[: match.end()].strip(" ,") if match else ""


def _indication(after: str) -> str:
    match = _INDICATION.match(after)
    return match[1].strip() if match else ""


def _operator(source: Source) -> str:
    """Return the operator whom an operative report names once for all its acts."""
    match = _OPERATOR.search(source.text) if source.kind in _REPORT else None
    return person_of(match[1]) if match else ""
