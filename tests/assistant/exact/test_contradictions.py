"""Both sides of a contradiction, oldest first, when no document settles it; none otherwise."""

import pytest

from assistant.exact.choose import drafts_of
from assistant.exact.contradictions import sides
from assistant.exact.types import Draft
from assistant.question import understand
from ingestion.facts.history import latest
from tests.assistant.exact.records import ADMISSION, LAB, held_of, note, told
from tests.assistant.hospital import Note

WEIGHTS = [note("05-05", "Poids : 81 kg.", "note_infirmiere"), note("05-07", "Poids du 05/05 : 61 kg.")]
ALLERGY = [note("05-05", "Allergies : pénicilline (urticaire).", ADMISSION), note("05-06", "Pas d'allergie connue.")]
CLOT = [note("05-05", "ATCD : HTA, phlébite en 2010.", ADMISSION), note("05-06", "Aucun antécédent de phlébite.")]
CASES = [
    ("Quel est le poids ?", WEIGHTS, ["Poids : 81 kg.", "Poids du 05/05 : 61 kg."]),
    ("POIDS ?", WEIGHTS, ["Poids : 81 kg.", "Poids du 05/05 : 61 kg."]),
    ("poids le 05/05", WEIGHTS, ["Poids : 81 kg.", "Poids du 05/05 : 61 kg."]),
    ("Est-il allergique à la pénicilline ?", ALLERGY, ["pénicilline (urticaire)", "Pas d'allergie connue."]),
    ("allergies ?", ALLERGY, ["pénicilline (urticaire)", "Pas d'allergie connue."]),
    ("A-t-il déjà eu une phlébite ?", CLOT, ["phlébite en 2010", "Aucun antécédent de phlébite."]),
]


def asked(question: str, record: list[Note]) -> tuple[Draft, ...]:
    return drafts_of(understand(question), held_of(*record), ())


@pytest.mark.parametrize(("question", "record", "words"), CASES)
def test_both_sides_are_shown_and_neither_is_preferred(question: str, record: list[Note], words: list[str]) -> None:
    for told_in in (record, record[::-1]):
        drafts = asked(question, told_in)
        assert len(drafts) == 2
        assert all(draft.apart and draft.template == "quotation" and not draft.text for draft in drafts)
        assert all(expected in said for expected, said in zip(words, told(drafts), strict=True))


@pytest.mark.parametrize(
    ("question", "record"),
    [
        pytest.param("évolution du poids", WEIGHTS, id="a course tells every value"),
        pytest.param(
            "Quelle est la créatinine ?", [*WEIGHTS, note("05-06", "Créatinine : 90 µmol/L", LAB)], id="aside"
        ),
        pytest.param("Prend-il du ramipril ?", ALLERGY, id="about something else"),
        pytest.param(
            "Quel est le poids ?",
            [note("05-05", "Poids : 81 kg."), note("05-07", "Poids : 79 kg.")],
            id="two days are no contradiction",
        ),
        pytest.param(
            "kaliémie ?",
            [
                note("05-05", "Potassium : 6,8 mmol/L", LAB),
                note(
                    "05-06",
                    "Potassium à 6,8 mmol/L du 05/05 : tube hémolysé, à ne pas retenir. Contrôle : K+ 4,2 mmol/L.",
                ),
            ],
            id="settled by a correction",
        ),
    ],
)
def test_what_is_no_contradiction(question: str, record: list[Note]) -> None:
    assert not any(draft.apart for draft in asked(question, record))


def test_only_a_contradiction_that_the_answer_meets_is_shown() -> None:
    held = held_of(*WEIGHTS, note("05-08", "Poids : 60 kg."))
    question = understand("Quel est le dernier poids ?")
    newest = latest(held, "weight")
    assert newest is not None
    assert sides(question, held, [newest]) == []
    assert len(sides(question, held, [])) == 2
    assert told(drafts_of(question, held, ())) == ["Poids : 60 kg (08/05/2025)."]
