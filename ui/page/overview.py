"""HTML of the summary and of the timeline: proven statements, each source one click away."""

from collections import Counter

from markupsafe import Markup

from assistant.overviews import EventKind, SummarySection, TimelineEvent
from assistant.summary import silence, specialty_labels
from assistant.types import Citation
from ui.page.answers import points_of, statement_item
from ui.page.desk import Fault, Scene
from ui.page.plots import evolution
from ui.page.wording import EVENTS, counted, day_label, perimeter

_NOTHING = Markup("")


def synopsis(scene: Scene) -> Markup:
    """Return the summary, or what stands for it: nothing asked yet, or a fault."""
    made = scene.synopsis
    if made is None or made.summary is None:
        return _pane("summary", scene, "Synthèse du dossier", made.fault if made else None)
    citations = made.citations()
    sections = Markup("").join(_section(section, citations) for section in made.summary.sections)
    sources = made.summary.sources
    rests = perimeter(sources.documents, sources.newest, made.summary.as_of)
    content = Markup('{}{}<p class="perimeter">{}</p>').format(_choice(made.specialty), sections, rests)
    return _ready("summary", scene, "Synthèse du dossier", content)


def story(scene: Scene) -> Markup:
    """Return the timeline and the measures, or what stands for them."""
    made = scene.story
    if made is None or made.timeline is None:
        return _pane("timeline", scene, "Chronologie du dossier", made.fault if made else None)
    citations = made.citations()
    events = made.timeline.events
    lines = Markup("").join(_event(event, citations) for event in events)
    sources = made.timeline.sources
    content = Markup('{}{}<ol class="events" role="list">{}</ol>{}<p class="perimeter">{}</p>').format(
        _measures(scene, citations),
        _kinds(events),
        lines,
        _NOTHING if events else Markup('<p class="empty">Aucun événement daté dans ce dossier.</p>'),
        perimeter(sources.documents, sources.newest, made.timeline.as_of),
    )
    return _ready("timeline", scene, "Chronologie du dossier", content)


def _pane(name: str, scene: Scene, label: str, fault: Fault | None) -> Markup:
    """Return a pane without content: to be asked for when its tab is chosen, or that failed."""
    inside = (
        Markup('<div class="fault" role="alert"><strong>{}</strong><p>{}</p></div>').format(fault.message, fault.hint)
        if fault
        else Markup('<p class="progress"><span class="pulse" aria-hidden="true"></span>Lecture du dossier…</p>')
    )
    return _frame(name, scene, label, "failed" if fault else "idle", inside)


def _ready(name: str, scene: Scene, label: str, content: Markup) -> Markup:
    return _frame(name, scene, label, "ready", content)


def _frame(name: str, scene: Scene, label: str, state: str, content: Markup) -> Markup:
    return Markup(
        '<section class="overview" data-epoch="{}" data-version="{}" data-state="{}" role="tabpanel" tabindex="0"'
        ' aria-label="{}" data-pane="{}">{}</section>'
    ).format(scene.epoch, scene.version, state, label, name, content)


def _choice(specialty: str) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            label, Markup(" selected") if label == specialty else "", label or "toutes"
        )
        for label in ("", *specialty_labels())
    )
    return Markup(
        '<p class="choice"><label>Spécialité mise en avant <select data-specialty>{}</select></label></p>'
    ).format(options)


def _section(section: SummarySection, citations: tuple[Citation, ...]) -> Markup:
    items = Markup("").join(statement_item(each, "summary", citations) for each in section.statements)
    inside = (
        Markup('<ul class="statements" role="list">{}</ul>').format(items)
        if section.statements
        else Markup('<p class="silence">{}</p>').format(silence(section.title))
    )
    return Markup("<h3>{}</h3>{}").format(section.title, inside)


def _event(event: TimelineEvent, citations: tuple[Citation, ...]) -> Markup:
    until = f" → {day_label(event.end)}" if event.end else ""
    return Markup('<li class="event" data-kind="{}"><time>{}{}</time><span class="kind">{}</span>{}</li>').format(
        event.kind,
        day_label(event.date),
        until,
        EVENTS[event.kind],
        statement_item(event.statement, "timeline", citations, tag="div"),
    )


def _kinds(events: tuple[TimelineEvent, ...]) -> Markup:
    """Return a box for each kind of events; values are many and start unticked."""
    counts: Counter[EventKind] = Counter(event.kind for event in events)
    boxes = Markup("").join(
        Markup('<label><input type="checkbox" data-event-kind="{}"{}> {} <span class="count">{}</span></label>').format(
            kind, "" if kind == "measurement" else Markup(" checked"), label, counts[kind]
        )
        for kind, label in EVENTS.items()
        if counts[kind]
    )
    return Markup('<fieldset class="kinds"><legend>Événements montrés</legend>{}</fieldset>').format(boxes)


def _measures(scene: Scene, citations: tuple[Citation, ...]) -> Markup:
    """Return the measures that have several values, each folded under its name."""
    course = scene.story.course if scene.story else None
    if course is None or not course.series:
        return _NOTHING
    source_of = points_of(course.statements, citations)
    blocks = Markup("").join(
        Markup('<details class="measure"><summary>{} <span class="count">{}</span></summary>{}</details>').format(
            series.name, counted(len(series.points), "valeur"), evolution(series, "timeline", source_of)
        )
        for series in course.series
    )
    return Markup('<h3>Mesures</h3><div class="measures">{}</div>').format(blocks)
