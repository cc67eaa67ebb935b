"""Stories of one patient, ingested and asked through the real service: what exact answers say, and never say."""

from collections.abc import Iterator

import pytest

from assistant.bootstrap import Workspace
from assistant.local import LocalService
from assistant.types import LOCAL, Answer, Done
from tests.assistant.hospital import Note, hospital, write_dossier

STAY, APART, SILENT = "0000000001", "0000000002", "0000000003"

STORIES = {
    STAY: [
        Note(
            "Motif : dyspnée fébrile.\nATCD : HTA, FA. Pas de diabète.\n"
            "Antécédents familiaux : père décédé d'un infarctus du myocarde à 52 ans, mère asthmatique.\n"
            "Allergies : pénicilline (urticaire géante).\n"
            "Traitement habituel : bisoprolol 2,5 mg le matin ; pantoprazole 20 mg le soir ; metformine 500 mg.",
            "observation_entree",
            "2025-05-02T11:00:00",
        ),
        Note("Créatinine : 182 µmol/L\nPotassium : 5,9 mmol/L", "resultats_biologie", "2025-05-02T12:00:00"),
        Note(
            "Échantillon hémolysé : le potassium à 5,9 mmol/L du 02/05 est rejeté. Contrôle : potassium 4,1 mmol/L.",
            date="2025-05-03T08:00:00",
        ),
        Note("Créatinine : 141 µmol/L", "resultats_biologie", "2025-05-04T07:00:00"),
        Note(
            "Pas d'embolie pulmonaire à l'angioscanner. Pas de transfusion pendant le séjour.\n"
            "Metformine arrêtée devant l'insuffisance rénale aiguë.\nHémocultures : résultat en attente.",
            date="2025-05-05T15:00:00",
        ),
        Note("Créatinine : 104 µmol/L", "resultats_biologie", "2025-05-06T07:00:00"),
        Note(
            "1. BISOPROLOL 5 mg : 1 cp le matin\n2. APIXABAN 5 mg : 1 cp matin et soir\n"
            "3. FUROSEMIDE 40 mg : 1 cp le matin",
            "ordonnance_sortie",
            "2025-05-08T10:00:00",
        ),
    ],
    APART: [
        Note("Allergies : iode (œdème de Quincke).", "observation_entree", "2025-05-02T11:00:00"),
        Note("Poids : 81 kg.", "note_infirmiere", "2025-05-05T08:00:00"),
        Note("Pas d'allergie connue.", "note_infirmiere", "2025-05-06T08:00:00"),
        Note("Poids du 05/05 : 61 kg.", date="2025-05-07T08:00:00"),
    ],
    SILENT: [
        Note("Motif : chute. Vit seule. Antécédents familiaux : mère diabétique, père épileptique."),
        Note("Sous ramipril 5 mg le matin. Marche avec une canne.", date="2025-03-12T10:00:00"),
    ],
}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("stories")
    paths = [write_dossier(folder, ipp, notes) for ipp, notes in STORIES.items()]
    with hospital(folder / "home", *paths) as workspace:
        yield workspace


def ask(workspace: Workspace, patient: str, question: str) -> Answer:
    *_, done = LocalService(workspace).ask(LOCAL, patient, question)
    assert isinstance(done, Done)
    return done.answer


def document(patient: str, number: int) -> str:
    return f"{patient}-D{number}"


# --- values and courses ---------------------------------------------------------------------------------

COURSES = [
    "Quelle est l'évolution de la créatinine ?",
    "EVOLUTION CREATININE",
    "evolution creat",
    "courbe de la creatinne",
]


@pytest.mark.parametrize("question", COURSES)
def test_an_evolution_is_one_statement_with_one_citation_and_one_point_for_each_value(
    stories: Workspace, question: str
) -> None:
    said = ask(stories, STAY, question)
    (statement,) = said.statements
    assert said.answer == "Créatinine (µmol/L) : 182 (02/05/2025), 141 (04/05/2025), 104 (06/05/2025)."
    assert [citation.document for citation in statement.citations] == [document(STAY, n) for n in (2, 4, 6)]
    (series,) = said.series
    assert (series.name, series.unit) == ("Créatinine", "µmol/L")
    assert [(point.date[:10], point.number) for point in series.points] == [
        ("2025-05-02", 182),
        ("2025-05-04", 141),
        ("2025-05-06", 104),
    ]
    for point in series.points:
        citation = said.statements[point.statement].citations[point.citation]
        assert citation.quote == f"Créatinine : {point.value}"
        assert citation.date[:10] == point.date[:10]


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Quelle est la dernière créatinine ?", "Créatinine : 104 µmol/L (06/05/2025)."),
        ("DERNIERE CREATININE", "Créatinine : 104 µmol/L (06/05/2025)."),
        ("creatinine a l'entree", "Créatinine : 182 µmol/L (02/05/2025)."),
        ("Créatinine le 04/05 ?", "Créatinine : 141 µmol/L (04/05/2025)."),
    ],
)
def test_the_value_that_is_meant_comes_first(stories: Workspace, question: str, opening: str) -> None:
    said = ask(stories, STAY, question)
    assert said.answer.startswith(opening)
    assert len(said.statements[0].citations) == 1
    assert said.series == ()


@pytest.mark.parametrize("question", ["Quelle est la dernière kaliémie ?", "derniere kaliemie", "POTASSIUM ?"])
def test_a_rejected_value_is_only_told_as_rejected(stories: Workspace, question: str) -> None:
    said = ask(stories, STAY, question)
    assert said.statements[0].text == "Potassium : 4,1 mmol/L (03/05/2025)."
    assert all("rejeté" in statement.text for statement in said.statements if "5,9" in statement.text)


# --- yes and no -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Le patient a-t-il un diabète ?", "Pas de diabète"),
        ("EST-IL DIABETIQUE ?", "Pas de diabète"),
        ("a-t-il une embolie pulmonaire", "Pas d'embolie pulmonaire"),
        ("A-t-il été transfusé ?", "Pas de transfusion"),
    ],
)
def test_no_is_said_with_the_words_that_deny(stories: Workspace, question: str, words: str) -> None:
    first, *_ = ask(stories, STAY, question).statements
    assert first.text.startswith("Non : « ")
    assert any(words in citation.quote for citation in first.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Est-elle diabétique ?",
        "Est-elle épileptique ?",
        "A-t-elle été transfusée ?",
        "Est-elle allergique à la pénicilline ?",
        "EST ELLE ALLERGIQUE ?",
        "A-t-elle une maladie de Crohn ?",
        "Prend-elle de la morphine ?",
        "A-t-elle une embolie pulmonaire ?",
    ],
)
def test_neither_silence_nor_the_family_answers_yes_or_no(stories: Workspace, question: str) -> None:
    said = ask(stories, SILENT, question)
    assert not any(statement.text.startswith(("Oui", "Non")) for statement in said.statements)
    for statement in said.statements:
        assert "familiaux" in statement.text or not {"diabétique", "épileptique"} & set(statement.text.split())


@pytest.mark.parametrize(
    "question",
    ["A-t-elle une maladie de Crohn ?", "Est-elle allergique à la pénicilline ?", "A-t-elle été transfusée ?"],
)
def test_silence_is_told_as_such(stories: Workspace, question: str) -> None:
    said = ask(stories, SILENT, question)
    assert (said.outcome, said.statements) == ("not_in_record", ())
    assert "L'absence de mention ne vaut pas réponse négative." in said.answer


def test_a_disease_of_the_family_is_told_of_the_family(stories: Workspace) -> None:
    for question in ("Antécédents familiaux d'infarctus ?", "ANTECEDENT FAMILIAL D'INFARCTUS"):
        said = ask(stories, STAY, question)
        assert said.answer.startswith("Antécédents familiaux : père décédé d'un infarctus")


@pytest.mark.parametrize(
    "question", ["A-t-il une FA ?", "a til une fibrillation auriculaire", "FIBRILLATION AURICULAIRE ?"]
)
def test_a_disease_is_found_however_it_is_written(stories: Workspace, question: str) -> None:
    said = ask(stories, STAY, question)
    assert said.outcome == "answered"
    assert "FA" in said.statements[0].citations[0].quote


# --- medicines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["Le pantoprazole est-il poursuivi à la sortie ?", "PANTOPRAZOLE A LA SORTIE", "pantoprazole sortie ?"]
)
def test_a_medicine_that_left_the_list_is_said_to_be_absent_from_it_and_no_more(
    stories: Workspace, question: str
) -> None:
    first, *_ = ask(stories, STAY, question).statements
    assert first.text == "pantoprazole : ne figure pas dans l'ordonnance de sortie du 08/05/2025."
    last, *lines = first.citations
    assert (last.document, "pantoprazole" in last.quote) == (document(STAY, 1), True)
    assert [citation.document for citation in lines] == [document(STAY, 7)] * 3
    for name, citation in zip(("BISOPROLOL", "APIXABAN", "FUROSEMIDE"), lines, strict=True):
        assert name in citation.quote


@pytest.mark.parametrize("question", ["Pourquoi la metformine a-t-elle été arrêtée ?", "pq arret metformine"])
def test_why_a_medicine_was_stopped_is_told_by_what_stops_it(stories: Workspace, question: str) -> None:
    said = [statement.text for statement in ask(stories, STAY, question).statements]
    assert "Metformine arrêtée devant l'insuffisance rénale aiguë. (note d'évolution, 05/05/2025)" in said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quelle dose de bisoprolol à la sortie ?", "BISOPROLOL 5 mg : 1 cp le matin"),
        ("DOSE ELIQUIS SORTIE", "APIXABAN 5 mg : 1 cp matin et soir"),
        ("dose apixban sortie", "APIXABAN 5 mg : 1 cp matin et soir"),
    ],
)
def test_the_dose_at_discharge_is_that_of_the_prescription(stories: Workspace, question: str, words: str) -> None:
    first, *others = ask(stories, STAY, question).statements
    assert words in first.text
    assert not any("2,5 mg" in other.text for other in others)


# --- both sides, and what is to come --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Quel est le poids ?", ("Poids : 81 kg.", "Poids du 05/05 : 61 kg.")),
        ("POIDS", ("Poids : 81 kg.", "Poids du 05/05 : 61 kg.")),
        ("Est-il allergique à l'iode ?", ("iode (œdème de Quincke)", "Pas d'allergie connue.")),
        ("allergies ?", ("iode (œdème de Quincke)", "Pas d'allergie connue.")),
    ],
)
def test_both_sides_of_a_contradiction_are_shown_and_marked(
    stories: Workspace, question: str, sides: tuple[str, str]
) -> None:
    said = ask(stories, APART, question)
    assert said.conflicts == ((0, 1),)
    for words, statement in zip(sides, said.statements, strict=False):
        assert words in statement.text
        assert statement.verdict == "supported"
    documents = [statement.citations[0].document for statement in said.statements[:2]]
    assert len(set(documents)) == 2


def test_where_nothing_contradicts_no_conflict_is_told(stories: Workspace) -> None:
    for question in (*COURSES, "Est-il diabétique ?", "derniere kaliemie", "allergies"):
        assert ask(stories, STAY, question).conflicts == ()


@pytest.mark.parametrize(
    "question", ["Résultat des hémocultures ?", "RESULTAT HEMOCULTURES", "resultas des hemocultures"]
)
def test_a_result_to_come_is_awaited(stories: Workspace, question: str) -> None:
    said = ask(stories, STAY, question)
    assert (said.outcome, said.abstained) == ("awaited", True)
    (statement,) = said.statements
    assert "résultat en attente" in statement.text


@pytest.mark.parametrize("patient", STORIES)
@pytest.mark.parametrize(
    "question", [*COURSES, "allergies", "Est-il diabétique ?", "metformine à la sortie ?", "poids"]
)
def test_every_citation_is_the_text_of_a_document_of_the_patient(
    stories: Workspace, patient: str, question: str
) -> None:
    texts = {document(patient, number): note.text for number, note in enumerate(STORIES[patient], start=1)}
    said = ask(stories, patient, question)
    for statement in said.statements:
        assert statement.citations
        for citation in statement.citations:
            assert texts[citation.document][citation.start : citation.end] == citation.quote
            for place in citation.also:
                assert texts[place.document][place.start : place.end] == citation.quote
    for series in said.series:
        for point in series.points:
            assert point.citation < len(said.statements[point.statement].citations)
