"""Marked sentences: what a sentence says of measures, on 14 March 2025; '@' a day of its own, '@?' an unknown day."""

import pytest

from tests.ingestion.facts.measured import said

_SENTENCES = [
    (
        "Bilan ce jour: Hb=9.8 g/dl; plaq 145 000/mm3; GB 12 300; TP 78%; fibri 4,2 g/l; Créat: 145 µmol/l (DFG 38)",
        (
            "hemoglobin 9.8 g/dl; platelets 145 000 /mm3; white_cells 12 300; prothrombin 78 %; fibrinogen "
            "4,2 g/l; creatinine 145 µmol/l; egfr 38"
        ),
    ),
    (
        "Na+ 128 mmol/L, K+ 3.1 mmol/L, Cl- 92, HCO3- 28, urée 12,4 mmol/L",
        "sodium 128 mmol/L; potassium 3.1 mmol/L; chloride 92; bicarbonate 28; urea 12,4 mmol/L",
    ),
    (
        "CONSTANTES : TA 13/8, POULS 88/MN, T 38.4, SAT 93% EN AIR AMBIANT, FR 24/MIN, EVA 6/10, DEXTRO 1.85 G/L",
        (
            "systolic 13; diastolic 8; heart_rate 88 /MN; temperature 38.4; spo2 93 %; respiratory_rate 24 "
            "/MIN; pain 6 /10; capillary_glucose 1.85 G/L"
        ),
    ),
    (
        "SpO2 94% sous 2L/min aux lunettes, FC à 110 bpm, PA à 145/85 mmHg",
        "spo2 94 %; heart_rate 110 bpm; systolic 145 mmHg; diastolic 85 mmHg",
    ),
    (
        "la tension est à quatorze huit, le pouls à soixante-douze, la température à trente-huit deux",
        "systolic 14; diastolic 8; heart_rate soixante-douze; temperature trente-huit deux",
    ),
    (
        "la créatinine est à cent dix, l'hémoglobine à huit virgule quatre",
        "creatinine cent dix; hemoglobin huit virgule quatre",
    ),
    (
        "PAM 68 sous noradrénaline 0,3 µg/kg/min. Lactates 2,1 -> 1,4.",
        "mean_pressure 68; lactate 2,1 @?; lactate 1,4",
    ),
    ("Troponine Ths H0 : 14, H3 : 52 ng/L", "troponin 14; troponin 52 ng/L"),
    ("Tacrolimus T0 6,4 ng/mL. Prograf 3 mg matin et soir. Tacrolimus 3 mg x2.", "tacrolimus_level 6,4 ng/mL"),
    ("Vancocinémie à 18 mg/L hier. Vancomycine 2 g/j.", "vancomycin_level 18 mg/L @2025-03-13"),
    ("Glasgow 15, NIHSS 6 à l'entrée puis 3 ce jour, Rankin 2", "gcs 15; nihss 6 @?; nihss 3; rankin 2"),
    ("GCS 13/15 (E3 V4 M6). MMSE à 22/30. MoCA 19/30", "gcs 13 /15; mmse 22 /30; moca 19 /30"),
    (
        "NYHA III, FEVG estimée à 35-40 %, PAPS 55 mmHg, TAPSE à 14 mm",
        "nyha III; lvef 35-40 %; paps 55 mmHg; tapse 14 mm",
    ),
    ("Poids 72,3 kg (-1,2 kg), taille 1m65, IMC 26,5", "weight 72,3 kg; height 1m65 m; bmi 26,5"),
    ("Poids: 81kg ; taille: 178cm ; IMC: 25.6kg/m²", "weight 81 kg; height 178 cm; bmi 25.6 kg/m²"),
    (
        "pH 7.32 / PaCO2 55 / PaO2 62 / HCO3 27 / lactates 1.9 sous 3 L",
        "ph 7.32; paco2 55; pao2 62; bicarbonate 27; lactate 1.9",
    ),
    ("HbA1c à 7,8 % en janvier 2025 (8,4 % en septembre 2024)", "hba1c 7,8 % @2025-01; hba1c 8,4 % @2024-09"),
    ("Hb 7,9 le 10/03, 9,1 le 12/03 après 2 CGR", "hemoglobin 7,9 @2025-03-10; hemoglobin 9,1 @2025-03-12"),
    ("CRP 212 (10/03) -> 98 (12/03) -> 34 ce jour", "crp 212 @2025-03-10; crp 98 @2025-03-12; crp 34"),
    (
        "Bilan hépatique : ASAT/ALAT 54/78 UI/L, GGT 120, PAL 98, bilirubine totale 14",
        "ast 54 UI/L; alt 78 UI/L; ggt 120; alp 98; bilirubin 14",
    ),
    ("Pas de fièvre (37,2), TA 110/70, FC 72", "temperature 37,2; systolic 110; diastolic 70; heart_rate 72"),
    ("Bonjour, Hb à 10,2g/dl et plaquettes à 98G/L", "hemoglobin 10,2 g/dl; platelets 98 G/L"),
    (
        "BNP 1250 pg/mL ; NT-proBNP 2010 ng/L ; D-dimères < 500 ng/mL",
        "bnp 1250 pg/mL; nt_probnp 2010 ng/L; d_dimer <500 ng/mL",
    ),
    ("TSH 0,02 mUI/L, T4L 32 pmol/L", "tsh 0,02 mUI/L; free_t4 32 pmol/L"),
    ("PSA total : 12,4 ng/mL (rapport libre/total 11 %)", "psa 12,4 ng/mL"),
    ("bHCG négatif. β-hCG 1540 UI/L", "bhcg négatif; bhcg 1540 UI/L"),
    ("Calcémie corrigée 2,78 mmol/L, phosphore 0,72", "corrected_calcium 2,78 mmol/L; phosphate 0,72"),
    ("Braden 14/23, GIR 3, ADL 4/6, Norton 12", "braden 14 /23; gir 3; adl 4 /6; norton 12"),
    ("UPDRS III : 32 ; Hoehn et Yahr 3", "updrs 32; hoehn_yahr 3"),
    ("CHA2DS2-VASc = 5, HAS-BLED 3, ASA III", "cha2ds2vasc 5; hasbled 3; asa III"),
    ("Child-Pugh B8, MELD 17, Karnofsky 70 %", "child_pugh B8; meld 17; karnofsky 70 %"),
    (
        "Apgar 9-10-10, PN 3250 g, T 49 cm, PC 34,5 cm",
        "apgar 9-10-10; birth_weight 3250 g; height 49 cm; head_circumference 34,5 cm",
    ),
    ("diurèse 1200 mL/24h, BU : leuco +, nitrites -", "urine_output 1200 mL/24h"),
    ("EFR : VEMS 1,85 L (62 %), CVF 2,9 L, VEMS/CVF 64 %", "fev1 1,85 L; fev1 62 %; fvc 2,9 L; fev1_fvc 64 %"),
    ("TP 45 %, TCA 1,8, anti-Xa 0,45 UI/mL", "prothrombin 45 %; aptt_ratio 1,8; anti_xa 0,45 UI/mL"),
    (
        "Ferritine 12 µg/L, CST 6%, B12 210 pg/mL, folates 4,1",
        "ferritin 12 µg/L; transferrin_saturation 6 %; vitamin_b12 210 pg/mL; folate 4,1",
    ),
    (
        "Créatinine stable à 88 µmol/L, clairance (Cockcroft) 62 mL/min. ClCr Cockcroft env. 34 mL/min",
        "creatinine 88 µmol/L; creatinine_clearance 62 mL/min; creatinine_clearance 34 mL/min",
    ),
    (
        "J1 (12/03) : Hb 9,8. J2 : Hb 8,9, K 3,9.",
        "hemoglobin 9,8 @2025-03-12; hemoglobin 8,9 @2025-03-13; potassium 3,9 @2025-03-13",
    ),
    (
        "Le 12/03 à 10h30 : TA 88/50, FC 120. Ce jour TA 120/70.",
        (
            "systolic 88 @2025-03-12T10:30; diastolic 50 @2025-03-12T10:30; heart_rate 120 "
            "@2025-03-12T10:30; systolic 120; diastolic 70"
        ),
    ),
    ("Hb à 12 le mois dernier, 9 ce jour", "hemoglobin 12 @?; hemoglobin 9"),
    ("Hier soir T 39°2, ce matin 37.8", "temperature 39°2 ° @2025-03-13; temperature 37.8"),
    ("[ ] Fièvre > 38  [x] TA 140/80  EVA : 3", "systolic 140; diastolic 80; pain 3"),
    (
        "TA : 120 / 80 mmHg    FC : 80 bpm    SpO² : 98 %    T° : 37,2 °C    EVA : 2 / 10    Glycémie : 1.10 g/L",
        (
            "systolic 120 mmHg; diastolic 80 mmHg; heart_rate 80 bpm; spo2 98 %; temperature 37,2 °C; pain "
            "2 / 10; glucose 1.10 g/L"
        ),
    ),
    ("Conso tabac 20 PA. TA 140/80. PA = 130/75.", "systolic 140; diastolic 80; systolic 130; diastolic 75"),
    ("Le Dr K 4 rue... K 4,1", "potassium 4,1"),
    (
        "Hemoglobine 8.7 gr/dl, plaquetes 45000, leucocytess 3400",
        "hemoglobin 8.7 gr/dl; platelets 45000; white_cells 3400",
    ),
    (
        "POTASSIUM 3,2 MMOL/L - CREATININE 154 MICROMOL/L - HEMOGLOBINE 10,3 G/DL",
        "potassium 3,2 MMOL/L; creatinine 154 MICROMOL/L; hemoglobin 10,3 G/DL",
    ),
    ("Lithiémie 0,72 mmol/L ; digoxinémie 1,1 ng/mL", "lithium_level 0,72 mmol/L; digoxin_level 1,1 ng/mL"),
    ("Dernière créatinine connue : 98 µmol/L (02/2024)", "creatinine 98 µmol/L @2024-02"),
    ("Ionogramme : natrémie à 121, kaliémie à 3,0 ; protides 58", "sodium 121; potassium 3,0; total_protein 58"),
    ("FEVG passée de 30 à 45 % sous traitement", "lvef 30 @?; lvef 45 %"),
    ("Perte de 8 kg en 3 mois (poids habituel 70 kg, poids actuel 62 kg)", "weight 62 kg"),
    ("Poids de forme 75 kg. Poids sec 68 kg. Poids de sortie 69,4 kg.", "dry_weight 68 kg; weight 69,4 kg"),
    ("GB = 3,2 G/L dont PNN 0,4 G/L", "white_cells 3,2 G/L; neutrophils 0,4 G/L"),
    ("Glycémies : 1,20 - 1,85 - 2,10 g/L", "glucose 1,20; glucose 1,85; glucose 2,10 g/L"),
    ("K = 4,5 mmol/l (contrôlé)", "potassium 4,5 mmol/l"),
    (
        "Le laboratoire nous appelle pour une kaliémie à 6,8 mmol par litre, sans hémolyse.",
        "potassium 6,8 mmol par litre",
    ),
    ("Potassium 5,6 mmol/L (pas d'hémolyse)", "potassium 5,6 mmol/L"),
    (
        "Pt apyrétique à 36°8, eupnéique, sat 97 % en AA, TA = 12/7, pls 78/min",
        "temperature 36°8 °; spo2 97 %; systolic 12; diastolic 7; heart_rate 78 /min",
    ),
    (
        (
            "Examen clinique à l'entrée : Glasgow à 14, TA à 98 sur 54, FC à 118 par minute, FR à 28 par "
            "minute, température à 39,4 °C"
        ),
        (
            "gcs 14; systolic 98; diastolic 54; heart_rate 118 par minute; respiratory_rate 28 par minute; "
            "temperature 39,4 °C"
        ),
    ),
    (
        "RAS sur le plan hémodynamique (TA 118/64 mmHg, FC 76/min)",
        "systolic 118 mmHg; diastolic 64 mmHg; heart_rate 76 /min",
    ),
    (
        "BIOLOGIE DU 12/03/2025 : NA 134 K 3,4 CL 98 CREAT 88 UREE 6,2 CRP 45 HB 11,2 PLQ 234",
        (
            "sodium 134 @2025-03-12; potassium 3,4 @2025-03-12; chloride 98 @2025-03-12; creatinine 88 "
            "@2025-03-12; urea 6,2 @2025-03-12; crp 45 @2025-03-12; hemoglobin 11,2 @2025-03-12; platelets "
            "234 @2025-03-12"
        ),
    ),
    (
        "Créatininémie : 76 µmol/l ; clairance MDRD : 88 ml/min/1,73 m²",
        "creatinine 76 µmol/l; egfr 88 ml/min/1,73 m²",
    ),
    ("ETT du 10/03 : VG non dilaté, FEVG 60%, PAPS non mesurable", "lvef 60 % @2025-03-10"),
    ("D-Dimères à 1 250 µg/L", "d_dimer 1 250 µg/L"),
    ("Taux d'hémoglobine à 7,4 g/dL justifiant la transfusion de 2 CGR", "hemoglobin 7,4 g/dL"),
    ("Hb post-transfusionnelle : 9,2 g/dL", "hemoglobin 9,2 g/dL"),
    (
        "Cholestérol total 2,10 g/L, LDL 1,32 g/L, HDL 0,45, TG 1,60",
        "total_cholesterol 2,10 g/L; ldl 1,32 g/L; hdl 0,45; triglycerides 1,60",
    ),
    ("Le patient pèse 84 kg pour 1m78 (IMC à 26,5)", "weight 84 kg; height 1m78 m; bmi 26,5"),
    (
        "Mesures : poids 58,4 Kg, taille 162 cm, périmètre abdominal 92 cm",
        "weight 58,4 Kg; height 162 cm; waist 92 cm",
    ),
    (
        "SCORES : ☒ Braden : 16   ☐ Norton :     MMS : 24/30   EVA au repos : 2/10",
        "braden 16; mmse 24 /30; pain 2 /10",
    ),
    ("GDS 15 renseigné ; mini-GDS 1/4 ; Tinetti 18/28 ; TUG 22 s", "gds 1 /4; tinetti 18 /28; tug 22 s"),
    (
        "Périmètre crânien 35 cm (P50), poids 3 420 g, taille 50,5 cm",
        "head_circumference 35 cm; weight 3 420 g; height 50,5 cm",
    ),
    (
        "GDS artériels sous O2 4 L/min : pH = 7,41 ; PaO2 = 71 mmHg ; PaCO2 = 39 mmHg ; SaO2 94 % ; lactates = 0,9",
        "ph 7,41; pao2 71 mmHg; paco2 39 mmHg; sao2 94 %; lactate 0,9",
    ),
    ("INR à 2,4 ce jour, INR de contrôle prévu le 20/03", "inr 2,4"),
    ("INR du 10/03 à 4,2 ; INR du 12/03 à 2,9", "inr 4,2 @2025-03-10; inr 2,9 @2025-03-12"),
    (
        "Dextros : 8h 1,12 ; 12h 1,87 ; 18h 2,05 g/L",
        "capillary_glucose 1,12; capillary_glucose 1,87; capillary_glucose 2,05 g/L",
    ),
    ("Pas de syndrome inflammatoire (CRP < 5 mg/L)", "crp <5 mg/L"),
    ("Troponine négative, BNP à 98 pg/mL", "troponin négative; bnp 98 pg/mL"),
    ("CPK 4 500 UI/L -> 1 200 UI/L", "ck 4 500 UI/L @?; ck 1 200 UI/L"),
    ("Bilirubine 45 µmol/L dont conjuguée 32 µmol/L", "bilirubin 45 µmol/L; conjugated_bilirubin 32 µmol/L"),
    (
        "Ca total 2,05 mmol/L, albumine 22 g/L, Ca corrigé 2,43",
        "calcium 2,05 mmol/L; albumin 22 g/L; corrected_calcium 2,43",
    ),
    (
        "Bilan martial : fer 4 µmol/L, ferritine 8 µg/L, CST 5 %",
        "iron 4 µmol/L; ferritin 8 µg/L; transferrin_saturation 5 %",
    ),
    (
        "TA couchée 140/80, debout à 1 min 118/70, à 3 min 122/74",
        "systolic 140; diastolic 80; systolic 118; diastolic 70; systolic 122; diastolic 74",
    ),
    ("Durée 120 min, pertes sanguines 300 mL", "blood_loss 300 mL"),
    ("Morphine 5 mg si EVA > 4. Dernière EVA 3.", "pain 3"),
    ("Âge 78 ans, ASA 3, Mallampati II, poids 71, taille 168", "asa 3; mallampati II; weight 71; height 168"),
    ("PCT 12,4 µg/L (N < 0,5)", "procalcitonin 12,4 µg/L"),
    ("Plaquettes à quatre-vingt-dix mille", "platelets quatre-vingt-dix mille"),
    ("Lact 3.2, K 5.1, gly 9.8 mmol/l", "lactate 3.2; potassium 5.1; glucose 9.8 mmol/l"),
    ("VS 45 à la première heure", "esr 45"),
    ("Hte 31 %, VGM 72 fl, CCMH 31", "hematocrit 31 %; mcv 72 fl; mchc 31"),
    ("CRP à 250 puis 180 puis 90 mg/L", "crp 250; crp 180; crp 90 mg/L"),
    ("Créatinine 250 µmol/L (vs 110 en 2023)", "creatinine 250 µmol/L; creatinine 110 @2023"),
    ("Créat : 98 (hier : 105)", "creatinine 98; creatinine 105 @2025-03-13"),
    ("K+ : 2,9 ce matin, recharge, recontrôle à 16h : 3,4", "potassium 2,9; potassium 3,4"),
    ("L'hémoglobine était à 13,5 il y a un mois", "hemoglobin 13,5 @2025-02"),
    ("LDL 0,55 g/L (objectif < 0,55)", "ldl 0,55 g/L"),
    ("PAD 92, PAS 168", "diastolic 92; systolic 168"),
    ("FC : 54 bpm sinusal régulier", "heart_rate 54 bpm"),
    ("RASS -2, CPOT 0", "rass -2"),
    ("VEMS 45 % de la théorique, DLCO 38 %", "fev1 45 %; dlco 38 %"),
    ("IPS 0,62 à droite et 0,94 à gauche", "abi 0,62; abi 0,94"),
    (
        "Entrée le 10/03. A l'arrivée : PA 90/50, pouls filant 130, GCS 9",
        "systolic 90; diastolic 50; heart_rate 130; gcs 9",
    ),
    (
        "Bio : Na 141 / K 4.0 / créat 71 / Hb 13.4 / plq 210",
        "sodium 141; potassium 4.0; creatinine 71; hemoglobin 13.4; platelets 210",
    ),
    ("bio J2 = hb 8,4 ; crp 156 ; gb 14,8", "hemoglobin 8,4; crp 156; white_cells 14,8"),
    ("Mme X, 82 ans, 54 kg, vit seule", "weight 54 kg"),
    ("Nourrisson de 3 mois, 5,8 kg, T 38°9", "weight 5,8 kg; temperature 38°9 °"),
    ("Bilan biologique (12/03/25) : créatinine = 1,2 mg/dL", "creatinine 1,2 mg/dL @2025-03-12"),
    (
        "Tension artérielle mesurée à 162 sur 95 millimètres de mercure",
        "systolic 162 millimètres de mercure; diastolic 95 millimètres de mercure",
    ),
    ("SAT 88%AA -> 95% SOUS 3L", "spo2 88 %; spo2 95 %"),
    (
        "NFS : Hb 12,4 g/dL ; leucocytes 11,2 G/L (PNN 9,1 G/L) ; plaquettes 189 G/L",
        "hemoglobin 12,4 g/dL; white_cells 11,2 G/L; neutrophils 9,1 G/L; platelets 189 G/L",
    ),
    ("Leucocytes : 8900 /mm3 dont 72 % de PNN", "white_cells 8900 /mm3"),
    ("Hémoglobine glyquée 8,1%", "hba1c 8,1 %"),
    ("Glasgow 15/15, pas de déficit", "gcs 15 /15"),
    ("Coronarographie : FEVG 45 %, sténose IVA 70 %, gradient moyen 12 mmHg", "lvef 45 %; aortic_gradient 12 mmHg"),
    ("Score de Glasgow côté à 8", "gcs 8"),
    ("Kaliemie 3,1 sous furosemide 40 mg, supplementation KCL 2 gel x 3", "potassium 3,1"),
    ("Vitamine D 12 ng/mL, TSH à 5,6 mUI/L, T4L normale", "vitamin_d 12 ng/mL; tsh 5,6 mUI/L"),
    ("Fièvre à 39 °C depuis 3 jours", "temperature 39 °C"),
    ("PSA 0,04 ng/mL en mars 2024 ; PSA 0,12 ng/mL ce jour", "psa 0,04 ng/mL @2024-03; psa 0,12 ng/mL"),
    ("Pas de désaturation. SpO2 96%.", "spo2 96 %"),
    ("Débit de filtration glomérulaire estimé à 54 mL/min/1,73m2 selon CKD-EPI", "egfr 54 mL/min/1,73m2"),
    ("ACE 12,4 µg/L, CA 19-9 : 230 U/mL, AFP normale", "cea 12,4 µg/L; ca19_9 230 U/mL"),
    ("Uricémie 520 micromoles", "uric_acid 520 micromoles"),
    ("Protéinurie des 24 h : 1,8 g", "proteinuria 1,8 g"),
    ("Clairance de la créatinine 22 ml/mn", "creatinine_clearance 22 ml/mn"),
    ("Alcoolémie 1,8 g/L à l'arrivée", "alcohol_level 1,8 g/L @?"),
    ("Digoxine 0,125 mg/j ; digoxinémie 0,9 ng/mL", "digoxin_level 0,9 ng/mL"),
    ("Lithium 400 mg x2, lithiémie 1,1", "lithium_level 1,1"),
    ("Température 37,2°, pouls 64, PA 13/7", "temperature 37,2 °; heart_rate 64; systolic 13; diastolic 7"),
    ("MADRS 28, HDRS 22, PHQ-9 : 17", "madrs 28; hamilton 22; phq9 17"),
    ("EDSS 4,5. Rankin à 3.", "edss 4,5; rankin 3"),
    ("Le 5 mars : CRP 96 ; le 8 mars : CRP 41.", "crp 96 @2025-03-05; crp 41 @2025-03-08"),
    ("Natrémie 118 -> 124 en 24h", "sodium 118 @?; sodium 124"),
    ("A l'arrivée : PA 90/50, pouls filant 130, GCS 9", "systolic 90; diastolic 50; heart_rate 130; gcs 9"),
    ("K 6,2 (non hémolysé)", "potassium 6,2"),
    ("Sodium 121 mmol/L, à vérifier", "sodium 121 mmol/L"),
    (
        "Anémie hémolytique : Hb 7,8, LDH 1200, haptoglobine < 0,1 g/L",
        "hemoglobin 7,8; ldh 1200; haptoglobin <0,1 g/L",
    ),
    ("Bilan d'hémolyse : LDH 340 UI/L, K 4,1", "ldh 340 UI/L; potassium 4,1"),
    (
        "Son dernier bilan, du 3 mars, retrouve une HbA1c à 7,4 %, une créatininémie à 112 micromoles, un DFG à 58.",
        "hba1c 7,4 % @2025-03-03; creatinine 112 micromoles @2025-03-03; egfr 58 @2025-03-03",
    ),
    (
        "L'échographie réalisée en janvier 2025 montrait une fraction d'éjection conservée à 62 %.",
        "lvef 62 % @2025-01",
    ),
    ("CRP 187 => 96 (12/03) => 41 ce jour", "crp 187 @?; crp 96 @2025-03-12; crp 41"),
    ("- Biologie 12.03 : Na 139 ; K 4,1", "sodium 139 @2025-03-12; potassium 4,1 @2025-03-12"),
    ("Risque escarre (Norton) : 15/20", "norton 15 /20"),
    ("NIHSS à 11 à 13h25 puis 7 à 14h30", "nihss 11; nihss 7"),
    ("TA 210/115 G, 205/110 D", "systolic 210; diastolic 115; systolic 205; diastolic 110"),
    ("Créatinine de base : 96 µmol/L en mars 2024 (DFG 55)", "creatinine 96 µmol/L @2024-03; egfr 55 @2024-03"),
    ("Plaquettes 198 (10/03 : 236)", "platelets 198; platelets 236 @2025-03-10"),
    ("PSA 6,8 ng/mL le 27 janvier 2025 ; TSH 2,6 le même jour", "psa 6,8 ng/mL @2025-01-27; tsh 2,6 @2025-01-27"),
    (
        "Mardi 11 mars\n13h40 - TA 124/68, pouls 76\nMercredi 12 mars\n06h10 - Hb 8,1",
        "systolic 124 @2025-03-11T13:40; diastolic 68 @2025-03-11T13:40; heart_rate 76 @2025-03-11T13:40; "
        "hemoglobin 8,1 @2025-03-12T06:10",
    ),
]


@pytest.mark.parametrize(("text", "expected"), _SENTENCES)
def test_a_sentence_gives_its_measures(text: str, expected: str) -> None:
    assert said(text) == expected
