"""What becomes of a document: added, replaced, unchanged, waiting, refused. On both engines."""

import traceback

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ingestion.errors import RecordError, UnknownDocument
from ingestion.record.record import Record
from ingestion.record.tables import attribution, index_pending, occurrence, section
from ingestion.record.tables import document as documents
from ingestion.record.types import Prepared
from ingestion.record.writing import known_file, passage_id, write_prepared
from ingestion.types import Patient, PatientKey, Stay
from tests.ingestion.record.builders import ALPHA, BETA, DEFAULT, NOW, bare, document, dossier, of, write

COPIED = "Antécédents : hypertension artérielle traitée."


def test_a_document_is_added_then_unchanged(record: Record) -> None:
    file = dossier(ALPHA, document("D1", "Un premier paragraphe.\n\nUn second."), family_name="MARTIN")
    assert write(record, file).outcomes == ("added",)
    before = record.counts()
    assert write(record, file).outcomes == ("unchanged",)
    assert record.counts() == before
    assert (before.patients, before.documents, before.passages, before.pending) == (1, 1, 2, 2)


def test_another_content_replaces_and_keeps_the_history(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "INR 2,4.")))
    assert write(record, dossier(ALPHA, document("D1", "INR 4,2."))).outcomes == ("replaced",)
    patient = record.find_patient(ALPHA.ipp)
    assert record.document(patient.pk, "D1").text == "INR 4,2."
    (row,) = record.current_documents(patient.pk)
    with record.read() as connection:
        old = connection.execute(select(documents).where(~documents.c.current)).one()
    assert (old.text, old.version, old.replaced_by) == ("INR 2,4.", 1, row.pk)
    assert record.passages_of_documents([row.pk])[0].text == "INR 4,2."


def test_a_new_title_alone_is_a_new_version(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Texte.", title="Provisoire")))
    assert write(record, dossier(ALPHA, document("D1", "Texte.", title="Définitif"))).outcomes == ("replaced",)


def test_a_paragraph_copied_forward_is_one_passage_with_its_occurrences(record: Record) -> None:
    notes = [document(f"D{day}", f"Note du jour {day}.\n\n{COPIED}", day) for day in (3, 1, 2)]
    assert write(record, dossier(ALPHA, *notes)).new_passages == 4
    patient = record.find_patient(ALPHA.ipp)
    rows = {row.id: row.pk for row in record.current_documents(patient.pk)}
    shared = passage_id(patient.key, COPIED)
    (found,) = record.passages([shared], list(rows.values()))
    assert [place.document for place in found.occurrences] == ["D1", "D2", "D3"]
    assert all(notes[0].read.document.text[place.start : place.end] == COPIED for place in found.occurrences)
    (entry,) = record.index_entries([shared])
    assert (entry.patient, entry.documents) == (patient.key, tuple(sorted(rows.values())))


def test_two_patients_share_neither_passage_nor_document(record: Record) -> None:
    other = PatientKey("CH Alpha", "0000000002")
    same = document("sha256:" + "0" * 64, COPIED)
    assert write(record, bare(of(same, ALPHA.ipp, ALPHA.authority))).outcomes == ("added",)
    assert write(record, bare(of(same, other.ipp, other.authority))).outcomes == ("added",)
    assert record.counts().documents == record.counts().passages == 2
    one, two = record.find_patient(ALPHA.ipp), record.find_patient(other.ipp)
    (row,) = record.current_documents(one.pk)
    assert record.passages([passage_id(two.key, COPIED)], [row.pk]) == []


def test_a_document_is_never_moved_to_another_patient(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Texte.")))
    other = PatientKey("CH Alpha", "0000000002")
    written = write(record, dossier(other, document("D1", "Texte."), document("D2", "Autre texte.")))
    assert written.outcomes == ("added",)
    assert [refused.document for refused in written.refused] == ["D1"]
    assert "autre patient" in written.refused[0].error
    with pytest.raises(UnknownDocument):
        record.document(record.find_patient(other.ipp).pk, "D1")


def test_a_file_with_a_refused_document_is_not_remembered(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Texte.")))
    with record.write() as connection:
        write_prepared(connection, bare(of(document("D1", "Texte."), "2", "CH Beta")), "f" * 64, DEFAULT, NOW)
        write_prepared(connection, bare(of(document("D2", "Texte."), "2", "CH Beta")), "e" * 64, DEFAULT, NOW)
        assert known_file(connection, "f" * 64) is None
        known = known_file(connection, "e" * 64)
    assert known is not None
    assert (known.linked, known.waiting, known.skipped) == (1, 0, False)


@pytest.mark.parametrize("ipp", [None, ALPHA.ipp], ids=["no IPP", "an IPP of two establishments"])
def test_a_document_without_a_sure_patient_waits_and_answers_nothing(record: Record, ipp: str | None) -> None:
    write(record, dossier(ALPHA))
    write(record, dossier(BETA))
    assert write(record, bare(of(document("D1", "Texte."), ipp))).outcomes == ("waiting",)
    assert write(record, bare(of(document("D1", "Texte."), ipp))).outcomes == ("waiting",)
    counts = record.counts()
    assert (counts.documents, counts.waiting, counts.passages, counts.pending) == (0, 1, 0, 0)
    assert [waiting.document for waiting in record.waiting()] == ["D1"]


def test_a_waiting_document_is_attached_once_its_patient_is_said(record: Record) -> None:
    write(record, bare(document("D1", "Texte.")))
    assert write(record, bare(of(document("D1", "Texte."), ALPHA.ipp, ALPHA.authority))).outcomes == ("added",)
    counts = record.counts()
    assert (counts.documents, counts.waiting, counts.passages) == (1, 0, 1)
    with record.read() as connection:
        assert connection.execute(select(func.count()).select_from(section)).scalar_one() == 1


def test_an_ipp_nobody_bears_makes_a_provisional_patient_that_the_dossier_adopts(record: Record) -> None:
    write(record, bare(of(document("D1", "Texte."), ALPHA.ipp)))
    shell = record.find_patient(ALPHA.ipp)
    assert (shell.provisional, shell.patient.key.authority) == (True, DEFAULT)
    write(record, dossier(ALPHA, document("D2", "Suite."), family_name="MARTIN"))
    adopted = record.find_patient(str(ALPHA))
    assert (adopted.pk, adopted.key, adopted.provisional) == (shell.pk, shell.key, False)
    assert adopted.patient.family_name == "MARTIN"
    assert {row.id for row in record.current_documents(adopted.pk)} == {"D1", "D2"}
    assert record.counts().patients == 1


def test_a_provisional_patient_is_not_adopted_when_another_bears_the_ipp(record: Record) -> None:
    write(record, bare(of(document("D1", "Texte."), ALPHA.ipp, ALPHA.authority)))
    write(record, dossier(BETA, family_name="DURAND"))
    assert record.find_patient(str(ALPHA)).provisional
    assert record.find_patient(str(BETA)).patient.family_name == "DURAND"


def test_a_trait_left_out_keeps_its_value(record: Record) -> None:
    write(record, dossier(ALPHA, family_name="MARTIN", given_names="Léa"))
    write(record, dossier(ALPHA, family_name="DURAND"))
    patient = record.find_patient(ALPHA.ipp).patient
    assert (patient.family_name, patient.given_names) == ("DURAND", "Léa")
    assert record.search_patients("durand lea")


def test_a_stay_of_another_patient_undoes_the_whole_file(record: Record) -> None:
    other = PatientKey("CH Alpha", "0000000002")
    stay = Stay("S1", "CH Alpha", service="Cardiologie")
    write(record, Prepared("a.json", (Patient(ALPHA),), ((ALPHA, stay),)))
    write(record, Prepared("a.json", (Patient(ALPHA),), ((ALPHA, Stay("S1", "CH Alpha", service="Gériatrie")),)))
    assert [item.service for item in record.stays(record.find_patient(ALPHA.ipp).pk)] == ["Gériatrie"]
    with pytest.raises(RecordError, match="S1"):
        write(record, Prepared("b.json", (Patient(other),), ((other, stay),)))
    assert record.counts().patients == 1


def test_the_schema_forbids_doubles(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Texte.")))
    for table in (attribution, occurrence, index_pending):
        with record.read() as connection:
            row = connection.execute(select(table)).first()
        assert row is not None
        with pytest.raises(IntegrityError), record.write() as connection:
            connection.execute(table.insert().values(**row._mapping))


def test_a_database_error_repeats_no_value(record: Record) -> None:
    clinical = "phrase " + "clinique"  # in two parts: a traceback shows this file's lines
    with pytest.raises(IntegrityError) as caught, record.write() as connection:
        connection.execute(documents.insert().values(id="D1", text=clinical))
    assert "phrase clinique" not in "".join(traceback.format_exception(caught.value))
