"""Small stories: documents replaced, allergies, hypotheses, states, and the tables of authority."""

import pytest

from ingestion.facts.authority import document_class, rules
from ingestion.facts.history import conflicts, reason_label, settle
from ingestion.facts.types import StoredFact
from tests.ingestion.facts.stories import said, shown

Story = list[StoredFact]
LAB, ORDER = "resultats_biologie", "prescription"


def verdicts(story: Story) -> list[tuple[str, ...]]:
    return sorted((shown(item) for item in settle(story)), key=lambda seen: seen[0])


# --- documents ------------------------------------------------------------------------------------------

_LAB_1, _LAB_2 = "Immunochimie (édition provisoire)", "Immunochimie (résultat définitif)"


@pytest.mark.parametrize(
    ("story", "seen"),
    [
        pytest.param(
            [
                said("2026-01-14", "measurement", "igg", "46 g/L", by=LAB),
                said("2026-01-14", "measurement", "calcium", "2,89 mmol/L", by=LAB),
                said("2026-01-16", "measurement", "igg", "48 g/L", by=LAB, replaces_document="2026-01-14"),
            ],
            [("2026-01-14", "46", "replaced_document"), ("2026-01-14", "2,89", ""), ("2026-01-16", "48", "")],
            id="an edition replaced: what the new one does not repeat still holds",
        ),
        pytest.param(
            [
                said("2025-06-25", "medication", "metformine", "1 g", by=ORDER),
                said("2025-06-26", "medication", "insuline", "8 UI", by=ORDER, replaces_document="2025-06-25"),
            ],
            [("2025-06-25", "1", "replaced_document"), ("2025-06-26", "8", "")],
            id="a prescription sheet replaced: nothing of it is left",
        ),
        pytest.param(
            [
                said("2025-06-25", "medication", "metformine", "1 g"),
                said("2025-06-26", "medication", "insuline", "8 UI", by=ORDER, replaces_document="2025-06-25"),
            ],
            [("2025-06-25", "1", ""), ("2025-06-26", "8", "")],
            id="a document of another kind is not the one replaced",
        ),
        pytest.param(
            [
                said("2026-02-04", "microorganism", "sarm", by=LAB, title=_LAB_1, standing="provisional"),
                said("2026-02-07", "microorganism", "sarm", by=LAB, title=_LAB_2, standing="final", polarity="negated"),
            ],
            [("2026-02-04", "affirmed", "final_report"), ("2026-02-07", "negated", "")],
            id="a provisional report, then the final one of the same examination",
        ),
        pytest.param(
            [
                said("2026-02-04", "imaging", "tdm cerebral", by="imagerie", title="TDM", standing="provisional"),
                said("2026-02-07", "imaging", "tdm cerebral", by="imagerie", title="IRM", standing="final"),
            ],
            [("2026-02-04", "affirmed", ""), ("2026-02-07", "affirmed", "")],
            id="the final report of another examination settles nothing",
        ),
    ],
)
def test_documents(story: Story, seen: list[tuple[str, ...]]) -> None:
    assert verdicts(story) == seen


# --- allergies, problems, states ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "reasons", "conflicting"),
    [
        pytest.param(
            [
                said("2023-01-01", "allergy", "*", polarity="negated"),
                said("2025-01-01", "allergy", "amoxicilline"),
            ],
            ["positive_allergy", ""],
            0,
            id="told since",
        ),
        pytest.param(
            [
                said("2023-01-01", "allergy", "amoxicilline"),
                said("2025-01-01", "allergy", "*", polarity="negated"),
            ],
            ["", ""],
            1,
            id="a denial never overrides",
        ),
        pytest.param(
            [
                said("2023-01-01", "allergy", "amoxicilline"),
                said("2024-03-14", "allergy", "penicillines", polarity="negated", delabelled="true"),
            ],
            ["delabelled", ""],
            0,
            id="tests remove the label",
        ),
        pytest.param(
            [
                said("2024-03-14", "allergy", "amoxicilline", polarity="negated", delabelled="true"),
                said("2024-03-20", "allergy", "amoxicilline", copied="true"),
            ],
            ["", "delabelled"],
            0,
            id="copied from an older note, it was told before",
        ),
        pytest.param(
            [
                said("2023-01-01", "allergy", "penicillines"),
                said("2024-03-14", "allergy", "cefazoline", polarity="negated", delabelled="true"),
            ],
            ["", ""],
            0,
            id="a test of one medicine clears no other",
        ),
        pytest.param(
            [
                said("2023-01-01", "allergy", "latex"),
                said("2024-03-14", "allergy", "medicines", polarity="negated"),
            ],
            ["", ""],
            0,
            id="latex is no medicine",
        ),
        pytest.param(
            [
                said("2023-01-01", "allergy", "amoxicilline"),
                said("2024-03-14", "allergy", "amoxicilline", polarity="negated", delabelled="true"),
                said("2025-01-01", "allergy", "amoxicilline", quote="allergique à l'amoxicilline, urticaire"),
                said("2025-01-02", "allergy", "amoxicilline", polarity="negated"),
            ],
            ["delabelled", "", "", ""],
            1,
            id="told again after the label was removed",
        ),
    ],
)
def test_allergies(story: Story, reasons: list[str], conflicting: int) -> None:
    held = settle(story)
    assert [item.reason for item in held] == reasons
    assert len(conflicts(held)) == conflicting


@pytest.mark.parametrize(
    ("story", "reasons"),
    [
        (
            [
                said("2025-02-10", "problem", "pneumopathie", polarity="hypothetical", role="diagnosis"),
                said("2025-02-12", "problem", "pneumopathie", polarity="ruled_out", role="diagnosis"),
            ],
            ["ruled_out", ""],
        ),
        (
            [
                said("2025-02-10", "problem", "embolie pulmonaire", certainty="possible", role="diagnosis"),
                said("2025-02-11", "problem", "embolie pulmonaire", role="diagnosis"),
            ],
            ["confirmed", ""],
        ),
        (
            [
                said("2025-02-10", "problem", "embolie pulmonaire", role="history", effective="2010"),
                said("2025-02-11", "problem", "embolie pulmonaire", polarity="ruled_out", role="diagnosis"),
            ],
            ["", ""],
        ),
        (
            [
                said("2025-02-10", "problem", "fievre", role="symptom"),
                said("2025-02-11", "problem", "fievre", role="symptom", polarity="negated"),
            ],
            ["", ""],
        ),
        (
            [said("2025-02-10", "awaited", "holter"), said("2025-02-20", "procedure", "holter", by="imagerie")],
            ["arrived", ""],
        ),
        (
            [
                said("2025-02-10", "awaited", "holter"),
                said("2025-02-20", "problem", "fa", by="avis", title="Holter ECG"),
            ],
            ["arrived", ""],
        ),
        (
            [
                said("2025-02-10", "awaited", "anatomopathologie"),
                said("2025-02-20", "measurement", "crp", "5 mg/L", by=LAB),
            ],
            ["", ""],
        ),
        (
            [
                said("2025-02-10", "awaited", "anatomopathologie"),
                said("2025-08-20", "problem", "adenocarcinome", by=LAB, title="Anatomopathologie"),
            ],
            ["", ""],
        ),
        (
            [
                said("2025-02-10", "problem", "pneumopathie", polarity="hypothetical", at="0"),
                said("2025-02-10", "problem", "pneumopathie", polarity="negated", at="90"),
            ],
            ["ruled_out", ""],
        ),
        (
            [said("2025-02-10", "social", "help", "IDE"), said("2025-03-10", "social", "help", "kiné")],
            ["", ""],
        ),
        (
            [said("2025-02-10", "device", "drain"), said("2025-02-13", "device", "drain", removed="2025-02-13")],
            ["removed", ""],
        ),
        (
            [
                said("2025-02-10", "appointment", "cardiologie"),
                said("2025-02-13", "appointment", "cardiologie", polarity="negated"),
            ],
            ["cancelled", ""],
        ),
        (
            [said("2025-02-10", "social", "gir", "5"), said("2025-03-10", "social", "gir", "3")],
            ["later_state", ""],
        ),
        (
            [
                said("2025-02-10", "directive", "limitation_of_care", "non"),
                said("2025-03-10", "directive", "limitation_of_care", "oui"),
            ],
            ["later_directive", ""],
        ),
    ],
)
def test_what_prevails(story: Story, reasons: list[str]) -> None:
    assert [item.reason for item in settle(story)] == reasons


# --- the tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("document", "CR scanner TAP", "imaging"),
        ("document", "Courrier du médecin traitant", "outside"),
        ("DOC", "Lettre de liaison à la sortie", "discharge"),
        ("document", "Fiche de liaison infirmière", "nursing"),
        ("document", "Plan d'administration des médicaments", "administration"),
        ("11488-4", "Consultation de cardiologie", "specialist"),
        ("document", "Passage aux urgences", "admission"),
        ("ordonnance_sortie", "", "order"),
        ("document", "Résultats d'hémostase - laboratoire", "result"),
        ("document", "Évaluation assistante sociale", "social"),
        ("document", "Divers", "note"),
    ],
)
def test_the_class_of_a_document(kind: str, title: str, expected: str) -> None:
    assert document_class(kind, title) == expected


def test_every_rule_has_its_words() -> None:
    assert all(reason_label(name) for name in rules())
    assert reason_label("") == ""
