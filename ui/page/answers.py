"""HTML and plain text of a conversation: questions, proven statements, abstentions, faults."""

from markupsafe import Markup

from assistant.types import Citation, PatientCard, Statement
from ui.page.desk import Fault, Scene, Turn, span_of
from ui.page.wording import EXAMPLES, ORIGINS, OUTCOMES, VERDICTS, date_label, identity_line, kind_label, perimeter

_NOTHING = Markup("")


def conversation(scene: Scene) -> Markup:
    """Return the whole conversation; appended parts only, so that the page can update it in place."""
    turns = Markup("").join(_turn(turn, index, scene.card) for index, turn in enumerate(scene.turns))
    return Markup('<div class="turns" data-epoch="{}" data-version="{}" data-busy="{}">{}{}</div>').format(
        scene.epoch,
        scene.version,
        "true" if scene.busy else "false",
        turns,
        _NOTHING if scene.turns else _welcome(scene),
    )


def plain_text(turn: Turn, card: PatientCard | None) -> str:
    """Return a turn as text to paste: patient, question, statements with numbers, sources with quotes, perimeter."""
    citations = turn.citations()
    lines = [identity_line(card)] if card else []
    lines += [f"Question : {turn.question}", ""]
    if turn.answer and turn.answer.abstained:
        lines.append(turn.answer.answer)
    lines += [f"{each.text} {_marks(each, citations)}".rstrip() for each in turn.statements]
    if citations:
        lines += ["", "Sources :"] + [
            f"[{n}] {source_line(each)} : « {each.quote} »" for n, each in _numbered(citations)
        ]
    if turn.answer:
        lines += ["", perimeter(turn.answer.sources.documents, turn.answer.sources.newest, turn.answer.as_of)]
    return "\n".join(lines)


def source_line(citation: Citation) -> str:
    """Return where a citation comes from: title, kind, date, page."""
    if is_administrative(citation):
        return "Dossier administratif"
    if citation.document.startswith("author:"):
        return f"Attesté par {citation.document.removeprefix('author:')}"
    page = "" if citation.page is None else f", page {citation.page}"
    return f"{citation.title} ({kind_label(citation.kind)}, {date_label(citation.date)}{page})"


def is_administrative(citation: Citation) -> bool:
    """Tell whether a citation comes from the administrative record rather than from a document."""
    return citation.document.startswith("record:")


def _numbered(citations: tuple[Citation, ...]) -> list[tuple[int, Citation]]:
    return list(enumerate(citations, start=1))


def _marks(statement: Statement, citations: tuple[Citation, ...]) -> str:
    return "".join(f"[{number}]" for number in _numbers(statement, citations))


def _numbers(statement: Statement, citations: tuple[Citation, ...]) -> list[int]:
    spans = [span_of(each) for each in citations]
    return sorted({spans.index(span_of(each)) + 1 for each in statement.citations})


def _welcome(scene: Scene) -> Markup:
    examples = Markup("").join(
        Markup(
            '<li><button type="button" class="example" data-action="example" data-number="{}">{}</button></li>'
        ).format(number, text)
        for number, text in enumerate(EXAMPLES)
    )
    if scene.documents:
        text = "Chaque phrase de la réponse renvoie au passage du document qui la prouve."
    else:
        text = "Ce dossier ne contient aucun document que vous puissiez lire : aucune réponse ne pourra être donnée."
    return Markup(
        '<div class="welcome"><h2>Interroger le dossier</h2><p>{}</p><p class="hint">Par exemple :</p>'
        '<ul role="list">{}</ul></div>'
    ).format(text, examples)


def _turn(turn: Turn, index: int, card: PatientCard | None) -> Markup:
    outcome = turn.answer.outcome if turn.answer else turn.state
    return Markup(
        '<article class="turn" data-turn="{}" data-state="{}" data-outcome="{}" aria-label="Question {}">'
        '<h3 class="question">{}</h3><div class="answer">{}{}{}</div>{}</article>'
    ).format(
        index, turn.state, outcome, index + 1, turn.question,
        _abstention(turn), _statements(turn, index), _notices(turn), _ending(turn, index, card),
    )  # fmt: skip


def _abstention(turn: Turn) -> Markup:
    if turn.answer is None or (not turn.answer.abstained and turn.statements):
        return _NOTHING
    label = OUTCOMES[turn.answer.outcome] if turn.answer.abstained else ""
    head = Markup('<strong class="outcome">{}</strong>').format(label) if label else _NOTHING
    says = Markup('<p class="says">Ce que dit le dossier :</p>') if turn.statements else _NOTHING
    return Markup('<div class="abstention" data-say>{}<p>{}</p></div>{}').format(head, turn.answer.answer, says)


def _statements(turn: Turn, index: int) -> Markup:
    if not turn.statements:
        return _NOTHING
    citations = turn.citations()
    items = Markup("").join(_statement(each, index, citations) for each in turn.statements)
    return Markup('<ul class="statements" role="list">{}</ul>').format(items)


def _statement(statement: Statement, turn: int, citations: tuple[Citation, ...]) -> Markup:
    buttons = Markup("").join(
        _citation_button(turn, number, citations[number - 1]) for number in _numbers(statement, citations)
    )
    return Markup(
        '<li class="statement" data-verdict="{}" data-origin="{}"><span class="text" data-say>{}</span> {}{}</li>'
    ).format(statement.verdict, statement.origin, statement.text, buttons, _standing(statement))


def _citation_button(turn: int, number: int, citation: Citation) -> Markup:
    label = f"Source {number} : {source_line(citation)}"
    return Markup(
        '<button type="button" class="cite" data-action="cite" data-turn="{}" data-number="{}"'
        ' aria-label="{}" title="{}">[{}]</button>'
    ).format(turn, number, label, label, number)


def _standing(statement: Statement) -> Markup:
    label = f"{ORIGINS[statement.origin]}, {VERDICTS[statement.verdict]}"
    if statement.origin == "record" and statement.verdict == "supported":
        return Markup('<span class="standing sure" title="{}"><span class="sr">{}</span></span>').format(label, label)
    return Markup('<span class="standing">{}</span>').format(label)


_NOTICES = {
    "statement_withheld": "Une phrase au moins a été retenue, faute d’être étayée par le dossier.",
}


def _notices(turn: Turn) -> Markup:
    texts = (_NOTICES.get(code, f"Remarque : {code}") for code in dict.fromkeys(turn.notices))
    return Markup("").join(Markup('<p class="notice">{}</p>').format(text) for text in texts)


def _ending(turn: Turn, index: int, card: PatientCard | None) -> Markup:
    if turn.state == "streaming":
        return Markup('<p class="progress"><span class="pulse" aria-hidden="true"></span>{}</p>').format(turn.progress)
    if turn.state == "failed":
        return _fault(turn.fault or Fault("La réponse n’a pas pu être établie."))
    stopped = Markup('<p class="notice" data-say>Réponse arrêtée à votre demande : elle est incomplète.</p>')
    rests = _NOTHING
    if turn.answer:
        sources = turn.answer.sources
        rests = Markup('<p class="perimeter">{}</p>').format(
            perimeter(sources.documents, sources.newest, turn.answer.as_of)
        )
    return Markup(
        '{}<footer class="ending">{}<button type="button" class="plain small" data-action="copy" data-turn="{}"'
        ' data-text="{}">Copier<span class="sr"> la réponse et ses sources</span></button></footer>'
    ).format(stopped if turn.state == "stopped" else _NOTHING, rests, index, plain_text(turn, card))


def _fault(fault: Fault) -> Markup:
    return Markup('<div class="fault" data-say><strong>{}</strong><p>{}</p></div>').format(fault.message, fault.hint)
