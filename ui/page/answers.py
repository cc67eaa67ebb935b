"""HTML and plain text of a conversation: questions, proven statements, abstentions, faults."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.types import Citation, PatientCard, Point, Statement
from ui.page.desk import Fault, Scene, Turn, span_of
from ui.page.plots import Source, SourceOf, evolution
from ui.page.wording import (
    EXAMPLES,
    ORIGINS,
    OUTCOMES,
    UNKNOWN_DATE,
    VERDICTS,
    date_label,
    day_label,
    identity_line,
    kind_label,
    perimeter,
)

_NOTHING = Markup("")


def conversation(scene: Scene) -> Markup:
    """Return the whole conversation; appended parts only, so that the page can update it in place."""
    turns = Markup("").join(_turn(turn, index, scene.card) for index, turn in enumerate(scene.turns))
    return Markup(
        '<div class="turns" role="tabpanel" aria-label="Questions" data-epoch="{}" data-version="{}" data-busy="{}">'
        "{}{}</div>"
    ).format(
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
    lines += [f"Question : {turn.question}"]
    if turn.answer and turn.answer.understood:
        lines += [f"Question comprise : {turn.answer.understood}"]
    lines += [""]
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


def statement_item(statement: Statement, turn: str, citations: tuple[Citation, ...], *, tag: str = "li") -> Markup:
    """Return a statement with a button for each of its citations and its standing; ``turn`` names where it stands."""
    buttons = Markup("").join(
        _citation_button(turn, numbers, citations[numbers[0] - 1]) for numbers in _grouped(statement, citations)
    )
    return Markup(
        '<{} class="statement" data-verdict="{}" data-origin="{}"><span class="text" data-say>{}</span> {}{}</{}>'
    ).format(tag, statement.verdict, statement.origin, statement.text, buttons, _standing(statement), tag)


def points_of(statements: Sequence[Statement], citations: tuple[Citation, ...]) -> SourceOf:
    """Return what tells where a point of a series is proven."""
    spans = [span_of(each) for each in citations]

    def source_of(point: Point) -> Source | None:
        cited = statements[point.statement].citations if 0 <= point.statement < len(statements) else ()
        if not 0 <= point.citation < len(cited) or span_of(cited[point.citation]) not in spans:
            return None
        number = spans.index(span_of(cited[point.citation])) + 1
        return Source(number, f"Source {number} : {source_line(cited[point.citation])}")

    return source_of


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
        '<h3 class="question">{}</h3>{}<div class="answer">{}{}{}{}</div>{}</article>'
    ).format(
        index, turn.state, outcome, index + 1, turn.question, _understood(turn),
        _abstention(turn), _statements(turn, index), _evolutions(turn, index), _notices(turn),
        _ending(turn, index, card),
    )  # fmt: skip


def _understood(turn: Turn) -> Markup:
    if turn.answer is None or not turn.answer.understood:
        return _NOTHING
    return Markup('<p class="understood" data-say>Question comprise : {}</p>').format(turn.answer.understood)


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
    groups = _conflicts(turn)
    grouped = {number: group for group in groups for number in group}
    items = Markup("").join(
        _conflict([turn.statements[each] for each in grouped[number]], str(index), citations)
        if number in grouped
        else statement_item(statement, str(index), citations)
        for number, statement in enumerate(turn.statements)
        if number not in grouped or number == min(grouped[number])
    )
    return Markup('<ul class="statements" role="list">{}</ul>').format(items)


def _conflicts(turn: Turn) -> list[tuple[int, ...]]:
    """Return the groups of statements that contradict one another, each statement in one group at most."""
    groups: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for group in turn.answer.conflicts if turn.answer else ():
        left = tuple(number for number in group if number not in taken and 0 <= number < len(turn.statements))
        if len(left) > 1:
            groups.append(left)
            taken.update(left)
    return groups


def _conflict(sides: Sequence[Statement], turn: str, citations: tuple[Citation, ...]) -> Markup:
    """Set the sides of a contradiction beside one another, each under the date of its document; none is the winner."""
    columns = Markup("").join(
        Markup('<div class="side"><p class="when">{}</p>{}</div>').format(
            _dates(each), statement_item(each, turn, citations, tag="div")
        )
        for each in sides
    )
    settled = any("prévaut" in each.text for each in sides)
    verdict = _NOTHING if settled else Markup('<p class="settled">Aucun document ne tranche.</p>')
    return Markup(
        '<li class="conflict" role="group" aria-label="Le dossier se contredit"><p class="contrast">'
        'Le dossier se contredit</p><div class="sides">{}</div>{}</li>'
    ).format(columns, verdict)


def _dates(statement: Statement) -> str:
    days = dict.fromkeys(day_label(each.date) for each in statement.citations if each.date)
    return ", ".join(days) or UNKNOWN_DATE


def _evolutions(turn: Turn, index: int) -> Markup:
    if turn.answer is None or not turn.answer.series:
        return _NOTHING
    source_of = points_of(turn.statements, turn.citations())
    return Markup("").join(evolution(series, str(index), source_of) for series in turn.answer.series)


def _grouped(statement: Statement, citations: tuple[Citation, ...]) -> list[list[int]]:
    """Return the numbers of a statement's citations, the fields of the administrative record together."""
    numbers = _numbers(statement, citations)
    fields = [number for number in numbers if is_administrative(citations[number - 1])]
    return ([fields] if fields else []) + [[number] for number in numbers if number not in fields]


def _citation_button(turn: str, numbers: Sequence[int], citation: Citation) -> Markup:
    number = numbers[0]
    shown = f"{number}" if len(numbers) == 1 else f"{number}–{numbers[-1]}"
    label = f"Source {shown} : {source_line(citation)}"
    return Markup(
        '<button type="button" class="cite" data-action="cite" data-turn="{}" data-number="{}"'
        ' aria-label="{}" title="{}">[{}]</button>'
    ).format(turn, number, label, label, shown)


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
