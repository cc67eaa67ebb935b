"""When, why, in which state a medicine is told: marked sentences, of our own invention."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.facts.medications import find_medications
from ingestion.facts.source import source_of
from ingestion.facts.types import Fact
from ingestion.sections import find_sections

PIECES = [
    "Kardegic",
    "apixaban (ELIQUIS)",
    "AVK",
    "5 mg",
    "1-0-1",
    "x2/j",
    "si",
    "(",
    ")",
    "->",
    "|",
    "\n",
    "- ",
    ":",
    "; ",
    "STOP",
    "arrêté",
    "a pris",
    "relais par",
    "pas de",
    "le 12/03",
    "depuis hier",
    "puis",
    "allergie",
    "soit",
    "½ cp",
]
DAY = datetime(2025, 3, 20, 10, 0)


def facts_in(text: str, kind: str = "note_evolution") -> list[Fact]:
    return find_medications(source_of(text, kind, DAY, find_sections(text)))


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ("Amiodarone arrêtée le 12/02 devant une dysthyroïdie.", "2025-02-12"),
        ("Apixaban débuté hier soir.", "2025-03-19"),
        ("Previscan suspendu depuis le 10/03.", "2025-03-10"),
        ("Arrêt du Lasilix il y a 10 jours.", "2025-03-10"),
        ("Bisoprolol 5 mg à partir du 25/03.", "2025-03-25"),
        ("Metformine arrêtée.", "2025-03-20"),
    ],
)
def test_when_it_happened(text: str, effective: str) -> None:
    assert [fact.effective for fact in facts_in(text)] == [effective]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Amiodarone arrêtée devant une dysthyroïdie.", "dysthyroïdie"),
        ("Arrêt du ramipril en raison d'une toux sèche.", "une toux sèche"),
        ("Ramipril 5 mg arrêté (hyperkaliémie).", "hyperkaliémie"),
        ("- METFORMINE 1000 mg -> STOP (IRA)", "IRA"),
        ("ARRETES : simvastatine - rhabdomyolyse ; Lexomil - chute", "rhabdomyolyse"),
        ("Médicaments arrêtés :\n- Seresta, le 14/03 : confusion\n", "confusion"),
        ("Lovenox suspendu 24 h car saignement de la cicatrice.", "saignement de la cicatrice"),
        ("Previscan arrêté, relais par Eliquis.", ""),
        ("Apixaban (ELIQUIS) introduit.", ""),
    ],
)
def test_why_it_happened(text: str, reason: str) -> None:
    assert facts_in(text)[0].detail("reason").removeprefix("une ") == reason.removeprefix("une ")


@pytest.mark.parametrize(
    ("text", "kind", "state", "moment"),
    [
        ("Doliprane 1 g IV donné à 14h.", "note_infirmiere", "administered", "stay"),
        ("14:00 Doliprane 1 g IV", "note_infirmiere", "administered", "stay"),
        ("Céfazoline 2 g IV à l'induction.", "compte_rendu_operatoire", "administered", "stay"),
        ("1) Doliprane 1 g x3/j", "ordonnance_sortie", "prescribed", "discharge"),
        ("Traitement de sortie :\n- Doliprane 1 g x3/j\n", "lettre_liaison", "prescribed", "discharge"),
        ("Traitement habituel : Kardegic 75 mg/j", "observation_entree", "prescribed", "entry"),
        ("Elle dit prendre du Stilnox tous les soirs.", "observation_entree", "taken", "stay"),
        ("Prend à domicile du bisoprolol.", "observation_entree", "taken", "stay"),
        ("PREND HABITUELLEMENT, CHEZ ELLE, DU KARDEGIC", "observation_entree", "taken", "stay"),
        ("Le patient dit ne plus prendre sa metformine.", "observation_entree", "taken", "stay"),
        ("Mme G. déclare prendre du paracétamol", "note_infirmiere", "taken", "stay"),
        ("Reconnaît ne pas prendre son Xarelto tous les jours", "note_evolution", "taken", "stay"),
        ("Il prend de l'Advil 400 mg.", "courrier_adressage", "taken", "entry"),
        ("Automédication : ibuprofène 400 mg 3/j", "note_evolution", "taken", "stay"),
        ("Administré aux urgences : ceftriaxone 1 g, paracétamol 1 g", "compte_rendu_urgences", "administered", "stay"),
        ("A reçu de l'Augmentin en 2018.", "note_evolution", "administered", "stay"),
        ("ATCD : FA sous Previscan", "observation_entree", "taken", "past"),
    ],
)
def test_prescribed_given_or_taken(text: str, kind: str, state: str, moment: str) -> None:
    assert {(fact.detail("state"), fact.detail("moment")) for fact in facts_in(text, kind)} == {(state, moment)}


@pytest.mark.parametrize(
    ("text", "name", "label", "brand"),
    [
        ("ELIQUIS (apixaban) 5 mg x2/j", "apixaban", "ELIQUIS", "ELIQUIS"),
        ("apixaban (ELIQUIS) 5 mg x2/j", "apixaban", "apixaban", "ELIQUIS"),
        ("ELIQUIS 5 mg (apixaban) x2/j", "apixaban", "ELIQUIS", "ELIQUIS"),
        ("Coversyl 5 mg/j", "perindopril", "Coversyl", "Coversyl"),
        ("BIPRETERAX (périndopril/indapamide) 5/1,25 mg 1/j", "perindopril+indapamide", "BIPRETERAX", "BIPRETERAX"),
        ("Oxycodone LP (OXYCONTIN LP) 10 mg x2/j", "oxycodone", "Oxycodone", "OXYCONTIN"),
        ("méropénem 2 g x3/j", "meropeneme", "méropénem", ""),
    ],
)
def test_brand_and_generic_are_one_medicine(text: str, name: str, label: str, brand: str) -> None:
    assert [(fact.name, fact.label, fact.detail("brand")) for fact in facts_in(text)] == [(name, label, brand)]


def test_a_relay_names_both_sides() -> None:
    old, new = facts_in("Previscan relayé par Eliquis 5 mg x2/j.")
    assert (old.detail("replaced_by"), new.detail("replaces")) == ("apixaban", "fluindione")


def test_a_name_said_twice_in_a_line_is_one_fact() -> None:
    assert len(facts_in("ELIQUIS ELIQUIS")) == 1


def test_a_change_keeps_the_former_dose() -> None:
    fact = facts_in("BISOPROLOL 5 mg : 1 cp le matin [AUGMENTE, était à 2,5 mg]")[0]
    assert (fact.detail("event"), fact.detail("previous")) == ("increased", "2,5 mg")


def test_the_columns_of_a_table_give_days_and_moments() -> None:
    table = (
        "Médicament        Dose      Voie   Matin   Midi   Soir   Début    Fin\n"
        "AMOXICILLINE      1 g       PO     1       1      1      18/03    25/03\n"
    )
    fact = facts_in(table, "prescription")[0]
    slots = (fact.detail("frequency"), fact.detail("start"), fact.detail("stop"))
    assert slots == ("1 matin, 1 midi, 1 soir", "2025-03-18", "2025-03-25")
    assert fact.header is not None


def test_what_a_fact_shows_is_its_line() -> None:
    text = "Ce jour : apyrétique.\nTTT : Kardegic 75 mg, Tahor 40 mg.\nBio : K 4,2."
    assert {text[fact.start : fact.end] for fact in facts_in(text)} == {"TTT : Kardegic 75 mg, Tahor 40 mg."}


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_fact_shows_a_line_that_names_it(text: str) -> None:
    for fact in facts_in(text):
        assert fact.label in text[fact.start : fact.end]
        assert all(value for _, value in fact.details)


@pytest.mark.parametrize(
    "piece", ["1 ", "1-", "si a ", "( ", "matin et ", "#", "12/", "mg/kg/", "et de la ", "Kardegic "]
)
def test_the_time_grows_with_the_length_of_a_line(piece: str) -> None:
    started = time.process_time()
    facts_in("Kardegic " + piece * 600)
    assert time.process_time() - started < 2.0


def test_every_fact_has_an_atc_code_where_the_lexicon_knows_it() -> None:
    assert facts_in("Kardegic 75 mg/j")[0].detail("atc") == "B01AC06"
    assert "Kardegic" not in repr(facts_in("Kardegic 75 mg/j"))
