"""Marked sentences: appointments and follow-up."""

import pytest

from ingestion.facts.appointments import find_appointments
from tests.ingestion.facts.marked import found

SLOTS = ("when", "delay", "with", "specialty", "place")
SENTENCES = [
    (
        "RDV cardiologie Dr MARTIN le 12/05/2025 à 14h30.",
        ["consultation when=2025-05-12T14:30 with=Dr MARTIN specialty=cardiologie"],
    ),
    ("Revoir en consultation dans 6 semaines", ["consultation when=2025-04-21 delay=dans 6 semaines"]),
    ("Consultation à 3 mois avec le Pr LE GOFF", ["consultation delay=à 3 mois with=Pr LE GOFF"]),
    ("NFS 1 fois par semaine par IDE", ["biology delay=1 fois par semaine specialty=soins infirmiers"]),
    (
        "RENDEZ-VOUS\n- Diabéto : mardi 08/04/2025 9h\n- Dr ROY, jeudi 17/04/2025",
        ["consultation when=2025-04-08T09:00 specialty=endocrinologie", "consultation when=2025-04-17 with=Dr ROY"],
    ),
    ("Ablation des agrafes le 20/03 par infirmière à domicile", ["nursing when=2025-03-20 specialty=soins infirmiers"]),
    ("TDM de contrôle à 3 mois", ["imaging delay=à 3 mois"]),
    ("Vu en consultation le 12/01/2025 par le Dr ROY.", []),
    ("Créatinine 118 µmol/L le 09/03", []),
    ("LOVENOX jusqu'au 30/03, plaquettes 2 fois par semaine", ["biology delay=2 fois par semaine"]),
    ("Coloscopie le 02 avril 2025 au CHU de Brest", ["endoscopy when=2025-04-02 place=CHU de Brest"]),
    ("Suites :\nConsultation d'ophtalmologie : convocation par courrier", ["consultation specialty=ophtalmologie"]),
    ("Si fièvre, consultation aux urgences sous 24 h", []),
    ("HDJ le 05.04.25 ; kiné 3 séances par semaine", ["day_hospital when=2025-04-05"]),
    ("Rendez-vous avec le Dr PAUL le 14 janvier 2026 à 8 h 15", ["consultation when=2026-01-14T08:15 with=Dr PAUL"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_appointments(text: str, expected: list[str]) -> None:
    assert found(find_appointments, text, SLOTS, "lettre_liaison") == expected
