"""Timelines of invented records: what is an event, when, proven by what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chart import Chart
from assistant.overviews import TimelineEvent
from assistant.timeline import timeline_of
from assistant.verify import verify
from tests.assistant.charts import Spell, chart_of
from tests.assistant.hospital import Note

NOTES = (
    Note("Antécédents : appendicectomie en 1994.\n", "observation_entree", "2025-03-03T10:00:00"),
    Note("ELIQUIS débuté ce jour.\nPas de thrombose.\n", date="2025-03-05T10:00:00"),
    Note("Créatinine : 96 µmol/L\nPotassium : 4,3 mmol/L\n", "resultats_biologie", "2025-03-06T08:00:00"),
    Note("Cholécystectomie sous cœlioscopie le 07/03/2025.\n", "compte_rendu_operatoire", "2025-03-07T12:00:00"),
    Note("Transfusion d'un CGR le 08/03/2025, bien tolérée.\nAmlodipine arrêtée.\n", date="2025-03-08T12:00:00"),
)
OLDER = Spell("S-0", "Urologie", "2024-01-10T08:00:00", "2024-01-12T11:00:00", "Programmée")


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chart]:
    notes = (Note("Suites simples.", date="2024-01-11T10:00:00"), *NOTES)
    with chart_of(tmp_path_factory.mktemp("chart"), notes, (OLDER, Spell())) as opened:
        yield opened


def of_kind(chart: Chart, kind: str) -> list[TimelineEvent]:
    return [event for event in timeline_of(chart).events if event.kind == kind]


@pytest.mark.parametrize(
    ("kind", "date", "expected"),
    [
        ("procedure", "1994", "appendicectomie"),
        ("medication", "2025-03-05", "ELIQUIS débuté"),
        ("measurement", "2025-03-06", "Créatinine : 96 µmol/L"),
        ("procedure", "2025-03-07", "Cholécystectomie"),
        ("transfusion", "2025-03-08", "CGR"),
        ("medication", "2025-03-08", "Amlodipine arrêtée"),
    ],
)
def test_each_event_stands_at_its_date(chart: Chart, kind: str, date: str, expected: str) -> None:
    found = [event for event in of_kind(chart, kind) if expected in event.statement.text]
    assert [event.date[: len(date)] for event in found] == [date]


def test_stays_have_an_end_and_come_from_the_administrative_record(chart: Chart) -> None:
    stays = of_kind(chart, "stay")
    assert [(stay.date, stay.end) for stay in stays] == [
        ("2024-01-10T08:00:00", "2024-01-12T11:00:00"),
        ("2025-03-03T09:00:00", "2025-03-12T15:00:00"),
    ]
    quoted = {citation.quote for citation in stays[0].statement.citations}
    assert {"S-0", "Urologie", "2024-01-10T08:00:00"} <= quoted
    assert {citation.document for citation in stays[0].statement.citations} == {"record:stay"}


def test_values_of_one_document_are_told_together(chart: Chart) -> None:
    [values] = of_kind(chart, "measurement")
    assert "Potassium : 4,3 mmol/L" in values.statement.text
    assert len(values.statement.citations) == 2


def test_events_are_in_order_and_proven(chart: Chart) -> None:
    events = timeline_of(chart).events
    assert [event.date for event in events] == sorted(event.date for event in events)
    for event in events:
        assert event.statement.verdict == "supported"
        if event.kind != "stay":
            assert verify(event.statement.text, event.statement.citations, chart.archive.text).verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Pas de thrombose veineuse profonde.",
        "Père : infarctus en 1998.",
        "Suspicion d'embolie pulmonaire.",
        "Apixaban 5 mg matin et soir, inchangé.",
    ],
)
def test_what_is_no_event_is_left_out(tmp_path: Path, text: str) -> None:
    with chart_of(tmp_path, [Note(text, date="2025-03-05T10:00:00")], ()) as chart:
        assert timeline_of(chart).events == ()
