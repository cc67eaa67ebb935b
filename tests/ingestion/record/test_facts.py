"""Facts beside their documents: written with them, read in order, outdated, erased. On both engines."""

from collections.abc import Sequence
from dataclasses import replace

from ingestion.facts.types import Fact
from ingestion.facts.version import FACTS_VERSION
from ingestion.record.erasing import erase_documents
from ingestion.record.facts import outdated_documents, write_facts
from ingestion.record.record import Record
from ingestion.record.tables import document as documents
from ingestion.record.types import PreparedDocument
from tests.ingestion.record.builders import ALPHA, bare, document, dossier, of, write

TEXT = "K+ 4,4 mmol/L le 12/02.\nAllergie : pénicilline (urticaire « géante »)."
POTASSIUM = Fact(
    "measurement",
    "potassium",
    "K+",
    0,
    23,
    value="4,4",
    unit="mmol/L",
    effective="2025-02-12",
    header=(0, 2),
    details=(("family", "laboratory"), ("label_fr", "potassium"), ("reference", "3,5-5,0 \\ « é »")),
)
PENICILLIN = Fact(
    "allergy",
    "penicillines",
    "pénicilline",
    24,
    len(TEXT),
    polarity="hypothetical",
    subject="family",
    certainty="possible",
)


def with_facts(identifier: str, facts: Sequence[Fact] | None, day: int = 1, text: str = TEXT) -> PreparedDocument:
    return replace(document(identifier, text, day), facts=None if facts is None else tuple(facts))


def pks_of(record: Record) -> list[int]:
    return [row.pk for row in record.current_documents(record.find_patient(ALPHA.ipp).pk)]


def test_facts_come_back_whole_with_their_document_and_words(record: Record) -> None:
    assert write(record, dossier(ALPHA, with_facts("D1", [POTASSIUM, PENICILLIN]))).facts == 2
    potassium, allergy = record.facts(pks_of(record))
    assert (potassium.fact, allergy.fact) == (POTASSIUM, PENICILLIN)
    assert potassium.quote == "K+ 4,4 mmol/L le 12/02."
    assert allergy.quote == "Allergie : pénicilline (urticaire « géante »)."
    assert (allergy.document, allergy.kind, allergy.title) == ("D1", "note", "Note")
    assert allergy.date is not None
    assert "pénicilline" not in repr(allergy) + repr(allergy.fact)


def test_facts_are_of_the_documents_and_kinds_asked_in_order_of_dates(record: Record) -> None:
    undated = with_facts("D0", [POTASSIUM])
    read = replace(undated.read, document=replace(undated.read.document, date=None))
    notes = [with_facts(f"D{day}", [POTASSIUM, PENICILLIN], day) for day in (3, 1, 2)]
    write(record, dossier(ALPHA, replace(undated, read=read), *notes))
    pks = pks_of(record)
    assert [item.document for item in record.facts(pks, ["measurement"])] == ["D1", "D2", "D3", "D0"]
    assert [item.fact.name for item in record.facts(pks[:1])] == ["potassium", "penicillines"]
    assert record.facts([]) == record.facts(pks, ["device"]) == []


def test_a_correction_takes_the_facts_with_it(record: Record) -> None:
    write(record, dossier(ALPHA, with_facts("D1", [POTASSIUM, PENICILLIN])))
    write(record, dossier(ALPHA, with_facts("D1", [PENICILLIN], text=f"{TEXT} Revu.")))
    assert [item.fact.name for item in record.facts(pks_of(record))] == ["penicillines"]
    assert record.counts().facts == 3  # those of the version replaced stay with it


def test_a_waiting_document_gives_its_facts_to_its_patient(record: Record) -> None:
    write(record, bare(with_facts("D1", [POTASSIUM])))
    assert record.counts().facts == 1
    write(record, bare(of(document("D1", TEXT), ALPHA.ipp, ALPHA.authority)))
    assert record.counts().facts == 0
    assert record.counts().outdated == 1  # attached by a run that could not extract


def test_what_other_extractors_found_is_outdated(record: Record) -> None:
    write(record, dossier(ALPHA, with_facts("D1", [POTASSIUM]), with_facts("D2", None), with_facts("D3", ())))
    assert record.counts().outdated == 1
    with record.write() as connection:
        connection.execute(
            documents.update().where(documents.c.id == "D1").values(facts_version=f"{FACTS_VERSION}-old")
        )
    with record.read() as connection:
        first, second = outdated_documents(connection, 0, 10)
        assert outdated_documents(connection, first.pk, 10) == [second]
        assert outdated_documents(connection, 0, 1) == [first]
    assert (first.id, first.text, first.kind) == ("D1", TEXT, "note")
    assert "pénicilline" not in repr(first)
    assert (first.date, [section.name for section in first.sections]) == (record.facts([first.pk])[0].date, ["note"])
    with record.write() as connection:
        assert write_facts(connection, first.pk, [PENICILLIN]) == 1
        assert write_facts(connection, second.pk, ()) == 0
    assert [item.fact.name for item in record.facts(pks_of(record))] == ["penicillines"]
    assert record.counts().outdated == 0


def test_an_erased_document_leaves_no_fact(record: Record) -> None:
    write(record, dossier(ALPHA, with_facts("D1", [POTASSIUM]), with_facts("D2", [PENICILLIN])))
    with record.write() as connection:
        (pk,) = [row.pk for row in record.current_documents(record.find_patient(ALPHA.ipp).pk) if row.id == "D1"]
        erase_documents(connection, [pk])
    assert [item.fact.name for item in record.facts(pks_of(record))] == ["penicillines"]
    assert record.counts().facts == 1
