"""Marked sentences: germs, resistance, carriages and their screening."""

import pytest

from ingestion.facts.microorganisms import find_microorganisms
from tests.ingestion.facts.marked import found

SLOTS = ("role", "site", "resistance", "bmr", "value")
BLSE, BMR = "enterobacterie productrice de blse", "bacterie multiresistante"
SENTENCES = [
    ("ECBU : E. coli 10^6, sensible.", ["escherichia coli role=infection site=urines"]),
    (
        "Hémocultures positives à SARM",
        ["staphylococcus aureus resistant a la meticilline role=screening site=sang bmr=true"],
    ),
    (
        "Klebsiella pneumoniae BLSE dans les urines",
        ["klebsiella pneumoniae role=infection site=urines resistance=BLSE bmr=true"],
    ),
    ("Dépistage BMR négatif.", [f"-{BMR} role=screening bmr=false"]),
    ("DEPISTAGE BMR/BHRE : NEGATIF LE 02/03", [f"-{BMR} role=screening bmr=false"]),
    ("Dépistage BMR : non fait", ["depistage role=screening value=not_done"]),
    ("Dépistage BMR : [x] fait [ ] non fait", []),
    ("Pas de BMR connue.", [f"-{BMR} role=screening bmr=false"]),
    (
        "Portage rectal d'EPC OXA-48 connu depuis 2024",
        ["enterobacterie productrice de carbapenemase role=screening site=ecouvillon rectal bmr=true"],
    ),
    ("Suspicion d'EPC levée", ["!enterobacterie productrice de carbapenemase role=screening bmr=false"]),
    ("Recherche de BHRe en cours", []),
    (
        "Hémoculture : 1 flacon sur 4 à S. epidermidis, contamination probable",
        ["staphylococcus epidermidis role=contaminant site=sang"],
    ),
    (
        "Coproculture : Salmonella, Shigella : absence",
        ["-salmonella role=infection site=selles", "-shigella role=infection site=selles"],
    ),
    (
        "PCR grippe A positive, VRS négatif",
        ["-virus respiratoire syncytial role=infection", "virus influenza role=infection"],
    ),
    ("PCR CMV à contrôler", []),
    ("Sérologies VIH, VHC négatives", ["-vih role=infection", "-virus de l'hepatite c role=infection"]),
    ("Vaccin pneumocoque fait en 2023", []),
    ("Portage : [x] BLSE  [ ] EPC  [ ] SARM", [f"{BLSE} role=screening bmr=true"]),
    (
        "Pseudomonas aeruginosa résistant à la ceftazidime (aspiration bronchique)",
        ["pseudomonas aeruginosa role=infection site=prelevement respiratoire resistance=ceftazidime"],
    ),
    (
        "E. coli : amoxicilline R, céfotaxime S, ofloxacine R",
        ["escherichia coli role=infection resistance=amoxicilline, ofloxacine"],
    ),
    (
        "Écouvillon nasal : absence de SARM",
        ["-staphylococcus aureus resistant a la meticilline role=screening site=ecouvillon nasal bmr=false"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_microorganisms(text: str, expected: list[str]) -> None:
    assert found(find_microorganisms, text, SLOTS) == expected


def test_the_table_below_a_germ_tells_its_resistance() -> None:
    text = (
        "Culture : Proteus mirabilis\nAntibiotique | Résultat\nAmoxicilline | R\nCéfotaxime | S\nCiprofloxacine | R\n"
    )
    (shown,) = found(find_microorganisms, text, ("resistance",), "resultats_microbiologie")
    assert shown == "proteus mirabilis resistance=Amoxicilline, Ciprofloxacine"
