"""Follow-up questions: what they become after the ones before, and what is left alone."""

import pytest

from assistant.conversation import in_context
from assistant.service import REMEMBERED

FOLLOW_UPS = [
    # a time
    ("Quelle était la créatinine en 2024 ?", "et en 2023 ?", "Quelle était la créatinine en 2023 ?"),
    ("Quelle est la dernière kaliémie ?", "et le 12/03 ?", "Quelle est la dernière kaliémie le 12/03 ?"),
    ("Hémoglobine du 18/03/2025 ?", "et le 20 mars 2025 ?", "Hémoglobine le 20 mars 2025 ?"),
    ("dose d'apixaban a l'entree", "et à la sortie ?", "Dose d'apixaban à la sortie ?"),
    ("Quel est le poids à l'entrée ?", "à la sortie ?", "Quel est le poids à la sortie ?"),
    ("Quels antibiotiques a-t-il reçus ?", "et aux urgences ?", "Quels antibiotiques a-t-il reçus aux urgences ?"),
    ("tension à l'admission", "et aujourd'hui", "Tension aujourd'hui ?"),
    ("CRP du 3 mai ?", "ET LE 5 MAI ?", "CRP LE 5 MAI ?"),
    ("Quelle était la glycémie hier ?", "et avant-hier ?", "Quelle était la glycémie avant-hier ?"),
    ("INR en mars 2024 ?", "puis en avril 2024", "INR en avril 2024 ?"),
    ("plaquettes à J1", "et à J3 ?", "Plaquettes à J3 ?"),
    # a topic
    ("Quelle est la dernière kaliémie ?", "et la créatinine ?", "Quelle est la dernière créatinine ?"),
    ("Comment a évolué la créatinine ?", "et l'hémoglobine ?", "Comment a évolué l'hémoglobine ?"),
    ("Quelle est la dose de bisoprolol ?", "et d'apixaban ?", "Quelle est la dose d'apixaban ?"),
    ("Quelle est la dose d'apixaban ?", "et le bisoprolol ?", "Quelle est la dose de bisoprolol ?"),
    ("Pourquoi la warfarine a-t-elle été arrêtée ?", "et le Triatec ?", "Pourquoi le Triatec a-t-elle été arrêtée ?"),
    ("résultat du scanner", "et l'IRM ?", "Résultat de l'IRM ?"),
    ("Résultat de l'échographie ?", "et le Holter ?", "Résultat du Holter ?"),
    ("derniere hb", "et les plaquettes", "Derniere plaquettes ?"),
    ("Est-il allergique à la pénicilline ?", "et au latex ?", "Est-il allergique au latex ?"),
    ("Y a-t-il un diabète ?", "et une HTA ?", "Y a-t-il une HTA ?"),
    ("Quelle était la CRP le 12/03/2025 ?", "et l'INR ?", "Quelle était l'INR le 12/03/2025 ?"),
    ("dose d'apixaban à l'entrée", "et le bisoprolol à la sortie ?", "Dose de bisoprolol à la sortie ?"),
    ("évolution du poids", "idem pour la créatinine", "Évolution de la créatinine ?"),
    ("évolution du poids", "même question pour l'albumine", "Évolution de l'albumine ?"),
    # another topic, of which the same cannot be asked
    ("Quelle est la dose d'apixaban ?", "et la créatinine ?", "La créatinine ?"),
    ("Quel est le traitement de sortie ?", "et les allergies ?", "Les allergies ?"),
    ("Quelle est la dernière créatinine ?", "et le chirurgien ?", "Le chirurgien ?"),
    # something else of the same
    ("La warfarine a-t-elle été arrêtée ?", "pourquoi ?", "Pourquoi la warfarine a-t-elle été arrêtée ?"),
    ("Quand la VNI a-t-elle été débutée ?", "et pourquoi ?", "Pourquoi la VNI a-t-elle été débutée ?"),
    ("Le patient prend-il de l'apixaban ?", "à quelle dose ?", "À quelle dose le patient prend-il de l'apixaban ?"),
    ("Est-elle sous oxygène ?", "Depuis quand ?", "Depuis quand est-elle sous oxygène ?"),
    ("dose d'apixaban à la sortie", "jusqu'à quand ?", "Jusqu'à quand apixaban à la sortie ?"),
    ("Quelle est la posologie du bisoprolol ?", "depuis quand ?", "Depuis quand bisoprolol ?"),
    ("Y a-t-il un PICC line ?", "posé quand ?", "Posé quand (PICC line) ?"),
    ("A-t-il été transfusé ?", "combien de fois ?", "Combien de fois a-t-il été transfusé ?"),
    ("A-t-il été opéré ?", "par qui ?", "Par qui a-t-il été opéré ?"),
    (
        "Est-il allergique à l'amoxicilline ?",
        "quelle réaction ?",
        "Quelle réaction : est-il allergique à l'amoxicilline ?",
    ),
    ("Pourquoi la metformine a-t-elle été arrêtée ?", "quand ?", "Quand la metformine a-t-elle été arrêtée ?"),
    ("Quel est le dernier INR ?", "et la date ?", "La date : le dernier INR ?"),
    ("Apixaban à la sortie ?", "la posologie ?", "La posologie : Apixaban à la sortie ?"),
    # a person
    ("Le patient est-il diabétique ?", "et sa mère ?", "Sa mère est-il diabétique ?"),
    ("A-t-elle un cancer ?", "et dans la famille ?", "A-t-elle un cancer (dans la famille) ?"),
    ("Son père a-t-il eu un AVC ?", "et son frère", "Son frère a-t-il eu un AVC ?"),
    # a pronoun
    ("A-t-il de la warfarine ?", "Pourquoi l'a-t-on arrêtée ?", "Pourquoi l'a-t-on arrêtée (warfarine) ?"),
    ("Le patient est-il sous apixaban ?", "quand a-t-il été débuté ?", "Quand a-t-il été débuté (apixaban) ?"),
    ("A-t-il une sonde urinaire ?", "quand a-t-elle été retirée ?", "Quand a-t-elle été retirée (sonde urinaire) ?"),
    ("dernière kaliémie", "ce résultat a-t-il été contrôlé ?", "Ce résultat a-t-il été contrôlé (kaliémie) ?"),
    ("Prend-il du Kardégic ?", "le prend-il encore ?", "Le prend-il encore (Kardégic) ?"),
    ("MODOPAR ?", "c'est à quelle dose ?", "C'est à quelle dose (MODOPAR) ?"),
]

ALONE = [
    "Quel est le motif d'hospitalisation ?",
    "motif ?",
    "allergies ?",
    "dernière hb connue",
    "Quelle est la date de sortie ?",
    "Combien de temps a duré le séjour ?",
    "A-t-il été opéré ?",
    "Pourquoi la metformine a-t-elle été arrêtée ?",
    "Et quand l'apixaban a-t-il été débuté ?",
    "et l'évolution de la créatinine ?",
    "et la dose de bisoprolol à la sortie ?",
    "Quand est-il sorti ?",
    "rejet ?",
    "Qui est la personne de confiance ?",
    "Y a-t-il un antécédent familial de cancer ?",
    "Quelle est la dernière créatinine ?",
    "creat depuis l'entrée ?",
    "sonde retiree quand ?",
    "Quel germe au final ?",
    "poids reel ?",
    "où habite-t-elle ?",
    "Comment va-t-il ?",
    "Quelle intervention a été réalisée et à quelle date ?",
    "SARM ou SASM ds le scarpa",
    "Une céphalosporine est-elle possible chez ce patient ?",
    "Qui est atteint de polykystose rénale ?",
    "IPP 0004417829 ?",
]

BEFORE = ("Pourquoi la warfarine a-t-elle été arrêtée ?", "Le patient prend-il de l'apixaban à la sortie ?")


@pytest.mark.parametrize(("before", "asked", "expected"), FOLLOW_UPS)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(before: str, asked: str, expected: str) -> None:
    assert in_context(asked, [before]) == expected


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_stands_alone_is_left_as_it_was_asked(question: str) -> None:
    assert in_context(question, BEFORE) == question


@pytest.mark.parametrize("question", [*ALONE, "et en 2023 ?", "pourquoi ?", "et la créatinine ?", " et sa mère ? "])
def test_the_first_question_is_left_as_it_was_asked(question: str) -> None:
    assert in_context(question, []) == question


def test_a_conversation_goes_on() -> None:
    asked = ["Quelle était la créatinine en 2024 ?", "et en 2023 ?", "et la kaliémie ?", "pourquoi ?"]
    told = [in_context(question, asked[:number]) for number, question in enumerate(asked)]
    assert told == [
        "Quelle était la créatinine en 2024 ?",
        "Quelle était la créatinine en 2023 ?",
        "Quelle était la kaliémie en 2023 ?",
        "Pourquoi la kaliémie en 2023 ?",
    ]


def test_a_question_that_stands_alone_begins_a_new_subject() -> None:
    assert in_context("pourquoi ?", ["Dose d'apixaban ?", "La metformine a-t-elle été arrêtée ?"]) == (
        "Pourquoi la metformine a-t-elle été arrêtée ?"
    )


def test_completing_twice_changes_nothing_more() -> None:
    for before, asked, expected in FOLLOW_UPS:
        assert in_context(expected, [before, asked]) == expected


def test_only_the_last_questions_are_leant_on() -> None:
    old = ["Quelle est la dose d'apixaban ?", *(["et en 2023 ?"] * REMEMBERED)]
    assert "apixaban" not in in_context("pourquoi ?", old)
