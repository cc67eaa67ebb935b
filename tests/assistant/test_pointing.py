"""What facts say of a sentence for a question: each sign as pictures of small records."""

import pytest

from assistant.pointing import NAMES, Pointing, asked_kinds, point
from assistant.question import understand
from ingestion.facts.types import Kind
from tests.assistant.exact.records import ADMISSION, DISCHARGE, LAB, held_of, note

RECORD = [
    note(
        "05-02",
        "ATCD : HTA. Pas de diabète.\nAntécédents familiaux : père décédé d'un AVC à 60 ans.\n"
        "Allergies : iode (urticaire).\nTraitement habituel :\n- Ramipril 5 mg le matin",
        ADMISSION,
    ),
    note("05-03", "Potassium : 6,8 mmol/L\nCréatinine : 182 µmol/L", LAB),
    note(
        "05-04",
        "Potassium à 6,8 mmol/L du 03/05 : tube hémolysé, à ne pas retenir. Contrôle : potassium 4,2 mmol/L.\n"
        "Ramipril arrêté devant l'insuffisance rénale aiguë. Hémocultures en cours, résultat en attente.",
    ),
    note("05-06", "Créatinine : 104 µmol/L", LAB),
    note("05-08", "1. BISOPROLOL 5 mg : 1 cp le matin\n2. ELIQUIS 5 mg : 1 cp matin et soir", DISCHARGE),
]
HELD = held_of(*RECORD)


def signs(question: str, document: int, words: str) -> dict[str, float]:
    """Return the signs of these words of a document of the record."""
    start = RECORD[document - 1].text.index(words)
    values = point(understand(question), HELD).signs(document, (start, start + len(words)))
    return dict(zip(NAMES, values, strict=True))


# A question, the words of a document, the signs that they bear, and those that they must not.
PICTURES = [
    ("dernière créatinine ?", 4, "Créatinine : 104", "fact_topic fact_value fact_latest", "fact_first fact_set_aside"),
    ("dernière créatinine ?", 2, "Créatinine : 182", "fact_topic fact_value fact_first", "fact_latest"),
    ("derniere creat", 2, "Potassium : 6,8", "fact_kind", "fact_topic fact_value fact_latest"),
    ("Créatinine le 03/05 ?", 2, "Créatinine : 182", "fact_day", ""),
    ("Créatinine le 03/05 ?", 4, "Créatinine : 104", "fact_topic", "fact_day"),
    ("créatinine en mai 2025", 4, "Créatinine : 104", "fact_day", ""),
    ("kaliémie ?", 2, "Potassium : 6,8", "fact_topic fact_set_aside", "fact_latest fact_prevails"),
    ("kaliémie ?", 3, "potassium 4,2", "fact_topic fact_latest", "fact_set_aside"),
    ("Pourquoi le ramipril a-t-il été arrêté ?", 3, "Ramipril arrêté", "fact_topic fact_stopped fact_reason", ""),
    ("dose de ramipril ?", 1, "Ramipril 5 mg", "fact_topic fact_dose", "fact_stopped fact_reason"),
    ("dose de ramipril à l'entrée ?", 1, "Ramipril 5 mg", "fact_entry", "fact_discharge"),
    ("bisoprolol à la sortie ?", 5, "BISOPROLOL 5 mg", "fact_discharge fact_topic", "fact_entry"),
    ("Est-il diabétique ?", 1, "Pas de diabète", "fact_topic fact_denied", "fact_affirmed fact_family"),
    ("Est-il hypertendu ?", 1, "HTA", "fact_topic fact_affirmed", "fact_denied"),
    ("A-t-il fait un AVC ?", 1, "père décédé d'un AVC", "fact_not_patient", "fact_family"),
    ("Antécédents familiaux d'AVC ?", 1, "père décédé d'un AVC", "fact_topic fact_family", "fact_not_patient"),
    ("Quelles allergies ?", 1, "iode (urticaire)", "fact_kind fact_list", "fact_topic"),
    ("Résultat des hémocultures ?", 3, "résultat en attente", "fact_awaited", ""),
]


@pytest.mark.parametrize(("question", "document", "words", "borne", "absent"), PICTURES)
def test_signs_of_pictures(question: str, document: int, words: str, borne: str, absent: str) -> None:
    found = signs(question, document, words)
    assert {name: found[name] for name in borne.split()} == dict.fromkeys(borne.split(), 1.0)
    assert {name: found[name] for name in absent.split()} == dict.fromkeys(absent.split(), 0.0)


@pytest.mark.parametrize("question", [question for question, *_ in PICTURES])
def test_signs_are_shares(question: str) -> None:
    pointing = point(understand(question), HELD)
    for number, each in enumerate(RECORD, start=1):
        for start in range(0, len(each.text), 20):
            values = pointing.signs(number, (start, start + 20))
            assert len(values) == len(NAMES)
            assert all(0 <= value <= 1 for value in values)


def test_a_sentence_without_facts_bears_no_sign() -> None:
    pointing = point(understand("dernière créatinine ?"), HELD)
    for document, span in ((1, (0, 4)), (99, (0, 400))):
        assert not any(pointing.signs(document, span))


def test_two_topics_weigh_more_together() -> None:
    both = "évolution de la créatinine et du potassium"
    assert signs(both, 2, "Potassium : 6,8 mmol/L\nCréatinine : 182")["fact_topic_all"] == 1
    assert signs(both, 4, "Créatinine : 104")["fact_topic_all"] == 0.5


TOLD = [
    ("créatinine et troponine", {0}),
    ("troponine", set()),
    ("ramipril, morphine", {0}),
    ("Est-il diabétique ?", {0}),
    ("motif ?", set()),
]


@pytest.mark.parametrize(("question", "numbers"), TOLD)
def test_the_topics_of_which_the_record_tells(question: str, numbers: set[int]) -> None:
    assert point(understand(question), HELD).told == numbers


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Quels sont les antécédents ?", {"problem"}),
        ("Quels traitements à la sortie ?", {"medication"}),
        ("TRAITEMENT DE SORTIE", {"medication"}),
        ("Est-il allergique ?", {"allergy"}),
        ("numéro de lot de la prothèse ?", {"device"}),
        ("quels rdv prevus", {"appointment"}),
        ("Quels résultats sont en attente ?", {"awaited"}),
        ("créatinine ?", {"measurement"}),
        ("A-t-il été transfusé ?", {"transfusion"}),
        ("directives anticipées", {"directive"}),
        ("comment va-t-il ?", set()),
    ],
)
def test_the_kinds_of_facts_that_a_question_asks_for(question: str, kinds: set[Kind]) -> None:
    assert kinds <= asked_kinds(understand(question))
    assert kinds or not asked_kinds(understand(question))


def test_nothing_points_at_an_empty_record_and_its_repr_shows_no_words() -> None:
    empty = point(understand("créatinine ?"), ())
    assert (empty.facts, empty.told) == ((), frozenset())
    full: Pointing = point(understand("créatinine ?"), HELD)
    assert "creat" not in repr(full) + repr(full.facts)
