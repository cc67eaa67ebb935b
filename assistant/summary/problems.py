"""The problems of the last stay with what tells their course, and the values that any clinician looks for.

Every function takes a ``Chart`` and returns facts that stand, the most telling first. Nothing is worded here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.chart import Chart
from assistant.summary.ranks import documents, fact_of, newest, oldest, one_each
from assistant.summary.tables import is_symptom, measures_of
from ingestion.facts.authority import document_class
from ingestion.facts.history import latest, moment_of, series
from ingestion.facts.types import Held
from ingestion.normalise import medicine_names

_TELLING = frozenset(("discharge", "specialist", "admission", "note", "imaging", "result", "operative"))
"""Classes of documents in which a problem is told for itself, not to explain an order."""


_ASKS = re.compile(r"\W*(?:indication|motif|demande|question|renseignements?|contexte)s?\b", re.I)
"""What opens a line that asks for an examination: its problems are questions."""


_ENOUGH_PROBLEMS, _MOST_PROBLEMS = 4, 8


_SHORT, _NEAR = 170, 40
"""Characters of a line that is easily read, and within which it names what it is about."""


_COMMON_MEASURES = ("weight", "creatinine", "egfr", "hemoglobin", "potassium", "platelets", "inr", "crp", "hba1c")


@dataclass(frozen=True, repr=False)
class Problem:
    """A problem with what tells its course: each measure newest first."""

    mentions: tuple[Held, ...]
    course: tuple[tuple[Held, ...], ...]

    def __repr__(self) -> str:
        return f"Problem({len(self.course)} measures)"


def reasons(chart: Chart) -> list[Held]:
    """Return why the patient came, in the last stay."""
    found = [
        item for item in affirmed_problems(chart) if fact_of(item).detail("role") == "reason" and chart.is_recent(item)
    ]
    return one_each(found, lambda item: fact_of(item).name, oldest)


def problems(chart: Chart) -> list[Problem]:
    """Return the problems of the last stay, diseases before symptoms, those that most documents tell first.

    One that a single document mentions is left out when others are told by several; so is one of which another is
    a more precise kind.
    """
    active = [
        said
        for said in _told(chart)
        if any(_is_active(chart, item) for item in said.affirmed) and not said.is_disputed and not said.is_ruled_out
    ]
    precise = [said for said in active if not any(other.name.startswith(f"{said.name} ") for other in active)]
    ranked = sorted(precise, key=lambda said: (is_symptom(said.name), -said.mentions))
    several = [said for said in ranked if said.mentions > 1]
    chosen = several if len(several) >= _ENOUGH_PROBLEMS else ranked[:_ENOUGH_PROBLEMS]
    return [_problem(chart, said) for said in chosen[:_MOST_PROBLEMS]]


def disputed(chart: Chart) -> list[tuple[Held, ...]]:
    """Return the problems of the last stay that are told again after they were denied, by no more documents.

    It may be a relapse, or a note copied without the denial: both sides are returned, oldest first.
    """
    found = [said for said in _told(chart) if said.is_disputed and any(chart.is_recent(one) for one in said.since)]
    return [(max(said.denied, key=newest), max(said.since, key=newest)) for said in found]


@dataclass(frozen=True, repr=False)
class _Said:
    """All that is said of one problem: where it is affirmed, and where it is denied once it was.

    ``mentions`` counts the documents that speak of it without denying it, suppositions included.
    """

    affirmed: list[Held]
    denied: list[Held]
    mentions: int

    @property
    def name(self) -> str:
        """The problem's name."""
        return fact_of(self.affirmed[0]).name

    @property
    def since(self) -> list[Held]:
        """Where it is affirmed after it was denied."""
        first = min((moment_of(item.fact) for item in self.denied), default="")
        return [item for item in self.affirmed if moment_of(item.fact) > first] if first else []

    @property
    def is_disputed(self) -> bool:
        """Whether what affirms it after a denial is no more than what denies it."""
        return 0 < len(self.since) <= len(self.denied)

    @property
    def is_ruled_out(self) -> bool:
        """Whether the last word is that it was ruled out, by as many documents as affirm it."""
        against = [item for item in self.denied if fact_of(item).polarity == "ruled_out"]
        return bool(against) and not self.since and documents(against) >= documents(self.affirmed)

    def __repr__(self) -> str:
        return f"_Said({len(self.affirmed)} affirmed, {len(self.denied)} denied)"


def _told(chart: Chart) -> list[_Said]:
    told: dict[str, list[Held]] = defaultdict(list)
    denied: dict[str, list[Held]] = defaultdict(list)
    for item in chart.standing("problem"):
        if fact_of(item).detail("copied"):
            continue  # the note that it is copied from tells it, at its date
        if fact_of(item).polarity == "affirmed":
            told[fact_of(item).name].append(item)
        elif fact_of(item).polarity in ("negated", "ruled_out"):
            denied[fact_of(item).name].append(item)
    spoken = _spoken_of(chart)
    return [
        _Said(items, [item for item in denied[name] if _moment(item) >= min(map(_moment, items))], len(spoken[name]))
        for name, items in told.items()
    ]


def _spoken_of(chart: Chart) -> dict[str, set[str]]:
    """Return the documents that speak of each problem of the patient without denying it, whatever became of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in chart.held:
        fact = fact_of(item)
        if fact.kind == "problem" and fact.subject == "patient" and fact.polarity in ("affirmed", "hypothetical"):
            found[fact.name] |= {place.document for place in (item.fact, *item.also)}
    return found


def _moment(item: Held) -> str:
    return moment_of(item.fact)


def _problem(chart: Chart, said: _Said) -> Problem:
    """Return a problem; a denial that nothing affirms since is told with it."""
    mentions = [_most_telling(chart, said.affirmed)]
    against = [item for item in said.denied if not medicine_names(item.fact.quote)]
    if against and not said.since:
        mentions.append(max(against, key=newest))
    return Problem(tuple(mentions), courses(chart, measures_of(fact_of(mentions[0]).name)))


def courses(chart: Chart, measures: Iterable[str]) -> tuple[tuple[Held, ...], ...]:
    """Return the newest standing value of each measure, told with the one of an earlier day before it."""
    return tuple(_course(chart, newest) for code in measures if (newest := latest(chart.held, code)) is not None)


def values(chart: Chart) -> tuple[tuple[Held, ...], ...]:
    """Return the measures that any clinician looks for."""
    return courses(chart, _COMMON_MEASURES)


def affirmed_problems(chart: Chart) -> list[Held]:
    """Return the mentions of problems that the record affirms, and neither denies since nor rules out."""
    kept = (said for said in _told(chart) if not said.is_disputed and not said.is_ruled_out)
    return sorted((item for said in kept for item in said.affirmed), key=_moment)


def _is_active(chart: Chart, item: Held) -> bool:
    """Say whether a problem is one of the last stay: told then, and more than a line of its history."""
    return chart.is_of_stay(item) and fact_of(item).detail("role") in ("diagnosis", "complication", "reason")


def _most_telling(chart: Chart, items: list[Held]) -> Held:
    """Return the mention of a problem to quote: of the last stay, as a diagnosis, in a line that is about it."""
    order = {"diagnosis": 2, "complication": 2, "reason": 1}

    def rank(item: Held) -> tuple[Any, ...]:
        quote, label = item.fact.quote, fact_of(item).label
        return (
            chart.is_recent(item),
            not chart.is_tainted(item),
            not medicine_names(quote) and not _ASKS.match(quote),
            document_class(item.fact.kind, item.fact.title) in _TELLING,
            order.get(fact_of(item).detail("role"), 0),
            len(quote) <= _SHORT,
            0 <= quote.find(label) <= _NEAR,
            moment_of(item.fact),
        )

    return max(items, key=rank)


def _course(chart: Chart, newest: Held) -> tuple[Held, ...]:
    """Return the newest value, then the last that differs and the first of the stay, of the same unit."""
    fact = fact_of(newest)
    before = [
        item
        for item in series(chart.held, fact.name)
        if moment_of(item.fact)[:10] < moment_of(newest.fact)[:10]
        and fact_of(item).unit == fact.unit
        and fact_of(item).value != fact.value
    ]
    first = next((item for item in before if chart.is_of_stay(item)), None)
    earlier = [*before[-1:], *([first] if first is not None and first is not before[-1] else [])]
    return (newest, *earlier)
