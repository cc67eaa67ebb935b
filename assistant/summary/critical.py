"""What a summary never leaves out: allergies, treatment, contradictions, devices, resistance, wishes, awaited results.

Every function takes a ``Chart`` and returns facts that stand, the most telling first. Nothing is worded here.
"""

import re
from typing import Any

from assistant.chart import Chart
from assistant.summary.problems import disputed
from assistant.summary.ranks import alert_first, fact_of, newest, oldest, one_each
from assistant.summary.tables import is_passing
from ingestion.facts.history import conflicts, current_medications, moment_of, unaccounted_medications
from ingestion.facts.types import Fact, Held
from ingestion.normalise import fold

_GLOBAL_DENIALS = ("*", "medicines")


_TOLD_DIRECTIVES = ("limitation_of_care", "not_resuscitate", "transfusion_refusal", "care_refusal", "sedation")


_PASSING_DAYS = 10
"""Days after which a device that does not stay for good is taken for removed."""


_WORD = re.compile(r"[a-z]{4,}")
_MUCH_ELSE = 2
"""Words that make another mention of an allergy worth reading: where it was tested, what happened."""


def allergies(chart: Chart) -> list[Held]:
    """Return the allergies of each substance, those affirmed first, then what is denied.

    A denial of all that stands beside an allergy is told too, after it: no document settles between them.
    """
    told = [item for item in chart.standing("allergy") if not _is_copied_doubt(item)]
    affirmed = [item for item in told if fact_of(item).polarity in ("affirmed", "hypothetical")]
    denied = [item for item in told if fact_of(item).polarity in ("negated", "ruled_out")]
    return [*_telling_more(chart, affirmed), *one_each(denied, lambda item: fact_of(item).name, newest)]


def treatment(chart: Chart) -> list[Held]:
    """Return the medicines that are on, high-alert classes first."""
    return sorted(current_medications(chart.held, chart.told), key=alert_first)


def unaccounted(chart: Chart) -> list[Held]:
    """Return the medicines of which the last discharge list says nothing, high-alert classes first."""
    return sorted(unaccounted_medications(chart.held, chart.told), key=alert_first)


def contradictions(chart: Chart) -> list[tuple[Held, ...]]:
    """Return the groups of facts that contradict each other, of the kinds in which a mistake harms."""
    kinds = ("allergy", "medication", "device", "microorganism", "directive")
    groups = [*(group for group in conflicts(chart.held) if fact_of(group[0]).kind in kinds), *disputed(chart)]
    return [group for group in groups if not any(fact_of(item).name in _GLOBAL_DENIALS for item in group)]


def devices(chart: Chart) -> list[Held]:
    """Return what is implanted or in place: one a name and side, with its reference when one document gives it."""
    found = [
        item
        for item in chart.standing("device")
        if fact_of(item).polarity == "affirmed"
        and not fact_of(item).detail("removed")
        and (not is_passing(fact_of(item).name) or moment_of(item.fact)[:10] >= chart.days_before(_PASSING_DAYS))
    ]
    traced = [item for item in found if _trace(item)]
    others = [item for item in found if not any(_is_same_device(item, one) for one in traced)]
    return [
        *one_each(traced, lambda item: (fact_of(item).name, _trace(item)), newest),
        *one_each(others, lambda item: (fact_of(item).name, fact_of(item).detail("side")), _tells_when),
    ]


def resistance(chart: Chart) -> list[Held]:
    """Return carriages and resistant germs, then what screening denies."""
    germs = [item for item in chart.standing("microorganism") if is_resistance(fact_of(item))]
    told = [item for item in germs if not _is_copied_doubt(item)]
    found = [item for item in told if not _is_answered(item, told)]
    order = {"affirmed": 0, "hypothetical": 1, "negated": 2, "ruled_out": 2}
    chosen = one_each(found, lambda item: (fact_of(item).name, fact_of(item).polarity), newest)
    return sorted(chosen, key=lambda item: order[fact_of(item).polarity])


def directives(chart: Chart) -> list[Held]:
    """Return limitations of care and refusals first, then wishes; one a topic, the newest."""
    found = [item for item in chart.standing("directive") if fact_of(item).name != "contact_person"]
    chosen = one_each(found, lambda item: fact_of(item).name, newest)
    return sorted(chosen, key=lambda item: fact_of(item).name not in _TOLD_DIRECTIVES)


def awaited(chart: Chart) -> list[Held]:
    """Return the results that are still to come, newest first, one an examination."""
    found = [item for item in chart.standing("awaited") if fact_of(item).polarity != "negated"]
    return list(reversed(one_each(found, lambda item: fact_of(item).name, newest)))


def _telling_more(chart: Chart, affirmed: list[Held]) -> list[Held]:
    """Return for each substance the mention that tells its reaction, then one more when it tells much else."""
    chosen: list[Held] = []
    clean = [item for item in affirmed if not chart.is_tainted(item)]
    for best in one_each(
        affirmed, lambda item: fact_of(item).name, lambda item: (item in clean, *_tells_reaction(item))
    ):
        others = [item for item in clean if fact_of(item).name == fact_of(best).name and item is not best]
        more = max(others, key=lambda item: len(_new_words(item, best)), default=None)
        chosen.append(best)
        if more is not None and len(_new_words(more, best)) >= _MUCH_ELSE:
            chosen.append(more)
    return chosen


def _new_words(item: Held, told: Held) -> set[str]:
    """Return the words that a mention adds to another, short ones aside."""
    known = set(_WORD.findall(fold(told.fact.quote)))
    return {word for word in _WORD.findall(fold(item.fact.quote)) if word not in known}


def _tells_reaction(item: Held) -> tuple[Any, ...]:
    fact = fact_of(item)
    return bool(fact.detail("reaction")), fact.certainty == "certain", *newest(item)


def _is_same_device(item: Held, traced: Held) -> bool:
    """Say whether a device without reference may be one that is traced: same name, year, and side when both say it."""
    one, two = fact_of(item), fact_of(traced)
    sides = {one.detail("side"), two.detail("side")} - {""}
    return one.name == two.name and len(sides) < 2 and moment_of(item.fact)[:4] == moment_of(traced.fact)[:4]


def _tells_when(item: Held) -> tuple[Any, ...]:
    """Rank the mention that says when an implant was placed before one that only finds it there; else the newest."""
    written = item.fact.date.date().isoformat() if item.fact.date else ""
    placed = fact_of(item).detail("placed") not in ("", "true")
    if is_passing(fact_of(item).name) or not (placed or moment_of(item.fact)[:10] < written):
        return False, *newest(item)
    return True, placed, bool(fact_of(item).detail("side")), *oldest(item)


def _trace(item: Held) -> str:
    return fact_of(item).detail("lot") or fact_of(item).detail("serial") or fact_of(item).detail("reference")


def is_resistance(fact: Fact) -> bool:
    """Say whether a fact on a germ is of resistance or of its screening."""
    return fact.detail("bmr") == "true" or fact.detail("role") == "screening" or bool(fact.detail("resistance"))


def _is_copied_doubt(item: Held) -> bool:
    """Say whether a supposition is copied from an older note: the note itself tells it, at its date."""
    return fact_of(item).polarity == "hypothetical" and bool(fact_of(item).detail("copied"))


def _is_answered(item: Held, told: list[Held]) -> bool:
    """Say whether a suspicion was denied at its time or later."""
    return fact_of(item).polarity == "hypothetical" and any(
        fact_of(other).name == fact_of(item).name
        and fact_of(other).polarity in ("negated", "ruled_out")
        and moment_of(other.fact) >= moment_of(item.fact)
        for other in told
    )
