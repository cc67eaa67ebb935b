"""Tell how measures evolved: series to plot, each point with the statement and the citation that prove it."""

from collections.abc import Iterator

from assistant.chart import Chart
from assistant.errors import UsageError
from assistant.overviews import Course
from assistant.proof import citations_of, prove
from assistant.sentences import course
from assistant.types import Point, Series, Statement
from ingestion.facts.analytes import analytes, namings
from ingestion.facts.copies import number_of
from ingestion.facts.history import moment_of, series
from ingestion.facts.letters import plain
from ingestion.facts.types import Held
from ingestion.normalise import fold

_LEAST = 2
"""Values that make a measure worth a plot."""

_REJECTED = frozenset(("rejected", "corrected", "final_value", "measured"))
"""Rules of authority that set a value aside as wrong: it is shown as such, not forgotten."""


def evolution(chart: Chart, measure: str = "") -> Course:
    """Return how one measure evolved, or all those that have several values.

    Raises UsageError for a measure that is not known.
    """
    codes = [measure_named(measure)] if measure.strip() else _measured(chart)
    statements: list[Statement] = []
    found = [series for code in codes if (series := _series(chart, code, statements))]
    return Course(tuple(found), tuple(statements), chart.now.isoformat(timespec="seconds"), chart.sources)


def measure_named(name: str) -> str:
    """Return the code of a measure by its French name, an abbreviation or the code itself. Raises UsageError."""
    wanted = fold(name).strip()
    for analyte in analytes().values():
        if wanted in (analyte.code, fold(analyte.label)):
            return analyte.code
    named = [naming for naming in namings(plain(name.strip())) if naming.senses]
    if not named:
        raise UsageError("Cette mesure n'est pas connue.", "Écrivez par exemple « créatinine », « Hb » ou « poids ».")
    return named[0].senses[0].analyte.code


def _measured(chart: Chart) -> list[str]:
    """Return the codes of the measures that have several values, the most measured first."""
    names = {item.fact.fact.name for item in chart.standing("measurement")}
    counts = {name: len(series(chart.held, name)) for name in names}
    return sorted((name for name in names if counts[name] >= _LEAST), key=lambda name: (-counts[name], name))


def _series(chart: Chart, code: str, statements: list[Statement]) -> Series | None:
    """Return the points of a measure in its most frequent unit, and add what they say to the statements."""
    items = sorted(
        (*series(chart.held, code), *_set_aside(chart, code)), key=lambda item: moment_of(item.fact) or "9999"
    )
    units = [item.fact.fact.unit for item in items if item.fact.fact.unit]
    unit = max(units, key=units.count) if units else ""
    points = [
        point
        for item in items
        if item.fact.fact.unit in ("", unit) and (point := _point(chart, item, statements)) is not None
    ]
    if not points:
        return None
    known = analytes().get(code)
    return Series(known.label if known else items[0].fact.fact.label, unit, tuple(points))


def _point(chart: Chart, item: Held, statements: list[Statement]) -> Point | None:
    statement = prove(course(item, ()), citations_of((item,), chart.archive), chart.archive)
    if statement is None:
        return None
    statements.append(statement)
    fact = item.fact.fact
    return Point(
        date=moment_of(item.fact),
        value=f"{fact.detail('comparator')} {fact.value}".strip(),
        number=number_of(fact.value),
        statement=len(statements) - 1,
        citation=0,
        rejected=not item.stands,
    )


def _set_aside(chart: Chart, code: str) -> Iterator[Held]:
    """Yield the values that were rejected or corrected, once each."""
    told: set[tuple[str, str]] = set()
    for item in chart.held:
        fact = item.fact.fact
        if fact.kind == "measurement" and fact.name == code and item.reason in _REJECTED and fact.subject == "patient":
            key = fact.value, moment_of(item.fact)[:10]
            if fact.value and key not in told:
                told.add(key)
                yield item
