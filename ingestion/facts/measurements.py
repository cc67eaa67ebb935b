"""Find laboratory values, vital signs, scores and other measures, in sentences and in tables."""

from collections.abc import Iterator

from ingestion.facts.analytes import Analyte, analytes
from ingestion.facts.context import subject_of
from ingestion.facts.corrections import Standing, standings_of
from ingestion.facts.measurement_dates import dates_of
from ingestion.facts.measurement_exports import read_exports
from ingestion.facts.measurement_phrases import read_phrases
from ingestion.facts.measurement_series import read_series
from ingestion.facts.measurement_tables import read_tables
from ingestion.facts.measurement_values import Reading, pair_of
from ingestion.facts.page import Measured, Page, page_of
from ingestion.facts.types import Fact, Source


def find_measurements(source: Source) -> list[Fact]:
    """Return the measures that a document states, in order.

    Aims, thresholds, doses and reference ranges are none. A blood pressure gives two facts. What the document rejects
    is kept, with ``status`` "rejected" and the reason.
    """
    page = page_of(source)
    tabled, taken = read_tables(page)
    exported, fields = read_exports(page, taken)
    stated = read_phrases(page, tabled, (*taken, *fields))
    listed = read_series(page, stated, (*taken, *fields))
    found = sorted((*tabled, *exported, *stated, *listed), key=lambda one: one.reading.start)
    dates = dates_of(page, found, tabled)
    standings = standings_of(page, found, dates)
    facts = [
        fact
        for one, date, standing in zip(found, dates, standings, strict=True)
        for fact in _facts(page, one, date, standing)
    ]
    return list({_said(fact): fact for fact in reversed(facts)}.values())[::-1]


def _said(fact: Fact) -> tuple[object, ...]:
    """Return what makes of two facts one: the same value of the same day, said twice in one line."""
    return fact.name, fact.value, fact.effective[:10], fact.start, fact.end, fact.detail("oxygen")


def _facts(page: Page, one: Measured, date: str, standing: Standing) -> Iterator[Fact]:
    source, reading = page.source, one.reading
    for analyte, value in _parts(page, reading):
        yield Fact(
            kind="measurement",
            name=analyte.code,
            label=source.text[slice(*one.label)],
            start=one.proof[0],
            end=one.proof[1],
            value=value,
            unit=_as_written(page, reading),
            subject=subject_of(source, page.line_at(reading.start), *one.label),
            effective=date,
            header=one.header,
            details=tuple((slot, words) for slot, words in _details(one, analyte, standing).items() if words),
        )


def _parts(page: Page, reading: Reading) -> list[tuple[Analyte, str]]:
    """Return the measures that a value gives: a blood pressure gives two."""
    if "pair" not in reading.analyte.traits:
        written = page.source.text[reading.start : reading.end]
        start = page.text[reading.start : reading.end].find(reading.value)
        return [(reading.analyte, written[start : start + len(reading.value)] if start >= 0 else reading.value)]
    upper, lower = pair_of(reading)
    parts = [(analytes()["systolic"], upper), (analytes()["diastolic"], lower)]
    return [(analyte, value) for analyte, value in parts if value]


def _as_written(page: Page, reading: Reading) -> str:
    """Return the unit as the document writes it ("µmol/L")."""
    plain = page.text[reading.start : reading.end]
    start = plain.rfind(reading.unit) if reading.unit else -1
    return page.source.text[reading.start + start :][: len(reading.unit)] if start >= 0 else reading.unit


def _details(one: Measured, analyte: Analyte, standing: Standing) -> dict[str, str]:
    reading = one.reading
    return {
        "family": analyte.family,
        "label_fr": analyte.label,
        **dict(one.details),
        "comparator": reading.comparator,
        "flag": reading.flag,
        "number": reading.number if "pair" not in reading.analyte.traits else "",
        "status": standing.status,
        "reason": standing.reason,
        "previous": standing.previous,
        "declared": "true" if standing.declared else "",
    }
