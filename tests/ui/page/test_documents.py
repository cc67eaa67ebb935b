"""The document pane: exact highlights by code points, escaped text, pages, places, faults."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Citation, DocumentCard, DocumentView, PageSpan, PatientCard, Place
from ui.page.desk import Fault, Opened, Scene
from ui.page.documents import body, listing, reader

CARD = DocumentCard("D1", "Note <b>", "note_evolution", "2025-02-14T10:00:00", "Dr A", "Cardiologie", None)
PATIENT = PatientCard("1", "CH", "DURAND", "Anne", "1950-01-01", "F", 75, 1)


def shown(rendered: str) -> str:
    """Return what a browser shows of markup made of text and inline elements."""
    return html.unescape(re.sub(r"<[^>]*>", "", rendered))


def marked(rendered: str) -> str:
    return shown("".join(re.findall(r"<mark>(.*?)</mark>", rendered, re.DOTALL)))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Allergie : pénicilline.", "pénicilline"),
        ("🫀🫁 avant 👨‍⚕️ puis FEVG 35 % 🫀 fin", "FEVG 35 % 🫀"),
        ("e\u0301le\u0301vation de la tempe\u0301rature", "tempe\u0301rature"),
        ("<script>alert(1)</script> & <b>K+ < 3</b>", "<b>K+ < 3</b>"),
        ("prose\n\na | b\n1 | 2\n\nsuite", "e\n\na | b\n1 | 2\n\nsu"),
        ("![](http://evil/x.png) $x^2$ ${7*7} {{7*7}}", "${7*7} {{7*7}}"),
    ],
)
def test_the_highlight_is_the_quote_and_the_rest_is_untouched(text: str, quote: str) -> None:
    start = text.index(quote)
    rendered = str(body(DocumentView(CARD, text), start, start + len(quote)))
    assert marked(rendered) == quote
    assert shown(rendered) == text
    assert "<script" not in rendered
    assert "<b>" not in rendered


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_any_text_any_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    rendered = str(body(DocumentView(CARD, text), start, end))
    assert shown(rendered) == text
    assert marked(rendered) == text[start:end]


def test_columns_are_set_in_fixed_width_and_prose_is_not() -> None:
    rendered = str(body(DocumentView(CARD, "Prose simple.\n\nNa | K\n140 | 4,4")))
    assert rendered == 'Prose simple.\n\n<span class="table">Na | K\n140 | 4,4</span>'


def test_pages_are_announced_without_adding_text() -> None:
    view = DocumentView(CARD, "un\ndeux", (PageSpan(1, 0, 3), PageSpan(2, 3, 7)))
    rendered = str(body(view, 3, 7))
    assert rendered.index('data-page="2"') < rendered.index("<mark>deux")
    assert shown(rendered) == "un\ndeux"


def opened_at(text: str, quote: str, also: tuple[Place, ...] = ()) -> Opened:
    start = text.index(quote)
    citation = Citation("D1", start, start + len(quote), quote, "Note", "note_evolution", "2025-02-14", 2, also)
    view = DocumentView(CARD, text, (PageSpan(1, 0, 2), PageSpan(2, 2, len(text))))
    return Opened(view, citation, citation.start, citation.end, turn="0", number=1, total=3)


def test_the_reader_says_title_kind_date_author_and_page() -> None:
    rendered = str(reader(Scene(card=PATIENT, documents=(CARD,), opened=opened_at("a\nTA 12/8", "12/8"))))
    for expected in ("Note &lt;b&gt;", "Note d’évolution", "14/02/2025 à 10:00", "Dr A", "page 2", "Source [1] sur 3"):
        assert expected in rendered
    assert 'data-delta="-1" disabled' in rendered
    assert 'data-delta="1" disabled' not in rendered


def test_other_places_of_the_same_words_are_offered() -> None:
    places = (Place("D2", 0, 4, "Lettre <i>", "lettre_liaison", "2025-02-19"),)
    rendered = str(reader(Scene(card=PATIENT, opened=opened_at("a\nTA 12/8", "12/8", places))))
    assert "Aussi présent dans" in rendered
    assert 'data-action="place" data-number="1">Lettre &lt;i&gt; (19/02/2025)' in rendered


def test_a_document_that_changed_is_told() -> None:
    opened = opened_at("a\nTA 12/8", "12/8")
    assert opened.view is not None
    changed = Opened(DocumentView(CARD, "autre texte"), opened.citation, opened.start, opened.end)
    assert "ne correspond plus" in str(reader(Scene(card=PATIENT, opened=changed)))
    assert "ne correspond plus" not in str(reader(Scene(card=PATIENT, opened=opened)))


def test_the_administrative_record_is_shown_as_its_field() -> None:
    citation = Citation("record:patient", 0, 0, "née le <12/03/1944>", "", "", "")
    rendered = str(reader(Scene(card=PATIENT, opened=Opened(citation=citation, turn="0", number=1, total=1))))
    assert "Dossier administratif" in rendered
    assert "<mark>née le &lt;12/03/1944&gt;</mark>" in rendered


def test_a_fault_says_what_to_do() -> None:
    fault = Fault("Aucun document <D9>.", "Rechargez.")
    rendered = str(reader(Scene(card=PATIENT, opened=Opened(fault=fault))))
    assert "Aucun document &lt;D9&gt;." in rendered
    assert "Rechargez." in rendered


def test_the_list_marks_the_open_document_and_escapes_titles() -> None:
    rendered = str(listing(Scene(card=PATIENT, documents=(CARD,), opened=opened_at("a\nTA 12/8", "12/8"))))
    assert 'aria-current="true"' in rendered
    assert '<span class="title">Note &lt;b&gt;</span>' in rendered
    assert "1 document<" in rendered


def test_an_empty_record_says_so() -> None:
    assert "Aucun document" in str(listing(Scene(card=PATIENT)))
