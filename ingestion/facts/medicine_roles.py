"""What a medicine's name is there for: a treatment, or an allergy, a germ, a level, a harm; denied or supposed."""

import re
from functools import partial

from ingestion.facts.medicine_mentions import MedicineMention
from ingestion.facts.patterns import pattern
from ingestion.facts.plain import plain
from ingestion.facts.types import Line, Source

_MONITORED = frozenset(
    {
        "tacrolimus",
        "ciclosporine",
        "everolimus",
        "sirolimus",
        "digoxine",
        "lithium",
        "vancomycine",
        "gentamicine",
        "amikacine",
        "vitamine d",
        "vitamine b12",
        "calcium",
        "chlorure de sodium",
    }
)
"""Medicines whose level in blood is written like a dose without unit ("tacrolimus 6,9")."""

_expression = partial(pattern, "medication_patterns")


def is_no_treatment(source: Source, line: Line, mention: MedicineMention, dosed: bool) -> bool:
    """Say whether a name stands for an allergy, a harm, a level in blood, an antibiogram or a contrast agent.

    ``dosed`` tells that a dose follows the name, which an allergy has not.
    """
    if mention.atc.startswith("V08"):
        return True
    before = plain(source.text[line.start : mention.start])
    after = plain(source.text[mention.end : min(line.end, mention.end + 60)])
    if _expression("level_after").match(after) or _expression("level").search(before):
        return True
    if mention.name in _MONITORED and _expression("bare_level").match(after):
        return True
    if (
        _expression("test").search(before)
        or _expression("sensitivity_before").search(before)
        or _is_sensitivity(source, line, after)
    ):
        return True
    return not dosed and _is_allergy(before, after)


def is_harm(source: Source, line: Line, mention: MedicineMention) -> bool:
    """Say whether a name is there as the cause of a harm ("hyperkaliémie sous …", "interaction avec …")."""
    return bool(_expression("harm").search(plain(source.text[line.start : mention.start])))


def is_treatment(source: Source, line: Line, mention: MedicineMention) -> bool:
    """Say whether a bare name, of which nothing is said, still tells that the patient has or had the medicine.

    It does wherever records speak of treatments; not in results, nor where it is forbidden, allowed, explained.
    """
    title = plain(line.section.title) if line.section else ""
    if _expression("bare_kind").search(plain(source.kind)) or _expression("bare_title").search(title):
        return False
    if mention.name in _MONITORED and line.section and line.section.name == "resultats_attente":
        return False
    before = plain(source.text[line.start : mention.start])
    after = plain(source.text[mention.end : min(line.end, mention.end + 60)])
    if is_harm(source, line, mention) and not _expression("bare_cause").search(before):
        return False
    return not (_expression("bare_before").search(before) or _expression("bare_after").match(after))


def is_denied(before: str) -> bool:
    """Say whether the plain words before a name deny it ("pas de …", "ni …", "sans …")."""
    return bool(_expression("denied_before").search(before))


def is_supposed(before: str, after: str) -> bool:
    """Say whether the plain words around a medicine only consider it."""
    return bool(_expression("supposed_after").match(after) or _expression("supposed_before").search(before))


def is_answered_no(after: str) -> bool:
    """Say whether a "non" stands right behind a medicine ("acide zolédronique NON (DFG 18)")."""
    return bool(_expression("no").match(after))


def is_conditional(after: str) -> bool:
    """Say whether the plain words behind an event make it depend on something ("si …", "en cas de …")."""
    return bool(_expression("depends").match(re.split(r"[-=]*>", after)[0]))


def is_ruled_out(after: str) -> bool:
    """Say whether the plain words behind a medicine say that it was not chosen."""
    return bool(_expression("not_kept").match(after))


def _is_sensitivity(source: Source, line: Line, after: str) -> bool:
    if not _expression("sensitivity").match(after):
        return False
    place = plain(f"{source.kind} {line.section.title if line.section else ''}")
    return bool(_expression("germs").search(place) or re.match(r"[\s|:(=]{0,30}[sri](?![a-z'])", after))


def _is_allergy(before: str, after: str) -> bool:
    sentence = re.split(r"[.;]\s|[-=]?>", before)[-1]
    return bool(_expression("allergy").search(sentence)) or bool(
        re.match(r"\W{0,4}(?:allerg|toxidermie|urticaire|anaphyla|choc|eruption|intoleran)", after)
    )
