"""Small stories: what the documents of one patient say together."""

from datetime import datetime

import pytest

from ingestion.facts.history import (
    current_medications,
    latest,
    reason_label,
    series,
    settle,
)
from ingestion.facts.types import StoredFact
from tests.ingestion.facts.stories import said, shown

Story = list[StoredFact]
LAB, ORDER = "resultats_biologie", "prescription"
NOW = datetime(2025, 6, 1)
LINE = "Hb 9,8 g/dL, plaquettes 212 G/L, créatinine 132 µmol/L, CRP 45 mg/L"


def verdicts(story: Story) -> list[tuple[str, ...]]:
    return sorted((shown(item) for item in settle(story)), key=lambda seen: seen[0])


# --- copies ---------------------------------------------------------------------------------------------


def test_a_line_copied_forward_is_said_once_by_its_first_document() -> None:
    story = [
        said(day, "problem", "hypertension", quote="HTA traitée depuis 2004") for day in ("2025-02-13", "2025-02-11")
    ]
    (held,) = settle(story)
    assert held.fact.document == "2025-02-11/note_evolution"
    assert [copy.document for copy in held.also] == ["2025-02-13/note_evolution"]


@pytest.mark.parametrize(
    ("story", "points"),
    [
        pytest.param(
            [
                said(day, "measurement", "systolic", "120 mmHg", quote="TA 120/80")
                for day in ("2025-02-11", "2025-02-12")
            ],
            2,
            id="the same pressure on two days is two measurements",
        ),
        pytest.param(
            [said(day, "measurement", "crp", "45 mg/L", quote=LINE) for day in ("2025-02-11", "2025-02-12")],
            1,
            id="four numbers do not come back by chance",
        ),
        pytest.param(
            [
                said("2025-02-11", "measurement", "crp", "45 mg/L", quote="CRP 45"),
                said("2025-02-12", "measurement", "crp", "45 mg/L", quote="CRP 45", copied="true"),
            ],
            1,
            id="a block announced as a copy",
        ),
        pytest.param(
            [
                said(day, "measurement", "potassium", value, by=LAB, effective="2025-02-12T10:30")
                for day, value in (("2025-02-12", "4,4 mmol/L"), ("2025-02-14", "4,40 mmol/L"))
            ],
            1,
            id="two cumulative reports give one sample",
        ),
        pytest.param(
            [
                said(day, "medication", "apixaban", "5 mg", by=ORDER, quote="ELIQUIS 5 mg x2")
                for day in ("2025-01-05", "2025-06-05")
            ],
            2,
            id="two prescriptions of the same are two prescriptions",
        ),
        pytest.param(
            [
                said(day, "medication", "apixaban", "5 mg", quote="sous ELIQUIS 5 mg x2")
                for day in ("2025-01-05", "2025-01-06")
            ],
            1,
            id="a mention copied in notes",
        ),
        pytest.param(
            [said("2025-01-05", "problem", "diabete", quote="Diabète", at=place) for place in ("0", "80")],
            2,
            id="one document may say a thing twice",
        ),
    ],
)
def test_what_is_a_copy(story: Story, points: int) -> None:
    held = settle(story)
    assert len(held) == points
    assert sum(1 + len(item.also) for item in held) == len(story)


def test_a_copy_of_a_stopped_treatment_does_not_bring_it_back() -> None:
    listed = "Traitement : warfarine 4 mg le soir"
    story = [
        said("2025-02-11", "medication", "warfarine", "4 mg", quote=listed, state="prescribed"),
        said("2025-02-12", "medication", "warfarine", event="stopped"),
        said("2025-02-15", "medication", "warfarine", "4 mg", quote=listed, state="prescribed"),
    ]
    assert verdicts(story) == [("2025-02-11", "4", "stopped"), ("2025-02-12", "affirmed", "")]
    assert current_medications(settle(story), NOW) == ()


# --- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "seen"),
    [
        pytest.param(
            [
                said("2025-02-12T09:00", "measurement", "potassium", "6,1 mmol/L", effective="2025-02-12T07:10"),
                said(
                    "2025-02-13",
                    "measurement",
                    "potassium",
                    "6,1 mmol/L",
                    by=LAB,
                    effective="2025-02-12T07:10",
                    status="rejected",
                ),
                said("2025-02-13", "measurement", "potassium", "4,4 mmol/L", by=LAB, effective="2025-02-12T10:30"),
            ],
            [("2025-02-12T09:00", "6,1", "rejected"), ("2025-02-13", "6,1", "rejected"), ("2025-02-13", "4,4", "")],
            id="a haemolysed sample, noted before the laboratory says so",
        ),
        pytest.param(
            [
                said("2025-02-12", "measurement", "potassium", "6,1 mmol/L", status="rejected"),
                said("2025-02-14", "measurement", "potassium", "6,1 mmol/L", by=LAB, effective="2025-02-14T07:00"),
            ],
            [("2025-02-12", "6,1", "rejected"), ("2025-02-14", "6,1", "")],
            id="the same number measured anew is a new value",
        ),
        pytest.param(
            [
                said("2025-06-27", "measurement", "hba1c", "11,2 %"),
                said(
                    "2025-06-28",
                    "measurement",
                    "hba1c",
                    "9,2 %",
                    by="avis_specialise",
                    status="corrected",
                    previous="11,2",
                ),
                said("2025-07-04", "measurement", "hba1c", "11.2 %"),
            ],
            [("2025-06-27", "11,2", "corrected"), ("2025-06-28", "9,2", ""), ("2025-07-04", "11.2", "corrected")],
            id="a wrong number copied forward after its correction",
        ),
        pytest.param(
            [
                said("2025-02-10", "measurement", "weight", "68 kg", by="compte_rendu_urgences", declared="true"),
                said("2025-02-11", "measurement", "weight", "63,4 kg"),
            ],
            [("2025-02-10", "68", "measured"), ("2025-02-11", "63,4", "")],
            id="a declared weight gives way to the scale",
        ),
        pytest.param(
            [
                said("2024-02-10", "measurement", "weight", "68 kg", declared="true"),
                said("2025-02-11", "measurement", "weight", "63,4 kg"),
            ],
            [("2024-02-10", "68", ""), ("2025-02-11", "63,4", "")],
            id="a weight of another year is no error",
        ),
        pytest.param(
            [
                said("2025-02-12", "measurement", "hemoglobin", "9 g/dL", by=LAB, status="provisional"),
                said(
                    "2025-02-13",
                    "measurement",
                    "hemoglobin",
                    "9,4 g/dL",
                    by=LAB,
                    status="final",
                    effective="2025-02-12",
                ),
            ],
            [("2025-02-12", "9", "final_value"), ("2025-02-13", "9,4", "")],
            id="provisional, then final",
        ),
        pytest.param(
            [
                said("2025-02-12", "measurement", "lvef", "42 %", by="compte_rendu_imagerie"),
                said(
                    "2025-02-20",
                    "measurement",
                    "lvef",
                    "45 %",
                    by="compte_rendu_hospitalisation",
                    effective="2025-02-12",
                ),
            ],
            [("2025-02-12", "42", ""), ("2025-02-20", "45", "primary_report")],
            id="the report of the echocardiography, and its mention in the stay's letter",
        ),
        pytest.param(
            [
                said("2025-02-12T07:00", "measurement", "potassium", "3,2 mmol/L", by=LAB),
                said("2025-02-12T18:00", "measurement", "potassium", "3,9 mmol/L"),
            ],
            [("2025-02-12T07:00", "3,2", ""), ("2025-02-12T18:00", "3,9", "")],
            id="two values of one day, told that day, are two values",
        ),
    ],
)
def test_values(story: Story, seen: list[tuple[str, ...]]) -> None:
    assert verdicts(story) == seen


def test_the_control_of_a_rejected_sample_prevails_by_name() -> None:
    story = [
        said(
            "2025-02-12",
            "measurement",
            "potassium",
            "6,1 mmol/L",
            by=LAB,
            effective="2025-02-12T07:10",
            status="rejected",
        ),
        said("2025-02-12", "measurement", "potassium", "4,4 mmol/L", by=LAB, effective="2025-02-12T10:30"),
    ]
    rejected, control = settle(story)
    assert rejected.superseded_by == control.fact
    assert reason_label(rejected.reason) == "valeur rejetée : elle ne doit pas être retenue"


def test_latest_and_series_leave_out_what_does_not_stand() -> None:
    story = [
        said("2025-02-10", "measurement", "creatinine", "108 µmol/L"),
        said("2025-02-12", "measurement", "creatinine", "132 µmol/L", effective="2025-02-12"),
        said("2025-02-13", "measurement", "creatinine", "132 µmol/L", by=LAB, effective="2025-02-12T07:00"),
        said("2025-02-14", "measurement", "creatinine", "999 µmol/L", status="rejected"),
        said("2025-02-15", "measurement", "creatinine", "91 µmol/L", polarity="hypothetical"),
        said("2025-03-15", "measurement", "creatinine", "96 µmol/L"),
        said("2025-03-16", "measurement", "urea", "7 mmol/L"),
    ]
    held = settle(story)
    assert [item.fact.fact.value for item in series(held, "creatinine")] == ["108", "132", "96"]
    assert series(held, "creatinine")[1].fact.kind == LAB
    newest, earlier = latest(held, "creatinine"), latest(held, "creatinine", datetime(2025, 3, 1))
    assert newest is not None
    assert earlier is not None
    assert (newest.fact.fact.value, earlier.fact.fact.value) == ("96", "132")
    assert latest(held, "sodium") is None
