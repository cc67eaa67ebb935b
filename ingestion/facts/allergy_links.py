"""Which substances of a line are told to harm, and by which words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingestion.facts.allergens import Substance
from ingestion.facts.allergy_words import Trigger, expression, word

_ARTICLES = r"(?:aux?|a|la|les?|l'|de|du|des|d'|en|une?|ce|cet|cette|ces)"
_LINKING = re.compile(rf"(?:[\s,:/()\[\]\"«»'=+&*!•-]|\d|[ld]'|(?:{_ARTICLES}|{expression('linking')})(?!\w))*")
_CAUSE = re.compile(
    rf"(?:[^,;.:]|(?<=\d)[.,](?=\d)){{0,50}}?(?<!\w)(?:{expression('cause')})"
    rf"(?: (?:{_ARTICLES}|{expression('exposure')})|(?<=')(?:{expression('exposure')}))*[ '-]*"
)
_JOINING = re.compile(
    r"[\s,/+&()!*-]*(?:(?:et|ou|ni|puis|ainsi que|ou encore)\s+|(?:mais )?(?:pas|non) (?=aux?\b|a l))?"
    rf"(?:{_ARTICLES}\s*)*[\s(«\"]*"
)
_HARMS = re.compile(
    r"(?:\s*@)*\s*\)?\s*(?:[=(]|(?:ayant |qui )?(?:a |ont )?(?:provoqu|entrain|donn|declench|caus)\w*|responsable)"
    r"\s*(?:(?:de|d'|une?|des)\s*)*"
)
_TOLD_BEHIND = re.compile(r"(?:\s*@)*\s*\)?\s*(?:[=:(,]|->|=>|-)\s*(?:[\w']+ ){0,2}")
_STANDS_BEHIND = re.compile(
    r"[\s:(=,>-]*(?:(?:a|est|etait|ete|etant|tres|finalement|pas|d'|aucune|lp|po|iv|\d+ ?mg|per os)\s*)*"
)
_ENDS = re.compile(rf"\b(?:{expression('ends')})(?: \w+){{0,2}} ?:")
_TAKEN_AWAY = re.compile(rf"\s*(?:{expression('gone')})(?!\w)")
_RESULT = re.compile(r"[^.;]{0,40}?\b(?:negati|neg\b|positi)")
_TREATED = re.compile(r"\btrait[^.;]{0,40}$")
_SHOCK = re.compile(r"\s*(?:en \d{4} )?(?:a la|a l'|a|aux?|sous|apres)?\s*(?:la |l')?")
_TREATMENT = re.compile(r"R06|H02|D04|D07A|C01CA24|R03")
"""ATC codes of what treats an allergic reaction."""
_TREATERS = frozenset({"corticoide", "adrenaline", "antihistaminique", "bronchodilatateur"})


class Link(NamedTuple):
    """A substance told to harm, the words that tell it (None: the label of the line), and on which side they stand."""

    substance: Substance
    trigger: Trigger | None
    behind: bool = False


class Told(NamedTuple):
    """A folded line with what it names; ``label`` is where the label "Allergies :" ends in it, or None."""

    folded: str
    substances: Sequence[Substance]
    triggers: Sequence[Trigger]
    label: int | None


def links_in(told: Told) -> list[Link]:
    """Return the substances that a line tells to harm, in order."""
    links: list[Link] = []
    for substance in told.substances:
        if word("tolerated").match(_skip_brackets(told.folded[substance.end :])):
            continue
        link = _after_words(told, substance) or _before_words(told, substance)
        link = link or _joined(told, substance, links) or _labelled(told, substance)
        if link:
            links.append(link)
    return links


def _after_words(told: Told, substance: Substance) -> Link | None:
    """Link a substance to the words before it: "allergie à la pénicilline", "urticaire après iomeprol"."""
    for trigger in reversed(told.triggers):
        if trigger.end > substance.start:
            continue
        gap = _masked(told, trigger.end, substance.start)
        if "@" in gap or gap.count(")") > gap.count("("):  # another substance's, or told in brackets of another
            continue
        direct = bool(_LINKING.fullmatch(gap))
        if told.folded[trigger.start : trigger.end] == "choc":
            fits = bool(_SHOCK.fullmatch(gap))
        elif trigger.kind == "test":
            # "Test à la prostigmine" tests no allergy.
            alone = (
                not told.folded[trigger.start : trigger.end].startswith("test")
                or " " in told.folded[slice(*trigger[:2])]
            )
            fits = direct and (alone or not gap.strip()) and bool(_RESULT.match(told.folded, substance.end))
        elif trigger.kind == "effect":
            fits = bool(_CAUSE.fullmatch(gap)) and _blames(told)
        elif trigger.kind == "reaction":
            beside = (
                direct
                and (":" not in gap or told.label is not None)
                and not _TREATED.search(told.folded[: trigger.start])
            )
            fits = (beside or bool(_CAUSE.fullmatch(gap))) and not word("treats").search(gap)
        else:
            fits = direct
        if fits and not (trigger.kind != "allergy" and _treats(substance) and not _CAUSE.fullmatch(gap)):
            return Link(substance, trigger)
    return None


def _before_words(told: Told, substance: Substance) -> Link | None:
    """Link a substance to the words behind it: "BACTRIM = toxidermie", "tramadol mal toléré"."""
    for trigger in told.triggers:
        if trigger.start < substance.end or trigger.kind == "test":
            continue
        gap = _masked(told, substance.end, trigger.start)
        if trigger.kind in ("intolerance", "allergy"):
            fits = bool(_STANDS_BEHIND.fullmatch(gap)) and (trigger.kind == "intolerance" or bool(gap.strip()))
            fits = fits or (not re.search(r"[@.;]", gap) and bool(_TAKEN_AWAY.match(told.folded, trigger.end)))
        elif told.label is not None and substance.start >= told.label:
            fits = bool(_TOLD_BEHIND.fullmatch(gap))
        else:
            strong = trigger.kind == "reaction" or _blames(told)
            fits = strong and not _treats(substance) and bool(_HARMS.fullmatch(gap))
        return Link(substance, trigger, behind=True) if fits else _removed(told, substance)
    return _removed(told, substance)


def _removed(told: Told, substance: Substance) -> Link | None:
    """Link a substance whose label is taken away by the words behind it: "pénicilline à rayer"."""
    match = re.compile(r"\s*(?:est |etait )?(?:a (?:rayer|retirer|supprimer|enlever)|rayee?)\b").match(
        told.folded, substance.end
    )
    return Link(substance, Trigger(*match.span(), "removed"), behind=True) if match else None


def _joined(told: Told, substance: Substance, links: Sequence[Link]) -> Link | None:
    """Link a substance that goes on a list: "kiwi et banane", "cotrimoxazole (BACTRIM)"."""
    if not links or _treats(substance):
        return None
    last = links[-1]
    gap = _without_brackets(told.folded[last.substance.end : substance.start])
    gap = re.sub(r"\s*[\[(]?(?:19|20)\d\d[\])]?", " ", gap)
    return Link(substance, last.trigger, last.behind) if _JOINING.fullmatch(gap) else None


def _labelled(told: Told, substance: Substance) -> Link | None:
    """Link a substance that stands behind "Allergies :"."""
    if told.label is None or substance.start < told.label or _treats(substance):
        return None
    gap = told.folded[told.label : substance.start]
    if (
        word("treats").search(gap)
        or re.search(r"->|=>|→", gap)
        or _ENDS.search(gap)
        or re.search(r"\bsous(?: \w+)?\s*$", gap)
    ):
        return None
    return Link(substance, None)


def _blames(told: Told) -> bool:
    """Say whether a line blames medicines, so that an adverse effect that it names is an intolerance."""
    others = any(trigger.kind in ("allergy", "reaction", "intolerance") for trigger in told.triggers)
    return others or told.label is not None or bool(word("avoid").search(told.folded))


def _treats(substance: Substance) -> bool:
    return bool(_TREATMENT.match(substance.atc)) or substance.name in _TREATERS


def _masked(told: Told, start: int, end: int) -> str:
    """Return the words between two places, each substance as "@", without what closed brackets hold."""
    text, position, pieces = told.folded, start, []
    for one in told.substances:
        if start <= one.start and one.end <= end:
            pieces += [text[position : one.start], "@"]
            position = one.end
    return _without_brackets("".join((*pieces, text[position:end])))


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\]]*\]", " ", text)


def _skip_brackets(text: str) -> str:
    return re.sub(r"^\s*(?:\([^()]*\)\s*)?", "", text)
