"""What a question asks for (intents) and what it is about (terms), in full sentences and in telegraphic style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import understand
from ingestion.normalise import fold

# A question, the intents that it must show (others may come with them), and what it is about.
QUESTIONS = [
    ("Quelle est la dernière créatinine ?", "last value", "créatinine"),
    ("derniere creat", "last", "creat"),
    ("Créatinine à la sortie ?", "last", "Créatinine"),
    ("quel est le poids actuel", "last value", "poids"),
    ("Combien pèse la patiente ?", "value", "pèse"),
    ("Quelle est la FEVG ?", "value", "FEVG"),
    ("resultat tdm", "value", "tdm"),
    ("score de Glasgow", "value", "score de Glasgow"),
    ("Taille de la prothèse ?", "value", "Taille prothèse"),
    ("Pourquoi le ramipril a-t-il été arrêté ?", "reason stopping", "ramipril arrêté"),
    ("pq arret bisoprolol", "reason stopping", "arret bisoprolol"),
    ("Motif d'hospitalisation ?", "reason", "Motif d'hospitalisation"),
    ("Quelle est la cause de l'anémie ?", "reason", "anémie"),
    ("Pour quelle raison a-t-il été transfusé ?", "reason administered", "transfusé"),
    ("Pourquoi ne prend-il plus de metformine ?", "reason stopping", "metformine"),
    ("Quand a eu lieu la coronarographie ?", "date", "coronarographie"),
    ("date de la pose de prothese", "date", "prothese"),
    ("Depuis quand prend-elle de l'apixaban ?", "date", "apixaban"),
    ("duree de l'antibiotherapie", "date medication", "antibiotherapie"),
    ("Date du prochain rendez-vous ?", "date follow_up", "rendez-vous"),
    ("rdv cardio", "date follow_up", "rdv cardio"),
    ("À quelle heure est née l'enfant ?", "date", "née"),
    ("Quelle dose d'apixaban ?", "dose medication", "apixaban"),
    ("poso lasilix", "dose medication", "lasilix"),
    ("À combien est la morphine ?", "dose value", "morphine"),
    ("dose enoxaparine a la sortie", "dose last medication", "enoxaparine"),
    ("Comment a évolué la CRP ?", "evolution", "CRP"),
    ("evolution crp", "evolution", "crp"),
    ("cinétique de la troponine", "evolution", "troponine"),
    ("Quelle est l'évolution de la natrémie au cours du séjour ?", "evolution", "natrémie"),
    ("Est-elle allergique à la pénicilline ?", "allergy yes_no", "allergique pénicilline"),
    ("allergies", "allergy", "allergies"),
    ("Y a-t-il une intolérance médicamenteuse ?", "allergy yes_no", "intolérance"),
    ("Fume-t-il ?", "yes_no", "Fume"),
    ("A-t-il un diabète ?", "yes_no", "diabète"),
    ("Y a-t-il eu une embolie pulmonaire ?", "yes_no", "embolie pulmonaire"),
    ("La patiente a-t-elle été transfusée ?", "yes_no administered", "transfusée"),
    ("Le bébé reçoit-il de la caféine ?", "yes_no", "caféine"),
    ("Qui est le médecin traitant ?", "person", "médecin traitant"),
    ("qui a opéré", "person", "opéré"),
    ("Quel chirurgien a posé la prothèse ?", "person", "chirurgien prothèse"),
    ("Où va le patient à la sortie ?", "place last", ""),
    ("destination", "place", "destination"),
    ("Quel service l'accueille ?", "place", "service"),
    ("Antécédents familiaux de cancer ?", "family antecedent", "cancer"),
    ("Le père a-t-il fait un infarctus ?", "family yes_no", "père infarctus"),
    ("Sa mère est-elle diabétique ?", "family yes_no", "mère diabétique"),
    ("Quels sont les antécédents ?", "antecedent list", "antécédents"),
    ("atcd chir", "antecedent", "atcd chir"),
    ("A-t-elle déjà été opérée ?", "antecedent yes_no", "opérée"),
    ("Quels traitements à l'entrée ?", "medication list", "traitements à l'entrée"),
    ("ttt de sortie", "medication last", "ttt"),
    ("ordonnance", "medication", "ordonnance"),
    ("Quels antibiotiques a-t-il reçus ?", "medication list administered", "antibiotiques"),
    ("ATB recus", "administered", "ATB"),
    ("Liste des médicaments arrêtés", "list medication stopping", "médicaments arrêtés"),
    ("Le tramadol figure-t-il encore sur l'ordonnance ?", "stopping medication", "tramadol"),
    ("Quels examens sont en attente ?", "list", "examens en attente"),
    ("Quelles sont les consignes de suivi ?", "follow_up list", "suivi"),
    ("surveillance prevue", "follow_up", ""),
    ("Gauche ou droite ?", "contradiction", "Gauche droite"),
    ("Le potassium à 6,1 est-il réel ?", "contradiction yes_no", "potassium 6,1"),
    ("Quelle valeur retenir pour le poids ?", "contradiction value", "poids"),
    ("Est-ce une erreur ?", "contradiction", "erreur"),
    ("Hb le 12/03 ?", "", "Hb"),
    ("EP ?", "yes_no", "EP"),
    ("transfusée ?", "yes_no", "transfusée"),
    ("dose de bisoprolol à l'entrée", "dose entry medication", "bisoprolol"),
    ("Traitement habituel ?", "entry medication", ""),
    ("Que prenait-elle au domicile ?", "entry", ""),
    ("TRAITEMENT DE SORTIE", "discharge medication", ""),
    ("tramadol sortie ?", "discharge", "tramadol"),
    ("Le tramadol est-il reconduit ?", "discharge stopping", "tramadol"),
]
# A question, and an intent that it must not show.
NOT_ASKED = [
    ("Quelle est la dernière créatinine ?", "reason"),
    ("Quelle est la dernière créatinine ?", "family"),
    ("Pourquoi le ramipril a-t-il été arrêté ?", "value"),
    ("Fume-t-il ?", "date"),
    ("Quelle dose d'apixaban ?", "allergy"),
    ("Comment a évolué la CRP ?", "last"),
    ("Qui est le médecin traitant ?", "place"),
    ("allergies", "medication"),
    ("créatinine ?", "yes_no"),
    ("EP", "yes_no"),
    ("dose de bisoprolol à l'entrée", "discharge"),
    ("Quelle dose de bisoprolol à la sortie ?", "entry"),
    ("Comment a évolué la CRP ?", "discharge"),
]


@pytest.mark.parametrize(("text", "intents", "about"), QUESTIONS)
def test_intents_and_terms(text: str, intents: str, about: str) -> None:
    question = understand(text)
    assert set(intents.split()) <= question.intents
    terms = " ".join(term.surface for term in question.terms)
    assert all(word in terms for word in about.split())


@pytest.mark.parametrize(("text", "intents", "about"), QUESTIONS)
def test_accents_and_capitals_change_nothing(text: str, intents: str, about: str) -> None:
    plain = fold(text)
    assert understand(plain).intents == understand(text).intents
    assert [fold(t.surface) for t in understand(plain).terms] == [fold(t.surface) for t in understand(text).terms]


@pytest.mark.parametrize(("text", "intent"), NOT_ASKED)
def test_intents_that_are_not_there(text: str, intent: str) -> None:
    assert intent not in understand(text).intents


def test_words_that_frame_a_question_are_not_what_it_is_about() -> None:
    question = understand("Quel est le résultat de la dernière TDM réalisée pendant le séjour ?")
    assert [term.surface for term in question.terms] == ["TDM"]
    assert {"résultat", "dernière", "réalisée"} <= {term.surface for term in question.framing}


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Hb le 12/03 ?", {"d0312"}),
        ("kaliémie du 12/02/2025", {"d20250212"}),
        ("motif d'hospitalisation en février 2025", {"m202502"}),
        ("CRP la plus récente", set()),
    ],
)
def test_dates_say_when_and_are_no_words_to_find(text: str, dates: set[str]) -> None:
    question = understand(text)
    assert question.dates == dates
    assert not any(term.kind == "date" for term in question.terms)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hb le 12/03 ?", {"0312"}),
        ("kaliémie du 12/02/2025", {"0212"}),
        ("CRP du 3 mai et du 2025-05-06", {"0503", "0506"}),
        ("créatinine en février 2025", set()),
        ("CRP la plus récente", set()),
    ],
)
def test_days_are_known_without_their_year(text: str, days: set[str]) -> None:
    assert understand(text).days == days


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Pourquoi le ramipril a-t-il été arrêté ?", [("medication", "ramipril")]),
        ("évolution creat et crp", [("measurement", "creatinine"), ("measurement", "crp")]),
        ("EST-IL DIABETIQUE ?", [("problem", "diabete")]),
        ("Quel est le motif d'hospitalisation ?", []),
    ],
)
def test_a_question_holds_its_topics(text: str, named: list[tuple[str, str]]) -> None:
    assert [(topic.kind, topic.name) for topic in understand(text).topics] == named


def test_the_topics_that_a_term_names() -> None:
    question = understand("Une embolie pulmonaire sous apixaban, avec quelle fièvre au scanner ?")
    named = {term.surface: {question.topics[n].kind for n in question.topics_of(term)} for term in question.terms}
    assert named["apixaban"] == {"medication"}
    assert named["embolie pulmonaire"] == {"problem"}
    assert "medication" not in named["scanner"]


@given(st.text(max_size=80))
def test_any_text_is_a_question_and_its_repr_does_not_show_it(text: str) -> None:
    question = understand(text)
    assert question.text == text
    assert repr(question) == f"Question({len(text)} characters, intents={sorted(question.intents)})"
