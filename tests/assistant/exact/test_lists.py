"""Lists of allergies, germs and diseases of the family: each thing once, in the words of the record."""

import pytest

from assistant.exact.lists import MOST_ITEMS, listing
from assistant.question import understand
from tests.assistant.exact.records import ADMISSION, held_of, note, told
from tests.assistant.hospital import Note

FAMILY = note(
    "05-02",
    "ATCD : HTA, diabète de type 2.\n"
    "Antécédents familiaux :\n- père : infarctus du myocarde à 52 ans\n- mère : diabète\n- sœur : cancer du sein",
    ADMISSION,
)


def asked(question: str, *record: Note) -> list[str]:
    return told(listing(understand(question), held_of(*record)))


ALLERGIES = [
    note("05-02", "Allergies : pénicilline (urticaire géante), latex.", ADMISSION),
    note("05-03", "Allergie à l'iode signalée par la famille. Infirmière : pas d'allergie connue."),
]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("allergies", ["pénicilline (urticaire géante), latex", "iode"]),
        ("ALLERGIES ?", ["pénicilline (urticaire géante), latex", "iode"]),
        # Who asks of one allergen is told of the others, after it.
        ("Est-il allergique à la pénicilline ?", ["pénicilline (urticaire géante), latex", "iode"]),
        ("allergie amoxicilline", ["pénicilline (urticaire géante), latex", "iode"]),
        ("est-elle allergique au latex", ["pénicilline (urticaire géante), latex", "iode"]),
        ("allergie à l'iode ?", ["iode", "pénicilline (urticaire géante), latex"]),
    ],
)
def test_allergies(question: str, words: list[str]) -> None:
    said = asked(question, *ALLERGIES)
    assert len(said) == len(words)
    assert all(expected in line for expected, line in zip(words, said, strict=True))


def test_a_denial_is_told_only_when_nothing_is_affirmed() -> None:
    denial = note("05-03", "Pas d'allergie connue.")
    assert asked("Est-il allergique ?", denial) == ["Pas d'allergie connue."]
    assert asked("Est-il allergique ?", note("05-02", "Allergie : latex."), denial) == ["Allergie : latex."]


def test_silence_lists_nothing() -> None:
    record = note("05-02", "ATCD : HTA. Sous ramipril 5 mg le matin.")
    for question in ("Est-il allergique ?", "allergies", "germes retrouvés ?", "antécédents familiaux ?"):
        assert asked(question, record) == []


def test_a_label_that_was_removed_is_told() -> None:
    record = [
        note("01-10", "Allergie à l'amoxicilline (éruption dans l'enfance)."),
        note(
            "05-02", "Consultation d'allergologie : tests négatifs, pas d'allergie à l'amoxicilline, étiquette levée."
        ),
    ]
    said = asked("Est-il allergique à l'amoxicilline ?", *record)
    assert said
    assert any("négatifs" in line for line in said)
    assert not any("éruption" in line for line in said)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Antécédents familiaux d'infarctus ?", ["infarctus"]),
        ("ANTECEDENTS FAMILIAUX DE CANCER", ["cancer du sein"]),
        ("diabete dans la famille ?", ["mère"]),
        ("La mère est-elle diabétique ?", ["mère"]),
        ("Antécédents familiaux ?", ["père", "mère", "sœur"]),
    ],
)
def test_diseases_of_the_family(question: str, words: list[str]) -> None:
    said = asked(question, FAMILY)
    assert len(said) == len(words)
    assert all(any(expected in line for line in said) for expected in words)
    assert not any("HTA" in line for line in said)


@pytest.mark.parametrize("question", ["antécédents familiaux d'AVC ?", "épilepsie dans la famille"])
def test_what_the_family_is_not_said_to_have_is_not_listed(question: str) -> None:
    assert asked(question, FAMILY) == []


def test_germs_are_listed_once_and_only_those_found() -> None:
    record = [
        note("05-02", "ECBU : Escherichia coli 10^6."),
        note("05-03", "Hémocultures : Escherichia coli, sensible à la ceftriaxone. Pas de Klebsiella pneumoniae."),
    ]
    (said,) = asked("Quel germe a été retrouvé ?", *record)
    assert "coli" in said


def test_an_answer_lists_few_things() -> None:
    lines = "\n".join(f"- {food}" for food in ("latex", "iode", "arachide", "œuf", "kiwi", "soja", "sésame"))
    assert len(asked("allergies", note("05-02", f"Allergies :\n{lines}"))) == MOST_ITEMS


@pytest.mark.parametrize("question", ["Quelle est la créatinine ?", "Quels traitements à la sortie ?", "motif ?"])
def test_what_is_no_such_list(question: str) -> None:
    assert asked(question, *ALLERGIES, FAMILY) == []
