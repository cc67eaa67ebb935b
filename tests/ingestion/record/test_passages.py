"""Passages exist only within the documents asked for."""

from datetime import UTC, datetime

from ingestion.record.record import Record
from ingestion.record.writing import passage_id
from tests.ingestion.record.builders import ALPHA, document, dossier, write


def _rows(record: Record) -> tuple[str, dict[str, int]]:
    patient = record.find_patient(ALPHA.ipp)
    return patient.key, {row.id: row.pk for row in record.current_documents(patient.pk)}


def test_occurrences_outside_the_documents_asked_for_do_not_exist(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Commun.", 1), document("D2", "Commun.\n\nPropre.", 2)))
    key, rows = _rows(record)
    common, own = passage_id(key, "Commun."), passage_id(key, "Propre.")
    (found,) = record.passages([own, common], [rows["D1"]])
    assert [place.document_pk for place in found.occurrences] == [rows["D1"]]
    assert [item.id for item in record.passages([own, common, own], list(rows.values()))] == [own, common]
    assert record.passages([common], []) == []
    assert record.passages([], list(rows.values())) == []


def test_passages_of_documents_come_in_order_of_first_occurrence(record: Record) -> None:
    write(record, dossier(ALPHA, document("D2", "Fin.\n\nCommun.", 2), document("D1", "Début.\n\nCommun.", 1)))
    _, rows = _rows(record)
    found = record.passages_of_documents(list(rows.values()))
    assert [item.text for item in found] == ["Début.", "Commun.", "Fin."]
    place = found[1].occurrences[0]
    assert (place.document, place.section, place.section_name, place.title) == ("D1", "Note", "note", "Note")
    assert place.date == datetime(2024, 1, 1, 8)
    assert record.sections(rows["D1"])[0].title == "Note"
    assert record.document_texts([rows["D2"]]) == {rows["D2"]: "Fin.\n\nCommun."}


def test_two_places_in_one_document_are_two_occurrences(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Pareil.\n\nPareil.")))
    _, rows = _rows(record)
    (found,) = record.passages_of_documents(list(rows.values()))
    assert [(place.start, place.end) for place in found.occurrences] == [(0, 7), (9, 16)]


def test_dates_with_and_without_time_zone_are_ordered_and_undated_come_last(record: Record) -> None:
    from dataclasses import replace

    written = {"D1": None, "D2": datetime(2024, 1, 2, 8, tzinfo=UTC), "D3": datetime(2024, 1, 1, 8)}
    items = []
    for identifier, date in written.items():
        item = document(identifier, "Commun.")
        noun = replace(item.read.document, date=date)
        items.append(replace(item, read=replace(item.read, document=noun)))
    write(record, dossier(ALPHA, *items))
    _, rows = _rows(record)
    assert list(rows) == ["D2", "D3", "D1"]
    (found,) = record.passages_of_documents(list(rows.values()))
    assert [place.document for place in found.occurrences] == ["D3", "D2", "D1"]
    assert found.occurrences[1].date == written["D2"]
