"""How an allergy is told: denied or not, with what reaction, how serious, and on what it rests."""

import re
from typing import NamedTuple

from ingestion.facts.allergens import Substance
from ingestion.facts.allergy_links import Link, Told
from ingestion.facts.allergy_words import reaction_at, word
from ingestion.facts.context import polarity_of
from ingestion.facts.types import Certainty, Line, Polarity, Source
from ingestion.normalise import Folded

_CONDITION = re.compile(r"\b(?:si|en cas|sauf)\s*(?:d'|de )?\s*$")
_UNPROVEN = re.compile(r"\b(?:non|pas|jamais|ni) (?:ete )?(?:documente|prouve|confirme|teste|explore)\w*")
_AVOIDED = re.compile(r"\b(?:eviter|proscrire|prevoir|preferer|verifier)\b[^.;:]{0,25}$")
_DOUBT = re.compile(r"verifier|preciser|suppos|presum|a confirmer|etiquette|label")


class ReadLine(NamedTuple):
    """A line being read, its folded form and what that names."""

    source: Source
    line: Line
    folded: Folded
    told: Told

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the document of a span of the folded line."""
        first, last = self.folded.span(start, end)
        return self.line.start + first, self.line.start + last


def told_polarity(read: ReadLine, link: Link) -> Polarity | None:
    """Return how the allergy is told, or None when the line tells no allergy: no reaction, a medicine to avoid."""
    trigger, substance = link.trigger, link.substance
    own = polarity_of(read.source, read.line, *read.span(substance.start, substance.end))
    if trigger is None:
        if _AVOIDED.search(read.told.folded[: substance.start]):
            return None
        return own if own in ("affirmed", "hypothetical") or _answered(read, substance) else None
    if trigger.kind == "removed":
        return "negated"
    if trigger.kind == "test":
        rest = read.told.folded[max(trigger.end, substance.end) :]
        return "negated" if re.match(r"[^.;]{0,40}?\bneg", rest) else "affirmed"
    if trigger.kind == "allergy":
        return None if _CONDITION.search(read.told.folded[: trigger.start]) else _of_allergy(read, link, own)
    if trigger.kind == "intolerance" and re.search(r"\b(?:pas|mal|non)\b", read.told.folded[slice(*trigger[:2])]):
        return "affirmed"
    told = polarity_of(read.source, read.line, *read.span(trigger.start, trigger.end))
    if trigger.kind == "reaction" and word("rumour").search(
        read.told.folded, max(0, trigger.start - 40), trigger.start
    ):
        return None
    if read.told.folded.startswith("effet", trigger.start):
        real = told == "affirmed" and not word("rumour").search(read.told.folded)
        return "affirmed" if real and reaction_at(read.told.folded, trigger.end, len(read.told.folded)) else None
    if trigger.kind == "intolerance" and not link.behind:
        return own if told == "affirmed" else told
    return None if told in ("negated", "ruled_out") else told


def told_reaction(read: ReadLine, links: list[Link], position: int) -> tuple[int, int] | None:
    """Return the reaction told of a substance: before it, behind it, or shared with those that follow in its list."""
    folded, link, trigger = read.told.folded, links[position], links[position].trigger
    if trigger is not None and trigger.kind in ("reaction", "effect") and trigger.end <= link.substance.start:
        return reaction_at(folded, trigger.start, link.substance.start)
    follows = _next_start(folded, links, position)
    if behind := reaction_at(folded, link.substance.end, follows):
        return behind
    shared = position + 1 < len(links) and follows == links[position + 1].substance.start
    if shared and re.fullmatch(r"[\s/,(+=]*(?:et|ou)?[\s]*", folded[link.substance.end : follows]):
        return told_reaction(read, links, position + 1)
    return None


def told_nature(read: ReadLine, link: Link, reaction: tuple[int, int] | None) -> str:
    """Return "allergy" or "intolerance": behind "Allergies :", an adverse effect alone tells an intolerance."""
    trigger = link.trigger
    words = read.told.folded[slice(*reaction)] if reaction else ""
    if trigger is not None and trigger.kind in ("intolerance", "effect"):
        return "allergy" if word("severe").search(words) else "intolerance"
    if trigger is not None and trigger.kind in ("allergy", "reaction", "test"):
        return "allergy"
    adverse = bool(words) and not word("reaction").search(words)
    return "intolerance" if adverse else "allergy"


def told_severity(read: ReadLine, links: list[Link], position: int, reaction: tuple[int, int] | None) -> str:
    """Return how serious the reaction was ("severe", "mild" or ""), by the words that tell of this substance."""
    folded, link, trigger = read.told.folded, links[position], links[position].trigger
    shared = position > 0 and links[position - 1].trigger == trigger
    start = link.substance.start if trigger is None or link.behind or shared else trigger.start
    words = re.split(
        r"\s->|\s=>|\.\s", folded[start : max(_next_start(folded, links, position), reaction[1] if reaction else 0)]
    )[0]
    return "severe" if word("severe").search(words) else "mild" if word("mild").search(words) else ""


def told_evidence(read: ReadLine, start: int) -> str:
    """Return on what the clause around a place rests: "tested", "declared" or ""."""
    folded = _clause(read.told.folded, start)
    folded = _UNPROVEN.sub("non documentee", folded)
    return "tested" if word("proof").search(folded) else "declared" if word("told").search(folded) else ""


def told_certainty(read: ReadLine, start: int, polarity: Polarity) -> Certainty:
    """Return how sure the clause around a place is of an allergy."""
    if polarity == "hypothetical":
        return "possible"
    if polarity == "affirmed" and told_evidence(read, start) == "declared":
        return "possible" if _DOUBT.search(_clause(read.told.folded, start)) else "probable"
    return "certain"


def _of_allergy(read: ReadLine, link: Link, own: Polarity) -> Polarity:
    """Weigh what is said of the substance and of the word "allergie" itself."""
    trigger = link.trigger
    if trigger is None or own != "affirmed" or trigger.start == trigger.end:
        return own
    whole = polarity_of(read.source, read.line, *read.span(trigger.start, trigger.end))
    between = read.told.folded[trigger.end : link.substance.start]
    return whole if link.behind or not re.search(r"[:;,(]|\b(?:sauf|hormis|mais)\b", between) else own


def _answered(read: ReadLine, substance: Substance) -> bool:
    """Say whether a denial answers the substance itself: "Latex : non", "pénicilline non retenue"."""
    rest = read.told.folded[substance.end :]
    return bool(re.match(r"\s*(?:[:=(|]|\[|non ret|non conf|infirm|ecart|elimin|exclu|a tort)", rest))


def _next_start(folded: str, links: list[Link], position: int) -> int:
    """Return where what is told of the next substance begins."""
    if position + 1 == len(links):
        return len(folded)
    following = links[position + 1]
    trigger = following.trigger
    own = trigger is not None and not following.behind and trigger.start >= links[position].substance.end
    return trigger.start if own and trigger else following.substance.start


def _clause(folded: str, place: int) -> str:
    start, end = folded.rfind(";", 0, place) + 1, folded.find(";", place)
    return folded[start : end if end >= 0 else len(folded)]
