"""What a sentence bears, as tables of sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import days_of, marks_of
from ingestion.normalise import fold

# A sentence, and the marks that it must bear (others may come with them).
MARKED = [
    ("Hb 9,6 g/dL", "measure number"),
    ("Créatinine à 132 µmol/L", "measure"),
    ("FEVG 42 %", "measure"),
    ("TA 145/90 mmHg", "measure"),
    ("Poids : 61 kg", "measure"),
    ("PPC 8 cmH2O, 2 L/min", "measure"),
    ("Nodule de 12 mm", "measure"),
    ("Diurèse 1200 ml", "measure"),
    ("Durée : 10 jours", "measure"),
    ("Âge : 82 ans", "measure"),
    ("Score de Glasgow 14/15", "measure"),
    ("2 culots globulaires", "measure"),
    ("Kaliémie 4,4 mmol/L", "measure"),
    ("RAMIPRIL 5 mg le matin", "dose measure"),
    ("Furosémide 40 mg : 1 cp", "dose"),
    ("Énoxaparine 4000 UI/j", "dose"),
    ("Lévothyroxine 75 µg", "dose"),
    ("MODOPAR 125 : 1-1-1-0", "dose"),
    ("paracétamol x3/j", "dose"),
    ("un comprimé au coucher", "dose"),
    ("2 bouffées si gêne", "dose"),
    ("10 gouttes le soir", "dose"),
    ("Insuline 14 UI", "dose"),
    ("Opéré le 12/03/2025", "date number"),
    ("Revu le 3 mars", "date"),
    ("IRM du 2025-03-04", "date"),
    ("J3 post-opératoire", "date"),
    ("Retrait à J+10", "date"),
    ("Prélevé à 14h30", "date"),
    ("AVC en 2019", "date"),
    ("Chute hier soir", "date"),
    ("Contrôle mardi", "date"),
    ("Vu le 1er juin", "date"),
    ("Arrêt du ramipril devant l'hyperkaliémie", "cause stopped"),
    ("Bisoprolol suspendu en raison d'une bradycardie", "cause stopped"),
    ("Confusion secondaire à l'infection", "cause"),
    ("Anémie liée au saignement", "cause"),
    ("Hospitalisée pour dyspnée", "cause"),
    ("Vancomycine arrêtée car toxicité rénale", "cause"),
    ("PAS DE NaCl HYPERTONIQUE (Na 126 = artefact)", "cause"),
    ("Pas d'allergie connue", "negation"),
    ("Absence de fièvre", "negation"),
    ("Aucun antécédent notable", "negation"),
    ("Hémocultures négatives ; ECBU négatif", "negation"),
    ("Embolie pulmonaire éliminée", "negation"),
    ("Examen sans particularité", "negation"),
    ("Ne fume pas, n'a jamais fumé", "negation"),
    ("Bilan normal", "negation"),
    ("Vue par le Dr Leroy", "person"),
    ("Pr Martin, chirurgien", "person"),
    ("Transmission de l'IDE de nuit", "person"),
    ("Opérateur : Docteur Petit", "person"),
    ("Père décédé d'un infarctus", "family"),
    ("ATCD familiaux : néant", "family"),
    ("Sa sœur a eu une phlébite", "family"),
    ("Mère diabétique", "family"),
    ("Deux enfants, son fils habite près", "family"),
    ("Une cousine porteuse du trait", "family"),
    ("Valeur erronée, tube hémolysé", "correction"),
    ("Résultat annulé : erreur d'étiquetage", "correction"),
    ("Compte rendu rectifié : lire pN1b et non pN1a", "correction"),
    ("Diagnostic non retenu", "correction"),
    ("Kaliémie de contrôle 4,4", "correction"),
    ("Poids déclaratif", "correction"),
    ("Immunofixation en attente", "awaited"),
    ("Holter : résultats à récupérer", "awaited"),
    ("Anatomopathologie en cours", "awaited"),
    ("Uracilémie : résultat non parvenu à ce jour", "awaited"),
    ("Résultat sous 10 jours", "awaited"),
    ("Biopsie adressée au CHU", "awaited"),
    ("Culture : lecture non faite", "awaited"),
    ("Le résultat vous sera communiqué", "awaited"),
    ("Dosage non réalisé", "undone"),
    ("ECBU non prélevé", "undone"),
    ("Pas de dosage de la troponine", "undone"),
    ("L'IRM n'a pas été faite", "undone"),
    ("Rappel (note du 12/03, copiée)", "copied"),
    ("Pour mémoire : HTA", "copied"),
    ("IPP : 0007715043", "identity"),
    ("Née le 03/02/1944", "identity"),
    ("STOP Previscan", "stopped"),
    ("Metformine non reprise, abandonnée", "stopped"),
    ("Sevrage de l'oxygène", "stopped"),
    ("Ne pas reprendre le tramadol", "stopped"),
    ("Rendez-vous à prendre en ville", "planned"),
    ("Scanner à programmer", "planned"),
]
# A sentence, and marks that it must not bear.
UNMARKED = [
    ("Patiente calme", "number measure dose date negation family awaited undone copied stopped planned identity"),
    ("Hb 9,6", "dose family negation awaited"),
    ("Toux sèche depuis longtemps", "measure dose awaited"),
    ("RAMIPRIL 5 mg", "family awaited correction identity"),
    ("Père décédé d'un infarctus", "measure dose awaited"),
    ("Immunofixation en attente", "measure dose negation family"),
    ("Opéré le 12/03/2025", "dose family awaited undone"),
    ("Bilan normal", "measure dose date"),
    ("Examen du pouls pédieux", "negation person"),
    ("Permanence des soins", "person family"),
]
DAYS = [
    ("Opéré le 12/03/2025", {"0312"}),
    ("le 12/03 puis le 15/03", {"0312", "0315"}),
    ("2025-03-04", {"0304"}),
    ("3 mars 2025", {"0303"}),
    ("1er juin", {"0601"}),
    ("12.03.26", {"0312"}),
    ("le 5 août et le 12 décembre", {"0805", "1212"}),
    ("le 9/1", {"0109"}),
    ("vers 14h30", set()),
    ("RAMIPRIL 5 mg", set()),
    ("12 comprimés", set()),
    ("", set()),
]


@pytest.mark.parametrize(("sentence", "marks"), MARKED)
def test_marks_that_are_there(sentence: str, marks: str) -> None:
    assert set(marks.split()) <= marks_of(fold(sentence))


@pytest.mark.parametrize(("sentence", "marks"), UNMARKED)
def test_marks_that_are_not_there(sentence: str, marks: str) -> None:
    assert marks_of(fold(sentence)).isdisjoint(marks.split())


@pytest.mark.parametrize(("sentence", "days"), DAYS)
def test_days(sentence: str, days: set[str]) -> None:
    assert days_of(fold(sentence)) == days


@given(st.dates())
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    wanted = {f"{day:%m%d}"}
    assert days_of(f"{day:%d/%m/%Y}") == days_of(f"{day:%d/%m}") == wanted


@given(st.text(max_size=60))
def test_any_text_has_marks_and_days(text: str) -> None:
    marks_of(fold(text))
    assert all(day.isdigit() and len(day) == 4 for day in days_of(fold(text)))
