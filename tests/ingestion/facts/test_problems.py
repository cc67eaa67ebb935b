"""Marked sentences: diseases, symptoms, history, of the patient and of the family."""

import pytest

from ingestion.facts.problems import find_problems
from tests.ingestion.facts.marked import found, source

SENTENCES = [
    # Telegraphic lists.
    (
        "ATCD : HTA, DT2, ACFA, BPCO stade III.",
        [
            "bronchopneumopathie chronique obstructive",
            "diabete de type 2",
            "fibrillation atriale",
            "hypertension arterielle",
        ],
    ),
    ("ATCD : RAS", []),
    ("atcd: hta depuis 1998 / dyslipidemie / goutte", ["dyslipidemie", "goutte", "hypertension arterielle"]),
    (
        "ANTECEDENTS\n- CARDIOPATHIE ISCHEMIQUE STENTEE EN 2011\n- INSUFFISANCE RENALE CHRONIQUE STADE 3B",
        ["coronaropathie", "insuffisance renale chronique"],
    ),
    ("Antécédents :\n1) Maladie de Basedow\n2) Fracture du poignet gauche", ["fracture du poignet", "hyperthyroidie"]),
    # What no table knows is named by its words, in a list of problems only.
    (
        "Antécédents :\n- Syndrome de Klippel-Feil\n- Hypertension artérielle",
        ["hypertension arterielle", "syndrome de klippel-feil"],
    ),
    ("Antécédents :\n- Lichen plan, vitiligo\n- Opéré en 1987", ["lichen plan", "vitiligo"]),
    ("Motif : ingestion de caustique", ["ingestion de caustique"]),
    ("Le patient est venu avec son chien.", []),
    ("Conclusion :\nBonne évolution clinique. Sortie prévue lundi.", []),
    # Dictated prose.
    (
        "Cette dame de 84 ans souffre depuis dix ans d'une polyarthrite rhumatoïde compliquée d'une ostéoporose.",
        ["osteoporose", "polyarthrite rhumatoide"],
    ),
    (
        "Il n'a jamais présenté d'infarctus ni d'accident vasculaire cérébral.",
        ["-accident vasculaire cerebral", "-infarctus du myocarde"],
    ),
    ("Nous ne retenons pas le diagnostic de maladie de Crohn.", ["-maladie de crohn"]),
    ("On évoque une embolie pulmonaire devant la tachycardie.", ["?embolie pulmonaire", "tachycardie"]),
    ("Le scanner élimine une dissection aortique.", ["!dissection aortique"]),
    ("Pas d'argument pour une endocardite.", ["!endocardite"]),
    # Doubt.
    ("Pneumopathie d'inhalation ?", ["?pneumopathie"]),
    ("Suspicion de TVP du mollet droit", ["?thrombose veineuse profonde"]),
    ("Cholécystite aiguë probable", ["?cholecystite"]),
    # The family.
    ("Père : cancer du côlon à 55 ans.", ["père:cancer du colon"]),
    (
        "Sa mère est diabétique de type 2, son frère a fait un AVC.",
        ["frère:accident vasculaire cerebral", "mère:diabete de type 2"],
    ),
    (
        "ATCD familiaux : tante maternelle cancer du sein ; père HTA",
        ["père:hypertension arterielle", "tante maternelle:cancer du sein"],
    ),
    ("Antécédents familiaux : néant", []),
    # Capitals without accents, abbreviations that are words in small letters.
    ("PATIENTE HOSPITALISEE POUR UN OAP", ["oedeme aigu du poumon"]),
    ("On fera un sas de décompression, le mur est en pa.", []),
    ("EP bilatérale", ["embolie pulmonaire"]),
    ("Traité par antidiabétique oral et anti-épileptique", []),
    ("prescription de 3 gouttes de collyre", []),
    ("Chute des plaquettes à 90 G/L", []),
    ("Chute de sa hauteur à domicile", ["chute"]),
    # Forms.
    ("Hallucinations : [ ] oui [x] non", ["-hallucinations"]),
    ("Diabète : [x] oui [ ] non     HTA : [ ] oui [x] non", ["-hypertension arterielle", "diabete"]),
    ("Escarre : ☐ oui ☒ non", ["-escarre"]),
    # Typing errors that folding and endings forgive; others are silence.
    ("fibrilation auriculaire ancienne", ["fibrillation atriale"]),
    ("Insuffisances rénales aigües à répétition", ["insuffisance renale aigue"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_problems(text: str, expected: list[str]) -> None:
    assert found(find_problems, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ATCD : asthme", "history"),
        ("Motif : dyspnée aiguë", "reason"),
        ("Pas de fièvre ce jour.", "symptom"),
        ("Diagnostics :\n1/ Sepsis", "diagnosis"),
        ("Suites compliquées d'une pneumopathie.", "complication"),
        ("Hospitalisée pour une pyélonéphrite.", "reason"),
        ("Elle a pour antécédents une épilepsie.", "history"),
        ("Mère : phlébite", "history"),
    ],
)
def test_the_role_of_a_problem(text: str, expected: str) -> None:
    assert [fact.detail("role") for fact in find_problems(source(text))] == [expected]


def test_since_when_a_problem_lasts() -> None:
    (fact,) = find_problems(source("Antécédents :\n- HTA traitée depuis 2004"))
    assert fact.detail("since") == "2004"


def test_the_proof_is_the_line() -> None:
    text = "Motif : chute\nHTA connue. Pas de diabète."
    shown = {fact.name: text[fact.start : fact.end] for fact in find_problems(source(text))}
    assert shown["diabete"] == "Pas de diabète."
    assert shown["hypertension arterielle"] == "HTA connue."
