"""Medicines that are only named, dosed below their name, or told by a form: marked sentences of our own invention."""

from datetime import datetime

import pytest

from ingestion.facts.medications import find_medications
from ingestion.facts.regimen import current_medications
from ingestion.facts.source import source_of
from ingestion.facts.types import Fact, Held, StoredFact
from ingestion.sections import find_sections

DAY = datetime(2025, 3, 20, 10, 0)

NAMED = [
    ("Toux sèche apparue après deux semaines de ramipril.", ["ramipril mentioned"]),
    ("Bradycardie à 38 sous bisoprolol et diltiazem.", ["bisoprolol taken", "diltiazem taken"]),
    ("FA paroxystique (flécaïnide), HTA, goutte.", ["flecainide mentioned"]),
    ("CAT : remplissage, noradrénaline, avis réa.", ["noradrenaline prescribed"]),
    ("Désaturation -> kétamine, curarisation.", ["ketamine mentioned"]),
    ("Choc septique : vasopressine si échec", ["vasopressine prescribed"]),
    (
        "Ceftriaxone 2 g/j (porte d'entrée digestive) + métronidazole",
        ["ceftriaxone prescribed", "metronidazole mentioned"],
    ),
    ("Crises malgré le Keppra, EEG demandé.", ["levetiracetam mentioned"]),
    ("Proposition : bolus de furosémide puis réévaluation.", ["furosemide prescribed"]),
    ("12.03 -> 18.03 : céfépime + vancomycine, apyrexie.", ["cefepime mentioned", "vancomycine mentioned"]),
    ("HEMORRAGIE DU POST PARTUM : OCYTOCINE PUIS NALADOR", ["oxytocine mentioned", "sulprostone mentioned"]),
    ("Immunosuppression : mycophénolate, Advagraf.", ["mycophenolate mofetil mentioned", "tacrolimus mentioned"]),
    ("Chimio en cours : pembro + pémétrexed.", ["pembrolizumab mentioned", "pemetrexed mentioned"]),
    ("14/6;20:00;douleur;paracétamol;soulagé", ["paracetamol mentioned"]),
    ("D : anxieuse. A : écoute, Atarax. R : dort.", ["hydroxyzine mentioned"]),
]

NOT_A_TREATMENT = [
    "Interdits : tramadol, métoclopramide",
    "Valproate : contre-indiqué chez cette patiente.",
    "Pénicilline autorisée : AUGMENTIN autorisé.",
    "Allergies : Bactrim, amoxicilline",
    "Prick amoxicilline négatif.",
    "Remis : carnet de suivi LEPONEX",
    "Glycémies capillaires et insuline :",
    "Conjoint formé au BAQSIMI.",
    "Résistant à la ciprofloxacine, sensible au cotrimoxazole.",
    "[ ] morphine   [ ] kétamine",
    "Anti-Xa apixaban 84 ng/mL",
    "Avis dentaire avant zolédronate.",
]


def facts_in(text: str, kind: str = "note_evolution") -> list[Fact]:
    return find_medications(source_of(text, kind, DAY, find_sections(text)))


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_named_medicine_is_a_fact(text: str, expected: list[str]) -> None:
    facts = facts_in(text)
    names = [f"{fact.name} " for fact in facts]
    assert sorted(names) == sorted(f"{item.rpartition(' ')[0]} " for item in expected)
    assert {f"{fact.name} {fact.detail('state')}" for fact in facts} >= {
        item for item in expected if item.endswith("mentioned")
    }


@pytest.mark.parametrize("text", NOT_A_TREATMENT)
def test_a_name_that_is_no_treatment_is_no_fact(text: str) -> None:
    assert [fact.name for fact in facts_in(text) if fact.detail("state") == "mentioned"] == []


def test_what_is_only_named_is_no_current_treatment() -> None:
    held = [
        Held(StoredFact(fact, "D1", 1, "note_evolution", "Note", DAY))
        for fact in facts_in("Toux après deux semaines de ramipril.\nOn introduit amlodipine 5 mg le matin.")
    ]
    assert [item.fact.fact.name for item in current_medications(held, DAY)] == ["amlodipine"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arrêts\nRAMIPRIL : hyperkaliémie\nZOLPIDEM : chute\n", ["ramipril stopped", "zolpidem stopped"]),
        ("arrêts;GENTAMICINE: surdité débutante", ["gentamicine stopped"]),
        ("ARRÊTÉS :\n- PLAVIX : hématome sous ELIQUIS\n", ["clopidogrel stopped", "apixaban "]),
        ("Relais par AVK débuté (fluindione).", ["avk started", "fluindione started"]),
        ("Metformine barrée sur la pancarte.", ["metformine stopped"]),
        ("HNF OFF à 9h30.", ["heparine stopped"]),
        ("ELIQUIS 5 mg   1-0-1   Nouveau ☐ Modifié ☐ Inchangé ☑", ["apixaban continued"]),
        ("☐ Nouveau ☑ Arrêté   CORDARONE 200 mg", ["amiodarone stopped"]),
    ],
)
def test_what_lists_and_forms_tell_of_a_medicine(text: str, expected: list[str]) -> None:
    assert sorted(f"{fact.name} {fact.detail('event')}" for fact in facts_in(text)) == sorted(expected)


def test_a_taper_gives_one_fact_a_step() -> None:
    text = (
        "PREDNISOLONE le matin, dégressif :\n40 mg/j jusqu'au 23/03\n- 30 mg/j 24/03 -> 30/03\npuis 20 mg/j\n"
        "RDV le 2/04"
    )
    steps = [(f.value, f.detail("start"), f.detail("stop"), f.detail("event")) for f in facts_in(text) if f.value]
    assert steps == [
        ("40", "", "2025-03-23", ""),
        ("30", "2025-03-24", "2025-03-30", "planned"),
        ("20", "", "", ""),
    ]


def test_a_line_that_only_opens_with_a_figure_is_no_step() -> None:
    facts = facts_in("Prednisolone poursuivie.\n40 mg/L de CRP hier\n")
    assert [fact.value for fact in facts] == [""]


def test_a_medicine_that_heads_a_column_takes_the_doses_below() -> None:
    text = (
        "Date      Matin    Soir     LANTUS soir\n"
        "17/03     1,28     2,10     10 UI\n"
        "18/03     1,22     1,96     14 UI\n"
        "19/03     1,31     2,02     refus\n"
    )
    facts = facts_in(text, "note_infirmiere")
    assert [(fact.name, fact.value, fact.unit, fact.effective) for fact in facts] == [
        ("insuline glargine", "10", "UI", "2025-03-17"),
        ("insuline glargine", "14", "UI", "2025-03-18"),
    ]
    assert {fact.detail("frequency") for fact in facts} == {""}


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Reprise de l'apixaban, dès que le drain est retiré, à la dose de 2,5 mg deux fois par jour.", "2,5 mg"),
        ("NOUVEAU : olanzapine ZYPREXA 5 mg le soir", "5 mg"),
        ("PREDNISONE 20 mg le matin   NOUVEAU (60 mg jusqu'au 18/03)", "20 mg"),
    ],
)
def test_a_dose_belongs_to_its_medicine(text: str, dose: str) -> None:
    assert [f"{fact.value} {fact.unit}" for fact in facts_in(text)] == [dose]


def test_moments_with_counts_are_a_frequency() -> None:
    facts = facts_in("Médicament : ELIQUIS 5 mg   Matin 1  Midi 0  Soir 1")
    assert [fact.detail("frequency") for fact in facts] == ["Matin 1, Midi 0, Soir 1"]


def test_a_last_intake_before_an_operation_is_to_come() -> None:
    assert [f.detail("stop") for f in facts_in("XARELTO : dernière prise le 25/03 au soir")] == ["2025-03-25"]
