"""Summaries of invented records: nothing critical left out, nothing that no longer holds, every sentence proven."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chart import Chart
from assistant.errors import UsageError
from assistant.overviews import Summary
from assistant.summary import MOST_WORDS, silence, specialty_labels, summarise
from assistant.summary.tables import alert_rank, measures_of, parts, specialties_of, specialty_named
from assistant.types import Statement
from assistant.verify import verify
from ingestion.facts.types import Fact
from tests.assistant.charts import Spell, chart_of
from tests.assistant.hospital import Note

ALWAYS = (
    "Allergies et intolérances",
    "Traitement en cours",
    "Dispositifs et matériel implanté",
    "Bactéries multirésistantes",
    "Limitation de soins et volontés",
    "Résultats attendus",
)

ADMISSION = Note(
    "OBSERVATION D'ENTRÉE\n\nMotif : décompensation cardiaque.\n\n"
    "Allergies : pénicilline (œdème de Quincke en 2011).\n\n"
    "Antécédents :\n- fibrillation auriculaire\n- diabète de type 2\n- prothèse totale de hanche droite (2016)\n\n"
    "Antécédents familiaux : mère diabétique.\n\n"
    "Mode de vie : vit seule, aide ménagère deux fois par semaine.\n\n"
    "Personne de confiance : sa fille.\n\n"
    "Poids : 71,2 kg\n",
    "observation_entree",
    "2025-03-03T10:00:00",
    "Observation d'entrée",
)
RESULTS = Note(
    "RÉSULTATS DE BIOLOGIE du 04/03/2025\n\nCréatinine : 148 µmol/L\nPotassium : 4,6 mmol/L\nHémoglobine : 11,2 g/dL\n",
    "resultats_biologie",
    "2025-03-04T08:00:00",
    "Biologie",
)
LATER = Note(
    "RÉSULTATS DE BIOLOGIE du 10/03/2025\n\nCréatinine : 112 µmol/L\nPotassium : 4,1 mmol/L\n",
    "resultats_biologie",
    "2025-03-10T08:00:00",
    "Biologie",
)
FOLLOWED = Note(
    "Insuffisance cardiaque en cours de compensation, poids 66,4 kg ce jour.\n"
    "Écouvillon rectal : portage de E. coli BLSE, précautions contact.\n"
    "Décision collégiale : pas de transfert en réanimation.\n"
    "Amiodarone arrêtée ce jour (bradycardie).\n",
    "note_evolution",
    "2025-03-10T10:00:00",
    "Note d'évolution",
)
PRESCRIBED = Note(
    "ORDONNANCE DE SORTIE\n\n"
    "1) APIXABAN 5 mg : 1 comprimé matin et soir\n"
    "2) INSULINE GLARGINE (LANTUS) : 16 UI le soir\n"
    "3) FUROSÉMIDE 40 mg : 1 comprimé le matin\n"
    "4) BISOPROLOL 2,5 mg : 1 comprimé le matin\n\n"
    "En attente : Holter ECG, résultat à récupérer.\n\n"
    "Consultation de cardiologie le 14/04/2025 à 10h.\n",
    "ordonnance_sortie",
    "2025-03-12T11:00:00",
    "Ordonnance de sortie",
)
WHOLE = (ADMISSION, RESULTS, FOLLOWED, LATER, PRESCRIBED)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chart]:
    with chart_of(tmp_path_factory.mktemp("chart"), WHOLE) as opened:
        yield opened


def said(summary: Summary, title: str) -> str:
    """Return what a section says, on one line a statement."""
    return "\n".join(s.text for section in summary.sections if section.title == title for s in section.statements)


def statements(summary: Summary) -> list[Statement]:
    return [statement for section in summary.sections for statement in section.statements]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Allergies et intolérances", "pénicilline"),
        ("Allergies et intolérances", "œdème de Quincke"),
        ("Traitement en cours", "APIXABAN 5 mg"),
        ("Traitement en cours", "GLARGINE"),
        ("Traitement en cours", "FUROSÉMIDE 40 mg"),
        ("Dispositifs et matériel implanté", "hanche droite"),
        ("Bactéries multirésistantes", "BLSE"),
        ("Limitation de soins et volontés", "pas de transfert en réanimation"),
        ("Limitation de soins et volontés", "Personne de confiance"),
        ("Résultats attendus", "Holter"),
        ("Dernier séjour", "Médecine interne"),
        ("Traitements arrêtés ou modifiés", "Amiodarone arrêtée"),
        ("Mode de vie et autonomie", "vit seule"),
        ("Antécédents familiaux", "mère diabétique"),
        ("Suivi prévu", "14/04/2025"),
    ],
)
def test_each_part_says_what_belongs_to_it(chart: Chart, title: str, expected: str) -> None:
    assert expected in said(summarise(chart), title)


def test_what_must_never_be_missed_stands_on_top_in_order(chart: Chart) -> None:
    titles = [section.title for section in summarise(chart).sections]
    top = [title for title in titles if title in ALWAYS]
    assert top == list(ALWAYS)
    assert titles.index("Résultats attendus") < titles.index("Dernier séjour")


def test_high_alert_medicines_come_first(chart: Chart) -> None:
    lines = said(summarise(chart), "Traitement en cours").splitlines()
    assert [next(word for word in ("APIXABAN", "GLARGINE") if word in line) for line in lines[:2]] == [
        "APIXABAN",
        "GLARGINE",
    ]


def test_a_measure_is_told_with_its_earlier_values(chart: Chart) -> None:
    told = "\n".join(statement.text for statement in statements(summarise(chart)))
    assert "Créatinine : 112 µmol/L (10/03/2025), et avant cela 148 µmol/L (04/03/2025)" in told


def test_every_statement_is_proven_by_exact_citations(chart: Chart) -> None:
    told = statements(summarise(chart))
    assert told
    for statement in told:
        assert statement.verdict == "supported"
        assert statement.citations
        for citation in statement.citations:
            if citation.document.startswith("record:"):
                assert (citation.start, citation.end) == (0, 0)
            else:
                assert chart.archive.text(citation.document)[citation.start : citation.end] == citation.quote
        if not statement.citations[0].document.startswith("record:"):
            assert verify(statement.text, statement.citations, chart.archive.text).verdict == "supported"


def test_it_says_on_what_it_rests(chart: Chart) -> None:
    summary = summarise(chart)
    assert summary.sources.documents == len(WHOLE)
    assert summary.sources.newest == "2025-03-12T11:00:00"
    assert summary.as_of == "2026-03-04T09:00:00"


def test_an_empty_record_says_its_silence_and_invents_nothing(tmp_path: Path) -> None:
    with chart_of(tmp_path, [Note("Rien à signaler ce jour.", date="2025-03-10T10:00:00")], ()) as chart:
        summary = summarise(chart)
    assert statements(summary) == []
    assert [section.title for section in summary.sections][: len(ALWAYS)] == list(ALWAYS)
    for section in summary.sections:
        assert silence(section.title).startswith("Le dossier ne dit rien")


@pytest.mark.parametrize(
    ("notes", "wrong", "right"),
    [
        pytest.param(
            ("Potassium : 6,8 mmol/L (prélèvement hémolysé, non valide).", "Potassium : 4,2 mmol/L."),
            "6,8 mmol/L",
            "4,2",
            id="haemolysed",
        ),
        pytest.param(
            ("Traitement : warfarine 5 mg le soir.", "Warfarine arrêtée définitivement."),
            "warfarine 5 mg le soir",
            "",
            id="stopped",
        ),
        pytest.param(
            ("Pneumopathie basale droite suspectée.", "Scanner : pneumopathie éliminée."),
            "suspectée",
            "",
            id="ruled out",
        ),
    ],
)
def test_what_no_longer_holds_is_not_shown_as_current(
    tmp_path: Path, notes: tuple[str, str], wrong: str, right: str
) -> None:
    dated = [Note(text, date=f"2025-03-0{day}T10:00:00") for day, text in enumerate(notes, start=4)]
    with chart_of(tmp_path, dated) as chart:
        summary = summarise(chart)
    current = "\n".join(
        statement.text
        for section in summary.sections
        if section.title != "Traitements arrêtés ou modifiés"
        for statement in section.statements
        if not statement.text.startswith(notes[1][:8])  # the correction itself may be quoted
    )
    assert wrong not in current
    assert right in "\n".join(statement.text for statement in statements(summary))


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("ALLERGIE : LATEX", "Allergies et intolérances", "LATEX"),
        ("Allergies : [x] oui [ ] non   Préciser : iode (urticaire)", "Allergies et intolérances", "iode"),
        ("Aucune allergie connue.", "Allergies et intolérances", "Aucune allergie connue"),
        ("Porteuse d'un pacemaker double chambre depuis 2018.", "Dispositifs et matériel implanté", "pacemaker"),
        ("PAC sous-clavière droite en place.", "Dispositifs et matériel implanté", "PAC"),
        ("Directives anticipées rédigées, dans le dossier.", "Limitation de soins et volontés", "Directives"),
        ("LATA décidée en réunion le 05/03.", "Limitation de soins et volontés", "LATA"),
        ("Anatomopathologie : résultat en attente.", "Résultats attendus", "Anatomopathologie"),
        ("Portage SARM nasal connu.", "Bactéries multirésistantes", "SARM"),
        ("Traitement : tacrolimus (PROGRAF) 2 mg matin et soir.", "Traitement en cours", "2 mg"),
        ("ttt : XARELTO 20 mg 1/j", "Traitement en cours", "XARELTO 20 mg"),
    ],
)
def test_critical_items_of_other_styles(tmp_path: Path, text: str, title: str, expected: str) -> None:
    with chart_of(tmp_path, [Note(text, "observation_entree", "2025-03-04T10:00:00")]) as chart:
        assert expected in said(summarise(chart), title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Précautions contact maintenues jusqu'à la sortie.", "Bactéries multirésistantes"),
        ("Myélogramme prélevé hier, lecture en cours.", "Résultats attendus"),
        ("Le dossier allergie est à compléter avec la famille.", "Allergies et intolérances"),
    ],
)
def test_a_line_that_nothing_was_made_of_is_quoted_rather_than_silenced(tmp_path: Path, text: str, title: str) -> None:
    with chart_of(tmp_path, [Note(text, date="2025-03-04T10:00:00")]) as chart:
        assert text in said(summarise(chart), title)


@pytest.mark.parametrize("text", ["En attente de place en SMR.", "Rendez-vous avec l'allergologue en mai."])
def test_words_that_only_look_critical(tmp_path: Path, text: str) -> None:
    with chart_of(tmp_path, [Note(text, date="2025-03-04T10:00:00")]) as chart:
        summary = summarise(chart)
    assert text not in "\n".join(said(summary, title) for title in ALWAYS)


def test_two_implants_of_one_name_are_both_told(tmp_path: Path) -> None:
    notes = [
        Note("Antécédents : prothèse totale de hanche droite en 2012.", "observation_entree", "2025-03-03T10:00:00"),
        Note(
            "Mise en place d'une prothèse totale de hanche gauche, réf. HX-54, lot 24K1187.",
            "compte_rendu_operatoire",
            "2025-03-04T10:00:00",
        ),
    ]
    with chart_of(tmp_path, notes) as chart:
        told = said(summarise(chart), "Dispositifs et matériel implanté")
    assert "24K1187" in told
    assert "droite en 2012" in told


def test_a_long_record_keeps_to_two_pages_and_cuts_nothing_critical(tmp_path: Path) -> None:
    talk = [
        Note(
            f"Ce jour {day}, dyspnée, œdèmes des membres inférieurs, fièvre et douleur thoracique modérée, "
            f"toux productive, patiente asthénique, reprise de la marche prudente avec l'équipe. Lot {day}.\n"
            f"Échographie du {day:02}/03 : épanchement pleural droit minime, stable, sans argument pour autre chose.\n"
            f"Consultation de pneumologie n{day} à programmer dans {day} semaines avec une radiographie du thorax.\n",
            date=f"2025-03-{day:02}T12:00:00",
        )
        for day in range(4, 12)
    ]
    with chart_of(tmp_path, [*WHOLE, *talk]) as chart:
        summary = summarise(chart)
    words = sum(len(statement.text.split()) for statement in statements(summary))
    assert words <= MOST_WORDS
    assert "pénicilline" in said(summary, "Allergies et intolérances")
    assert "BLSE" in said(summary, "Bactéries multirésistantes")


def test_a_specialty_puts_its_own_first(chart: Chart) -> None:
    titles = [section.title for section in summarise(chart, "cardio").sections]
    assert "Pour la spécialité : cardiologie" in titles
    assert titles.index("Pour la spécialité : cardiologie") > titles.index("Résultats attendus")
    assert "Insuffisance cardiaque" in said(summarise(chart, "Cardiologie"), "Pour la spécialité : cardiologie")
    assert "Créatinine" in said(summarise(chart, "néphro"), "Pour la spécialité : néphrologie")


def test_an_unknown_specialty_is_refused_with_those_known(chart: Chart) -> None:
    with pytest.raises(UsageError, match="pas connue") as refusal:
        summarise(chart, "astrologie")
    assert "cardiologie" in refusal.value.hint
    assert "astrologie" not in str(refusal.value)


def test_a_stay_in_progress_is_said_to_be(tmp_path: Path) -> None:
    spell = Spell(discharged=None, destination=None)
    with chart_of(tmp_path, [Note("Patiente stable.", date="2025-03-04T10:00:00")], [spell]) as chart:
        told = said(summarise(chart), "Dernier séjour")
    assert told == "Séjour S-1 : Médecine interne, entrée le 03/03/2025, venue : Urgences, en cours"


@pytest.mark.parametrize("label", specialty_labels())
def test_each_specialty_is_known_by_its_label(label: str) -> None:
    found = specialty_named(label)
    assert found is not None
    assert found.label == label
    assert found.measures
    assert found.medicines


def test_tables_are_sound() -> None:
    from ingestion.facts.analytes import analytes

    known = analytes()
    labels = set(specialty_labels())
    for label in labels:
        found = specialty_named(label)
        assert found is not None
        assert [code for code in found.measures if code not in known] == []
    from assistant.summary.tables import _problems

    for _, measures, followed in _problems():
        assert [code for code in measures if code not in known] == []
        assert followed <= labels
    assert len({part.name for part in parts()}) == len(parts())


@pytest.mark.parametrize(
    ("problem", "measure", "specialty"),
    [
        ("insuffisance cardiaque", "lvef", "cardiologie"),
        ("hypertension arterielle pulmonaire", "paps", "pneumologie"),
        ("hypertension arterielle", "blood_pressure", "cardiologie"),
        ("diabete de type 2", "hba1c", "endocrinologie"),
        ("insuffisance renale aigue", "creatinine", "néphrologie"),
    ],
)
def test_problems_lead_to_their_measures(problem: str, measure: str, specialty: str) -> None:
    assert measures_of(problem)[0] == measure
    assert specialty in specialties_of(problem)


@pytest.mark.parametrize(
    ("name", "alert"),
    [
        ("apixaban", True),
        ("insuline glargine", True),
        ("tacrolimus", True),
        ("prednisone", True),
        ("paracetamol", False),
    ],
)
def test_high_alert_classes(name: str, alert: bool) -> None:
    assert (alert_rank(Fact("medication", name, name, 0, 1)) is not None) is alert
