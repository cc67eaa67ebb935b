"""Marked sentences of other house styles: exports, forms, dictation, English abbreviations, journals, titled series."""

import pytest

from tests.ingestion.facts.measured import said

_SENTENCES = [
    (
        "2025-03-12;07:10;NA;Sodium;131;mmol/L;136-145;B;validé",
        "sodium 131 mmol/L @2025-03-12T07:10",
    ),
    (
        "12/03/2025;K;Potassium;6,1;mmol/L;3,5-5,0;H;ANNULÉ : tube hémolysé",
        "potassium 6,1 mmol/L @2025-03-12 !rejected (hémolyse)",
    ),
    (
        "PLAQ;Plaquettes;48;G/L;150-400;B;agrégats plaquettaires, à recontrôler",
        "platelets 48 G/L !rejected (agrégats plaquettaires)",
    ),
    (
        "10/3;08:00;poids;71,2 kg;RAS;IDE Mo.",
        "weight 71,2 kg @2025-03-10T08:00",
    ),
    (
        "FEVG;45 %",
        "lvef 45 %",
    ),
    (
        "constantes;TA 118/64 ; FC 88 ; T 37,2",
        "systolic 118; diastolic 64; heart_rate 88; temperature 37,2",
    ),
    (
        "Libellé : Ferritine      02/03 : 12    10/03 : 28   µg/L",
        "ferritin 12 @2025-03-02; ferritin 28 µg/L @2025-03-10",
    ),
    (
        "Hémoglobine : 10/03 7,1 - 11/03 8,4 - 12/03 9,0 (après 2 CGR) g/dL",
        "hemoglobin 7,1 @2025-03-10; hemoglobin 8,4 @2025-03-11; hemoglobin 9,0 @2025-03-12",
    ),
    (
        "Natrémie : 10-03-2025 128 | 12-03 131 | 13-03 135 mmol/L",
        "sodium 128 @2025-03-10; sodium 131 @2025-03-12; sodium 135 mmol/L @2025-03-13",
    ),
    (
        "CRP à 42 milligrammes par litre (210 le 3 mars, 155 le 6, 90 le 9)",
        ("crp 42 milligrammes par litre; crp 210 @2025-03-03; crp 155 @2025-03-06; crp 90 @2025-03-09"),
    ),
    (
        "Urée 9 millimoles par litre, TP 71 pour cent, fibrinogène 3,4 grammes par litre",
        "urea 9 millimoles par litre; prothrombin 71 pour cent; fibrinogen 3,4 grammes par litre",
    ),
    (
        "hémoglobine à neuf grammes deux, température à trente-neuf degrés",
        "hemoglobin neuf grammes deux grammes; temperature trente-neuf degrés",
    ),
    (
        "Labs 10-Mar-2025 06:00: Na 132, K 3.3, Cr 88, WBC 12.4, Plt 201",
        (
            "sodium 132 @2025-03-10T06:00; potassium 3.3 @2025-03-10T06:00; "
            "creatinine 88 @2025-03-10T06:00; white_cells 12.4 @2025-03-10T06:00; "
            "platelets 201 @2025-03-10T06:00"
        ),
    ),
    (
        "Cr 142 -> 88",
        "creatinine 142 @?; creatinine 88",
    ),
    (
        "LVEF 35 %. Wt 71.4 kg, Ht 1.72",
        "lvef 35 %; weight 71.4 kg; height 1.72",
    ),
    (
        "Glu 2.10 g/L, cétones 3.1, pH 7.19",
        "glucose 2.10 g/L; ketonemia 3.1; ph 7.19",
    ),
    (
        "LACTATES (NORME < 2 mmol/L)\n10.03.25 | 4,1 H\n11.03.25 | 1,8",
        "lactate 4,1 @2025-03-10; lactate 1,8 @2025-03-11",
    ),
    (
        ("Tacrolémie résiduelle (cible 5-8 µg/L) :\n- 03/03 : 11,2\n- 07/03 : 7,4\n- 12/03 08h00 : 6,1 µg/L"),
        (
            "tacrolimus_level 11,2 @2025-03-03; tacrolimus_level 7,4 @2025-03-07; "
            "tacrolimus_level 6,1 µg/L @2025-03-12T08:00"
        ),
    ),
    (
        (
            "                 Unité    10/03   11/03   12/03  | Antér. 02/2025\n"
            "Sodium           mmol/L   128     131     134    | 139\n"
            "Plaquettes       G/L      61      -       98     | 240"
        ),
        (
            "sodium 128 mmol/L @2025-03-10; sodium 131 mmol/L @2025-03-11; "
            "sodium 134 mmol/L @2025-03-12; sodium 139 mmol/L @2025-02; platelets 61 G/L @2025-03-10; "
            "platelets 98 G/L @2025-03-12; platelets 240 G/L @2025-02"
        ),
    ),
    (
        (
            "                10-Mar 06:00  11-Mar   12-Mar   REF\n"
            "Na mmol/L       128 L         131      138      136-145\n"
            "Cr umol/L       142 H         104      78       45-84"
        ),
        (
            "sodium 128 mmol/L @2025-03-10T06:00; sodium 131 mmol/L @2025-03-11; "
            "sodium 138 mmol/L @2025-03-12; creatinine 142 umol/L @2025-03-10T06:00; "
            "creatinine 104 umol/L @2025-03-11; creatinine 78 umol/L @2025-03-12"
        ),
    ),
    (
        "Poids (fiche du SMR) 64 : ne pas utiliser. Poids mesuré ce jour : 58,3 kg",
        "weight 64 !rejected (à ne pas retenir); weight 58,3 kg",
    ),
    (
        "Poids : 80 kg (annoncé par le patient)",
        "weight 80 kg !declared",
    ),
    (
        "Poids mesuré 61,2 kg (dit 66)",
        "weight 61,2 kg; weight 66 !declared",
    ),
    (
        "K 6,7 = tube EDTA contaminé, contrôle 4,2",
        "potassium 6,7 !rejected (tube contaminé); potassium 4,2",
    ),
    (
        "K 7.1 hemolyzed, repeat 4.4",
        "potassium 7.1 !rejected (hémolyse); potassium 4.4",
    ),
    (
        "CREATININE 402 : prélevé sur la ligne de retour, ininterprétable",
        "creatinine 402 !rejected (dilution)",
    ),
    (
        "Hyperkaliémie à 6,4 mmol/L sous spironolactone en déc. 2022 (arrêt)",
        "potassium 6,4 mmol/L @2022-12",
    ),
    (
        "ATCD : hyponatrémie à 118 en août 2023 sous thiazidique",
        "sodium 118 @2023-08",
    ),
    (
        "Séance : bain K 3 / Ca 1,25, Kt/V 1,31, poids sec 62,5 kg",
        "kt_v 1,31; dry_weight 62,5 kg",
    ),
    (
        "Le transfert est ANNULÉ.",
        "",
    ),
    (
        "TA 98/50 ce matin. L'IRM de demain est annulée.",
        "systolic 98; diastolic 50",
    ),
    (
        "FC 54. Résultat annulé.",
        "heart_rate 54 !rejected (annulé)",
    ),
    (
        "09/03 nuit - IDE Paul V.\nT 38,4, SpO2 93 % AA\n10/03 jour - IDE Lina R.\nT 37,1",
        "temperature 38,4 @2025-03-09; spo2 93 % @2025-03-09; temperature 37,1 @2025-03-10",
    ),
    (
        "09/03 : fébrile. Hb 8,1.\n11/03 : apyrétique. Hb 9,4.",
        "hemoglobin 8,1 @2025-03-09; hemoglobin 9,4 @2025-03-11",
    ),
    (
        "== 11-Mar 18:00 (HD2) ==\nO: HR 98, T 37.8\n== 12-Mar 08:00 (HD3) ==\nO: HR 84",
        "heart_rate 98 @2025-03-11; temperature 37.8 @2025-03-11; heart_rate 84 @2025-03-12",
    ),
    (
        "9/3 ; J2 ; CRP 88 ; créat 101\n11/3 ; J4 ; CRP 41",
        "crp 88 @2025-03-09; creatinine 101 @2025-03-09; crp 41 @2025-03-11",
    ),
    (
        "LDH : 890 (02/03) - 742 - 410 (12/03)",
        "ldh 890 @2025-03-02; ldh 742 @?; ldh 410 @2025-03-12",
    ),
    (
        "J3 (11-03-2025) : Hb 8,0",
        "hemoglobin 8,0 @2025-03-11",
    ),
    (
        "Calprotectine fécale > 1800 µg/g (02/03)",
        "calprotectin >1800 µg/g @2025-03-02",
    ),
    (
        "HbS 64 % avant échange",
        "hemoglobin_s 64 %",
    ),
    (
        "YMRS 24 à l'entrée",
        "ymrs 24 @?",
    ),
    (
        "Bilan du 12/03 : créat 96 (base 70)",
        "creatinine 96 @2025-03-12",
    ),
    (
        "Sodium 140 mmol/L (136-145), potassium 4,0 mmol/L (3,5-5,0)",
        "sodium 140 mmol/L; potassium 4,0 mmol/L",
    ),
    (
        "GLASGOW : 15 | EVA : 3/10 | T : 38°2 | SpO2 : 94 % AA",
        "gcs 15; pain 3 /10; temperature 38°2 °; spo2 94 %",
    ),
    (
        "Consigne : si cétones > 1,5 appeler",
        "",
    ),
    (
        "Perfusion de bicarbonate 250 mL",
        "",
    ),
    (
        "Vitamine D 100 000 UI par mois",
        "",
    ),
    (
        "Rendez-vous le 12-04, téléphone 05-36-49",
        "",
    ),
    (
        "3 % de schizocytes sur le frottis",
        "schistocytes 3 %",
    ),
    (
        "Frottis : 22 % de blastes",
        "blasts 22 %",
    ),
    (
        "perfusion de 5 % de glucose",
        "",
    ),
    (
        "Leucocytes 8,1 G/L dont 61 % de neutrophiles",
        "white_cells 8,1 G/L",
    ),
    (
        "Poids : entrée 82, sortie 77",
        "weight 82 @?; weight 77",
    ),
    (
        "SpO2 cible 88-92, actuelle 90",
        "spo2 90",
    ),
    (
        "Taille 1,68 ; poids 70,5",
        "height 1,68; weight 70,5",
    ),
    (
        "créatinine 91 (154 le 2 mars, 120 le 5)",
        "creatinine 91; creatinine 154 @2025-03-02; creatinine 120 @2025-03-05",
    ),
    (
        ("hémoglobine à 9,6 grammes par décilitre (10 mars à cinq heures cinquante : 7,8 ; 11 mars : 8,6)"),
        ("hemoglobin 9,6 grammes par décilitre; hemoglobin 7,8 @2025-03-10; hemoglobin 8,6 @2025-03-11"),
    ),
    (
        "TSH (04-Mar): 0.08 mUI/L L. FT4 22.9 pmol/L H.",
        "tsh 0.08 mUI/L @2025-03-04; free_t4 22.9 pmol/L",
    ),
    (
        "Glycémie g/L : 1,42",
        "glucose 1,42 g/L",
    ),
    (
        "Na mmol/L 138, K mmol/L 4,1",
        "sodium 138 mmol/L; potassium 4,1 mmol/L",
    ),
    (
        "TP % 52",
        "prothrombin 52 %",
    ),
    (
        "Créatinine µmol/L (N 60-105)  158",
        "creatinine 158 µmol/L",
    ),
    (
        "Poids kg 71",
        "weight 71 kg",
    ),
    (
        "DFG;DFG CKD-EPI 2021;79;mL/min/1,73m²;>60;;validé",
        "egfr 79 mL/min/1,73m²",
    ),
    (
        (
            "                 ETT 02/03     ETO 10/03     Antér. 02/2024\n"
            "FEVG (%)         52            50            56\n"
            "IM               grade 1       grade 1       1\n"
            "PAPS (mmHg)      41            -             36"
        ),
        (
            "lvef 52 % @2025-03-02; lvef 50 % @2025-03-10; lvef 56 % @2024-02; "
            "paps 41 mmHg @2025-03-02; paps 36 mmHg @2024-02"
        ),
    ),
    (
        "Glycémie g/L (8h)   1,42\nPoids pré   71,3",
        "glucose 1,42 g/L; weight 71,3",
    ),
    (
        "L'HbA1c est à 8,1 %. Le chiffre de 11,2 % noté dans l'évolution du 27/02 est une erreur de recopie.",
        "hba1c 8,1 % !corrected (not 11,2); hba1c 11,2 % @? !rejected (erreur de report)",
    ),
    (
        "examen 1;ETO 02/03/2025;salle 2\nFEVG;58 %\n\nexamen 2;ETO 11/03/2025;comparée\nFEVG;61 %",
        "lvef 58 % @2025-03-02; lvef 61 % @2025-03-11",
    ),
    (
        "HbA1c 9,2 % ce jour. Rappel : 8,4 % en octobre 2022, 8,1 % en mars 2024.",
        "hba1c 9,2 %; hba1c 8,4 % @2022-10; hba1c 8,1 % @2024-03",
    ),
    (
        "K+ 6,1 : échantillon HEMOLYSE. Contrôle sur nouveau prélèvement à 10:30 : 4,4 mmol/L.",
        "potassium 6,1 !rejected (hémolyse); potassium 4,4 mmol/L",
    ),
    (
        "CREATININE (NORME 62-106)\nDate | Valeur | Contexte\n12.03.25 | 158 H | DFG 37 mL/min",
        "creatinine 158 @2025-03-12; egfr 37 mL/min @2025-03-12",
    ),
    (
        "Kaliémie 6,3 du 09/03 sur tube hémolysé, contrôle même jour 4,7",
        "potassium 6,3 @2025-03-09 !rejected (hémolyse); potassium 4,7 @2025-03-09",
    ),
    (
        "hCG (03-Mar): < 2 UI/L. Repeat 08-Mar: < 2.",
        "bhcg <2 UI/L @2025-03-03; bhcg <2 @2025-03-08",
    ),
    (
        "Albumine 27 g/L. Prior: 31 (Jan-2025)",
        "albumin 27 g/L; albumin 31 @2025-01",
    ),
    (
        "SpO2 95 % RA, RR 18, BP 112/68",
        "spo2 95 %; respiratory_rate 18; systolic 112; diastolic 68",
    ),
]


@pytest.mark.parametrize(("text", "expected"), _SENTENCES)
def test_a_text_of_another_house_gives_its_measures(text: str, expected: str) -> None:
    assert said(text) == expected
