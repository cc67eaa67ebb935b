"""Marked sentences: results that are to come, and what only looks like one."""

import pytest

from ingestion.facts.awaited import find_awaited
from ingestion.facts.examinations import examinations_in
from tests.ingestion.facts.marked import found, source

SENTENCES = [
    # Lists behind a label.
    ("En attente : anapath, PCR CMV", ["anatomopathologie", "pcr cmv"]),
    ("RESULTATS EN ATTENTE :\n- Anapath (délai 3 semaines)\n- Caryotype", ["anatomopathologie", "caryotype"]),
    ("RESULTATS ATTENDUS : FISH et NGS", ["fish", "ngs"]),
    (
        "EXAMENS EN ATTENTE DE RESULTAT : electrophorese des proteines, dosage vitamine D",
        [
            "electrophorese des proteines",
            "vitamine d",
        ],
    ),
    ("Reste à récupérer : TSH, quantiféron", ["quantiferon", "tsh"]),
    ("A récupérer :\n- sérologies VIH\n- hémocultures", ["hemocultures", "serologies vih"]),
    ("Résultats en attente : recherche de mutation du gène CFTR", ["recherche de mutation du gene cftr"]),
    ("EN ATTENTE : écouvillon rectal / analyse du calcul : sans objet", ["ecouvillon"]),
    # Said of the examination.
    ("Anapath à suivre.", ["anatomopathologie"]),
    ("ECBU en cours", ["ecbu"]),
    ("hémoc x2 prélevées, en cours", ["hemocultures"]),
    ("ECBU : négatif. Hémocultures en cours.", ["hemocultures"]),
    ("PCR grippe négative, PCR Covid en attente", ["pcr covid"]),
    ("TSH et ferritine prélevées ce matin : non rendues", ["ferritine", "tsh"]),
    ("Sérologies VIH et VHC envoyées ce jour", ["serologies vih"]),
    ("quantiféron + sérologies en cours (labo Cerba)", ["quantiferon", "serologies"]),
    ("| Hémocultures | en cours |", ["hemocultures"]),
    ("| Sérologie Lyme | non parvenue |", ["serologie lyme"]),
    ("Prélèvement envoyé au CNR des mycobactéries, culture en cours, délai 3 semaines", ["cultures"]),
    ("La biopsie ostéo-médullaire n'est pas encore revenue.", ["biopsie"]),
    ("Les résultats du caryotype vous seront communiqués ultérieurement.", ["caryotype"]),
    ("Nous attendons le résultat de l'immunohistochimie.", ["immunohistochimie"]),
    ("On attend encore la réponse de l'anapath.", ["anatomopathologie"]),
    ("ATTEND TOUJOURS LE RESULTAT DE LA SEROLOGIE LYME", ["serologie lyme"]),
    ("Frottis : résultat sous 15 jours", ["cytologie"]),
    ("CR d'anapath à transmettre au Dr DUPONT dès réception", ["anatomopathologie"]),
    ("La pièce est adressée en anatomopathologie.", ["anatomopathologie"]),
    ("Attente résultats hémocs", ["hemocultures"]),
    ("PRELEVEMENTS BACTERIO PER-OP : NON RENDUS", ["bacteriologie"]),
    ("BAT faite, histologie non encore parvenue", ["anatomopathologie"]),
    ("on attend le retour de la FISH", ["fish"]),
    ("Ponction lombaire : PCR HSV non encore rendue", ["pcr hsv"]),
    ("Electrophorese parti au CHU, delai 8j", ["electrophorese des proteines"]),
    ("dosage des métanéphrines en cours au laboratoire", ["dosage des metanephrines"]),
    # Acts: the result, once done.
    ("IRM faite le 12/02, compte rendu en attente", ["irm"]),
    ("Holter posé hier, lecture non faite", ["holter"]),
    ("MAPA déposée, résultat à récupérer", ["mapa"]),
    ("IRM cérébrale en attente", []),
    ("en attente du scanner de contrôle", []),
    ("antibiothérapie poursuivie en attendant la TDM", []),
    ("TDM discutée, non faite", []),
    # Denials.
    ("Résultats en attente à la sortie : aucun", ["-*"]),
    ("Examens complémentaires en attente : néant", ["-*"]),
    ("Pas de résultat en attente.", ["-*"]),
    ("Résultats en attente : [ ] oui [x] non", ["-*"]),
    # What is awaited is no result.
    ("En attente de place en SSR", []),
    ("En attente de l'avis cardio", []),
    ("Patient en attente de transfert", []),
    ("Convocation à venir", []),
    ("Poids sec attendu 58 kg", []),
    ("Traitement en cours : paracétamol", []),
    ("Antibiothérapie en cours, perfusion en cours", []),
    ("Le courrier a été envoyé au médecin traitant", []),
    ("Dossier de réadaptation envoyé au SMR", []),
    ("Hémodialyse en cours, transfusion en cours", []),
    ("ECBU à refaire à J7", []),
    ("IRM demandée", []),
    # The document gives it.
    ("ECBU envoyé : stérile", []),
    ("Hémocultures en cours.\nHémocultures : stériles à 5 jours", []),
    ("Résultat provisoire : cocci Gram positif, identification en cours. Résultat définitif : S. epidermidis", []),
    ("ECBU stérile à 24 h (à suivre)", []),
]
SLOTS = [
    ("PCR virale envoyée au CNR, délai 3 semaines", ["sent_to", "delay"], "pcr virale sent_to=CNR delay=3 semaines"),
    (
        "Anapath en attente, résultat à récupérer auprès du Dr GUERMEUR.",
        ["responsible"],
        "anatomopathologie responsible=Dr GUERMEUR",
    ),
    ("Caryotype en cours, sera adressé au médecin traitant", ["responsible"], "caryotype responsible=médecin traitant"),
    ("En attente : cultures (8 semaines), caryotype", ["delay"], "cultures delay=8 semaines"),
    ("Quantiféron prélevé le 05/03 : en cours", ["since"], "quantiferon since=2025-03-05"),
    ("Exome : en cours, résultat attendu pour le 26/05", ["delay"], "tests genetiques delay=26/05"),
    (
        "Electrophorèse (laboratoire extérieur) : résultat non parvenu",
        ["sent_to"],
        "electrophorese des proteines sent_to=laboratoire extérieur",
    ),
]


@pytest.mark.parametrize(("text", "facts"), SENTENCES)
def test_awaited(text: str, facts: list[str]) -> None:
    assert found(find_awaited, text) == facts


@pytest.mark.parametrize(("text", "slots", "fact"), SLOTS)
def test_slots(text: str, slots: list[str], fact: str) -> None:
    assert fact in found(find_awaited, text, slots)


def test_a_sample_that_the_laboratory_has_not_received_is_no_result_to_come() -> None:
    assert found(find_awaited, "Coagulation : hémocultures non reçues", kind="resultats_biologie") == []
    assert found(find_awaited, "FISH : non reçue à ce jour") == ["fish"]


def test_a_result_awaited_in_a_copied_note_is_of_the_day_of_that_note() -> None:
    text = "Rappel (note du 04/03, copiée) :\nANCA : en cours."
    assert [fact.effective for fact in find_awaited(source(text))] == ["2025-03-04"]


def test_an_examination_keeps_what_it_looks_for() -> None:
    assert [one.name for one in examinations_in("pcr cmv envoyee, serologie vih et dosage de tacrolimus")] == [
        "pcr cmv",
        "serologie vih",
        "dosage de tacrolimus",
    ]
