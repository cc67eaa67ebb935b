"""Pictures: a small record, a question, and the words that must be quoted first. Then order and weights."""

import json
import math
import random
from collections.abc import Iterator
from importlib import resources

import pytest

from assistant import answerable, features
from assistant.access import allow
from assistant.bootstrap import Workspace
from assistant.candidates import candidates_of
from assistant.ranking import rank, rank_passages
from assistant.retrieve import Found, retrieve
from assistant.types import LOCAL
from tests.assistant.hospital import Note, hospital, write_dossier

NOISE = Note(
    "Patiente calme, a bien dormi. Alimentation correcte. Pansement refait, plaie propre. Famille prévenue.",
    kind="note_infirmiere",
    date="2025-03-09T06:00:00",
)
LETTER = Note(
    "Motif d'hospitalisation : chute.\nAntécédents : HTA, diabète de type 2, fracture du poignet en 2011.\n"
    "Mode de vie : vit seule, autonome.\nConclusion : pneumopathie franche lobaire aiguë.",
    kind="lettre_liaison",
    date="2025-01-05T10:00:00",
)


def dated(*texts: str, kind: str = "note_evolution") -> list[Note]:
    """Return one note a day."""
    return [Note(text, kind=kind, date=f"2025-03-{day:02}T10:00:00") for day, text in enumerate(texts, start=10)]


PICTURES: dict[str, tuple[list[Note], str, str]] = {
    "the last value": (
        dated("Créatinine à 98 µmol/L.", "Créatinine à 120 µmol/L.", "Créatinine à 141 µmol/L."),
        "Quelle est la dernière créatinine ?",
        "141",
    ),
    "the last value, in telegraphic style": (
        dated("CRP 210 mg/L.", "CRP 88 mg/L.", "CRP 12 mg/L."),
        "derniere crp",
        "12 mg/L",
    ),
    "the dose at discharge": (
        [
            *dated("RAMIPRIL 2,5 mg le matin.", "Ramipril majoré.", kind="prescription"),
            Note("1. RAMIPRIL 5 mg : 1 cp le matin\n2. APIXABAN 5 mg", "ordonnance_sortie", "2025-03-14T10:00:00"),
        ],
        "Quelle dose de ramipril à la sortie ?",
        "RAMIPRIL 5 mg",
    ),
    "family history, not the patient's own": (
        [Note("Antécédents : infarctus en 2010.\nAntécédents familiaux : père décédé d'un AVC à 60 ans.")],
        "Antécédents familiaux d'AVC ?",
        "père décédé",
    ),
    "the patient's own history, not the family's": (
        [Note("Antécédents : phlébite du mollet en 2008.\nAntécédents familiaux : mère, embolie pulmonaire.")],
        "La patiente a-t-elle déjà fait une phlébite ?",
        "2008",
    ),
    "the day that is asked for": (
        dated("Hb à 8,1 g/dL le 10/03.", "Hb à 9,4 g/dL le 11/03.", "Hb à 10,2 g/dL le 12/03."),
        "Hb le 11/03 ?",
        "9,4",
    ),
    "a typing error in the question": (
        dated("Fièvre à 39 °C.", "Thrombose de la veine poplitée droite à l'écho-Doppler."),
        "La thormbose est de quel côté ?",
        "poplitée droite",
    ),
    "a generic name for a brand": (
        dated("ELIQUIS 5 mg matin et soir.", "Ventilation normale."),
        "Quelle dose d'apixaban ?",
        "ELIQUIS",
    ),
    "a brand for a generic name": (
        dated("Furosémide 40 mg le matin.", "Poids stable."),
        "poso lasilix",
        "Furosémide 40 mg",
    ),
    "an abbreviation in the question": (
        dated("Échographie cardiaque : fraction d'éjection à 42 %.", "Kinésithérapie respiratoire."),
        "FEVG ?",
        "42 %",
    ),
    "an abbreviation in the record": (
        dated("ATCD : HTA, FA.", "Sortie demain."),
        "A-t-elle une fibrillation atriale ?",
        "FA",
    ),
    "a member of a class of drugs": (
        dated("Amlodipine 5 mg.", "Ceftriaxone 2 g/j depuis le 10/03."),
        "Quel antibiotique ?",
        "Ceftriaxone",
    ),
    "the reason of a stop": (
        dated("Ramipril 5 mg le matin.", "Ramipril arrêté devant une hyperkaliémie à 6,1.", "Ramipril non repris."),
        "Pourquoi le ramipril a-t-il été arrêté ?",
        "hyperkaliémie",
    ),
    "what denies": (
        [Note("Allergies : aucune allergie connue.\nTraitement : pénicilline V 1 MUI.")],
        "A-t-elle une allergie ?",
        "aucune allergie",
    ),
    "the row of a table": (
        [
            Note(
                "Paramètre      08/03     10/03     Réf.\nSodium         138       137       136-145\n"
                "Potassium      6,1       4,4       3,5-5,0\nCRP            112       48        < 5",
                "resultats_biologie",
            )
        ],
        "Évolution du potassium ?",
        "Potassium",
    ),
    "who did it": (
        dated("Intervention par le Dr Leroy le 10/03.", "Revue par l'interne : plaie propre."),
        "Qui a réalisé l'intervention ?",
        "Dr Leroy",
    ),
    "where the patient goes": (
        dated("Orientation : SMR de Brévanche le 14/03.", "Marche avec déambulateur."),
        "Quelle est l'orientation à la sortie ?",
        "SMR",
    ),
    "what is corrected": (
        dated("Poids déclaré par le patient 85 kg.", "Poids 78 kg à la balance : le 85 était une erreur."),
        "Quel poids retenir ?",
        "78 kg",
    ),
}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("pictures")
    paths = [
        write_dossier(folder, f"{number:010}", [NOISE, LETTER, *notes])
        for number, (notes, _, _) in enumerate(PICTURES.values())
    ]
    with hospital(folder / "home", *paths) as workspace:
        yield workspace


def found(workspace: Workspace, patient: str, question: str) -> Found:
    return retrieve(workspace.retriever, allow(workspace.record, LOCAL, patient), question)


@pytest.mark.parametrize("picture", PICTURES)
def test_the_sentence_that_answers_comes_first(pictured: Workspace, picture: str) -> None:
    _, question, words = PICTURES[picture]
    ranked = found(pictured, f"{list(PICTURES).index(picture):010}", question).ranked
    assert words in ranked[0].candidate.text


def test_scores_go_down_and_ties_have_one_order(pictured: Workspace) -> None:
    result = found(pictured, f"{0:010}", "Quelle est la dernière créatinine ?")
    candidates = [ranked.candidate for ranked in result.ranked]
    nothing = (0.0,) * len(features.NAMES)
    by_score = rank(result.question, result.setting, candidates)
    assert [r.score for r in by_score] == sorted((r.score for r in by_score), reverse=True)
    for seed in range(5):
        shuffled = random.Random(seed).sample(candidates, len(candidates))
        assert rank(result.question, result.setting, shuffled) == by_score
        tied = [r.candidate for r in rank(result.question, result.setting, shuffled, nothing)]
        assert tied == sorted(candidates, key=lambda c: (c.occurrence.document, c.start))


def test_a_passage_has_the_score_of_its_best_sentence(pictured: Workspace) -> None:
    ranked = found(pictured, f"{0:010}", "créatinine").ranked
    passages = rank_passages(ranked)
    assert len({passage.id for passage, _ in passages}) == len(passages)
    assert {p.id for p, _ in passages} == {r.candidate.passage.id for r in ranked}
    for passage, score in passages:
        assert score == max(r.score for r in ranked if r.candidate.passage.id == passage.id)


def test_features_lie_between_minus_one_and_one_and_are_named(pictured: Workspace) -> None:
    for number, (_, question, _) in enumerate(PICTURES.values()):
        for ranked in found(pictured, f"{number:010}", question).ranked:
            assert len(ranked.values) == len(features.NAMES)
            assert all(-1 <= value <= 1 for value in ranked.values)


@pytest.mark.parametrize(("file", "names"), [("ranking.json", features.NAMES), ("answerable.json", answerable.NAMES)])
def test_weights_are_those_of_the_names_and_finite(file: str, names: tuple[str, ...]) -> None:
    content = json.loads(resources.files("assistant").joinpath(file).read_text(encoding="utf-8"))
    assert list(content["weights"]) == list(names)
    assert all(math.isfinite(weight) for weight in content["weights"].values())


def test_a_record_without_passage_has_no_candidate() -> None:
    assert candidates_of([]) == []
