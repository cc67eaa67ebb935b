"""HTML of documents: the list of a patient's documents, and one opened at a passage.

Spans are code points of the document's text, half-open; all slicing is done here, the browser
counts nothing. The text of the rendered body is exactly the document's text.
"""

import re
from itertools import pairwise

from markupsafe import Markup

from assistant.types import Citation, DocumentCard, DocumentView
from ui.page.answers import is_administrative, source_line
from ui.page.desk import Opened, Scene
from ui.page.wording import counted, date_label, day_label, kind_label

_NOTHING = Markup("")
_BLOCK = re.compile(r".+?(?:\n[ \t\r]*\n+|\Z)", re.DOTALL)
_COLUMNS = re.compile(r"\||\t|\S {3,}\S|-{8,}|={8,}")


def listing(scene: Scene) -> Markup:
    """Return the patient's documents, newest first, with a filter; the open one is marked."""
    if scene.card is None:
        return Markup('<nav class="listing" data-epoch="{}" data-version="{}"></nav>').format(
            scene.epoch, scene.version
        )
    if not scene.documents:
        return Markup(
            '<nav class="listing" data-epoch="{}" data-version="{}" aria-label="Documents du patient">'
            '<div class="empty">'
            "<strong>Aucun document</strong><p>Ce patient est connu, mais aucun document lisible ne lui est rattaché."
            "</p></div></nav>"
        ).format(scene.epoch, scene.version)
    opened = scene.opened.view.card.id if scene.opened and scene.opened.view else None
    items = Markup("").join(_line(card, card.id == opened) for card in scene.documents)
    return Markup(
        '<nav class="listing" data-epoch="{}" data-version="{}" aria-label="Documents du patient">'
        '<div class="listing-head">'
        '<h2>{}</h2><label class="filter"><span class="sr">Filtrer les documents par titre, type ou date</span>'
        '<input type="search" data-filter placeholder="Filtrer : titre, type, date" autocomplete="off"></label></div>'
        '<ul role="list">{}</ul><p class="none" data-none hidden>Aucun document ne correspond à ce filtre.</p></nav>'
    ).format(scene.epoch, scene.version, counted(len(scene.documents), "document"), items)


def reader(scene: Scene) -> Markup:
    """Return the document pane: a document at its passage, a fault, or a hint while nothing is open."""
    opened = scene.opened
    if opened is None:
        content = Markup(
            '<div class="empty"><strong>Aucun document ouvert</strong><p>Choisissez un document dans la liste, ou une'
            " source [1] d’une réponse : le passage cité s’affichera ici, surligné.</p></div>"
        )
        return Markup(
            '<section class="reader" data-epoch="{}" data-version="{}" data-open="false"'
            ' aria-label="Document">{}</section>'
        ).format(scene.epoch, scene.version, content)
    return Markup(
        '<section class="reader" data-epoch="{}" data-version="{}" data-open="true" data-key="{}"'
        ' data-turn="{}" data-number="{}" aria-labelledby="paper-title">{}</section>'
    ).format(scene.epoch, scene.version, _key(opened), opened.turn, opened.number, _paper(opened))


def body(view: DocumentView, start: int = 0, end: int = 0) -> Markup:
    """Return the document's text with ``text[start:end]`` inside ``<mark>``; the text content is unchanged."""
    blocks = _blocks(view.text)
    cuts = {0, len(view.text), start, end, *(first for first, _, _ in blocks), *(page.start for page in view.pages)}
    points = sorted(cut for cut in cuts if 0 <= cut <= len(view.text))
    pages = {page.start: page.number for page in view.pages}
    pieces = []
    for left, right in pairwise(points):
        if left in pages:
            pieces.append(Markup('<span class="page" role="separator" data-page="{}"></span>').format(pages[left]))
        columns = next(table for first, last, table in blocks if first <= left < last)
        pieces.append(_piece(view.text[left:right], columns, start <= left < end))
    return Markup("").join(pieces)


def _piece(text: str, columns: bool, marked: bool) -> Markup:
    piece = Markup('<span class="table">{}</span>').format(text) if columns else Markup("{}").format(text)
    return Markup("<mark>{}</mark>").format(piece) if marked else piece


def _blocks(text: str) -> list[tuple[int, int, bool]]:
    """Return the blocks between blank lines (start, end, whether one of its lines is laid out in columns)."""
    blocks = [(match.start(), match.end()) for match in _BLOCK.finditer(text)]
    return [(start, end, bool(_COLUMNS.search(text, start, end))) for start, end in blocks]


def _line(card: DocumentCard, opened: bool) -> Markup:
    return Markup(
        '<li data-words="{}"><button type="button" class="paper" data-action="open" data-document="{}"{}>'
        '<time>{}</time><span class="title">{}</span><span class="kind">{}</span></button></li>'
    ).format(
        f"{card.title} {kind_label(card.kind)} {day_label(card.date)} {card.date} {card.author} {card.service}",
        card.id,
        Markup(' aria-current="true"') if opened else "",
        day_label(card.date),
        card.title,
        kind_label(card.kind) if kind_label(card.kind) != card.title else "",
    )


def _key(opened: Opened) -> str:
    identity = opened.view.card.id if opened.view else ""
    return f"{identity}:{opened.start}:{opened.end}:{opened.turn}:{opened.number}:{opened.place}"


def _paper(opened: Opened) -> Markup:
    if opened.fault is not None:
        inside = Markup('<div class="fault"><strong>{}</strong><p>{}</p></div>').format(
            opened.fault.message, opened.fault.hint
        )
        return _bar(opened, "Document indisponible") + inside
    if opened.view is None and opened.citation is not None:
        return _without_document(opened, opened.citation)
    if opened.view is None:
        return _NOTHING
    card = opened.view.card
    return Markup('{}<div class="meta"><h2 id="paper-title" tabindex="-1">{}</h2>{}{}</div>{}{}').format(
        _bar(opened, ""),
        card.title,
        _facts(opened, card),
        _also(opened),
        _mismatch(opened),
        Markup('<div class="body" tabindex="0" role="region" aria-label="Texte du document">{}</div>').format(
            body(opened.view, opened.start, opened.end)
        ),
    )


def _without_document(opened: Opened, citation: Citation) -> Markup:
    where = "Identité et séjour, tels que l’établissement les a enregistrés."
    return Markup(
        '{}<div class="meta"><h2 id="paper-title" tabindex="-1">{}</h2><p class="facts">{}</p></div>'
        '<div class="body"><mark>{}</mark></div>'
    ).format(_bar(opened, ""), source_line(citation), where if is_administrative(citation) else "", citation.quote)


def _bar(opened: Opened, title: str) -> Markup:
    heading = Markup('<h2 id="paper-title" tabindex="-1">{}</h2>').format(title) if title else _NOTHING
    steps = _NOTHING
    if opened.number and opened.total:
        steps = Markup(
            '<span class="steps" role="group" aria-label="Sources de la réponse">'
            '<button type="button" class="plain small" data-action="step" data-delta="-1"{}>'
            '‹<span class="sr"> Source précédente</span></button>'
            "<span>Source [{}] sur {}</span>"
            '<button type="button" class="plain small" data-action="step" data-delta="1"{}>'
            '<span class="sr">Source suivante </span>›</button></span>'
        ).format(
            Markup(" disabled") if opened.number <= 1 else "",
            opened.number,
            opened.total,
            Markup(" disabled") if opened.number >= opened.total else "",
        )
    return Markup(
        '<div class="bar"><button type="button" class="plain small close" data-action="close">'
        '<span class="instead">← Tous les documents</span><span class="beside">Fermer le document</span></button>'
        "{}</div>{}"
    ).format(steps, heading)


def _facts(opened: Opened, card: DocumentCard) -> Markup:
    page = _page(opened)
    kind = kind_label(card.kind)
    facts = [kind if kind != card.title else "", date_label(card.date), card.author, card.service, page]
    return Markup('<p class="facts">{}</p>').format(
        Markup("").join(Markup("<span>{}</span>").format(fact) for fact in facts if fact)
    )


def _page(opened: Opened) -> str:
    if opened.view is None or opened.start >= opened.end:
        return ""
    number = next((page.number for page in opened.view.pages if page.start <= opened.start < page.end), None)
    return "" if number is None else f"page {number}"


def _also(opened: Opened) -> Markup:
    """Offer the other places of the same words: the citation's own once one of ``also`` is open."""
    citation = opened.citation
    if citation is None or not citation.also:
        return _NOTHING
    places = enumerate([(citation.title, citation.date), *((each.title, each.date) for each in citation.also)])
    links = (_place(number, title, date) for number, (title, date) in places if number != opened.place)
    return Markup('<p class="also">Aussi présent dans : {}</p>').format(Markup(" ").join(links))


def _place(number: int, title: str, date: str) -> Markup:
    return Markup('<button type="button" class="link" data-action="place" data-number="{}">{} ({})</button>').format(
        number, title, day_label(date)
    )


def _mismatch(opened: Opened) -> Markup:
    if opened.citation is None or opened.view is None or opened.place:
        return _NOTHING
    if opened.view.text[opened.start : opened.end] == opened.citation.quote:
        return _NOTHING
    return Markup(
        '<p class="fault" role="alert">Le texte du document ne correspond plus au passage cité. Posez de nouveau la'
        " question avant d’utiliser cette réponse.</p>"
    )
