"""Which exact sentences a question calls for, and in which order."""

import pytest

from assistant.exact.choose import drafts_of
from assistant.question import understand
from tests.assistant.exact.records import ADMISSION, DISCHARGE, LAB, held_of, note, stays_of, told

RECORD = [
    note(
        "05-02",
        "ATCD : FA. Pas de diabète.\nAllergies : iode (urticaire).\n"
        "Traitement habituel :\n- Metformine 500 mg\n- Tramadol 50 mg",
        ADMISSION,
    ),
    note("05-02", "Créatinine : 182 µmol/L", LAB),
    note("05-04", "Metformine arrêtée devant l'insuffisance rénale aiguë. Pas de transfusion."),
    note("05-06", "Créatinine : 104 µmol/L", LAB),
    note("05-08", "1. BISOPROLOL 5 mg : 1 cp le matin\n2. ELIQUIS 5 mg : 1 cp matin et soir", DISCHARGE),
]
STOP = "Metformine arrêtée devant l'insuffisance rénale aiguë."
GONE = "ne figure pas dans l'ordonnance de sortie du 08/05/2025."


def asked(question: str) -> list[str]:
    return told(drafts_of(understand(question), held_of(*RECORD), stays_of("05-02")))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quelle est la dernière créatinine ?", ["Créatinine : 104 µmol/L (06/05/2025)."]),
        ("EVOLUTION CREATININE", ["Créatinine (µmol/L) : 182 (02/05/2025), 104 (06/05/2025)."]),
        ("Quelle dose de bisoprolol à la sortie ?", ["BISOPROLOL 5 mg : 1 cp le matin"]),
        # The prescription does not say why: what stops a medicine is told too.
        ("Pourquoi la metformine a-t-elle été arrêtée ?", [f"Metformine : {GONE}", STOP]),
        ("metformine arretee ?", [f"Metformine : {GONE}", STOP]),
        ("metformine à la sortie ?", [f"Metformine : {GONE}", STOP]),
        ("Pourquoi la metformine ne figure-t-elle plus sur l'ordonnance de sortie ?", [f"Metformine : {GONE}", STOP]),
        ("tramadol à la sortie ?", [f"Tramadol : {GONE}"]),
        ("Pourquoi le tramadol a-t-il été arrêté ?", [f"Tramadol : {GONE}"]),
        ("Quel est le motif d'hospitalisation ?", []),
        ("Est-il épileptique ?", []),
        ("dose de morphine", []),
    ],
)
def test_what_facts_alone_say(question: str, said: list[str]) -> None:
    assert asked(question) == said


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Est-il diabétique ?", "Non : « Pas de diabète"),
        ("A-t-il une FA ?", "Oui : « ATCD : FA"),
        ("A-t-il été transfusé ?", "Non : « Pas de transfusion"),
        ("Est-il allergique à l'iode ?", "Allergies : iode (urticaire)"),
    ],
)
def test_how_yes_or_no_opens(question: str, opening: str) -> None:
    (said,) = asked(question)
    assert said.startswith(opening)


def test_nothing_is_said_of_an_empty_record() -> None:
    assert drafts_of(understand("Est-il diabétique ? créatinine ? metformine à la sortie ?"), (), ()) == ()


def test_a_draft_shows_no_words() -> None:
    for draft in drafts_of(understand("Quelle est la dernière créatinine ?"), held_of(*RECORD), ()):
        assert repr(draft) == "Draft('measure', 1 facts)"
