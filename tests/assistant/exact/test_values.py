"""Values of measures: the one meant, what it sets aside, and courses, as small stories."""

from itertools import pairwise

import pytest

from assistant.exact.types import Draft
from assistant.exact.values import MOST_POINTS, is_course, values
from assistant.question import understand
from ingestion.types import Stay
from tests.assistant.exact.records import ADMISSION, LAB, held_of, note, stays_of, told
from tests.assistant.hospital import Note

RENAL = [
    note("05-02", "Créatinine : 182 µmol/L\nPotassium : 5,9 mmol/L\nCRP : 145 mg/L", LAB),
    note("05-04", "Bio de ce matin : créat 141 µmol/L, K+ 4,4 mmol/L.\nCRP < 5 mg/L."),
    note("05-06", "CREATININE 104 µmol/L - POTASSIUM 4,1 mmol/L", LAB),
]
STAYS = stays_of("05-02")


def asked(question: str, record: list[Note], stays: list[Stay] = STAYS) -> list[Draft]:
    return list(values(understand(question), held_of(*record), stays))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quelle est la dernière créatinine ?", ["Créatinine : 104 µmol/L (06/05/2025)."]),
        ("DERNIERE CREATININE", ["Créatinine : 104 µmol/L (06/05/2025)."]),
        ("derniere creatinne", ["Créatinine : 104 µmol/L (06/05/2025)."]),
        ("creat a la sortie", ["Créatinine : 104 µmol/L (06/05/2025)."]),
        ("Créatinine à l'entrée ?", ["Créatinine : 182 µmol/L (02/05/2025)."]),
        ("Créatinine le 04/05 ?", ["Créatinine : 141 µmol/L (04/05/2025)."]),
        ("créatinine du 4 mai 2025", ["Créatinine : 141 µmol/L (04/05/2025)."]),
        ("kaliémie", ["Potassium : 4,1 mmol/L (06/05/2025)."]),
        ("Quelle est la CRP ?", ["CRP : < 5 mg/L (04/05/2025)."]),
        ("K+ et creat du 06/05 ?", ["Potassium : 4,1 mmol/L (06/05/2025).", "Créatinine : 104 µmol/L (06/05/2025)."]),
        # What no document holds is not told, whatever the other days and measures are.
        ("Créatinine le 05/05 ?", []),
        ("Quelle est la troponine ?", []),
        ("Pourquoi la créatinine était-elle élevée ?", []),
        ("Quel est le motif d'hospitalisation ?", []),
    ],
)
def test_the_value_that_is_meant(question: str, said: list[str]) -> None:
    drafts = asked(question, RENAL)
    assert sorted(told(drafts)) == sorted(said)
    assert all(draft.template == "measure" and len(draft.facts) == 1 and not draft.course for draft in drafts)


REJECTED = [
    pytest.param(
        [
            note("05-02", "Potassium : 6,8 mmol/L", LAB),
            note(
                "05-02T18:00", "Le potassium à 6,8 mmol/L est faussé : tube hémolysé. Contrôle : potassium 4,2 mmol/L."
            ),
        ],
        "4,2",
        "6,8",
        id="a haemolysed sample",
    ),
    pytest.param(
        [
            note("05-02", "Hémoglobine : 5,1 g/dL", LAB),
            note("05-03", "Hb 11,4 g/dL au contrôle. Hb à 5,1 g/dL de la veille erronée (prélèvement dilué)."),
        ],
        "11,4",
        "5,1",
        id="a diluted sample",
    ),
]


@pytest.mark.parametrize(("record", "right", "wrong"), REJECTED)
@pytest.mark.parametrize("question", ["Quelle est la dernière valeur {} ?", "{}", "évolution {}"])
def test_a_rejected_value_is_never_the_value(record: list[Note], right: str, wrong: str, question: str) -> None:
    measure = "du potassium" if "otassium" in record[0].text else "de l'hémoglobine"
    first, *others = asked(question.format(measure), record)
    assert right in told([first])[0]
    assert wrong not in told([first])[0]
    # Beside it, only the words that set the other value aside.
    assert all(draft.template == "quotation" for draft in others)
    assert all("hémolysé" in words or "erronée" in words for words in told(others))


def test_a_value_of_somebody_else_is_not_the_patients() -> None:
    record = [note("05-02", "Père : glycémie à 2,4 g/L."), note("05-01", "Glycémie : 1,02 g/L", LAB)]
    assert told(asked("dernière glycémie", record)) == ["Glycémie : 1,02 g/L (01/05/2025)."]


# --- courses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "course"),
    [
        ("Quelle est l'évolution de la créatinine ?", True),
        ("EVOLUTION CREATININE", True),
        ("comment a evolué la creat", True),
        ("cinétique de la CRP", True),
        ("créatinine depuis l'entrée", True),
        ("tendance du poids au cours du séjour", True),
        ("Dernière créatinine ?", False),
        ("créatinine à l'entrée", False),
        ("Créatinine le 04/05 ?", False),
    ],
)
def test_what_asks_for_a_course(question: str, course: bool) -> None:
    assert is_course(understand(question)) is course


def test_a_course_is_one_sentence_with_one_fact_for_each_value_in_order() -> None:
    (draft,) = asked("Quelle est l'évolution de la créatinine ?", [*RENAL[::-1]])
    assert draft.text == "Créatinine (µmol/L) : 182 (02/05/2025), 141 (04/05/2025), 104 (06/05/2025)."
    assert (draft.template, draft.name, draft.course) == ("measure", "creatinine", True)
    assert [item.fact.fact.value for item in draft.facts] == ["182", "141", "104"]
    assert [item.fact.document for item in draft.facts] == ["D3", "D2", "D1"]


def test_units_that_differ_are_told_with_each_value() -> None:
    record = [note("05-02", "Hémoglobine : 8,1 g/dL", LAB), note("05-04", "Hémoglobine : 92 g/L", LAB)]
    (draft,) = asked("évolution hb", record)
    assert draft.text == "Hémoglobine : 8,1 g/dL (02/05/2025), 92 g/L (04/05/2025)."


def test_one_value_is_no_course() -> None:
    (draft,) = asked("évolution de la créatinine", RENAL[:1])
    assert (draft.text, draft.course) == ("Créatinine : 182 µmol/L (02/05/2025).", False)


PERIODS = [
    Note("Créatinine : 95 µmol/L", LAB, "2023-02-01T12:00"),
    Note("Créatinine : 110 µmol/L", LAB, "2024-02-01T12:00"),
    *RENAL,
]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("évolution de la créatinine", ["95", "110", "182", "141", "104"]),
        ("évolution de la créatinine pendant le séjour", ["182", "141", "104"]),
        ("créatinine depuis l'entrée", ["182", "141", "104"]),
        ("évolution de la créatinine entre 2023 et 2024", ["95", "110"]),
        ("évolution de la créatinine en 2025", ["182", "141", "104"]),
    ],
)
def test_a_course_keeps_to_the_period_asked(question: str, numbers: list[str]) -> None:
    (draft,) = asked(question, PERIODS)
    assert [item.fact.fact.value for item in draft.facts] == numbers


def test_a_long_course_keeps_its_ends_and_its_extremes() -> None:
    numbers = [100, 101, 102, 140, 180, 260, 240, 190, 150, 120, 90, 96, 98, 99, 97]
    record = [note(f"05-{day:02}", f"Créatinine : {n} µmol/L", LAB) for day, n in enumerate(numbers, start=1)]
    (draft,) = asked("évolution de la créatinine", record)
    kept = [int(item.fact.fact.value) for item in draft.facts]
    assert len(kept) == MOST_POINTS
    assert (kept[0], kept[-1], max(kept), min(kept)) == (100, 97, 260, 90)
    days = [item.fact.date for item in draft.facts]
    assert all(first and second and first < second for first, second in pairwise(days))


def test_a_value_copied_in_the_notes_that_follow_is_one_point() -> None:
    record = [
        *RENAL[:1],
        note("05-03", "Rappel : créatinine à 182 µmol/L le 02/05, potassium 5,9 mmol/L, CRP 145 mg/L."),
        *RENAL[1:],
    ]
    (draft,) = asked("évolution de la créatinine", record)
    assert [item.fact.fact.value for item in draft.facts] == ["182", "141", "104"]


def test_at_entry_is_at_the_entry_of_the_last_stay() -> None:
    record = [
        note("01-10", "Poids : 82 kg.", ADMISSION),
        note("05-02", "Poids : 74 kg."),
        note("05-06", "Poids : 71 kg."),
    ]
    (draft,) = asked("poids à l'entrée", record, stays_of("01-10", "05-02"))
    assert draft.text == "Poids : 74 kg (02/05/2025)."
