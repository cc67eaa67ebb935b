"""Appointments, identifiers of implants, directives: the line that holds the very thing asked for."""

import pytest

from assistant.exact.items import items
from assistant.question import understand
from tests.assistant.exact.records import held_of, note, told
from tests.assistant.hospital import Note

RECORD = [
    note(
        "05-08",
        "Rendez-vous avec le Dr Morel (cardiologie) le 12/06/2025 à 10h30.\n"
        "RDV néphrologie le 20/06/2025 à 9h.\nConsultation de contrôle en pneumologie à prévoir.",
        "lettre_liaison",
    ),
    note(
        "05-04",
        "Chambre implantable posée ce jour : réf. PT-2200, lot A4471.\nPose d'une voie veineuse périphérique.",
        "compte_rendu_operatoire",
    ),
    note("05-03", "Personne de confiance : Mme Anne Petit (fille). Directives anticipées : non rédigées."),
]


def asked(question: str, record: list[Note] | None = None) -> list[str]:
    return told(items(understand(question), held_of(*(record or RECORD))))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Date du rendez-vous de cardiologie ?", "12/06/2025"),
        ("RDV CARDIOLOGIE", "12/06/2025"),
        ("rdv nephrologie quand", "20/06/2025"),
        ("Numéro de lot de la chambre implantable ?", "lot A4471"),
        ("reference chambre implantable", "PT-2200"),
        ("Qui est la personne de confiance ?", "Mme Anne Petit"),
    ],
)
def test_the_thing_itself(question: str, words: str) -> None:
    (said,) = asked(question)
    assert words in said


@pytest.mark.parametrize(
    "question",
    [
        "rdv dermatologie ?",
        "rendez-vous ?",
        # Spoken of, without a moment.
        "Date de la consultation de pneumologie ?",
        "Numéro de lot du pacemaker ?",
        "numéro de lot de la voie veineuse périphérique",
        "Quelle est la créatinine ?",
    ],
)
def test_what_is_not_there(question: str) -> None:
    assert asked(question) == []
