"""Whether a record answers: pictures of small records, then what the signs are."""

from collections.abc import Iterator

import pytest

from assistant.access import allow
from assistant.answerable import NAMES, judge, signs_of
from assistant.bootstrap import Workspace
from assistant.retrieve import Found, retrieve
from assistant.types import LOCAL
from tests.assistant.hospital import EMPTY, Note, hospital, write_dossier

STAY = [
    Note("Motif d'hospitalisation : chute.\nAntécédents : HTA, diabète de type 2.\nMode de vie : vit seule."),
    Note(
        "Kaliémie 6,1 mmol/L. Ramipril 5 mg arrêté devant l'hyperkaliémie. Pas de fièvre.", date="2025-03-11T10:00:00"
    ),
    Note("Immunofixation prélevée : résultat en attente. ECBU non réalisé.", date="2025-03-12T10:00:00"),
    Note("1. APIXABAN 5 mg matin et soir\n2. AMLODIPINE 5 mg le matin", "ordonnance_sortie", "2025-03-14T10:00:00"),
]
# A question on this stay, and whether the record answers it.
CASES = [
    ("Quelle est la kaliémie ?", "answered"),
    ("Pourquoi le ramipril a-t-il été arrêté ?", "answered"),
    ("dose apixaban", "answered"),
    ("A-t-elle de la fièvre ?", "answered"),
    ("Quels sont les antécédents ?", "answered"),
    ("Motif d'hospitalisation ?", "answered"),
    ("Vit-elle seule ?", "answered"),
    ("Résultat de l'immunofixation ?", "awaited"),
    ("Que montre la coloscopie ?", "not_in_record"),
    ("Quelle est la troponine ?", "not_in_record"),
    ("dose de morphine", "not_in_record"),
    ("A-t-elle une sclérose en plaques ?", "not_in_record"),
    ("Quel est le groupe sanguin ?", "not_in_record"),
    ("Date de la vaccination antitétanique ?", "not_in_record"),
]


@pytest.fixture(scope="module")
def stay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("stay")
    paths = [write_dossier(folder, "0000000001", STAY), write_dossier(folder, EMPTY, [])]
    with hospital(folder / "home", *paths) as workspace:
        yield workspace


def found(workspace: Workspace, question: str, patient: str = "0000000001") -> Found:
    return retrieve(workspace.retriever, allow(workspace.record, LOCAL, patient), question)


@pytest.mark.parametrize(("question", "outcome"), CASES)
def test_whether_the_record_answers(stay: Workspace, question: str, outcome: str) -> None:
    assert judge(found(stay, question)).outcome == outcome


@pytest.mark.parametrize("question", [question for question, _ in CASES])
def test_an_empty_record_answers_nothing(stay: Workspace, question: str) -> None:
    judgement = judge(found(stay, question, EMPTY))
    assert (judgement.outcome, set(judgement.signs)) == ("not_in_record", {0.0})


@pytest.mark.parametrize("question", [*(question for question, _ in CASES), "?", "de la", "12/03", "🩺"])
def test_signs_are_shares(stay: Workspace, question: str) -> None:
    signs = dict(zip(NAMES, signs_of(found(stay, question)), strict=True))
    assert signs.pop("bias") == 1
    signs.pop("score")
    assert all(0 <= value <= 1 for value in signs.values()), signs


@pytest.mark.parametrize(
    ("question", "sign", "value"),
    [
        ("Quelle est la troponine ?", "absent_all", 1),
        ("Quelle est la kaliémie ?", "absent_all", 0),
        ("Résultat de l'immunofixation ?", "awaited", 1),
        ("Quelle est la kaliémie ?", "awaited", 0),
        ("Résultat de l'ECBU ?", "undone", 1),
        ("Quelle est la kaliémie ?", "coverage", 1),
        ("Quelle est la troponine ?", "coverage", 0),
        ("Quelle est la kaliémie ?", "unmeasured", 0),
        # What facts say.
        ("Quelle est la kaliémie ?", "exact", 1),
        ("Quelle est la troponine ?", "exact", 0),
        ("Quelle est la kaliémie ?", "topic_fact", 1),
        ("Kaliémie et troponine ?", "topic_fact", 0.5),
        ("Motif d'hospitalisation ?", "topic_fact", 0.5),
        ("Quelle est la troponine ?", "topic_silent", 1),
        ("Quelle est la kaliémie ?", "topic_silent", 0),
        ("Quelle est la troponine ?", "measure_silent", 1),
        ("KALIEMIE ET TROPONINE", "measure_silent", 1),
        ("Quelle est la kaliémie ?", "measure_silent", 0),
        ("dose de morphine", "medicine_silent", 1),
        ("dose apixaban", "medicine_silent", 0),
        ("A-t-elle une sclérose en plaques ?", "topic_silent", 1),
        ("A-t-elle été transfusée ?", "kind_silent", 1),
        ("Quels sont les antécédents ?", "kind_silent", 0),
        ("Pourquoi le ramipril a-t-il été arrêté ?", "unexplained", 0),
    ],
)
def test_signs_of_pictures(stay: Workspace, question: str, sign: str, value: float) -> None:
    signs = dict(zip(NAMES, signs_of(found(stay, question)), strict=True))
    assert signs[sign] == pytest.approx(value)


def test_the_sum_of_the_weighed_signs_decides(stay: Workspace) -> None:
    asked = found(stay, "Quelle est la kaliémie ?")
    bias = [float(name == "bias") for name in NAMES]
    assert judge(asked, bias).outcome == "answered"
    refused = judge(asked, [-weight for weight in bias])
    assert (refused.outcome, refused.score) == ("not_in_record", -1)


def test_a_judgement_shows_no_words(stay: Workspace) -> None:
    assert "kali" not in repr(judge(found(stay, "Quelle est la kaliémie ?")))
