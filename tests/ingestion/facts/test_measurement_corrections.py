"""Marked sentences: values rejected, corrected, provisional, declared, or of a relative; what then stands of them."""

from datetime import datetime

import pytest

from ingestion.facts.extract import extract
from ingestion.facts.history import settle
from ingestion.facts.types import StoredFact
from ingestion.sections import find_sections
from tests.ingestion.facts.measured import said

_SENTENCES = [
    (
        "Sodium 131 (N 135-145), potassium 5,8 mmol/L [3,5-5,0], échantillon hémolysé",
        "sodium 131; potassium 5,8 mmol/L !rejected (hémolyse)",
    ),
    (
        "Potassium 6,4 : tube hémolysé, contrôle à 4,5 mmol/L",
        "potassium 6,4 !rejected (hémolyse); potassium 4,5 mmol/L",
    ),
    (
        "Lire Hb 9,2 g/dL au lieu de 11,2.",
        "hemoglobin 9,2 g/dL !corrected (not 11,2); hemoglobin 11,2 !rejected (erreur de report)",
    ),
    (
        "Erratum : K 3,4 et non 4,3 comme indiqué par erreur",
        "potassium 3,4 !corrected (not 4,3); potassium 4,3 !rejected (erreur de report)",
    ),
    (
        "Hémoglobine 6,1 g/dL (prélèvement dilué, à ne pas prendre en compte). Contrôle : 9,4 g/dL.",
        "hemoglobin 6,1 g/dL !rejected (dilution); hemoglobin 9,4 g/dL",
    ),
    (
        "Plaquettes 32 G/L : agrégats plaquettaires, recontrôlées à 187 sur tube citraté",
        "platelets 32 G/L !rejected (agrégats plaquettaires); platelets 187",
    ),
    (
        "Le bilan de ce jour (Hb 7,2, K 6,1) appartient à un autre patient.",
        "hemoglobin 7,2 !rejected (autre patient); potassium 6,1 !rejected (autre patient)",
    ),
    ("Résultats annulés : Na 118.", "sodium 118 !rejected (annulé)"),
    (
        "Glycémie 2,3 g/L (mesure au doigt erronée, main sucrée), recontrôlée à 1,1 g/L",
        "glucose 2,3 g/L !rejected (erreur de report); glucose 1,1 g/L !corrected (not 2,3)",
    ),
    ("Poids 112 kg (balance défaillante, valeur aberrante)", "weight 112 kg !rejected (artéfact)"),
    ("HbA1c lire 7,2 % et non 9,2 %", "hba1c 7,2 % !corrected (not 9,2); hba1c 9,2 % !rejected (erreur de report)"),
    ("Antécédents familiaux : père LDL 3,2 g/L", "ldl 3,2 g/L !family"),
    ("Echantillon hémolysé : potassium 6,9", "potassium 6,9 !rejected (hémolyse)"),
    ("CRP 45 (résultat provisoire)", "crp 45 !provisional"),
    ("Poids 82 kg (déclaré), taille 170 cm", "weight 82 kg !declared; height 170 cm"),
    ("poids selon la patiente 68 kg. Poids 71 kg d'après son mari", "weight 68 kg !declared; weight 71 kg !declared"),
    (
        "Correction du compte rendu : hémoglobine 10,4 g/dL et non pas 14,0 g/dL",
        "hemoglobin 10,4 g/dL !corrected (not 14,0); hemoglobin 14,0 g/dL !rejected (erreur de report)",
    ),
    ("Ne pas tenir compte de la kaliémie à 7,1 (garrot prolongé)", "potassium 7,1 !rejected (à ne pas retenir)"),
    (
        "Dosage de vancomycine 45 mg/L prélevé sur la voie de perfusion : ininterprétable",
        "vancomycin_level 45 mg/L !rejected (ininterprétable)",
    ),
    (
        "Hb 5,9 : erreur d'étiquetage, contrôle Hb 11,8",
        "hemoglobin 5,9 !rejected (autre patient); hemoglobin 11,8 !corrected (not 5,9)",
    ),
    (
        "Glycémie 0,31 g/L, valeur aberrante, contrôle capillaire 1,05 g/L",
        "glucose 0,31 g/L !rejected (artéfact); glucose 1,05 g/L",
    ),
    (
        "Le chiffre de créatinine de 312 est une erreur de saisie, il faut lire 132 µmol/L",
        "creatinine 312 !rejected (erreur de report); creatinine 132 µmol/L !corrected (not 312)",
    ),
    ("TP 22 % : tube coagulé", "prothrombin 22 % !rejected (échantillon coagulé)"),
    ("Poids de ce matin 98 kg, impossible, repesé à 89 kg", "weight 98 kg !rejected (artéfact); weight 89 kg"),
    ("La PCT à 12 de ce matin n'appartient pas à ce patient", "procalcitonin 12 !rejected (autre patient)"),
    # The wrong figure is given alone, the value before it is the one to use.
    ("Poids 78 kg à la balance : le 85 était une erreur.", "weight 78 kg !corrected (not 85)"),
    ("POIDS 61 KG CE JOUR. LE 16 NOTE HIER EST UNE FAUTE DE FRAPPE", "weight 61 KG !corrected (not 16)"),
    ("Poids 54,2 kg, ne pas tenir compte du 45", "weight 54,2 kg !corrected (not 45)"),
    ("Créat 132 recontrôlée ; le 312 était erroné", "creatinine 132 !corrected (not 312)"),
    (
        "Poids déclaré 85 kg. Poids mesuré 78 kg, donc le 85 était une erreur",
        "weight 85 kg !rejected (erreur de report) !declared; weight 78 kg !corrected (not 85)",
    ),
    ("La kaliémie à 7,1 le 12 était une erreur.", "potassium 7,1 !rejected (erreur de report)"),
    ("Poids 85 kg : le 85 est une erreur de saisie", "weight 85 kg !rejected (erreur de report)"),
]


@pytest.mark.parametrize(("text", "expected"), _SENTENCES)
def test_a_sentence_judges_its_values(text: str, expected: str) -> None:
    assert said(text) == expected


_RECORDS = [
    pytest.param(
        [
            (
                "2025-03-10",
                "resultats_biologie",
                "2025-03-10;06:00;K;Potassium;7,2;mmol/L;3,5-5,0;HH;ANNULÉ - hémolyse",
            ),
            ("2025-03-10", "note_evolution", "Contrôle veineux K 4,3."),
            ("2025-03-19", "note_evolution", "Rappel de l'entrée (copié) : K 7,2, créat 140."),
        ],
        "potassium",
        ["4,3"],
        id="a rejected number copied forward nine days later",
    ),
    pytest.param(
        [
            ("2025-03-10", "compte_rendu_urgences", "Poids : 66 kg (fiche EHPAD)"),
            ("2025-03-10", "observation_entree", "Poids mesuré ce jour 58,4 kg."),
            ("2025-03-14", "note_infirmiere", "Poids EHPAD 66 : ne pas utiliser. Poids 58,1 kg"),
        ],
        "weight",
        ["58,4", "58,1"],
        id="a weight from another home's sheet",
    ),
    pytest.param(
        [
            ("2025-03-10", "note_evolution", "Bio : créat 84, HbA1c 12,4 %."),
            ("2025-03-12", "avis_specialise", "HbA1c : lire 8,4 %, le chiffre de 12,4 % est une erreur de recopie."),
        ],
        "hba1c",
        ["8,4"],
        id="a number that another document calls a miscopy",
    ),
]


@pytest.mark.parametrize(("documents", "name", "standing"), _RECORDS)
def test_a_number_that_a_document_rejects_stands_nowhere(
    documents: list[tuple[str, str, str]], name: str, standing: list[str]
) -> None:
    facts = [
        StoredFact(fact, f"D{rank}", rank, kind, kind, datetime.fromisoformat(f"{day}T09:00"))
        for rank, (day, kind, text) in enumerate(documents)
        for fact in extract(text, kind, datetime.fromisoformat(f"{day}T09:00"), find_sections(text))
    ]
    held = [item for item in settle(facts) if item.fact.fact.name == name and item.stands]
    assert [item.fact.fact.value for item in held] == standing
