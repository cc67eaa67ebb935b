"""The service in this process: who may ask, which patient is shown, what is found."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.access import allow
from assistant.bootstrap import Workspace
from assistant.errors import NotAllowed, UsageError
from assistant.local import LONGEST_QUERY, MOST_RESULTS, LocalService
from assistant.types import LOCAL, Done, Principal, Sources
from ingestion.errors import AmbiguousPatient, UnknownDocument, UnknownPatient
from ingestion.types import IngestReport
from tests.assistant.hospital import ANNE, EMPTY, JEANNE, PATRICK, Note, hospital, write_dossier

STRANGER = Principal("stranger", "Inconnu", "physician", frozenset({"clinician"}))
CALLS: dict[str, Callable[[LocalService, Principal, str], Any]] = {
    "patients": lambda service, who, _: service.patients(who),
    "patient": lambda service, who, patient: service.patient(who, patient),
    "documents": lambda service, who, patient: service.documents(who, patient),
    "document": lambda service, who, patient: service.document(who, patient, f"{ANNE}-D1"),
    "ask": lambda service, who, patient: list(service.ask(who, patient, "allergies")),
    "search": lambda service, who, patient: service.search(who, patient, "allergies"),
    "search nothing": lambda service, who, patient: service.search(who, patient, ""),
    "summary": lambda service, who, patient: service.summary(who, patient),
    "timeline": lambda service, who, patient: service.timeline(who, patient),
    "series": lambda service, who, patient: service.series(who, patient),
    "ingest": lambda service, who, _: list(service.ingest(who, [])),
    "forget_document": lambda service, who, _: service.forget_document(who, f"{ANNE}-D1"),
    "forget_patient": lambda service, who, patient: service.forget_patient(who, patient),
}
OF_ONE_PATIENT = sorted(set(CALLS) - {"patients", "ingest", "forget_document"})


@pytest.fixture
def service(workspace: Workspace) -> LocalService:
    return LocalService(workspace)


@pytest.mark.parametrize("call", CALLS)
def test_a_stranger_may_nothing(service: LocalService, call: str) -> None:
    for patient in (ANNE, "0000000000"):
        with pytest.raises(NotAllowed) as refused:
            CALLS[call](service, STRANGER, patient)
        assert refused.value.hint


def test_every_method_is_in_the_table() -> None:
    methods = {name for name in vars(LocalService) if not name.startswith("_")}
    assert methods - {"health"} == {call.partition(" ")[0] for call in CALLS}


@pytest.mark.parametrize("call", OF_ONE_PATIENT)
def test_an_unknown_patient_is_told(service: LocalService, call: str) -> None:
    with pytest.raises(UnknownPatient):
        CALLS[call](service, LOCAL, "0000000000")


@pytest.mark.parametrize("document", ["P2-D01", "P1-D99", "", "record:patient"])
def test_what_is_not_of_this_patient_is_unknown(service: LocalService, document: str) -> None:
    assert service.document(LOCAL, PATRICK, "P2-D01").text
    with pytest.raises(UnknownDocument):
        service.document(LOCAL, JEANNE, document)


def test_a_document_of_another_and_one_that_does_not_exist_are_refused_alike(service: LocalService) -> None:
    said = []
    for document in ("P2-D01", "P2-D98"):
        with pytest.raises(UnknownDocument) as refused:
            service.document(LOCAL, JEANNE, document)
        said.append((str(refused.value).replace(document, ""), refused.value.hint))
    assert said[0] == said[1]


def test_documents_are_listed_newest_first_with_their_text_apart(service: LocalService) -> None:
    cards = service.documents(LOCAL, ANNE)
    assert [(card.id, card.date) for card in cards] == [
        (f"{ANNE}-D2", "2025-03-12T10:00:00"),
        (f"{ANNE}-D1", "2025-03-10T10:00:00+01:00"),
        (f"{ANNE}-D3", ""),
    ]
    view = service.document(LOCAL, ANNE, cards[1].id)
    assert (view.card, view.pages) == (cards[1], ())
    assert view.text.startswith("Allergies : latex")


def test_dates_with_and_without_a_time_zone_are_compared(workspace: Workspace) -> None:
    assert allow(workspace.record, LOCAL, ANNE).sources == Sources(3, "2025-03-12T10:00:00")
    assert allow(workspace.record, LOCAL, EMPTY).sources == Sources(0, "")


BIRTHS = [
    ("1944-03-04", 82),
    ("1944-03-05", 81),
    ("1944-03-03", 82),
    ("2025-09-04", 0),
    ("2026-03-04", 0),
    ("2004-02-29", 22),
    ("1926-12-31", 99),
    ("", None),
]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalService]:
    folder = tmp_path_factory.mktemp("people")
    born = [write_dossier(folder, f"1{n:09}", [], birth_date=birth) for n, (birth, _) in enumerate(BIRTHS) if birth]
    born.append(write_dossier(folder, f"1{len(BIRTHS) - 1:09}", [], family_name="SANS-DATE"))
    named = [
        write_dossier(
            folder, "2000000001", [Note("Un.")], family_name="MARTIN", given_names="Zoé", birth_date="2026-01-01"
        ),
        write_dossier(folder, "2000000002", [], family_name="MARTIN", given_names="Paul", birth_date="1950-01-01"),
        write_dossier(folder, "2000000003", [], family_name="Martín", given_names="Ève", birth_date="1960-05-05"),
        write_dossier(folder, "2000000004", [], family_name="SEUL", given_names="Luc", birth_date="1970-01-01"),
    ]
    twins = [
        write_dossier(folder, "3000000001", [], family_name="ABADIE", given_names="Lina", birth_date="2026-02-02"),
        write_dossier(folder, "3000000002", [], family_name="ABADIE-ROY", given_names="Lino", birth_date="2026-02-02"),
    ]
    elsewhere = write_dossier(folder / "home2", "2000000004", [], authority="CH Sud", family_name="AUTRE")
    with hospital(folder / "home", *born, *named, *twins, elsewhere) as workspace:
        yield LocalService(workspace)


@pytest.mark.parametrize("number", range(len(BIRTHS)))
def test_age_is_in_whole_years_at_the_clock_s_date(people: LocalService, number: int) -> None:
    assert people.patient(LOCAL, f"1{number:09}").age == BIRTHS[number][1]


@pytest.mark.parametrize(
    ("patient", "homonyms"),
    [
        ("2000000001", 2),
        ("2000000003", 2),
        ("2000000004@CH Local", 0),
        ("3000000001", 1),
        ("3000000002", 1),
    ],
)
def test_homonyms_and_twins_are_counted(people: LocalService, patient: str, homonyms: int) -> None:
    assert people.patient(LOCAL, patient).homonyms == homonyms


def test_one_number_in_two_establishments_is_two_patients(people: LocalService) -> None:
    with pytest.raises(AmbiguousPatient) as refused:
        people.patient(LOCAL, "2000000004")
    assert "2000000004@CH Sud" in refused.value.hint
    assert people.patient(LOCAL, "2000000004@CH Sud").family_name == "AUTRE"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("martin", {"2000000001", "2000000002", "2000000003"}),
        ("MARTÍN zoe", {"2000000001"}),
        ("2000000002", {"2000000002"}),
        ("01/01/1950", {"2000000002"}),
        ("1950-01-01 martin", {"2000000002"}),
        ("personne", set()),
    ],
)
def test_patients_are_searched_as_people_type(people: LocalService, query: str, found: set[str]) -> None:
    assert {card.ipp for card in people.patients(LOCAL, query)} == found


def test_a_limit_bounds_the_patients_listed(people: LocalService) -> None:
    assert len(people.patients(LOCAL, "", limit=3)) == 3


@pytest.mark.parametrize("limit", [1, 3, MOST_RESULTS])
def test_a_search_returns_at_most_what_is_asked(service: LocalService, limit: int) -> None:
    found = service.search(LOCAL, JEANNE, "traitement", limit=limit)
    assert 0 < len(found) <= limit
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    for passage in found:
        text = service.document(LOCAL, JEANNE, passage.document).text
        assert text[passage.start : passage.end] == passage.text
        assert all(text_of(service, place.document)[place.start : place.end] == passage.text for place in passage.also)


def text_of(service: LocalService, document: str) -> str:
    return service.document(LOCAL, JEANNE, document).text


@pytest.mark.parametrize(
    ("query", "limit"),
    [("", 20), (" \n", 20), ("x" * (LONGEST_QUERY + 1), 20), ("fièvre", 0), ("fièvre", MOST_RESULTS + 1)],
)
def test_a_search_that_makes_no_sense_is_refused(service: LocalService, query: str, limit: int) -> None:
    with pytest.raises(UsageError) as refused:
        service.search(LOCAL, JEANNE, query, limit=limit)
    assert refused.value.hint


def test_whoever_has_the_id_of_the_local_user_is_the_local_user(service: LocalService) -> None:
    assert service.patient(replace(LOCAL, name="Autre nom"), ANNE).given_names == "Anne"


def test_what_is_ingested_is_found_and_what_is_forgotten_is_not(tmp_path: Path) -> None:
    path = write_dossier(tmp_path, ANNE, [Note("Allergies : latex."), Note("Poids : 61 kg.")])
    with hospital(tmp_path / "home") as workspace:
        service = LocalService(workspace)
        *_, report = service.ingest(LOCAL, [path])
        assert isinstance(report, IngestReport)
        assert report.documents.added == 2
        assert outcome(service) == "answered"
        forgotten = service.forget_document(LOCAL, f"{ANNE}-D1")
        assert (forgotten.documents, forgotten.bytes_left) == ((f"{ANNE}-D1",), 0)
        assert outcome(service) == "not_in_record"
        assert service.forget_patient(LOCAL, ANNE).documents == (f"{ANNE}-D2",)
        with pytest.raises(UnknownPatient):
            service.patient(LOCAL, ANNE)


def outcome(service: LocalService) -> str:
    *_, done = service.ask(LOCAL, ANNE, "allergies")
    assert isinstance(done, Done)
    return done.answer.outcome
