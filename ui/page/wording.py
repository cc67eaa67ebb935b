"""French wording of codes, dates and identities shown on the page."""

import re
from datetime import datetime

from assistant.overviews import EventKind
from assistant.types import Outcome, PatientCard, Verdict

FICTITIOUS = "Données fictives uniquement — aucun compte configuré"
UNKNOWN_DATE = "date inconnue"
EXAMPLES = (
    "Quel est le motif de l’hospitalisation ?",
    "Le patient a-t-il des allergies ?",
    "Quel est le traitement de sortie ?",
)
KINDS = {
    "avis_specialise": "Avis spécialisé",
    "bilan_social": "Bilan social",
    "compte_rendu_anatomopathologie": "Anatomopathologie",
    "compte_rendu_hospitalisation": "Compte rendu d’hospitalisation",
    "compte_rendu_imagerie": "Imagerie",
    "compte_rendu_operatoire": "Compte rendu opératoire",
    "compte_rendu_rcp": "Réunion de concertation",
    "compte_rendu_urgences": "Urgences",
    "courrier_adressage": "Courrier d’adressage",
    "fiche_liaison_infirmiere": "Liaison infirmière",
    "lettre_liaison": "Lettre de liaison",
    "note_evolution": "Note d’évolution",
    "note_infirmiere": "Note infirmière",
    "observation_entree": "Observation d’entrée",
    "ordonnance_sortie": "Ordonnance de sortie",
    "prescription": "Prescription",
    "resultats_biologie": "Biologie",
    "resultats_microbiologie": "Microbiologie",
    "transmission_kine": "Transmission kinésithérapie",
}
EVENTS: dict[EventKind, str] = {
    "stay": "Séjour",
    "problem": "Problème",
    "procedure": "Acte",
    "imaging": "Imagerie",
    "medication": "Traitement",
    "device": "Dispositif",
    "microorganism": "Microbiologie",
    "transfusion": "Transfusion",
    "allergy": "Allergie",
    "directive": "Volontés",
    "measurement": "Valeurs",
}
OUTCOMES: dict[Outcome, str] = {
    "answered": "Réponse",
    "not_in_record": "Non retrouvé dans le dossier",
    "awaited": "Résultat attendu",
    "other_patient": "Concerne un autre patient",
    "advice_declined": "Pas d’avis médical",
}
VERDICTS: dict[Verdict, str] = {
    "supported": "vérifié",
    "unsupported": "non étayé par le dossier",
    "contradicted": "contredit par le dossier",
    "not_checked": "non vérifié",
}
ORIGINS = {"record": "cité du dossier", "attested": "attesté par un professionnel", "model": "reformulé"}
_MONTH = re.compile(r"\d{4}-\d\d")
_SEXES = {"F": "Femme", "M": "Homme"}


def kind_label(kind: str) -> str:
    """Return the French label of a document kind; an unknown kind is shown as it is, without underscores."""
    return KINDS.get(kind) or kind.replace("_", " ").strip().capitalize() or "Document"


def date_label(iso: str) -> str:
    """Return an ISO 8601 date as ``12/03/2025``, with ``à 14:30`` when it has a time; a month as ``03/2025``.

    What is no date is kept.
    """
    if not iso:
        return UNKNOWN_DATE
    if _MONTH.fullmatch(iso):
        return f"{iso[5:]}/{iso[:4]}"
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return moment.strftime("%d/%m/%Y à %H:%M" if "T" in iso or " " in iso else "%d/%m/%Y")


def day_label(iso: str) -> str:
    """Return the day of an ISO 8601 date as ``12/03/2025``, without its time."""
    return date_label(iso).split(" à ")[0]


def sex_label(sex: str) -> str:
    """Return the French word for a sex; an unknown code is said to be unknown."""
    return _SEXES.get(sex.upper(), "Sexe non précisé")


def age_label(age: int | None) -> str:
    """Return an age in whole years in French."""
    if age is None:
        return "âge inconnu"
    return "moins d’un an" if age < 1 else counted(age, "an")


def birth_label(card: PatientCard) -> str:
    """Return ``née le 12/03/1944``, agreeing with the sex."""
    born = {"F": "née", "M": "né"}.get(card.sex.upper(), "né(e)")
    return f"{born} le {day_label(card.birth_date)}" if card.birth_date else f"{born} à une date inconnue"


def identity_line(card: PatientCard) -> str:
    """Return one line that identifies a patient, for copied text and announcements."""
    return f"{card.family_name} {card.given_names}, {birth_label(card)}, IPP {card.ipp} ({card.authority})"


def counted(number: int, noun: str) -> str:
    """Return a number and its noun, in the plural from two on (French counts 0 and 1 as singular)."""
    return f"{number} {noun}{'s' if number > 1 else ''}"


def perimeter(documents: int, newest: str, as_of: str) -> str:
    """Say on what an answer rests: documents this reader may use, the newest one's date, when the record was read."""
    if documents == 0:
        base = "Aucun document accessible dans ce dossier"
    else:
        verb = "accessible" if documents == 1 else "accessibles"
        base = f"Repose sur {counted(documents, 'document')} {verb} ; le plus récent : {day_label(newest)}"
    return f"{base}. Dossier lu le {date_label(as_of)}." if as_of else f"{base}."
