"""A medicine that the discharge prescription does not name is said to be so, and never to be stopped."""

import pytest

from assistant.exact.absences import absence
from assistant.exact.types import Draft
from assistant.question import understand
from tests.assistant.exact.records import ADMISSION, DISCHARGE, held_of, note
from tests.assistant.hospital import Note

ENTRY = note(
    "05-02",
    "Traitement habituel :\n- TAHOR 40 mg : 1 cp le soir\n- BISOPROLOL 2,5 mg : 1 cp le matin\n"
    "- TRAMADOL 50 mg si douleur",
    ADMISSION,
)
LIST = note(
    "05-08",
    "1. BISOPROLOL 5 mg : 1 cp le matin\n2. ELIQUIS 5 mg : 1 cp matin et soir\n3. FUROSEMIDE 40 mg : 1 cp le matin",
    DISCHARGE,
)
RECORD = [ENTRY, note("05-04", "Début de ceftriaxone 2 g/j. Allergie à l'aspirine."), LIST]


def asked(question: str, *record: Note) -> Draft | None:
    return absence(understand(question), held_of(*(record or RECORD)))


@pytest.mark.parametrize(
    ("question", "medicine"),
    [
        ("L'atorvastatine est-elle poursuivie à la sortie ?", "TAHOR"),
        ("tahor sortie ?", "TAHOR"),
        ("TRAMADOL A LA SORTIE", "TRAMADOL"),
        ("Le tramadol figure-t-il sur l'ordonnance de sortie ?", "TRAMADOL"),
        ("Pourquoi l'atorvastatine n'est-elle plus sur l'ordonnance ?", "TAHOR"),
        ("dose de ceftriaxone à la sortie", "ceftriaxone"),
        ("statine à la sortie ?", "TAHOR"),
    ],
)
def test_a_medicine_that_the_list_does_not_name(question: str, medicine: str) -> None:
    draft = asked(question)
    assert draft is not None
    assert draft.text == f"{medicine} : ne figure pas dans l'ordonnance de sortie du 08/05/2025."
    last, *lines = draft.facts
    assert medicine.lower() in last.fact.quote.lower()
    # The whole list is cited, and nothing else.
    assert [item.fact.fact.name for item in lines] == ["bisoprolol", "apixaban", "furosemide"]
    assert {item.fact.document for item in lines} == {"D3"}
    assert "arrêt" not in draft.text


@pytest.mark.parametrize(
    "question",
    [
        # Named by the list, by its brand or by its generic name.
        "Le bisoprolol est-il poursuivi à la sortie ?",
        "apixaban à la sortie ?",
        "ELIQUIS à la sortie ?",
        "un anticoagulant à la sortie ?",
        # Never taken: an allergy is no treatment.
        "morphine à la sortie ?",
        "aspirine à la sortie ?",
        # Something else is asked.
        "Quelle dose de tramadol ?",
        "Le patient prend-il du tramadol ?",
        "Quels traitements à la sortie ?",
        "tramadol et atorvastatine à la sortie ?",
    ],
)
def test_what_is_not_said_to_be_absent(question: str) -> None:
    assert asked(question) is None


@pytest.mark.parametrize(
    "record",
    [
        pytest.param([ENTRY], id="no discharge prescription"),
        pytest.param(
            [ENTRY, note("05-08", "BISOPROLOL 5 mg : 1 cp le matin", DISCHARGE)], id="too short to be the list"
        ),
        pytest.param([LIST, note("05-20", "Tramadol 50 mg si douleur.")], id="first told after the prescription"),
        pytest.param([LIST, note("05-02", "Pas de tramadol.")], id="denied"),
    ],
)
def test_without_list_or_treatment_nothing_is_said(record: list[Note]) -> None:
    assert asked("tramadol à la sortie ?", *record) is None


def test_the_newest_discharge_prescription_counts() -> None:
    older = note("01-08", "1. TRAMADOL 50 mg si douleur\n2. BISOPROLOL 2,5 mg : 1 cp le matin", DISCHARGE)
    draft = asked("tramadol à la sortie ?", older, ENTRY, LIST)
    assert draft is not None
    assert draft.text.endswith("08/05/2025.")
    assert asked("tramadol à la sortie ?", older) is None
