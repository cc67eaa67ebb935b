"""What the server writes, the client reads back, whatever the text holds."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import Unavailable, UsageError
from assistant.types import (
    Answer,
    AskEvent,
    Citation,
    Done,
    Notice,
    Place,
    Progress,
    Sources,
    Statement,
    StatementReady,
)
from assistant.wire import (
    Frame,
    as_line,
    as_server_sent_event,
    ask_event,
    ask_frame,
    decode,
    ingest_event,
    ingest_frame,
    patient_reference,
)
from ingestion.types import Failure, IngestProgress, IngestReport, Tally

texts = st.text(max_size=40)
numbers = st.integers(0, 10**6)
places = st.builds(Place, texts, numbers, numbers, texts, texts, texts)
citations = st.builds(
    Citation, texts, numbers, numbers, texts, texts, texts, texts, st.none() | numbers, st.tuples(places)
)
statements = st.builds(
    Statement, texts, st.sampled_from(["record", "attested", "model"]), st.just("supported"), st.tuples(citations)
)
answers = st.builds(
    Answer,
    texts,
    st.sampled_from(["answered", "not_in_record", "awaited", "other_patient", "advice_declined"]),
    st.booleans(),
    st.tuples(statements),
    st.datetimes().map(datetime.isoformat),
    st.builds(Sources, numbers, texts),
    st.floats(0, 1e3),
)
events: st.SearchStrategy[AskEvent] = st.one_of(
    st.builds(Progress, texts),
    st.builds(StatementReady, numbers, statements),
    st.builds(Notice, texts),
    st.builds(Done, answers),
)


@given(events)
def test_an_event_of_an_answer_survives_the_trip(event: AskEvent) -> None:
    sent = as_server_sent_event(ask_frame(event)).decode()
    name, data = sent.splitlines()[:2]  # str.splitlines parts at U+2028 and others too, as some readers do
    frame = Frame(name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
    assert ask_event(frame) == event


@given(st.builds(IngestProgress, numbers, numbers, st.builds(Tally, numbers, numbers)))
def test_progress_of_an_ingestion_survives_the_trip(event: IngestProgress) -> None:
    values = json.loads(as_line(ingest_frame(event)))
    assert ingest_event(Frame(values["event"], values["data"])) == event


def test_the_report_of_an_ingestion_survives_the_trip() -> None:
    report = IngestReport(Tally(added=1), 2, 3, 0.5, (Failure("a", "b", "c"),))
    assert ingest_event(ingest_frame(report)) == report


def test_a_statement_frame_is_flat() -> None:
    frame = ask_frame(StatementReady(3, Statement("a", "record", "supported", ())))
    assert frame.data == {"index": 3, "text": "a", "origin": "record", "verdict": "supported", "citations": []}


@pytest.mark.parametrize("frame", [Frame("surprise", {}), Frame("done", {"answer": "x"}), Frame("progress", {})])
def test_another_version_is_told_from_a_wrong_value(frame: Frame) -> None:
    with pytest.raises(Unavailable):
        ask_event(frame)


def test_what_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(Unavailable) as caught:
        decode(Progress, {"message": {"name": "Zebulon"}})
    assert "Zebulon" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_patient_reference() -> None:
    assert patient_reference("1", None) == "1"
    assert patient_reference("1", "nord") == "1@nord"
    with pytest.raises(UsageError):
        patient_reference("1@sud", "nord")
