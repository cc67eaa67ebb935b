"""Marked tables: what columns and rows give, ruled, tabulated, aligned, with or without a header."""

import pytest

from ingestion.facts.types import Fact
from tests.ingestion.facts.measured import measured, said

_TABLES = [
    (
        """
Paramètre | Résultat | Unités | Valeurs de réf. | Antériorité 10/03/2025
Sodium | 139 | mmol/L | 136-145 | 141
Potassium | 5,9 * | mmol/L | 3,5-5,1 | 4,1
""",
        """
sodium 139 mmol/L
sodium 141 mmol/L @2025-03-10
potassium 5,9 mmol/L
potassium 4,1 mmol/L @2025-03-10
""",
    ),
    (
        """
| Analyse | 12/03/2025 | 13/03/2025 |
|---|---|---|
| CRP (mg/L) | 120 | < 5 |
| Leucocytes (G/L) | 14,2 | - |
""",
        """
crp 120 mg/L @2025-03-12
crp <5 mg/L @2025-03-13
white_cells 14,2 G/L @2025-03-12
""",
    ),
    (
        "Examen\tRésultat\tUnité\tNormes\nGlycémie à jeun\t1,32\tg/L\t0,74-1,06\nHbA1c\t7,1\t%\t4-6",
        """
glucose 1,32 g/L
hba1c 7,1 %
""",
    ),
    (
        """
Paramètre        Unité     11/03     12/03     13/03     Réf.
                           07:10     06:50     07:05
Créatinine       µmol/L    112       -         98        45-84
INR                        4,6       3,9       -         cible 2-3
Troponine T us   ng/L      -         31        12 (*)    <14
Acide folique x  nmol/L    12        13        14        >10

(*) 13/03 07:05 : résultat non interprétable, tube prélevé sur cathéter.
""",
        """
creatinine 112 µmol/L @2025-03-11T07:10
creatinine 98 µmol/L @2025-03-13T07:05
inr 4,6 @2025-03-11T07:10
inr 3,9 @2025-03-12T06:50
troponin 31 ng/L @2025-03-12T06:50
troponin 12 ng/L @2025-03-13T07:05 !rejected (ininterprétable)
""",
    ),
    (
        """
                 J0      J1      J3
CRP              85      120     60
J3 (14/03/2025), opéré le 11/03
""",
        """
crp 85 @2025-03-11
crp 120 @2025-03-12
crp 60
""",
    ),
    (
        """
Date/heure      TA        FC    SpO2   T°
13/03 08:00     128/70    78    97     36,8
13/03 20:00     141/82    92           38,1
""",
        """
systolic 128 @2025-03-13T08:00
diastolic 70 @2025-03-13T08:00
heart_rate 78 @2025-03-13T08:00
spo2 97 @2025-03-13T08:00
temperature 36,8 @2025-03-13T08:00
systolic 141 @2025-03-13T20:00
diastolic 82 @2025-03-13T20:00
heart_rate 92 @2025-03-13T20:00
temperature 38,1 @2025-03-13T20:00
""",
    ),
    (
        """
Heure | TA | Pouls | Diurèse (mL)
8h | 120/70 | 72 | 400
12h | 132/75 | 80 | 350
""",
        """
systolic 120 @2025-03-14T08:00
diastolic 70 @2025-03-14T08:00
heart_rate 72 @2025-03-14T08:00
urine_output 400 mL @2025-03-14T08:00
systolic 132 @2025-03-14T12:00
diastolic 75 @2025-03-14T12:00
heart_rate 80 @2025-03-14T12:00
urine_output 350 mL @2025-03-14T12:00
""",
    ),
    (
        """
CREATININE (µmol/L)
===================
Date | Valeur | Contexte
10.03.25 | 187 H | entrée
13.03.25 | 121 H | après remplissage
""",
        """
creatinine 187 µmol/L @2025-03-10
creatinine 121 µmol/L @2025-03-13
""",
    ),
    (
        """
Surveillance glycémique capillaire (g/L)
Date     Matin   Midi    Soir
12/03    1,28    2,31    2,76
13/03    1,10            1,88
""",
        """
capillary_glucose 1,28 g/L @2025-03-12
capillary_glucose 2,31 g/L @2025-03-12
capillary_glucose 2,76 g/L @2025-03-12
capillary_glucose 1,10 g/L @2025-03-13
capillary_glucose 1,88 g/L @2025-03-13
""",
    ),
    (
        """
NFS du 12/03/2025
  Hémoglobine ........... 10,9 g/dL      (12,0 - 16,0)
  Plaquettes ............ 412 G/L        (150 - 400)
""",
        """
hemoglobin 10,9 g/dL @2025-03-12
platelets 412 G/L @2025-03-12
""",
    ),
    (
        """
Hémoglobine             9,1     g/dL     13,0-17,0
Plaquettes              98      G/L      150-400
""",
        """
hemoglobin 9,1 g/dL
platelets 98 G/L
""",
    ),
    (
        """
Prélevé le 13/03/2025 à 07h45                                  Edité le 14/03/2025
                                         Valeurs de référence        Antériorités
HEMOGRAMME                                                            02/01/2025
Leucocytes              8.45  Giga/L      4.00 - 10.00                7.90
V.G.M.                  88.0  fL          80.0 - 98.0                 87.5

BIOCHIMIE
Débit de filtration glomérulaire (CKD-EPI)   44   mL/min/1.73m²
C Réactive Protéine     <5.0  mg/L        < 5.0
""",
        """
white_cells 8.45 Giga/L @2025-03-13T07:45
white_cells 7.90 Giga/L @2025-01-02
mcv 88.0 fL @2025-03-13T07:45
mcv 87.5 fL @2025-01-02
egfr 44 mL/min/1.73m² @2025-03-13T07:45
crp <5.0 mg/L @2025-03-13T07:45
""",
    ),
    (
        """
Médicament       Dose        Voie    Horaires     Début
POTASSIUM        600 mg      PO      8h - 20h     12/03
PARACETAMOL      1 g         PO      si besoin    12/03
LITHIUM          250 mg      PO      20h          12/03
""",
        "",
    ),
    (
        """
Examen biologique         Résultat      Norme
Protéinurie               < 0,10 g/L
Leucocytes urinaires      12            < 10
Ac anti-nucléaires        négatifs
""",
        "proteinuria <0,10 g/L",
    ),
]


@pytest.mark.parametrize(("table", "expected"), _TABLES)
def test_a_table_gives_its_measures(table: str, expected: str) -> None:
    assert said(table).replace("; ", "\n") == expected.strip()


def test_a_row_keeps_its_header_and_its_reference_range() -> None:
    table = "Paramètre   Résultat   Unité    Réf.\nSodium      131        mmol/L   136-145\n"

    (fact,) = measured(table, "resultats_biologie")

    assert table[fact.start : fact.end] == "Sodium      131        mmol/L   136-145"
    assert fact.header is not None
    assert table[slice(*fact.header)] == "Paramètre   Résultat   Unité    Réf."
    assert (fact.detail("reference"), fact.detail("family"), fact.detail("label_fr")) == (
        "136-145",
        "laboratory",
        "Sodium",
    )


def test_a_flag_is_kept_apart_from_its_value() -> None:
    facts = measured("Param. | Valeur | Unité\nPotassium | 6,1 H | mmol/L\nSodium | 128 (B) | mmol/L\n")

    assert [(fact.value, fact.detail("flag")) for fact in facts] == [("6,1", "H"), ("128", "B")]


def test_a_report_dates_its_values_from_its_sample() -> None:
    table = "Paramètre   Résultat   Unité\nSodium      131        mmol/L\n"
    report = f"LABORATOIRE\nPrélèvement du 12/03/2025 à 06:50\n\n{table}"

    assert _days(measured(report, "resultats_biologie")) == ["2025-03-12T06:50"]


def test_a_comment_speaks_of_the_day_of_the_column_that_it_repeats() -> None:
    report = "Paramètre   11/03     12/03\nPotassium   6,3       4,4\n\nCommentaire : K+ 6,3 sur tube hémolysé.\n"

    assert said(report, "resultats_biologie").split("; ") == [
        "potassium 6,3 @2025-03-11 !rejected (hémolyse)",
        "potassium 4,4 @2025-03-12",
        "potassium 6,3 @2025-03-11 !rejected (hémolyse)",
    ]


def _days(facts: list[Fact]) -> list[str]:
    return [fact.effective for fact in facts]
