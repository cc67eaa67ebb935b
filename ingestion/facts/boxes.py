"""Check boxes of forms: "[x] oui [ ] non", "☐ HTA ☒ diabète"."""

import re
from typing import NamedTuple

from ingestion.facts.types import Polarity

_BOX = re.compile(
    r"\[ ?(?P<square>[xXvV✓✔*]?) ?\]|\( ?(?P<round>[xX✓✔]) ?\)|\(  ?\)|(?P<empty>[☐□❑❏○◯])|(?P<full>[☑☒■✓✔⊠◉●])"
)
_YES = re.compile(r"\s*(?:oui|o|pr[ée]sente?s?|positi(?:f|ve)|vrai)\b", re.IGNORECASE)
_NO = re.compile(r"\s*(?:non|n|absente?s?|n[ée]gati(?:f|ve)|aucune?|n[ée]ant|faux)\b", re.IGNORECASE)
_LABEL_END = re.compile(r"\s{2,}\S|[;|\n]|\.\s")


class Box(NamedTuple):
    """A box: its span, whether it is ticked, and the span of its label."""

    start: int
    end: int
    ticked: bool
    first: int
    last: int


def boxes_in(words: str) -> list[Box]:
    """Return the boxes of a line, in order; a label follows its box, or precedes it where the line is so made."""
    found = list(_BOX.finditer(words))
    if not found:
        return []
    if len(found) > 1 and _answer_before(words, found[0].start()) and not words[found[-1].end() :].strip(" .;|"):
        edges = [0, *(match.end() for match in found)]
        return [
            Box(*match.span(), _ticked(match), edge, match.start()) for match, edge in zip(found, edges, strict=False)
        ]
    limits = [*(match.start() for match in found[1:]), len(words)]
    return [Box(*match.span(), _ticked(match), match.end(), limit) for match, limit in zip(found, limits, strict=True)]


def polarity_by_boxes(words: str, start: int, end: int) -> Polarity | None:
    """Return what the boxes of a line say of the item at ``start:end``, or None when they say nothing of it.

    A form left blank tells nothing: the item is hypothetical.
    """
    boxes = boxes_in(words)
    own = next((box for box in boxes if box.first <= start and end <= box.last), None)
    if own is not None and (said := _said_by_own(words, own, start)):
        return said
    answers = [(box, _answer(words, box)) for box in boxes if box.start >= end and not _parted(words[end : box.start])]
    pair = [(box, answer) for box, answer in answers[:2] if answer is not None]
    if not pair:
        return None
    ticked = {answer for box, answer in pair if box.ticked}
    return "hypothetical" if len(ticked) != 1 else "affirmed" if ticked == {True} else "negated"


def without_answers(words: str) -> str:
    """Return the words with the boxes, and the oui or non beside them, blanked: they are no words of the sentence."""
    if not _BOX.search(words):
        return words
    blanked = list(words)
    for box in boxes_in(words):
        answer = _YES.match(words, box.first, box.last) or _NO.match(words, box.first, box.last)
        for start, end in ((box.start, box.end), answer.span() if answer else (0, 0)):
            blanked[start:end] = " " * (end - start)
    return "".join(blanked)


def _said_by_own(words: str, box: Box, start: int) -> Polarity | None:
    """Return what the box whose label holds the item says of it."""
    label = words[box.first : box.last]
    if _NO.match(label):
        return None
    if _LABEL_END.search(words, box.first + len(label) - len(label.lstrip()), start + 1):
        return None
    return "affirmed" if box.ticked else "negated"


def _answer(words: str, box: Box) -> bool | None:
    """Return True for a box labelled oui, False for non, None for another."""
    label = words[box.first : box.last]
    if box.last <= box.start:
        label = label.split(":")[-1].split()[-1] if label.split() else ""
    return True if _YES.match(label) else False if _NO.match(label) else None


def _answer_before(words: str, start: int) -> bool:
    last = words[:start].rsplit(None, 1)
    return bool(last and (_YES.fullmatch(last[-1]) or _NO.fullmatch(last[-1])))


def _parted(gap: str) -> bool:
    return bool(re.search(r"[;|\n]|\.\s|\w\s*:[^:]*\w\s*:", _BOX.sub("", gap)))


def _ticked(match: re.Match[str]) -> bool:
    return bool(match["square"] or match["round"] or match["full"])
