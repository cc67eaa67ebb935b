"""What surrounds the problems: changes of treatment, examinations, history, family, way of life, follow-up.

Every function takes a ``Chart`` and returns facts that stand, the most telling first. Nothing is worded here.
"""

from typing import Any

from assistant.chart import Chart
from assistant.summary.critical import devices, is_resistance, treatment
from assistant.summary.problems import affirmed_problems, problems
from assistant.summary.ranks import alert_first, backwards, fact_of, newest, oldest, one_each
from assistant.summary.tables import Specialty, atc, specialties_of
from ingestion.facts.authority import document_class
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held, Kind

_CHANGES = ("stopped", "suspended", "not_given", "refused", "replaced", "decreased", "increased", "changed", "resumed")


_DAILY = frozenset(("social", "nursing", "admission", "discharge", "outside"))
"""Classes of documents that describe how a patient lives, not only mention it."""


def changes(chart: Chart) -> list[Held]:
    """Return what was stopped or changed in the last stay, high-alert classes first, then stops."""
    found = [
        item
        for item in chart.standing("medication")
        if chart.is_recent(item)
        and fact_of(item).detail("event") in _CHANGES
        and fact_of(item).polarity != "hypothetical"
    ]
    chosen = one_each(found, lambda item: (fact_of(item).name, fact_of(item).detail("event")), _tells_reason)
    return sorted(chosen, key=lambda item: (*alert_first(item), _CHANGES.index(fact_of(item).detail("event"))))


def examinations(chart: Chart) -> list[Held]:
    """Return procedures, transfusions, imaging and germs of the last stay, the newest first."""
    kinds: tuple[Kind, ...] = ("procedure", "transfusion", "imaging", "microorganism")
    found = [
        item
        for kind in kinds
        for item in chart.standing(kind)
        if fact_of(item).polarity == "affirmed" and chart.is_of_stay(item) and not is_resistance(fact_of(item))
    ]
    chosen = one_each(found, lambda item: (fact_of(item).kind, fact_of(item).name), _tells_most)
    return sorted(chosen, key=lambda item: (kinds.index(fact_of(item).kind), backwards(item)))


def history(chart: Chart) -> list[Held]:
    """Return past problems and operations, those told most often first."""
    past = [item for item in affirmed_problems(chart) if fact_of(item).detail("role") == "history"]
    operations = [
        item
        for item in chart.standing("procedure")
        if fact_of(item).polarity == "affirmed" and not chart.is_of_stay(item)
    ]
    return sorted(
        one_each([*past, *operations], lambda item: fact_of(item).name, oldest), key=lambda item: -len(item.also)
    )


def family(chart: Chart) -> list[Held]:
    """Return the diseases of the family."""
    found = [item for item in chart.held if item.stands and fact_of(item).subject == "family"]
    diseases = [item for item in found if fact_of(item).kind == "problem" and fact_of(item).polarity == "affirmed"]
    return one_each(diseases, lambda item: (fact_of(item).name, fact_of(item).detail("relative")), oldest)


def social(chart: Chart) -> list[Held]:
    """Return protection, way of life and autonomy: one a topic, the newest; plans only while the patient is in."""
    order = ("protection", "residence", "autonomy", "gir", "help", "mobility", "return_home", "tobacco", "alcohol")
    last = chart.last_stay
    settled = {"return_home"} if last is not None and last.discharged is not None else set()
    found = [item for item in chart.standing("social") if fact_of(item).name in order]
    found = [item for item in found if fact_of(item).name not in settled]
    return sorted(
        one_each(found, lambda item: fact_of(item).name, _tells_way_of_life),
        key=lambda item: order.index(fact_of(item).name),
    )


def followup(chart: Chart) -> list[Held]:
    """Return the appointments of the last stay that are not cancelled, in order of their date."""
    found = [
        item
        for item in chart.standing("appointment")
        if chart.is_recent(item)
        and fact_of(item).polarity in ("affirmed", "hypothetical")
        and (fact_of(item).detail("when")[:10] or "9999") >= chart.told.date().isoformat()
    ]
    chosen = one_each(found, lambda item: fact_of(item).detail("with") or fact_of(item).name, newest)
    return sorted(chosen, key=lambda item: fact_of(item).detail("when") or "9999")


def of_specialty(chart: Chart, specialty: Specialty) -> list[Held]:
    """Return what a specialty looks at first: its problems, medicines, procedures, imaging and devices."""
    mentions = [problem.mentions[0] for problem in problems(chart)]
    followed = [item for item in mentions if specialty.label in specialties_of(fact_of(item).name)]
    past = [item for item in history(chart) if specialty.label in specialties_of(fact_of(item).name)]
    medicines = [
        item for item in treatment(chart) if any(atc(fact_of(item)).startswith(code) for code in specialty.medicines)
    ]
    items = [
        item
        for item in (*devices(chart), *examinations(chart))
        if any(f" {fact_of(item).name}".find(f" {word}") >= 0 for word in specialty.items)
    ]
    return [*followed, *items, *medicines, *past]


def _tells_reason(item: Held) -> tuple[Any, ...]:
    return bool(fact_of(item).detail("reason")), moment_of(item.fact)


def _tells_most(item: Held) -> tuple[Any, ...]:
    return bool(fact_of(item).detail("conclusion") or fact_of(item).detail("result")), moment_of(item.fact)


def _tells_way_of_life(item: Held) -> tuple[Any, ...]:
    return document_class(item.fact.kind, item.fact.title) in _DAILY, moment_of(item.fact)
