"""Which examinations of a line are told to be awaited."""

import re
from collections.abc import Iterator, Sequence

from ingestion.facts.cue_tables import expression, words
from ingestion.facts.examinations import Examination

_TABLE = "awaited"
_FAR = 110
"""How many characters may part an examination from the words that say that it is awaited."""
_NEAR = 45
"""The same for "en cours", which speaks of what stands beside it."""
_PARTS = re.compile(r";|\.\s|\s[-–]\s|->|=>|→")
_BRACKETS = re.compile(r"\([^()]*\)")
_LISTING = re.compile(
    r"(?:[\s,/+&()]|x ?\d|n° ?\w+|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|(?:et|de|du|la|le|les|des|puis|ainsi que|ou"
    r"|lectures?|resultats?)(?!\w)|[ld]')*"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[.;|]\s)|(?<=\s-\s))[\s•*>-]*(?:\d+[.)/]\s*)?(?:{expression(_TABLE, 'label')})\s*(?::|$)"
)
_OF_WHAT = re.compile(r"\s*(?:de|du|des)\s|\s*d'")
_ITEM = re.compile(r"[\s•*+/,-]*(?:et )?([a-z][^,;/+:.()]{2,60}?)\s*(?=$|[,;/+(.:]|\bet\b)")


def label_in(folded: str) -> tuple[int, int] | None:
    """Return the span of the label that announces a list of awaited results ("En attente :"), or None."""
    match = _LABEL.search(folded)
    return match.span() if match else None


def listed(folded: str, examinations: Sequence[Examination], start: int) -> Iterator[Examination]:
    """Yield the examinations of a list of awaited results that starts at ``start``, those known or void left out."""
    for position, one in enumerate(examinations):
        if one.start < start:
            continue
        follows = examinations[position + 1].start if position + 1 < len(examinations) else len(folded)
        said = _BRACKETS.sub(" ", folded[one.end : follows])
        if not words(_TABLE, "undone").search(said) and not words(_TABLE, "given").search(said):
            yield one


def unknown_items(folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the items of a list of awaited results that no table knows."""
    for match in _ITEM.finditer(folded, start):
        item = match[1]
        if (
            not words(_TABLE, "not_result").search(item)
            and not words(_TABLE, "none").match(item)
            and len(item.split()) <= 7
        ):
            yield match.span(1)


def told(folded: str, examinations: Sequence[Examination]) -> Iterator[tuple[Examination, str]]:
    """Yield the examinations that the words of a line say are awaited, with those words."""
    for kind in ("waits", "coming", "sent"):
        for match in words(_TABLE, kind).finditer(folded):
            if _other_thing(folded, match) or _known(folded[match.end() :], kind):
                continue
            for one in _before(folded, examinations, match, kind):
                yield one, match[0]
    for match in words(_TABLE, "of").finditer(folded):
        for one in _behind(folded, examinations, *match.span()):
            if not words(_TABLE, "known").search(folded, one.end, one.end + _FAR):
                yield one, match[0]


def _other_thing(folded: str, match: re.Match[str]) -> bool:
    """Say whether "en attente de …" speaks of what follows it."""
    if re.search(r"\bne (?:peut|peuvent|pouvait) (?:pas )?etre $", folded[: match.start()]):
        return True
    return match[0].endswith(("attente", "cours")) and bool(_OF_WHAT.match(folded, match.end()))


def _known(rest: str, kind: str) -> bool:
    """Say whether the result follows the words: "ECBU envoyé : négatif", "adressée au laboratoire, qui a conclu"."""
    if kind == "sent" and words(_TABLE, "known").search(rest.split(". ")[0]):
        return True
    return bool(re.match(rf"[\s:,=]*(?:{expression(_TABLE, 'given')})", rest))


def _before(folded: str, examinations: Sequence[Examination], match: re.Match[str], kind: str) -> Iterator[Examination]:
    """Yield the examinations before the words, the nearest one and those listed with it."""
    follows: Examination | None = None
    for one in reversed([one for one in examinations if one.end <= match.start()]):
        if follows is None:
            gap = folded[one.end : match.start()]
            if not _told_of(gap, match[0], kind) or (
                one.act == "yes" and not words(_TABLE, "done").search(gap + match[0])
            ):
                return
        elif not _LISTING.fullmatch(_BRACKETS.sub(" ", folded[one.end : follows.start])):
            return
        follows = one
        yield one


def _told_of(gap: str, cue: str, kind: str) -> bool:
    """Say whether the words between an examination and a cue let the cue speak of it."""
    generic = words(_TABLE, "generic")
    if (
        len(gap) > _FAR
        or _PARTS.search(gap)
        or words(_TABLE, "undone").search(gap)
        or words(_TABLE, "given").search(_BRACKETS.sub(" ", gap))
    ):
        return False
    if kind == "coming" and len(gap) > _NEAR and not generic.search(gap):
        return False
    parts = _BRACKETS.sub(" ", gap).split(",")[1:]
    resumed = bool(generic.match(cue))
    return all(not part.strip() or generic.search(part) or resumed for part in parts)


def _behind(folded: str, examinations: Sequence[Examination], start: int, end: int) -> Iterator[Examination]:
    """Yield the examinations right behind the words, and those listed with the first one."""
    for one in examinations:
        if one.start < end:
            continue
        if not _LISTING.fullmatch(folded[end : one.start]):
            return
        if one.act == "-" or words(_TABLE, "done").search(folded, start, end):
            yield one
        end = one.end
