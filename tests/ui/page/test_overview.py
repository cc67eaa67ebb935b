"""Summary and timeline on the page: sections, silence, sources, events, what stands before they are made."""

import pytest

from assistant.overviews import Course, EventKind, Summary, SummarySection, Timeline, TimelineEvent
from assistant.types import Citation, Point, Series, Sources, Statement
from ui.page.desk import Fault, Scene, Story, Synopsis
from ui.page.overview import story, synopsis

AS_OF = "2026-03-01T09:00:00"
SOURCES = Sources(14, "2025-02-19T11:00:00")
HOSTILE = '<script>alert(1)</script><img src="http://evil/x" onerror="a()">'


def cited(document: str, quote: str) -> Citation:
    return Citation(document, 0, len(quote), quote, "Note", "note_evolution", "2025-02-14")


def said(text: str, *citations: Citation) -> Statement:
    return Statement(text, "record", "supported", citations or (cited("D1", text),))


def summary(*sections: SummarySection) -> Summary:
    return Summary(sections, AS_OF, SOURCES)


def event(text: str, kind: EventKind = "procedure", date: str = "2025-02-14", end: str = "") -> TimelineEvent:
    return TimelineEvent(date, end, kind, said(text))


def told(*events: TimelineEvent, course: Course | None = None) -> str:
    return str(story(Scene(epoch=2, story=Story(Timeline(events, AS_OF, SOURCES), course))))


def test_sections_in_order_with_their_sources() -> None:
    made = summary(
        SummarySection("Allergies et intolérances", (said("Latex"),)),
        SummarySection("Traitement en cours", (said("Apixaban"), said("Latex"))),
    )
    html = str(synopsis(Scene(epoch=2, synopsis=Synopsis(made))))
    assert html.index("Allergies et intolérances") < html.index("Latex") < html.index("Traitement en cours")
    assert html.count('data-turn="summary"') == 3
    assert html.count('data-number="1"') == 2  # one span, one number
    assert 'aria-label="Source 1 : Note (Note d’évolution, 14/02/2025)"' in html
    assert "Repose sur 14 documents accessibles" in html
    assert 'data-state="ready"' in html


def test_silence_is_said_as_such() -> None:
    html = str(synopsis(Scene(synopsis=Synopsis(summary(SummarySection("Résultats attendus", ()))))))
    assert "Le dossier ne dit rien d&#39;un résultat attendu." in html
    assert "statement" not in html


@pytest.mark.parametrize("draw", [synopsis, story])
def test_nothing_is_shown_before_it_is_asked_for(draw: object) -> None:
    assert callable(draw)
    html = str(draw(Scene(epoch=7)))
    assert 'data-state="idle"' in html
    assert 'data-epoch="7"' in html


def test_a_fault_is_told() -> None:
    fault = Fault("Le dossier est tenu.", "Réessayez.")
    for html in (str(synopsis(Scene(synopsis=Synopsis(fault=fault)))), str(story(Scene(story=Story(fault=fault))))):
        assert "Le dossier est tenu." in html
        assert 'data-state="failed"' in html


def test_the_specialty_chosen_stays_chosen() -> None:
    html = str(synopsis(Scene(synopsis=Synopsis(summary(), "cardiologie"))))
    assert '<option value="cardiologie" selected>cardiologie</option>' in html
    assert html.count(" selected") == 1


def test_events_with_their_kind_and_dates() -> None:
    html = told(
        event("Séjour S1", "stay", "2025-02-10T17:52:00", "2025-02-19T14:00:00"),
        event("Pose de prothèse", date="2015"),
        event("Holter", date="2025-02"),
    )
    assert "<time>10/02/2025 → 19/02/2025</time>" in html
    assert "<time>2015</time>" in html
    assert "<time>02/2025</time>" in html
    assert 'data-event-kind="procedure" checked' in html
    assert 'Acte <span class="count">2</span>' in html


def test_values_are_there_but_not_ticked() -> None:
    html = told(event("K : 4,1", "measurement"))
    assert 'data-event-kind="measurement">' in html
    assert 'data-kind="measurement"' in html


def test_a_record_without_events_says_so() -> None:
    assert "Aucun événement daté dans ce dossier." in told()


def test_measures_open_on_a_plot_whose_points_lead_to_their_sources() -> None:
    statements = (said("K : 4,1", cited("D1", "K 4,1")), said("K : 4,4", cited("D2", "K 4,4")))
    points = tuple(Point(f"2025-02-1{n}", f"4,{n}", 4 + n / 10, n, 0) for n in range(2))
    course = Course((Series("Potassium", "mmol/L", points),), statements, AS_OF, SOURCES)
    html = told(event("Holter"), course=course)
    assert 'Potassium <span class="count">2 valeurs</span>' in html
    assert html.count('class="point" data-action="cite" data-turn="timeline"') == 2
    assert [f'data-number="{number}"' in html for number in (1, 2, 3)] == [True, True, True]


def test_hostile_text_stays_text() -> None:
    made = summary(SummarySection(HOSTILE, (said(HOSTILE),)))
    html = str(synopsis(Scene(synopsis=Synopsis(made)))) + told(event(HOSTILE))
    assert "<script" not in html
    assert "<img" not in html


def test_fields_of_the_administrative_record_have_one_button() -> None:
    fields = tuple(Citation("record:stay", 0, 0, quote, "Séjour", "", "") for quote in ("S1", "Cardiologie", "2025"))
    html = str(
        synopsis(Scene(synopsis=Synopsis(summary(SummarySection("Dernier séjour", (said("Séjour", *fields),))))))
    )
    assert html.count('class="cite"') == 1
    assert "[1–3]" in html
    assert "Dossier administratif" in html
