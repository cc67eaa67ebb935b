"""Evolutions of invented records: points in order, each with its proof, wrong ones marked; names of measures."""

from collections.abc import Iterator

import pytest

from assistant.chart import Chart
from assistant.errors import UsageError
from assistant.evolution import evolution, measure_named
from tests.assistant.charts import chart_of
from tests.assistant.hospital import Note

NOTES = (
    Note("Créatinine : 148 µmol/L\nPotassium : 4,6 mmol/L\n", "resultats_biologie", "2025-03-04T08:00:00"),
    Note("Créatinine : 131 µmol/L\n", "resultats_biologie", "2025-03-06T08:00:00"),
    Note("Créatinine : 112 µmol/L\nFerritine : 30 µg/L\n", "resultats_biologie", "2025-03-10T08:00:00"),
    Note(
        "Potassium : 6,9 mmol/L (échantillon hémolysé, résultat non valide)\n",
        "resultats_biologie",
        "2025-03-07T08:00:00",
    ),
    Note("Potassium : 4,4 mmol/L\n", "resultats_biologie", "2025-03-08T08:00:00"),
)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chart]:
    with chart_of(tmp_path_factory.mktemp("chart"), NOTES) as opened:
        yield opened


def test_points_are_in_order_and_each_leads_to_its_words(chart: Chart) -> None:
    course = evolution(chart, "creatinine")
    [series] = course.series
    assert (series.name, series.unit) == ("Créatinine", "µmol/L")
    assert [(point.date[:10], point.number) for point in series.points] == [
        ("2025-03-04", 148.0),
        ("2025-03-06", 131.0),
        ("2025-03-10", 112.0),
    ]
    for point in series.points:
        citation = course.statements[point.statement].citations[point.citation]
        assert point.value in citation.quote
        assert chart.archive.text(citation.document)[citation.start : citation.end] == citation.quote


def test_a_rejected_value_is_given_as_such(chart: Chart) -> None:
    [series] = evolution(chart, "kaliémie").series
    assert [(point.number, point.rejected) for point in series.points] == [(4.6, False), (6.9, True), (4.4, False)]


def test_without_a_name_all_measures_that_have_several_values(chart: Chart) -> None:
    assert [series.name for series in evolution(chart).series] == ["Créatinine", "Potassium"]


def test_a_known_measure_without_value_has_no_series(chart: Chart) -> None:
    course = evolution(chart, "INR")
    assert course.series == ()
    assert course.sources.documents == len(NOTES)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("creatinine", "creatinine"),
        ("Créatinine", "creatinine"),
        ("créat", "creatinine"),
        ("Hb", "hemoglobin"),
        ("lvef", "lvef"),
        ("FEVG", "lvef"),
        ("poids", "weight"),
    ],
)
def test_measures_by_name(name: str, code: str) -> None:
    assert measure_named(name) == code


def test_an_unknown_measure_is_refused_without_repeating_it() -> None:
    with pytest.raises(UsageError, match="pas connue") as refusal:
        measure_named("quibrax")
    assert "quibrax" not in str(refusal.value) + refusal.value.hint


def test_the_rules_that_make_a_value_wrong_are_rules_of_authority() -> None:
    from assistant.evolution import _REJECTED
    from ingestion.facts.authority import rules

    assert set(rules()) >= _REJECTED
