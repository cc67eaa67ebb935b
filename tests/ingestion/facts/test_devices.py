"""Marked sentences: implants and invasive devices."""

import pytest

from ingestion.facts.devices import find_devices
from tests.ingestion.facts.marked import found

SLOTS = ("side", "placed", "removed", "reference", "serial", "lot")
SENTENCES = [
    ("PTH gauche depuis 2012, pacemaker double chambre.", ["prothese de hanche side=left", "stimulateur cardiaque"]),
    ("PICC-line bras droit posé le 03/03/2025.", ["picc-line side=right placed=2025-03-03"]),
    ("SAD ôtée ce matin, reprise des mictions.", ["sonde urinaire removed=2025-03-10"]),
    ("Ablation de la voie centrale le 08/03.", ["catheter veineux central removed=2025-03-08"]),
    ("Sonde urinaire à retirer demain", ["sonde urinaire"]),
    ("Retrait du drain prévu à J3", ["drain"]),
    ("Pas de voie centrale.", ["-catheter veineux central"]),
    ("PAC jugulaire D en place, perméable", ["chambre implantable side=right"]),
    ("Pose d'un pacemaker envisagée", ["?stimulateur cardiaque"]),
    ("Pacemaker : [ ] oui [x] non", ["-stimulateur cardiaque"]),
    ("GPE posée en 2023", ["gastrostomie placed=2023"]),
    ("canule de trachéotomie n° 6 changée le 07/03", ["canule de tracheotomie placed=2025-03-07"]),
    ("FAV RADIALE GAUCHE FONCTIONNELLE", ["fistule arterioveineuse side=left"]),
    ("vis-à-vis du bloc, fracture du cotyle", []),
    (
        "Stimulateur double chambre MEDIX 300 - n° de série PJX204817 - lot A2291",
        ["stimulateur cardiaque serial=PJX204817 lot=A2291"],
    ),
    (
        "Plaque verrouillée 3,5 mm   réf. LCP-35-08   lot 22F0917",
        ["plaque d'osteosynthese reference=LCP-35-08 lot=22F0917"],
    ),
    (
        "Cage intersomatique TERRA L4-L5, réf. TR-12, lot K8821",
        ["cage intersomatique terra l4-l5 reference=TR-12 lot=K8821"],
    ),
    ("Vaccin : lot AB1234, réf. X-12, PREVENAR", []),
    (
        "Dispositif | Référence | Lot | Côté\nCotyle | CT-52 | 24A11 | gauche",
        ["cotyle side=left reference=CT-52 lot=24A11"],
    ),
    (
        "Prothèse de genou      Réf. GN-44      Lot 19B772      Côté D",
        ["prothese de genou side=right reference=GN-44 lot=19B772"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_devices(text: str, expected: list[str]) -> None:
    assert found(find_devices, text, SLOTS) == expected
