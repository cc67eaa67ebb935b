"""Passages: what is indexed and quoted. Properties over any text, then the shapes that a record takes."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.passages import MAXIMUM, cut_passages
from ingestion.sections import find_sections
from ingestion.types import Cut, Section

WORDS = st.sampled_from(
    ["toux", "Hb", "9,6", "le", "12/03", "ramipril", "5 mg.", "puis", ";", "«œdème»", "🩺", "x" * 450]
)
ROWS = st.sampled_from(
    ["Na     138    136-145", "CRP | 112 | mg/L", "K\t4,1\tmmol/L", "     12/05     14/05     16/05"]
)
LINES = st.one_of(
    st.lists(WORDS, max_size=90).map(" ".join), ROWS, st.sampled_from(["", "  ", "Biologie :", "CONCLUSION"])
)
TEXTS = st.one_of(st.lists(LINES, max_size=30).map("\n".join), st.text(max_size=900))


def sections_at(text: str, borders: list[int]) -> tuple[Section, ...]:
    """Return sections that tile a text from the first border on."""
    places = sorted({border % (len(text) + 1) for border in borders} - {len(text)})
    spans = pairwise([*places, len(text)])
    return tuple(Section(f"Titre {i}", f"nom_{i}", start, start, end) for i, (start, end) in enumerate(spans))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 5000), max_size=4))
def test_passages_of_any_text(text: str, borders: list[int]) -> None:
    sections = sections_at(text, borders)
    cuts = cut_passages(text, sections)
    assert all(cut.text == text[cut.start : cut.end] for cut in cuts)
    assert all(cut.text.strip() == cut.text != "" for cut in cuts)
    assert all(one.end <= next_.start for one, next_ in pairwise(cuts))
    uncovered = [text[i:j] for i, j in pairwise([0, *(x for c in cuts for x in (c.start, c.end)), len(text)])][::2]
    assert not "".join(uncovered).strip()
    for cut in cuts:
        assert within_one_section(cut, sections)
        assert len(cut.text) <= MAXIMUM or is_one_piece(cut.text)


def within_one_section(cut: Cut, sections: tuple[Section, ...]) -> bool:
    home = next((s for s in sections if s.start <= cut.start < s.end), None)
    if home is None:
        return cut.section is None and all(cut.end <= s.start or cut.start >= s.end for s in sections)
    return cut.end <= home.end and (cut.section, cut.section_name) == (home.title, home.name)


def is_one_piece(text: str) -> bool:
    """Say whether a long passage could not be cut: one word, or a table that fits twice a passage."""
    rows = text.split("\n")
    table = len(text) <= 2 * MAXIMUM and all(re.search(r" {3,}|\||\t", row) for row in rows)
    row = len(rows) == 1 and re.search(r" {3,}|\||\t", text)
    return table or bool(row) or not re.search(r"[ \n]", text)


PARAGRAPH = (
    "Antécédents : HTA ancienne traitée par ramipril, diabète de type 2 sous metformine, fibrillation atriale "
    "anticoagulée par apixaban, AVC ischémique en 2019 sans séquelle, cholécystectomie en 2004."
)
LONG = " ".join(f"Le {day}/03, la patiente va mieux et la fièvre a cédé sous antibiotiques." for day in range(1, 32))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("Note du 12/03.\n", "\n\nVu ce jour."),
        ("Autre note, plus longue que la première, d'une main différente.\n\n", "\n\nAprès."),
        ("Titre\n=====\n", "\nConclusion : stable."),
    ],
)
def test_a_paragraph_copied_forward_is_the_same_passage(before: str, after: str) -> None:
    text = f"{before}{PARAGRAPH}{after}"
    assert PARAGRAPH in {cut.text for cut in cut_passages(text, find_sections(text))}


def test_a_table_stays_whole_with_its_header() -> None:
    header = "Paramètre      12/05     14/05     16/05"
    rows = [f"Dosage {n}       1{n},0      1{n},5      1{n},9" for n in range(12)]
    table = "\n".join([header, *rows])
    assert 400 < len(table) < 800
    (cut,) = cut_passages(table, ())
    assert cut.text == table


def test_a_table_too_long_is_cut_between_rows() -> None:
    rows = [f"Dosage numéro {n:02}      1{n:02},0 mmol/L      100-200" for n in range(40)]
    cuts = cut_passages("\n".join(rows), ())
    assert [row for cut in cuts for row in cut.text.split("\n")] == rows
    assert len(cuts) > 1
    assert all(len(cut.text) <= MAXIMUM for cut in cuts)


def test_long_prose_is_cut_at_sentence_ends() -> None:
    cuts = cut_passages(LONG, ())
    assert len(cuts) > 3
    assert all(cut.text.endswith(".") and cut.text.startswith("Le ") for cut in cuts)


def test_short_lines_of_one_section_are_read_together() -> None:
    text = "Allergies : aucune\nPoids : 61 kg\nTaille : 1,60 m"
    (cut,) = cut_passages(text, ())
    assert cut.text == text


def test_sections_give_their_name_and_are_never_mixed() -> None:
    text = "Entête\nAllergies : latex\nTraitement : ramipril 5 mg"
    cuts = cut_passages(text, find_sections(text))
    assert [(cut.section_name, cut.text) for cut in cuts] == [
        (None, "Entête"),
        ("allergies", "Allergies : latex"),
        ("traitement", "Traitement : ramipril 5 mg"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \u00a0\n"])
def test_blank_texts_have_no_passage(text: str) -> None:
    assert cut_passages(text, ()) == ()
