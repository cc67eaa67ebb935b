"""Finding a patient: exact by reference, tolerant by search, careful with homonyms."""

from datetime import date

import pytest

from ingestion.errors import AmbiguousPatient, UnknownPatient
from ingestion.record.folding import fold, split_birth_date
from ingestion.record.record import Record
from ingestion.record.types import Prepared
from ingestion.types import Patient, PatientKey, Practitioner
from tests.ingestion.record.builders import ALPHA, BETA, document, dossier, write

PEOPLE = [
    ("0000000011", "BÉRAUD", "Zoé Marie", date(1944, 3, 12)),
    ("0000000012", "BERAUD", "Zéphyrine", date(1951, 7, 1)),
    ("0000000021", "L'HÉNORET-CŒUR", "Yann", date(1980, 2, 29)),
    ("0000000031", "VASSEUR", "Jumeau Un", date(2026, 1, 1)),
    ("0000000032", "VASSEURE", "Jumeau Deux", date(2026, 1, 1)),
    ("0000000041", "ZIMMER", "Ute", date(2026, 1, 1)),
    ("AB-51", "O_NEIL", "Pat", None),
]


@pytest.fixture
def crowd(record: Record) -> Record:
    for ipp, family, given, born in PEOPLE:
        identity = Patient(PatientKey("CH Alpha", ipp), family_name=family, given_names=given, birth_date=born)
        write(record, Prepared("a.json", (identity,)))
    return record


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["0000000012", "0000000011", "0000000021", "AB-51", "0000000031", "0000000032", "0000000041"]),
        ("beraud", ["0000000012", "0000000011"]),
        ("BÉRAUD zoé", ["0000000011"]),
        ("marie ber", ["0000000011"]),
        ("eraud", []),
        ("henoret coeur", ["0000000021"]),
        ("l'hénoret-cœur", ["0000000021"]),
        ("000000001", ["0000000012", "0000000011"]),
        ("0000000021", ["0000000021"]),
        ("0000000021@CH", ["0000000021"]),
        ("ab-51", ["AB-51"]),
        ("1944-03-12", ["0000000011"]),
        ("12/03/1944", ["0000000011"]),
        ("12.3.1944", ["0000000011"]),
        ("12 mars 1944", ["0000000011"]),
        ("beraud 1er juillet 1951", ["0000000012"]),
        ("vasseur 2026", ["0000000031", "0000000032"]),
        ("beraud 29/02/1980", []),
        ("%", []),
        ("o_neil", ["AB-51"]),
        ("oxneil", []),
        ("'; DROP TABLE patient; --", []),
    ],
)
def test_search(crowd: Record, query: str, found: list[str]) -> None:
    assert [item.stored.patient.key.ipp for item in crowd.search_patients(query, 50)] == found


def test_search_is_limited(crowd: Record) -> None:
    assert len(crowd.search_patients("", 2)) == 2


def test_homonyms_are_family_names_and_near_names_of_one_birth_date(crowd: Record) -> None:
    counted = {item.stored.patient.key.ipp[-2:]: item.homonyms for item in crowd.search_patients("", 50)}
    assert counted == {"11": 1, "12": 1, "21": 0, "31": 1, "32": 1, "41": 0, "51": 0}
    assert crowd.describe_patient(crowd.find_patient("0000000011").pk).homonyms == 1


def test_search_counts_current_documents(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "Un."), document("D2", "Deux."), family_name="MARTIN"))
    write(record, dossier(ALPHA, document("D1", "Un, corrigé.")))
    assert [item.documents for item in record.search_patients("martin", 50)] == [2]


def test_a_reference_must_be_exact(crowd: Record) -> None:
    assert crowd.find_patient(" 0000000011 ").patient.family_name == "BÉRAUD"
    assert crowd.find_patient("0000000011@CH Alpha").patient.birth_date == date(1944, 3, 12)
    for reference in ("000000001", "11", "0000000011@CH Beta", "", "BERAUD"):
        with pytest.raises(UnknownPatient):
            crowd.find_patient(reference)


def test_an_ipp_of_two_establishments_must_be_completed(record: Record) -> None:
    write(record, dossier(ALPHA, family_name="MARTIN"))
    write(record, dossier(BETA, family_name="DURAND"))
    with pytest.raises(AmbiguousPatient) as caught:
        record.find_patient(ALPHA.ipp)
    assert caught.value.hint == f"Précisez : {ALPHA} ou {BETA}."
    assert "MARTIN" not in str(caught.value) + caught.value.hint
    assert record.find_patient(str(BETA)).patient.family_name == "DURAND"


def test_every_trait_comes_back(record: Record) -> None:
    identity = Patient(
        ALPHA, "1" * 15, "MARTIN", "Léa", date(1990, 5, 17), "F", "Nantes", Practitioner("Dr X", "9970", "1 rue Y")
    )
    write(record, Prepared("a.json", (identity,)))
    assert record.find_patient(ALPHA.ipp).patient == identity
    assert "MARTIN" not in repr(record.find_patient(ALPHA.ipp)) + repr(record.search_patients("", 1))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  LE GOFF-Cœur, Éloïse ", "le goff coeur eloise"),
        ("O'Neil_2", "o neil 2"),
        (None, ""),
        ("Ægir Weiß", "aegir weiss"),
    ],
)
def test_fold(text: str | None, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("query", "birth", "rest"),
    [
        ("Martin 1944-03-12", date(1944, 3, 12), "Martin"),
        ("12-03-1944 Martin", date(1944, 3, 12), "Martin"),
        ("12 03 1944", date(1944, 3, 12), ""),
        ("né le 3 août 2001", date(2001, 8, 3), "ne le"),
        ("31/02/2001", None, "31/02/2001"),
        ("Martin", None, "Martin"),
    ],
)
def test_a_birth_date_is_taken_out_of_a_query(query: str, birth: date | None, rest: str) -> None:
    assert split_birth_date(query) == (birth, rest)
