"""Medicines of a document: marked sentences, of our own invention, in the styles of several hospitals.

A fact is written "name dose event polarity subject": what is usual (no event, affirmed, the patient) is left out.
"""

from collections.abc import Sequence
from datetime import datetime

import pytest

from ingestion.facts.medications import find_medications
from ingestion.facts.source import source_of
from ingestion.facts.types import Fact
from ingestion.sections import find_sections

DAY = datetime(2025, 3, 20, 10, 0)


def facts_in(text: str, kind: str = "note_evolution") -> list[Fact]:
    return find_medications(source_of(text, kind, DAY, find_sections(text)))


def written(fact: Fact) -> str:
    """Return a fact as the tables write it."""
    polarity = "" if fact.polarity == "affirmed" else fact.polarity
    subject = "" if fact.subject == "patient" else fact.subject
    dose = f"{fact.value} {fact.unit}".strip()
    return " ".join(filter(None, (fact.name, dose, fact.detail("event"), polarity, subject)))


def assert_facts(text: str, expected: Sequence[str], kind: str = "note_evolution") -> None:
    assert sorted(written(fact) for fact in facts_in(text, kind)) == sorted(expected)


PROSE = [
    ("L'amiodarone a été arrêtée le 12 février devant une dysthyroïdie.", ["amiodarone stopped"]),
    ("Relais par apixaban 2,5 mg deux fois par jour depuis le 15/03.", ["apixaban 2,5 mg started"]),
    ("Nous avons introduit du bisoprolol 1,25 mg le matin, bien toléré.", ["bisoprolol 1,25 mg started"]),
    ("On majore le Lasilix à 80 mg par jour.", ["furosemide 80 mg increased"]),
    ("Le Lasilix a été augmenté de 40 à 80 mg.", ["furosemide 80 mg increased"]),
    ("La posologie de Levothyrox a été diminuée à 75 µg.", ["levothyroxine 75 µg decreased"]),
    (
        "Poursuite du Kardegic 75 mg et de l'atorvastatine 40 mg.",
        ["acide acetylsalicylique 75 mg continued", "atorvastatine 40 mg continued"],
    ),
    ("Elle a arrêté d'elle-même le Previscan il y a trois semaines.", ["fluindione stopped"]),
    ("Le patient refuse le Tramadol.", ["tramadol refused"]),
    ("Metformine suspendue 48 h pour injection d'iode.", ["metformine suspended"]),
    ("Reprise de la metformine 1000 mg matin et soir ce jour.", ["metformine 1000 mg resumed"]),
    ("Previscan remplacé par Eliquis 5 mg x2/j.", ["fluindione replaced", "apixaban 5 mg started"]),
    ("L'énoxaparine, débutée le 10/03, a été arrêtée le 15/03.", ["enoxaparine started", "enoxaparine stopped"]),
    ("Lovenox relayé par Xarelto 15 mg deux fois par jour.", ["enoxaparine replaced", "rivaroxaban 15 mg started"]),
    ("Le ramipril n'a pas été repris.", ["ramipril not_given negated"]),
    ("Ne prend pas d'aspirine.", ["acide acetylsalicylique negated"]),
    ("Elle ne prend plus de Lexomil depuis 2023.", ["bromazepam negated"]),
    ("Pas de Kardegic ni de Plavix.", ["acide acetylsalicylique negated", "clopidogrel negated"]),
    ("Discuter un relais par AOD.", ["aod started hypothetical"]),
    ("Introduction d'un bêtabloquant à discuter.", ["betabloquant started hypothetical"]),
    ("Majoration du Lasilix si prise de poids.", ["furosemide increased hypothetical"]),
    (
        "Introduction d'une anticoagulation curative par énoxaparine 6000 UI x2/j.",
        ["anticoagulant started", "enoxaparine 6000 UI started"],
    ),
    ("AVK arrêtés devant une hématurie.", ["avk stopped"]),
    ("Sa mère est sous Levothyrox 100.", ["levothyroxine 100 family"]),
    ("Père diabétique traité par metformine.", ["metformine family"]),
    ("Il prend de l'Advil 400 en automédication.", ["ibuprofene 400"]),
    ("Dose de charge de Plavix 300 mg reçue au bloc.", ["clopidogrel 300 mg"]),
    ("Ne pas interrompre le Brilique.", ["ticagrelor continued"]),
    ("Tocilizumab évoqué, non retenu.", ["tocilizumab ruled_out"]),
    ("Fentanyl stoppé à 6h, midazolam arrêté à 8h.", ["fentanyl stopped", "midazolam stopped"]),
]

TELEGRAPHIC = [
    ("STOP IEC (K 5,9). Lasilix 40 x2.", ["iec stopped", "furosemide 40"]),
    ("- ATORVASTATINE 40 mg -> STOP (CPK 2400)", ["atorvastatine 40 mg stopped"]),
    (
        "=> arrêt Augmentin, début Tazocilline 4 g x3/j IV",
        ["amoxicilline+acide clavulanique stopped", "piperacilline+tazobactam 4 g started"],
    ),
    ("NORADRENALINE 0,3 µg/kg/min, HYDROCORTISONE 50 mg x4", ["noradrenaline 0,3 µg/kg/min", "hydrocortisone 50 mg"]),
    ("Amlodipine 5 -> 10 mg", ["amlodipine 10 mg increased"]),
    ("Lantus 24 -> 18 UI (hypo nocturne)", ["insuline glargine 18 UI decreased"]),
    (
        "TTT : Kardegic 75, Tahor 40, Coversyl 5, Doliprane si besoin",
        ["acide acetylsalicylique 75", "atorvastatine 40", "perindopril 5", "paracetamol"],
    ),
    (
        "Ttt habituel : metformine 1g x2, Januvia 100, Eliquis 5 x 2/j, inexium 20",
        ["metformine 1 g", "sitagliptine 100", "apixaban 5", "esomeprazole 20"],
    ),
    ("Rocéphine J3/7, relais PO demain", ["ceftriaxone"]),
    ("Corticoïdes arrêtés hier", ["corticoides stopped"]),
    ("CORDARONE ARRETEE LE 12/03 (THYROIDE)", ["amiodarone stopped"]),
    ("Cisplatine 75 mg/m2 J1 + pemetrexed 500 mg/m2 J1, C2", ["cisplatine 75 mg/m2", "pemetrexed 500 mg/m2"]),
]

FORMS = [
    ("Traitement à l'entrée :\n[x] aspirine 75 mg/j   [ ] clopidogrel\n", ["acide acetylsalicylique 75 mg"]),
    (
        "Médicaments arrêtés :\n- Ramipril 5 mg : hyperkaliémie\n- Spironolactone 25 mg : hyperkaliémie\n",
        ["ramipril 5 mg stopped", "spironolactone 25 mg stopped"],
    ),
    (
        "ORDONNANCE DE SORTIE\n1) ELIQUIS 5 mg : 1 cp matin et soir  [NOUVEAU]\n"
        "2) BISOPROLOL 5 mg : 1 cp le matin  [AUGMENTE]\n"
        "3) TAHOR 40 mg : 1 cp le soir  [INCHANGE]\n4) PREVISCAN 20 mg  [ARRETE]\n",
        [
            "apixaban 5 mg started",
            "bisoprolol 5 mg increased",
            "atorvastatine 40 mg continued",
            "fluindione 20 mg stopped",
        ],
    ),
    ("NE PAS DONNER : AINS, metformine\n", ["ains not_given negated", "metformine not_given negated"]),
    ("NON REPRIS : candésartan, amlodipine\n", ["candesartan not_given negated", "amlodipine not_given negated"]),
    (
        "Introductions : Forxiga 10 mg, Entresto 24/26 mg x2\n",
        ["dapagliflozine 10 mg started", "sacubitril+valsartan 24/26 mg started"],
    ),
]

TABLES = [
    (
        "Médicament          Dose      Voie   Matin  Midi  Soir  Coucher\n"
        "METFORMINE          850 mg    PO     1      0     1     0\n"
        "ZOPICLONE           7,5 mg    PO     0      0     0     1\n",
        ["metformine 850 mg", "zopiclone 7,5 mg"],
    ),
    (
        "| Médicament | Posologie | Voie | Début | Fin |\n"
        "| Ceftriaxone | 2 g/j | IV | 14/03 | 21/03 |\n"
        "| Lovenox 4000 UI | 1/j | SC | 14/03 | |\n",
        ["ceftriaxone 2 g", "enoxaparine 4000 UI"],
    ),
    ("Paracétamol | 1 g | IV | x4/j\nKétoprofène | ARRET | - | -\n", ["paracetamol 1 g", "ketoprofene stopped"]),
]

SILENT = [
    "Allergie : amoxicilline (urticaire).",
    "Allergique à la pénicilline et à l'aspirine.",
    "Toxidermie au Bactrim en 2012.",
    "Intolérance au tramadol : vomissements.",
    "E. coli sensible à la ceftriaxone, résistant à l'amoxicilline.",
    "Amoxicilline : R   Ceftriaxone : S",
    "Tacrolimus résiduel 8,2 ng/mL.",
    "Taux de digoxine 1,1 µg/L.",
    "Vitamine D 18 ng/mL, ferritine 45.",
    "Scanner avec injection de 90 mL de Iomeron 350.",
    "Éducation thérapeutique à l'insuline faite.",
    "Le patient suit un régime pauvre en potassium.",
    "Arrêt du tabac, arrêt de travail de 8 jours.",
    "VNI arrêtée, drain retiré.",
]


@pytest.mark.parametrize(("text", "expected"), PROSE + TELEGRAPHIC + FORMS + TABLES)
def test_the_medicines_of_a_text(text: str, expected: list[str]) -> None:
    assert_facts(text, expected)


@pytest.mark.parametrize("text", SILENT)
def test_a_name_alone_is_no_fact(text: str) -> None:
    assert_facts(text, [])
