"""Lines on the medicine asked about: the newest that tells what is asked, one for each member of a class."""

import pytest

from assistant.exact.medicines import MOST_LINES, medicines, stopped
from assistant.question import understand
from tests.assistant.exact.records import ADMISSION, DISCHARGE, ORDER, held_of, note, told
from tests.assistant.hospital import Note

RECORD = [
    note(
        "05-02",
        "Traitement habituel :\n- Bisoprolol 2,5 mg le matin\n- Ramipril 5 mg le soir\n- Kardégic 75 mg",
        ADMISSION,
    ),
    note("05-03", "Ramipril arrêté devant une hyperkaliémie à 6,1 mmol/L."),
    note("05-03", "BISOPROLOL 2,5 mg : 1 cp le matin\nENOXAPARINE 4000 UI : 1 injection SC le soir", ORDER),
    note("05-05", "Bisoprolol majoré à 5 mg ce jour devant une FC à 110/min."),
    note("05-06", "Aspirine suspendue en raison d'un méléna. Début d'apixaban 5 mg x2/j devant une FA."),
    note("05-08", "1. BISOPROLOL 5 mg : 1 cp le matin\n2. ELIQUIS 5 mg : 1 cp matin et soir", DISCHARGE),
]


def asked(question: str, record: list[Note] | None = None) -> list[str]:
    return told(medicines(understand(question), held_of(*(record or RECORD))))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quelle dose de bisoprolol à la sortie ?", ["BISOPROLOL 5 mg : 1 cp le matin"]),
        ("BISOPROLOL SORTIE", ["BISOPROLOL 5 mg : 1 cp le matin"]),
        ("poso bisoprolol", ["BISOPROLOL 5 mg : 1 cp le matin"]),
        ("dose de bisoprolol à l'entrée", ["Bisoprolol 2,5 mg le matin"]),
        ("apixaban à la sortie", ["ELIQUIS 5 mg : 1 cp matin et soir"]),
        ("Pourquoi le ramipril a-t-il été arrêté ?", ["Ramipril arrêté devant une hyperkaliémie à 6,1 mmol/L."]),
        ("pq arret ramipril", ["Ramipril arrêté devant une hyperkaliémie à 6,1 mmol/L."]),
        ("arrêt IEC ?", ["Ramipril arrêté devant une hyperkaliémie à 6,1 mmol/L."]),
        ("Pourquoi le Kardégic a-t-il été suspendu ?", ["Aspirine suspendue en raison d'un méléna."]),
        ("Quand l'apixaban a-t-il été débuté ?", ["Début d'apixaban 5 mg x2/j devant une FA."]),
        ("Pour quelle raison l'apixaban ?", ["Début d'apixaban 5 mg x2/j devant une FA."]),
    ],
)
def test_the_line_that_tells_what_is_asked(question: str, words: list[str]) -> None:
    said = asked(question)
    assert len(said) == len(words)
    assert all(expected in line for expected, line in zip(words, said, strict=True))


@pytest.mark.parametrize(
    "question",
    [
        "dose de morphine",
        "Pourquoi la morphine a-t-elle été arrêtée ?",
        "ramipril à la sortie",
        "Pourquoi le bisoprolol a-t-il été arrêté ?",
        "Quels traitements à la sortie ?",
        "Quelle est la créatinine ?",
    ],
)
def test_what_no_line_tells(question: str) -> None:
    assert asked(question) == []


def test_a_medicine_of_the_family_or_only_supposed_is_not_told() -> None:
    record = [note("05-02", "Mère sous metformine 1000 mg. Discuter metformine 500 mg si HbA1c élevée.")]
    assert asked("Quelle dose de metformine ?", record) == []


def test_each_member_of_a_class_is_told_once() -> None:
    record = [
        note(f"05-0{day}", "Amoxicilline 1 g x3/j\nCeftriaxone 2 g x1/j\nGentamicine 300 mg x1/j", ORDER)
        for day in (2, 3, 4)
    ]
    said = asked("dose des antibiotiques", record)
    assert sorted(line.split()[0] for line in said) == ["Amoxicilline", "Ceftriaxone", "Gentamicine"]
    assert len(said) <= MOST_LINES


def test_several_medicines_of_one_line_are_one_quotation() -> None:
    record = [note("05-04", "Arrêt de l'amoxicilline et de la gentamicine devant une insuffisance rénale.")]
    assert len(asked("Pourquoi les antibiotiques ont-ils été arrêtés ?", record)) == 1


def test_what_stops_a_medicine_is_told_whatever_is_asked_of_it() -> None:
    held = held_of(*RECORD)
    assert told(stopped(understand("ramipril à la sortie ?"), held)) == [
        "Ramipril arrêté devant une hyperkaliémie à 6,1 mmol/L."
    ]
    assert stopped(understand("bisoprolol à la sortie ?"), held) == []
