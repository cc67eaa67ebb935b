"""What a question names, in the words of facts; and which facts are of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.topics import Topic, topics_of
from ingestion.facts.types import Fact, Kind
from ingestion.normalise import fold

# A question, and what it names: kind and name.
NAMED = [
    ("Quelle est la dernière créatinine ?", "measurement creatinine"),
    ("creat", "measurement creatinine"),
    ("derniere creatinne", "measurement creatinine"),
    ("hb a la sortie", "measurement hemoglobin"),
    ("HEMOGLOBINE ?", "measurement hemoglobin"),
    ("kaliemie", "measurement potassium"),
    ("K+ ?", "measurement potassium"),
    ("k+ du 12/03", "measurement potassium"),
    ("fevg", "measurement lvef"),
    ("FC a l'entree", "measurement heart_rate"),
    ("poids actuel", "measurement weight"),
    ("PAS DE TRAITEMENT A LA SORTIE ?", ""),
    ("dose de Lasilix", "medication furosemide"),
    ("furosémide", "medication furosemide"),
    ("arret eliquis ?", "medication apixaban"),
    ("Quel antibiotique ?", "medication antibiotique"),
    ("a-t-il un diabète", "problem diabete"),
    ("EST-IL DIABETIQUE", "problem diabete"),
    ("avc ?", "problem accident vasculaire cerebral"),
    # "FA 120/min" tells a heart rate; a question on FA asks for the disease.
    ("A-t-il une FA ?", "problem fibrillation atriale"),
    ("a til une fibrillation auriculaire", "problem fibrillation atriale"),
    ("A-t-il été transfusé ?", "transfusion transfusion"),
    ("a t il ete transfuse", "transfusion transfusion"),
    ("A T IL ETE TRANSFUSE", "transfusion transfusion"),
    ("porteur de BMR ?", "microorganism bacterie multiresistante"),
    ("chambre implantable posée quand ?", "device chambre implantable"),
    ("allergie au latex", "allergy latex"),
    ("ALLERGIQUE A L'IODE ?", "allergy iode"),
    ("Intolérance aux fruits de mer ?", "allergy fruits de mer"),
    ("allergie pénicilline", "medication penicilline"),
    # An allergen is one only where allergies are asked about.
    ("ablation du sparadrap, gants en latex", ""),
    ("Quel est le motif d'hospitalisation ?", ""),
    ("où va-t-il ?", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "named"), NAMED)
def test_what_a_question_names(text: str, named: str) -> None:
    kind, _, name = named.partition(" ")
    assert [(topic.kind, topic.name) for topic in topics_of(text)] == ([(kind, name)] if named else [])


@pytest.mark.parametrize(
    "text",
    ["évolution de la créatinine et de la CRP sous ceftriaxone", "Allergie à l'amoxicilline ou à l'iode ? FA, AVC ?"],
)
def test_accents_and_capitals_change_nothing(text: str) -> None:
    named = {(topic.kind, topic.name) for topic in topics_of(text)}
    assert len(named) >= 3
    for written in (fold(text), text.upper(), fold(text).upper()):
        assert {(topic.kind, topic.name) for topic in topics_of(written)} == named


def test_each_thing_is_named_once() -> None:
    topics = topics_of("Lasilix ou furosémide ? Créatinine, creat ?")
    assert [(topic.kind, topic.name) for topic in topics] == [
        ("medication", "furosemide"),
        ("measurement", "creatinine"),
    ]


@given(st.text(max_size=60))
def test_any_text_has_topics_within_it(text: str) -> None:
    for topic in topics_of(text):
        start, end = topic.span
        assert 0 <= start < end <= len(text)
        assert topic.name not in repr(topic)


# A question, a fact (kind and name), and whether the fact is of what the question names.
COVERED: list[tuple[str, Kind, str, bool]] = [
    ("antibiotique ?", "medication", "ceftriaxone", True),
    ("ceftriaxone ?", "medication", "antibiotique", False),
    ("ceftriaxone ?", "medication", "cefotaxime", False),
    ("amoxicilline", "medication", "amoxicilline+acide clavulanique", True),
    ("prednisone", "medication", "prednisolone", False),
    ("allergie à la pénicilline", "allergy", "penicilline", True),
    ("allergie à l'amoxicilline", "allergy", "penicilline", True),
    ("pénicilline ?", "allergy", "amoxicilline", True),
    ("allergie au latex", "allergy", "latex", True),
    ("allergie au latex", "allergy", "iode", False),
    ("allergie au latex", "allergy", "penicilline", False),
    ("diabète ?", "problem", "diabete", True),
    ("diabète ?", "problem", "diabete de type 2", True),
    ("diabète de type 2 ?", "problem", "diabete", False),
    ("HTA ?", "problem", "hypertension arterielle pulmonaire", False),
    ("scanner", "imaging", "scanner thorax", True),
    ("personne de confiance ?", "directive", "trusted_person", True),
    ("directives anticipées", "directive", "trusted_person", False),
    ("fume-t-il du tabac", "social", "tobacco", True),
    ("créatinine", "measurement", "creatinine", True),
    ("créatinine", "measurement", "creatinine_clearance", False),
    ("créatinine", "medication", "creatinine", False),
]


@pytest.mark.parametrize(("text", "kind", "name", "covered"), COVERED)
def test_which_facts_are_of_a_topic(text: str, kind: Kind, name: str, covered: bool) -> None:
    fact = Fact(kind, name, name, start=0, end=len(name))
    assert any(topic.covers(fact) for topic in topics_of(text)) is covered


def test_a_topic_knows_its_place() -> None:
    text = "dose de Lasilix ?"
    assert topics_of(text) == (Topic("medication", "furosemide", (8, 15)),)
