"""Small stories of treatment: stopped, prescribed anew, taken; what is on, and what the last list passes over."""

from datetime import datetime

import pytest

from ingestion.facts.doses import differ
from ingestion.facts.history import conflicts, current_medications, settle, unaccounted_medications
from ingestion.facts.types import Fact, StoredFact
from tests.ingestion.facts.stories import said, shown

Story = list[StoredFact]
ORDER, OUT, LETTER, ROOM, WARD = (
    "prescription",
    "ordonnance_sortie",
    "lettre_liaison",
    "compte_rendu_urgences",
    "observation_entree",
)
NOW = datetime(2025, 6, 1)


def line(day: str, name: str, dose: str = "", by: str = "note_evolution", **details: str) -> StoredFact:
    """Tell a line of treatment; it is prescribed unless said otherwise."""
    return said(day, "medication", name, dose, by=by, **{"state": "prescribed", **details})  # type: ignore[arg-type]


def out(day: str, name: str, dose: str = "", **details: str) -> StoredFact:
    """Tell a line of a discharge prescription."""
    return line(day, name, dose, OUT, moment="discharge", **details)


def on(story: Story, as_of: datetime = NOW) -> list[str]:
    """Return what is on, as "name dose"."""
    return [
        f"{item.fact.fact.name} {item.fact.fact.value}".strip() for item in current_medications(settle(story), as_of)
    ]


@pytest.mark.parametrize(
    ("story", "seen"),
    [
        pytest.param(
            [line("2025-02-10", "ramipril", "5 mg"), line("2025-02-12", "ramipril", event="stopped")],
            [("2025-02-10", "5", "stopped"), ("2025-02-12", "affirmed", "")],
            id="stopped",
        ),
        pytest.param(
            [
                line("2025-02-10", "warfarine", "4 mg", WARD, moment="entry"),
                line("2025-02-10", "warfarine", by=ROOM, event="stopped"),
            ],
            [("2025-02-10", "4", "stopped"), ("2025-02-10", "affirmed", "")],
            id="the list of entry is of before the stop in the emergency room",
        ),
        pytest.param(
            [
                line("2025-02-10", "warfarine", by=ROOM, event="stopped"),
                line("2025-02-11", "warfarine", "4 mg", WARD, moment="entry"),
            ],
            [("2025-02-10", "affirmed", ""), ("2025-02-11", "4", "stopped")],
            id="even when the ward writes it down the next day",
        ),
        pytest.param(
            [
                line("2024-02-10", "ramipril", event="stopped"),
                line("2025-02-10", "ramipril", "5 mg", ROOM, moment="entry"),
            ],
            [("2024-02-10", "affirmed", ""), ("2025-02-10", "5", "")],
            id="taken again at another admission",
        ),
        pytest.param(
            [
                line("2025-02-10", "furosemide", "40 mg"),
                line("2025-02-11", "furosemide", event="suspended"),
                line("2025-02-14", "furosemide", event="resumed"),
            ],
            [("2025-02-10", "40", ""), ("2025-02-11", "affirmed", "resumed"), ("2025-02-14", "affirmed", "")],
            id="suspended, then resumed",
        ),
        pytest.param(
            [line("2025-02-10", "furosemide", "40 mg"), line("2025-02-11", "furosemide", event="suspended")],
            [("2025-02-10", "40", "suspended"), ("2025-02-11", "affirmed", "")],
            id="suspended",
        ),
        pytest.param(
            [line("2025-02-10", "bisoprolol", "2,5 mg", ORDER), line("2025-02-13", "bisoprolol", "5 mg", ORDER)],
            [("2025-02-10", "2,5", "later_order"), ("2025-02-13", "5", "")],
            id="prescribed anew",
        ),
        pytest.param(
            [line("2025-02-10", "bisoprolol", "5 mg", ORDER), line("2025-02-13", "bisoprolol", "2,5 mg")],
            [("2025-02-10", "5", ""), ("2025-02-13", "2,5", "")],
            id="a mention in a note prescribes nothing",
        ),
        pytest.param(
            [
                line("2025-02-10", "bisoprolol", "2,5 mg", ORDER),
                line("2025-02-13", "bisoprolol", "5 mg", event="increased"),
            ],
            [("2025-02-10", "2,5", "later_order"), ("2025-02-13", "5", "")],
            id="a note that increases does",
        ),
        pytest.param(
            [line("2025-02-10", "warfarine", "4 mg"), line("2025-02-13", "apixaban", "5 mg", replaces="COUMADINE")],
            [("2025-02-10", "4", "replaced_medicine"), ("2025-02-13", "5", "")],
            id="replaced, by its brand",
        ),
        pytest.param(
            [
                line("2025-02-10", "warfarine", "4 mg"),
                line("2025-02-13", "warfarine", event="replaced", replaced_by="apixaban"),
            ],
            [("2025-02-10", "4", "replaced_medicine"), ("2025-02-13", "affirmed", "")],
            id="taken over by another",
        ),
        pytest.param(
            [line("2025-02-10", "warfarine", "4 mg"), line("2025-02-13", "apixaban", "5 mg", replaces="avk")],
            [("2025-02-10", "4", "replaced_medicine"), ("2025-02-13", "5", "")],
            id="replaced, by its class",
        ),
        pytest.param(
            [
                line("2025-02-10", "apixaban", "5 mg", state="taken"),
                line("2025-02-12", "apixaban", "2,5 mg", ORDER),
                line("2025-02-12", "apixaban", "2,5 mg", "plan_administration", state="administered"),
                line("2025-02-14", "apixaban", "5 mg", ORDER),
            ],
            [
                ("2025-02-10", "5", ""),
                ("2025-02-12", "2,5", "later_order"),
                ("2025-02-12", "2,5", ""),
                ("2025-02-14", "5", ""),
            ],
            id="what was taken and what was administered are no orders",
        ),
        pytest.param(
            [
                line("2025-02-10", "levodopa", "125 mg", ORDER, frequency="matin", at="0"),
                line("2025-02-10", "levodopa", "62,5 mg", ORDER, frequency="soir", at="90"),
            ],
            [("2025-02-10", "125", ""), ("2025-02-10", "62,5", "")],
            id="lines of one list stand side by side",
        ),
        pytest.param(
            [
                line("2025-02-10", "prednisone", "60 mg"),
                line("2025-02-11", "prednisone", event="stopped", effective="2025-03-01"),
            ],
            [("2025-02-10", "60", ""), ("2025-02-11", "affirmed", "")],
            id="a stop announced for later has not come",
        ),
    ],
)
def test_lines_of_treatment(story: Story, seen: list[tuple[str, ...]]) -> None:
    # "entry" stories of one day are told in the order of their moment, not of their documents
    assert sorted(map(shown, settle(story))) == sorted(seen)


@pytest.mark.parametrize(
    ("story", "treatment"),
    [
        pytest.param(
            [
                line("2025-02-10", "warfarine", "4 mg", WARD, moment="entry"),
                line("2025-02-12", "heparine", "500 UI", ORDER, moment="stay"),
                out("2025-02-20", "apixaban", "5 mg"),
                out("2025-02-20", "bisoprolol", "5 mg"),
                out("2025-02-20", "warfarine", event="stopped"),
            ],
            ["apixaban 5", "bisoprolol 5"],
            id="the last discharge list rules",
        ),
        pytest.param(
            [
                out("2025-02-20", "apixaban", "5 mg"),
                out("2025-02-20", "bisoprolol", "5 mg"),
                line("2025-03-10", "bisoprolol", "7,5 mg", "avis_specialise", event="increased"),
            ],
            ["apixaban 5", "bisoprolol 7,5"],
            id="and what was decided since",
        ),
        pytest.param(
            [
                out("2023-11-15", "warfarine", "4 mg"),
                out("2023-11-15", "bisoprolol", "2,5 mg"),
                line("2025-02-10", "amiodarone", "200 mg", ROOM, moment="entry"),
                line("2025-02-11", "bisoprolol", "5 mg", ORDER, moment="stay"),
            ],
            ["amiodarone 200", "bisoprolol 5", "warfarine 4"],
            id="the patient came back: nothing is dropped but what was stopped",
        ),
        pytest.param(
            [
                line("2025-02-10", "amoxicilline", "1 g", ORDER, duration="7 jours"),
                line("2025-02-10", "aspirine", "75 mg", ORDER),
            ],
            ["aspirine 75"],
            id="a duration that has run out",
        ),
        pytest.param(
            [
                line("2025-02-10", "clopidogrel", "75 mg", ORDER, stop="2025-05-31"),
                line("2025-02-10", "aspirine", "75 mg", ORDER, stop="2025-06-01"),
            ],
            ["aspirine 75"],
            id="a date of stop",
        ),
        pytest.param(
            [
                line(
                    "2025-02-10",
                    "apixaban",
                    "5 mg",
                    ORDER,
                    duration="28 jours",
                    quote="ELIQUIS 5 mg, pour 28 jours renouvelables",
                )
            ],
            ["apixaban 5"],
            id="a supply to be renewed is no end",
        ),
        pytest.param(
            [
                line("2025-02-10", "apixaban", "5 mg", ORDER),
                line("2025-03-10", "apixaban"),
                line("2025-03-11", "apixaban", "2,5 mg", "fiche_infirmiere"),
            ],
            ["apixaban 5"],
            id="mentions do not hide the order",
        ),
        pytest.param(
            [line("2025-02-10", "apixaban", "5 mg", ORDER), line("2025-02-11", "apixaban", "2,5 mg", state="taken")],
            ["apixaban 5", "apixaban 2,5"],
            id="prescribed and taken are two states",
        ),
        pytest.param(
            [
                line("2025-02-10", "rivaroxaban", "10 mg", event="planned"),
                line("2025-02-10", "morphine", "5 mg", state="administered"),
                line("2025-02-10", "aspirine", "75 mg", moment="past"),
                said("2025-02-10", "medication", "statine", "20 mg", polarity="negated"),
                line("2025-07-10", "ramipril", "5 mg", ORDER),
            ],
            [],
            id="planned, administered, past, denied, or later than asked",
        ),
        pytest.param(
            [
                line("2025-02-10", "levodopa", "125 mg", ORDER, frequency="matin", at="0"),
                line("2025-02-10", "levodopa", "62,5 mg", ORDER, frequency="soir", at="90"),
            ],
            ["levodopa 125", "levodopa 62,5"],
            id="both lines of a list",
        ),
    ],
)
def test_current_treatment(story: Story, treatment: list[str]) -> None:
    assert on(story) == treatment


def test_treatment_at_another_moment() -> None:
    story = [line("2025-02-10", "bisoprolol", "2,5 mg", ORDER), line("2025-02-13", "ramipril", "5 mg", ORDER)]
    assert on(story, datetime(2025, 2, 11)) == ["bisoprolol 2,5"]


def test_a_medicine_that_the_discharge_list_passes_over_is_told() -> None:
    story = [
        line("2025-02-10", "levothyroxine", "75 µg", WARD, moment="entry"),
        line("2025-02-10", "warfarine", "4 mg", WARD, moment="entry"),
        line("2025-02-10", "ramipril", "5 mg", WARD, moment="entry"),
        line("2025-02-12", "heparine", "500 UI", ORDER, moment="stay"),
        line("2025-02-20", "levothyroxine", "75 µg", LETTER, moment="entry"),
        out("2025-02-20", "apixaban", "5 mg", replaces="COUMADINE"),
        out("2025-02-20", "ramipril", event="stopped"),
    ]
    held = settle(story)
    assert [item.fact.fact.name for item in unaccounted_medications(held, NOW)] == ["levothyroxine"]
    assert on(story) == ["apixaban 5"]
    assert unaccounted_medications(settle(story[:4]), NOW) == ()


@pytest.mark.parametrize(
    ("story", "groups"),
    [
        pytest.param(
            [
                line("2025-02-10", "apixaban", "5 mg", ORDER),
                line("2025-02-13", "apixaban", "2,5 mg", "fiche_infirmiere"),
            ],
            [["5", "2,5"]],
            id="a sheet copied by hand against the order",
        ),
        pytest.param(
            [
                line("2025-02-10", "apixaban", "5 mg", ORDER),
                line("2025-02-13", "apixaban", "2,5 mg", "fiche_infirmiere"),
                line("2025-02-14", "apixaban", "5 mg", OUT, moment="discharge"),
            ],
            [],
            id="a later order settles",
        ),
        pytest.param(
            [
                line("2025-02-10", "apixaban", "5 mg", "courrier_adressage", moment="entry"),
                line("2025-02-11", "apixaban", "2,5 mg", ROOM, moment="entry", state="taken"),
            ],
            [["5", "2,5"]],
            id="what the patient says he takes against his physician's letter",
        ),
        pytest.param(
            [line("2025-02-10", "apixaban", "5 mg", ORDER), line("2025-02-13", "apixaban")],
            [],
            id="a mention without dose contradicts nothing",
        ),
    ],
)
def test_contradictions_of_treatment(story: Story, groups: list[list[str]]) -> None:
    assert [[item.fact.fact.value for item in group] for group in conflicts(settle(story))] == groups


@pytest.mark.parametrize(
    ("story", "count"),
    [
        (
            [
                said("2025-02-12", "measurement", "lvef", "42 %", by="resultats", effective="2025-02-12"),
                said("2025-02-13", "measurement", "lvef", "45 %", by="imagerie", effective="2025-02-12"),
            ],
            2,
        ),
        (
            [
                said("2025-02-12", "measurement", "lvef", "42 %", by="resultats", effective="2025-02-12"),
                said("2025-02-13", "measurement", "lvef", "42,0 %", by="imagerie", effective="2025-02-12"),
            ],
            0,
        ),
        (
            [
                said("2025-02-12", "problem", "diabete", role="diagnosis"),
                said("2025-02-13", "problem", "diabete", role="history", polarity="negated"),
            ],
            2,
        ),
        (
            [
                said("2025-02-12", "problem", "fievre", role="symptom"),
                said("2025-02-13", "problem", "fievre", role="symptom", polarity="negated"),
            ],
            0,
        ),
    ],
)
def test_other_contradictions(story: Story, count: int) -> None:
    assert sum(len(group) for group in conflicts(settle(story))) == count


def _taken(value: str, intake: str = "", frequency: str = "", strength: str = "") -> Fact:
    number, _, unit = value.partition(" ")
    details = {"intake": intake, "frequency": frequency, "strength": strength}
    return Fact("medication", "x", "X", 0, 1, number, unit, details=tuple(details.items()))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_taken("2 mg", "2 cp", strength="2 mg"), _taken("4 mg"), False),
        (_taken("2 mg", "1 cp", strength="2 mg"), _taken("4 mg"), True),
        (_taken("1 g"), _taken("1000 mg"), False),
        (_taken("5 mg"), _taken("5 UI"), False),
        (_taken("5 mg", frequency="matin et soir"), _taken("5 mg", frequency="x2/j"), False),
        (_taken("5 mg", frequency="matin et soir"), _taken("5 mg", frequency="le soir"), True),
        (_taken("5 mg", frequency="1-0-1-0"), _taken("5 mg", frequency="2 fois par jour"), False),
        (_taken("5 mg", frequency="toutes les 8 h"), _taken("5 mg", frequency="3/j"), False),
        (_taken("5 mg", frequency="si douleur"), _taken("5 mg", frequency="3/j"), False),
        (_taken("12,5 mg", "1/2 cp", strength="25 mg"), _taken("12,5 mg"), False),
        (_taken("25 mg", "½ cp", strength="25 mg"), _taken("12,5 mg"), False),
        (_taken(""), _taken("12,5 mg"), False),
    ],
)
def test_doses_compared(first: Fact, second: Fact, expected: bool) -> None:
    assert differ(first, second) is differ(second, first) is expected
