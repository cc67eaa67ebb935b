"""Marked sentences: wishes of the patient, decisions on the level of care."""

import pytest

from ingestion.facts.directives import find_directives
from tests.ingestion.facts.marked import found

SENTENCES = [
    ("Personne de confiance : Mme Anne LE BIHAN (fille)", ["trusted_person value=Mme Anne LE BIHAN (fille)"]),
    ("Son fils est désigné personne de confiance.", ["trusted_person"]),
    ("M. Yves ROUX, personne de confiance, est prévenu", ["trusted_person value=M. Yves ROUX"]),
    ("Épouse = personne de confiance (Mme X. DUVAL)", ["trusted_person value=Épouse, Mme X. DUVAL"]),
    ("PERSONNE DE CONFIANCE : NON DESIGNEE", ["-trusted_person value=NON DESIGNEE"]),
    ("Directives anticipées : non", ["-advance_directives value=non"]),
    ("Pas de directives anticipées", ["-advance_directives"]),
    ("Directives anticipées : [x] oui [ ] non", ["advance_directives value=[x] oui [ ] non"]),
    ("Directives anticipées non renseignées", ["?advance_directives"]),
    (
        "Directives anticipées : refus d'acharnement, écrites en 2023",
        ["advance_directives value=refus d'acharnement, écrites en 2023"],
    ),
    ("LATA décidée en réunion collégiale le 03/03", ["limitation_of_care"]),
    ("Pas de limitation des soins à ce jour", ["-limitation_of_care"]),
    ("Patient témoin de Jéhovah, refuse toute transfusion", ["transfusion_refusal"]),
    ("Ne souhaite pas être réanimée en cas d'arrêt", ["not_resuscitate"]),
    (
        "Décision collégiale du 02/03 : pas de réanimation, pas d'intubation.",
        ["limitation_of_care", "not_resuscitate"],
    ),
    ("RCP du 04/03 avec la famille : ni intubation ni réanimation", ["not_resuscitate"]),
    ("Pas de réa, pas d'IOT en cas d'aggravation", ["limitation_of_care", "not_resuscitate"]),
    ("DECISION COLLEGIALE : NE PAS INTUBER", ["limitation_of_care"]),
    ("Pas de réanimation, ne pas rappeler le SAMU", ["not_resuscitate"]),
    ("Ne pas réanimer : [ ] oui [x] non", ["-not_resuscitate"]),
    ("Naissance par voie basse, Apgar 10, pas de réanimation", []),
    ("Suites simples, pas de réanimation", []),
    ("Décision collégiale : chirurgie première", []),
    ("Pas d'intubation (désencombrement suffisant)", []),
    ("Personne à prévenir : M. Le Bras, 05 36 49 00 11", ["contact_person value=M. Le Bras, 05 36 49 00 11"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_directives(text: str, expected: list[str]) -> None:
    slots = ("value",) if any("value=" in one for one in expected) else ()
    assert found(find_directives, text, slots) == expected
