"""Results that are to come: which examination, sent to whom, watched by whom, for when.

``name`` is the examination, folded ("anatomopathologie", "pcr cmv"), or "*" with polarity negated where the
document says that no result is awaited. Details: sent_to, responsible, delay (as written), since (the day of the
sample, ISO 8601).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingestion.facts.awaited_details import delay_in, responsible_in, sent_to_in
from ingestion.facts.awaited_places import label_in, listed, told, unknown_items
from ingestion.facts.boxes import polarity_by_boxes
from ingestion.facts.context import folded_words, polarity_of, relative_of, subject_of
from ingestion.facts.cue_tables import expression, words
from ingestion.facts.examinations import Examination, examinations_in
from ingestion.facts.labels import label_end_in
from ingestion.facts.moments import told_in, written_on
from ingestion.facts.types import Fact, Line, Source
from ingestion.normalise import Folded

_MAY_TELL = re.compile(
    r"(?<!\w)(?:atten[dt]|en cours|r[ée]cup[ée]r|recevoir"
    r"|non (?:encore )?(?:rendu|parvenu|re[çc]u|dispo|lu|arriv)|non (?:encore )?interp"
    r"|non (?:encore )?(?:commun|fait|valid)"
    r"|pas (?:encore )?(?:[ée]t[ée] )?(?:rendu|parvenu|re[çc]u|dispo|lu|arriv)|pas (?:encore )?reven"
    r"|[àa] (?:suivre|venir|compl)|diff[ée]r|envoy|adress|transm|parti?e?(?:nt|s)?\b|exp[ée]di|confi[ée]|rendu"
    r"|r[ée]sultat|d[ée]lai|lecture|manqu|communiqu|sous \d|r[ée]ception)",
    re.IGNORECASE,
)
_NONE = re.compile(rf"[\s:]*(?:{expression('awaited', 'none')})(?!\w)")
_NO_RESULT = re.compile(
    r"(?:pas|aucune?|absence)(?: d[e'])? ?(?:resultats?|examens?|bilans?|analyses?) (?:\w+ ){0,2}"
    r"(?:en attente|attendu|a recuperer)"
)
_TO_DATE = re.compile(r"[àa] ce jour", re.IGNORECASE)
_SAMPLE_MISSING = re.compile(r"non recue?s?")


class _Read(NamedTuple):
    """A line being read."""

    source: Source
    line: Line
    folded: Folded
    examinations: Sequence[Examination]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the document of a span of the folded line."""
        first, last = self.folded.span(start, end)
        return self.line.start + first, self.line.start + last


def find_awaited(source: Source) -> list[Fact]:
    """Return the results that a document says are awaited, and its denial that any is, in order."""
    facts: list[Fact] = []
    for line in source.lines:
        label = label_end_in(source, line, "resultats_attente")
        if label is None and not _MAY_TELL.search(source.text, line.start, line.end):
            continue
        folded = folded_words(source.words(line))
        facts += _facts(_Read(source, line, folded, _examinations(folded.text)), label)
    return [fact for fact in facts if fact.polarity == "negated" or not _given_later(source, fact)]


def _facts(read: _Read, label: int | None) -> Iterator[Fact]:
    own = label_in(read.folded.text)
    start = own[1] if own else label
    facts = list(_behind_label(read, own, start)) if start is not None else []
    names = {fact.name for fact in facts}
    places = {one: cue for one, cue in told(read.folded.text, read.examinations) if one.name not in names}
    facts += [_fact(read, one.name, one[:2]) for one, cue in sorted(places.items()) if not _void(read, one, cue)]
    if not facts and (match := _NO_RESULT.search(read.folded.text)):
        facts.append(_denial(read, match.span()))
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.name, fact)
    yield from first.values()


def _behind_label(read: _Read, own: tuple[int, int] | None, start: int) -> Iterator[Fact]:
    """Yield what is listed behind "En attente :", or the denial that stands there."""
    folded = read.folded.text
    if own and polarity_by_boxes(read.source.words(read.line), *read.folded.span(*own)) == "negated":
        yield _denial(read, own)
        return
    if _NONE.match(folded, start):
        yield _denial(read, own or (start, len(folded)))
        return
    for one in listed(folded, read.examinations, start):
        yield _fact(read, one.name, one[:2])
    trusted = own is None or re.search(r"attente|resultat|examen|recuperer", folded[slice(*own)])
    if not read.examinations and trusted:
        for place in unknown_items(folded, start):
            yield _fact(read, folded[slice(*place)], place)


def _examinations(folded: str) -> list[Examination]:
    """Return the examinations of a line, each said once ("PCR CMV sur buvard" is one)."""
    found = examinations_in(folded)
    specimens = {second for first, second in pairwise(found) if _same(first, second, folded[first.end : second.start])}
    return [one for one in found if one not in specimens]


def _same(first: Examination, second: Examination, gap: str) -> bool:
    """Say whether an examination only goes on the one before it: its specimen, its analysis."""
    analysis = (first.name, second.name) == ("biopsie", "anatomopathologie")
    return gap == " sur " or (analysis and len(gap) < 30 and not re.search(r"[,;/+&]|\bet\b", gap))


def _void(read: _Read, one: Examination, cue: str) -> bool:
    """Say whether the words tell of no result to come: a denial, a sample that the laboratory has not received."""
    if read.source.kind.startswith("resultats") and _SAMPLE_MISSING.fullmatch(cue):
        return True
    return polarity_of(read.source, read.line, *read.span(one.start, one.end)) in ("negated", "ruled_out")


def _fact(read: _Read, name: str, place: tuple[int, int]) -> Fact:
    span = read.span(*place)
    alone = len(read.examinations) == 1
    around = read.source.text[read.line.start if alone else span[1] : read.line.end]
    own = read.source.text[span[1] : read.span(*_own_part(read, place))[1]]
    subject = subject_of(read.source, read.line, *span)
    details = {
        "sent_to": sent_to_in(around),
        "responsible": responsible_in(around),
        "delay": delay_in(own) or delay_in(around),
        "since": _since(read, span, around),
        "relative": relative_of(read.source, read.line, *span) if subject != "patient" else "",
    }
    return Fact(
        kind="awaited",
        name=name,
        label=read.source.text[slice(*span)],
        start=read.line.start,
        end=read.line.end,
        subject=subject,
        effective=written_on(read.source, read.line),
        header=read.line.header,
        details=tuple((key, value) for key, value in details.items() if value),
    )


def _since(read: _Read, span: tuple[int, int], around: str) -> str:
    """Return the day of the sample: the examination's date, unless it is to come or only says "à ce jour"."""
    told_day = "" if _TO_DATE.search(around) else told_in(read.source, read.line, *span)
    return told_day if told_day[:10] <= written_on(read.source, read.line) else ""


def _own_part(read: _Read, place: tuple[int, int]) -> tuple[int, int]:
    """Return the span from an examination to the next one of its line."""
    follows = [one.start for one in read.examinations if one.start >= place[1]]
    return place[0], follows[0] if follows else len(read.folded.text)


def _denial(read: _Read, place: tuple[int, int]) -> Fact:
    start, end = read.span(*place)
    return Fact(
        kind="awaited",
        name="*",
        label=read.source.text[start:end],
        start=read.line.start,
        end=read.line.end,
        polarity="negated",
        effective=written_on(read.source, read.line),
    )


def _given_later(source: Source, fact: Fact) -> bool:
    """Say whether the same document gives, further on, the result that it first says is awaited."""
    text = source.text
    rest = folded_words(text[fact.end :].split("\n", 1)[0]).text
    if re.search(r"\b(?:resultats? )?definiti(?:f|fs|ve|ves) ?:", rest):
        return True
    for line in source.lines:
        if line.start < fact.end or line.copied:
            continue
        folded = folded_words(source.words(line)).text
        for one in examinations_in(folded):
            said = re.split(r"[;.]\s|,", folded[one.end : one.end + 60])[0]
            if one.name == fact.name and words("awaited", "given").search(said):
                return True
    return False
