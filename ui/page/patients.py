"""HTML of patients: the result list, the identity band, the confirmation between homonyms."""

import unicodedata

from markupsafe import Markup

from assistant.types import PatientCard
from ui.page.desk import Fault, Scene, reference
from ui.page.wording import age_label, birth_label, counted, day_label, sex_label

_NOTHING = Markup("")


def results(cards: list[PatientCard], query: str, limit: int) -> Markup:
    """Return the list of patients found, or a sentence that says what to try."""
    if not cards:
        return _empty(query)
    heading = counted(len(cards), "patient")
    if len(cards) >= limit:
        heading = f"{limit} premiers patients — précisez la recherche"
    items = Markup("").join(_result(card, resembling(card, cards)) for card in cards)
    return Markup('<p class="count" role="status">{}</p><ul class="patients" role="list">{}</ul>').format(
        heading, items
    )


def fault_notice(fault: Fault) -> Markup:
    """Return an error and what to do."""
    return Markup('<div class="fault" role="alert"><strong>{}</strong><p>{}</p></div>').format(
        fault.message, fault.hint
    )


def band(scene: Scene) -> Markup:
    """Return the identity band that stays on top, or an empty one while no patient is chosen."""
    if scene.card is None:
        return Markup('<div class="band" data-epoch="{}" data-view="search"></div>').format(scene.epoch)
    card = scene.card
    return Markup(
        '<section class="band" data-epoch="{}" data-view="record" aria-label="Patient choisi">'
        '<div class="identity"><div class="who" tabindex="-1" data-identity>{}<span class="traits">'
        "<span>{}</span><span>{}</span><span>{}</span></span></div>"
        '<dl class="keys"><div><dt>IPP</dt><dd class="number">{}</dd></div>'
        "<div><dt>Établissement</dt><dd>{}</dd></div></dl>{}</div>"
        '<button type="button" class="plain" data-action="leave">Changer de patient</button></section>'
    ).format(
        scene.epoch,
        _name(card),
        sex_label(card.sex),
        age_label(card.age),
        birth_label(card),
        card.ipp,
        card.authority,
        _chip(card, scene.homonyms),
    )


def confirmation(scene: Scene) -> Markup:
    """Return the dialog that sets a patient beside those who could be taken for them; empty when none waits."""
    card = scene.pending
    if card is None:
        return _NOTHING
    differing = differences(card, scene.homonyms)
    rows = Markup("").join(_compared(each, card, differing) for each in (card, *scene.homonyms))
    return Markup(
        '<dialog class="confirm" data-modal role="alertdialog" aria-labelledby="confirm-title"'
        ' aria-describedby="confirm-text"><h2 id="confirm-title">Est-ce le bon patient ?</h2>'
        '<p id="confirm-text" class="warning">{}</p>'
        '<table><thead><tr><th scope="col">Patient</th><th scope="col">Naissance</th><th scope="col">Sexe</th>'
        '<th scope="col">IPP</th><th scope="col">Établissement</th></tr></thead><tbody>{}</tbody></table>'
        '<div class="buttons"><button type="button" class="plain" data-action="dismiss">Annuler</button>'
        '<button type="button" class="strong" data-action="confirm" data-patient="{}">Oui, ouvrir le dossier de'
        " <b>{}</b> (IPP&nbsp;{})</button></div></dialog>"
    ).format(warning(card, scene.homonyms), rows, reference(card), card.given_names, card.ipp)


def warning(card: PatientCard, others: tuple[PatientCard, ...] = ()) -> str:
    """Return the warning of a patient who has homonyms, naming what tells them apart."""
    number = max(card.homonyms, len(others))
    which = "1 autre patient" if number == 1 else f"{number} autres patients"
    near = any(_folded(other.family_name) != _folded(card.family_name) for other in others)
    name = "au nom proche" if near else card.family_name
    check = _spoken(differences(card, others)) if others else "le prénom, la date de naissance et l’IPP"
    return f"Homonyme : {which} {name} — vérifiez {check}."


def differences(card: PatientCard, others: tuple[PatientCard, ...]) -> tuple[str, ...]:
    """Return the names of the traits that tell a patient from at least one of the others."""
    traits = ("family_name", "given_names", "birth_date", "sex", "ipp", "authority")
    return tuple(trait for trait in traits if any(_trait(card, trait) != _trait(other, trait) for other in others))


def resembling(card: PatientCard, candidates: list[PatientCard]) -> tuple[PatientCard, ...]:
    """Return those of the candidates who could be taken for a patient: same family name, or same birth date."""
    others = {reference(each): each for each in candidates if reference(each) != reference(card)}
    return tuple(
        each
        for each in others.values()
        if _folded(each.family_name) == _folded(card.family_name)
        or (each.homonyms > 0 and each.birth_date == card.birth_date != "")
    )


_SPOKEN = {
    "family_name": "le nom",
    "given_names": "le prénom",
    "birth_date": "la date de naissance",
    "sex": "le sexe",
    "ipp": "l’IPP",
    "authority": "l’établissement",
}


def _spoken(traits: tuple[str, ...]) -> str:
    names = [_SPOKEN[trait] for trait in traits]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def _trait(card: PatientCard, trait: str) -> str:
    return _folded(str(getattr(card, trait)))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def _name(card: PatientCard) -> Markup:
    return Markup('<strong class="name">{} <b>{}</b></strong>').format(card.family_name, card.given_names)


def _chip(card: PatientCard, others: tuple[PatientCard, ...]) -> Markup:
    if not card.homonyms:
        return _NOTHING
    return Markup('<span class="chip">{}</span>').format(warning(card, others).rstrip("."))


def _result(card: PatientCard, others: tuple[PatientCard, ...]) -> Markup:
    return Markup(
        '<li><button type="button" class="patient" data-action="choose" data-patient="{}"{}>'
        '{}<span class="traits"><span>{}</span><span>{}</span><span>{}</span></span>'
        '<span class="keys"><span class="number"><small>IPP</small> {}</span><span>{}</span></span>'
        '<span class="papers">{}</span>{}</button></li>'
    ).format(
        reference(card),
        Markup(' data-homonym="true"') if card.homonyms else "",
        _name(card),
        sex_label(card.sex),
        age_label(card.age),
        birth_label(card),
        card.ipp,
        card.authority,
        counted(card.documents, "document"),
        _chip(card, others),
    )


def _compared(each: PatientCard, chosen: PatientCard, differing: tuple[str, ...]) -> Markup:
    def cell(trait: str, text: str) -> Markup:
        return Markup('<td class="{}">{}</td>').format("differs" if trait in differing else "same", text)

    head = Markup('<th scope="row"><span class="{}">{}</span> <b class="{}">{}</b>{}</th>').format(
        "differs" if "family_name" in differing else "alike",
        each.family_name,
        "differs" if "given_names" in differing else "same",
        each.given_names,
        Markup(' <span class="tag">choisi</span>') if each is chosen else "",
    )
    cells = Markup("").join(
        (
            cell("birth_date", day_label(each.birth_date)),
            cell("sex", sex_label(each.sex)),
            cell("ipp", each.ipp),
            cell("authority", each.authority),
        )
    )
    return Markup('<tr class="{}">{}{}</tr>').format("chosen" if each is chosen else "other", head, cells)


def _empty(query: str) -> Markup:
    if query.strip():
        return Markup(
            '<div class="empty" role="status"><strong>Aucun patient pour « {} »</strong>'
            "<p>Essayez le nom seul, l’IPP complet, ou la date de naissance (12/03/1944).</p></div>"
        ).format(query)
    return Markup(
        '<div class="empty" role="status"><strong>Aucun patient dans cette installation</strong>'
        "<p>Ajoutez des documents avec la commande <code>liaison ingest DOSSIER</code>.</p></div>"
    )
