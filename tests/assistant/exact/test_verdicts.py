"""Yes or no: only what stands, only about the patient, "no" only with words that deny, nothing from silence."""

import pytest

from assistant.exact.verdicts import is_polar, verdict
from assistant.question import understand
from tests.assistant.exact.records import ADMISSION, held_of, note
from tests.assistant.hospital import Note

RECORD = [
    note(
        "05-02",
        "ATCD : HTA, FA, AVC en 2019. Pas de diabète.\n"
        "Antécédents familiaux : père décédé d'un infarctus à 52 ans, mère asthmatique, sœur : cancer du sein.",
        ADMISSION,
    ),
    note("05-03", "Angioscanner : absence d'embolie pulmonaire. Suspicion de pyélonéphrite."),
    note("05-04", "PAS DE TRANSFUSION PENDANT LE SEJOUR. Thrombose veineuse profonde poplitée gauche."),
]
DECIDED = [
    ("A-t-il un diabète ?", "Non", "Pas de diabète"),
    ("Est-il diabétique ?", "Non", "Pas de diabète"),
    ("EST-IL DIABETIQUE ?", "Non", "Pas de diabète"),
    ("a-t-il une embolie pulmonaire", "Non", "absence d'embolie pulmonaire"),
    ("A-t-il été transfusé ?", "Non", "PAS DE TRANSFUSION"),
    ("a t il ete transfuse ?", "Non", "PAS DE TRANSFUSION"),
    ("Est-ce qu'il a une FA ?", "Oui", "HTA, FA"),
    ("A-t-il une fibrillation auriculaire ?", "Oui", "HTA, FA"),
    ("A-t-il déjà fait un AVC ?", "Oui", "AVC en 2019"),
    ("est-il hypertendu ?", "Oui", "HTA"),
    ("A-t-il une phlébite ?", "Oui", "Thrombose veineuse"),
]
UNDECIDED = [
    # Said of the family: it never answers for the patient.
    "A-t-il fait un infarctus ?",
    "Est-il asthmatique ?",
    "A-t-elle un cancer du sein ?",
    # Asked of the family: the patient never answers for it.
    "Y a-t-il un AVC dans la famille ?",
    "La mère est-elle diabétique ?",
    "Antécédent familial de diabète ?",
    "diabète fam ?",
    # Not in the record: silence is not "no".
    "A-t-il une maladie de Crohn ?",
    "Est-il épileptique ?",
    # Supposed only.
    "A-t-il une pyélonéphrite ?",
    # More is asked than the facts hold.
    "A-t-il un AVC hémorragique du tronc cérébral ?",
    # Not to be answered by yes or no.
    "Pourquoi a-t-il une FA ?",
    "Quand a-t-il fait un AVC ?",
    "Quels sont les antécédents ?",
    "FA",
    # A measure or a medicine is no verdict.
    "A-t-il une créatinine élevée ?",
    "Prend-il du ramipril ?",
]


@pytest.mark.parametrize(("question", "word", "words"), DECIDED)
def test_what_the_record_settles(question: str, word: str, words: str) -> None:
    draft = verdict(understand(question), held_of(*RECORD))
    assert draft is not None
    (item,) = draft.facts
    assert draft.text.startswith(f"{word} : « ")
    assert words in item.fact.quote
    assert words in draft.text
    assert (item.fact.fact.polarity in ("negated", "ruled_out")) == (word == "Non")
    assert item.fact.fact.subject == "patient"


@pytest.mark.parametrize("question", UNDECIDED)
def test_what_the_record_does_not_settle(question: str) -> None:
    assert verdict(understand(question), held_of(*RECORD)) is None


@pytest.mark.parametrize("question", [question for question, *_ in DECIDED])
def test_an_empty_record_settles_nothing(question: str) -> None:
    assert verdict(understand(question), ()) is None
    assert verdict(understand(question), held_of(note("05-02", "Patient calme, apyrétique."))) is None


@pytest.mark.parametrize(
    "record",
    [
        [note("05-02", "ATCD : phlébite en 2010."), note("05-04", "Aucun antécédent de phlébite.")],
        [note("05-02", "Antécédents : diabète de type 2."), note("05-03", "Patient non diabétique.")],
    ],
)
def test_what_is_said_both_ways_is_not_decided(record: list[Note]) -> None:
    for question in ("A-t-il eu une phlébite ?", "Est-il diabétique ?"):
        assert verdict(understand(question), held_of(*record)) is None


def test_what_was_ruled_out_later_is_no_longer_heard() -> None:
    record = [
        note("05-02", "Suspicion d'embolie pulmonaire."),
        note("05-03", "Angioscanner : pas d'embolie pulmonaire."),
    ]
    draft = verdict(understand("A-t-il une embolie pulmonaire ?"), held_of(*record))
    assert draft is not None
    assert draft.text == "Non : « Angioscanner : pas d'embolie pulmonaire. » (note d'évolution, 03/05/2025)."


@pytest.mark.parametrize(
    ("question", "polar"),
    [
        ("Est-il diabétique ?", True),
        ("Y a-t-il une embolie ?", True),
        ("Fume-t-elle ?", True),
        ("Pourquoi a-t-il été transfusé ?", False),
        ("Quand a-t-elle été opérée ?", False),
        ("Où est-il suivi ?", False),
        ("Qu'a-t-il comme antécédents ?", False),
        ("créatinine", False),
    ],
)
def test_what_is_answered_by_yes_or_no(question: str, polar: bool) -> None:
    assert is_polar(understand(question)) is polar
