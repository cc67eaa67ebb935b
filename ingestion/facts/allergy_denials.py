"""Denials of allergy, and allergens that no table knows."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingestion.facts.allergy_links import Link, Told
from ingestion.facts.allergy_reading import ReadLine
from ingestion.facts.allergy_words import Trigger, expression, word
from ingestion.facts.context import folded_words, polarity_of

_PHRASE = re.compile(rf"(?:\(?s\))?(?:(?: ?[/,] ?| et | ou | )(?:{expression('phrase')}))*")
_TERRAIN = re.compile(r"(?:antecedents?|atcds?|terrain|statut)\s*$")
_LABEL = re.compile(r"\s*(?:[:=]|\[|☐|☑|☒|\|)")
_DENIED = re.compile(r"\s+(?:ras|neant|non(?! (?:ret|conf|renseign|prec|doc))|0|aucune?|nulle?)(?!\w)")
_DENIAL_ALONE = re.compile(
    r"[\s•*:=-]*((?:pas|aucune?|absence)(?: (?:de|d'|a|ce jour|connue?s?|allergie|medicamenteuse|notion|signalee?"
    r"|declaree?|particuliere?))*|neant|ras|non|0|nulle?|rien a signaler)[\s.]*"
)
_RESERVE = re.compile(r"[^.;]{0,20}\b(?:sauf|hormis|excepte|en dehors|a part)\b")
_REPORTED = re.compile(rf"\b(?:{expression('reports')})\b[^.]{{0,30}}[\"«“]\s*(?:\w+ ){{0,3}}(?:d')?$")
_ORDER = re.compile(r"\bignor\w+ (?:toutes? )?(?:les |ces )?(?:instruct|consign)")
_TO_WHAT = re.compile(r"(?: (?:ni|ou|et) \w+| (?:aux?|a|envers|vis)\b[^.;,:]{0,30})?")
_NAMES_ALLERGY = re.compile(r"allergi|hypersensibilites? medic")
_OTHERS = re.compile(r"\bautres? (?:\w+ )?$")
_BRACKETS = re.compile(r"\([^()]*\)")
_COMPLEMENT = re.compile(r" (?:\w+ )?(?:a la|a l'|au|aux) ?([a-z-]{4,25})")
_PIECE = re.compile(r"(?:(?!\bet\b)[^,;+/])+")
_BODY = re.compile(r"[\s•*-]*([a-z][a-z' -]{2,32}?)\s*(?=$|[(:=.!,;+/]|->|\s-\s|\s{2,}|\bet\b)")


Denial = tuple[str, int, int]
"""What is denied ("*", "medicines", "aliments"), and its span in the folded line."""


def denials_in(read: ReadLine, links: Sequence[Link]) -> Iterator[Denial]:
    """Yield the denials of every allergy, or of every one of a kind; ``links`` are the substances told to harm."""
    told, folded = read.told, read.told.folded
    named = {link.trigger for link in links}
    titled = told.label is not None
    for trigger in told.triggers:
        if trigger.kind != "allergy" or trigger.start == trigger.end or not _NAMES_ALLERGY.match(folded, trigger.start):
            continue
        titled = False
        end = _phrase_end(folded, trigger)
        reserved = trigger in named or None in named or _RESERVE.match(folded, end)
        if not reserved and _is_denied(read, trigger.start, end) and not _only_mentioned(folded, trigger.start):
            what = _TO_WHAT.match(folded, end)
            yield _kind_denied(folded[trigger.start : what.end() if what else end]), trigger.start, end
    if titled and (match := _DENIAL_ALONE.fullmatch(_BRACKETS.sub(_blank, folded), told.label or 0)):
        title = folded_words(read.line.section.title).text if read.line.section else ""
        yield _kind_denied(title), match.start(1), match.end(1)


def unknown_allergens(told: Told) -> Iterator[tuple[int, int]]:
    """Yield the spans of what a line calls an allergen, though no table knows it."""
    for trigger in told.triggers:
        if trigger.kind != "allergy" or not told.folded.startswith("allergi", trigger.start):
            continue
        match = _COMPLEMENT.match(told.folded, trigger.end)
        if match and _may_be_substance(match[1]):
            yield match.span(1)
            return
    if told.label is not None:
        yield from _items(told.folded, told.label)


def is_order(folded: str) -> bool:
    """Say whether a line gives orders to a machine that reads it: it tells nothing of the patient."""
    return bool(_ORDER.search(folded))


def _items(folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the short items of a list that stands behind "Allergies :"."""
    for piece in _PIECE.finditer(folded, start):
        body = _BODY.match(folded, *piece.span())
        if body and len(body[1].split()) <= 2 and _may_be_substance(body[1].strip()):
            yield body.start(1), body.start(1) + len(body[1].rstrip())


def label_end(folded: str, trigger: Trigger) -> int | None:
    """Return where the label "Allergies :" that a trigger opens ends, or None when it opens none."""
    end = _phrase_end(folded, trigger)
    before = folded[: trigger.start]
    if folded.startswith("allergique", trigger.start) and not _TERRAIN.search(before):
        return None
    if match := _LABEL.match(folded, end):
        return match.end()
    return end if not before.strip(" -•*!#>|") else None


def _phrase_end(folded: str, trigger: Trigger) -> int:
    match = _PHRASE.match(folded, trigger.end)
    return match.end() if match else trigger.end


def _is_denied(read: ReadLine, start: int, end: int) -> bool:
    told = polarity_of(read.source, read.line, *read.span(start, end))
    return told == "negated" or bool(_DENIED.match(read.told.folded, end))


def _kind_denied(words: str) -> str:
    medicines, food = re.search(r"\b(?:medic|pharma)", words), re.search(r"\baliment", words)
    if bool(medicines) == bool(food):
        return "*"
    return "medicines" if medicines else "aliments"


def _only_mentioned(folded: str, start: int) -> bool:
    """Say whether "allergie" names a thing here, speaks of the others, or is what another record says."""
    before = folded[max(0, start - 80) : start]
    return bool(_named().search(before) or _OTHERS.search(before) or _REPORTED.search(before))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expression('not_label')})\s*(?:d'|de |des |aux |les |l')?(?:non )?[\"«]?\s*$")


def _may_be_substance(words: str) -> bool:
    kinds = ("no_substance", "reaction", "effect")
    return not any(word(kind).fullmatch(part) for part in words.split() for kind in kinds)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
