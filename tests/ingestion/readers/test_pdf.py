"""PDFs: pages tile the text, columns stay apart, wrapped prose is whole again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.readers.pdf import read_pdf
from ingestion.readers.pdf_layout import Line, Word, page_text
from tests.ingestion.readers.files import pdf

TABLE = """Paramètre            Unité     10/02 18:20   11/02 07:00
Hémoglobine          g/dL      11,2          11,0
INR                            4,6           -
Potassium            mmol/L    6,1 (H)       4,4"""

PROSE = (
    "Merci de recevoir cette patiente pour une dyspnée qui s'aggrave depuis une semaine, avec orthopnée, prise de poids"
    " et oedèmes des membres inférieurs remontant aux genoux, sans douleur thoracique ni fièvre mesurée au domicile."
)


def test_pages_tile_the_text_and_hold_their_words() -> None:
    content = read_pdf(pdf("Première page\n#pagebreak()\n#pagebreak()\nTroisième page"))
    assert [page.number for page in content.pages] == [1, 2, 3]
    assert [page.start for page in content.pages] == [0, *(page.end for page in content.pages[:-1])]
    assert content.pages[-1].end == len(content.text)
    assert content.text[content.pages[2].start :].startswith("Troisième")
    assert content.text[content.pages[1].start : content.pages[1].end].strip() == ""


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="abcé 12\n", max_size=40), min_size=1, max_size=4))
def test_pages_tile_whatever_they_hold(texts: list[str]) -> None:
    blocks = ['#raw(block: true, "' + text.replace("\n", "\\n") + '")' for text in ["x", *texts]]
    content = read_pdf(pdf("\n#pagebreak()\n".join(blocks)))
    pieces = [content.text[page.start : page.end] for page in content.pages]
    assert "".join(pieces) == content.text
    assert all(piece.endswith("\n") for piece in pieces[:-1])


def test_columns_of_a_fixed_width_block_come_back_as_they_were() -> None:
    quoted = TABLE.replace("\n", "\\n")
    assert TABLE in read_pdf(pdf(f'#raw(block: true, "{quoted}")')).text


def test_cells_of_a_table_stay_on_their_row_and_aligned() -> None:
    text = read_pdf(pdf("#table(columns: (4cm, 3cm, 3cm), [Hb], [11,2], [g/dL], [Plaquettes], [], [G/L])")).text
    first, second = [line for line in text.split("\n") if line.strip()]
    assert first.split() == ["Hb", "11,2", "g/dL"]
    assert first.index("g/dL") == second.index("G/L")


def test_wrapped_prose_is_one_line_and_a_list_is_not() -> None:
    text = read_pdf(pdf(f"{PROSE}\n\n- INR 4,6\n- K 4,3\n")).text
    assert PROSE.replace("'", "’") in text
    assert "INR 4,6\n" in text


def test_paragraphs_are_set_apart() -> None:
    text = read_pdf(pdf("Un\\ deux\\ trois\n\n#v(1cm)\n\nQuatre\\ cinq\\ six")).text
    assert text == "Un\ndeux\ntrois\n\nQuatre\ncinq\nsix"


def _row(text: str, top: float, right: float, left: float = 0.0) -> Line:
    """Set words of ten points a character, the last one ending at ``right``."""
    words, edge = [], right
    for word in reversed(text.split()):
        words.append(Word(word, edge - 10 * len(word), edge))
        edge = words[-1].left - 8
    return Line(tuple(reversed(words)), top, top - 12)


WRAPS = [
    ("dose de", "LOVENOX 4000", True),
    ("une dose", "de charge", True),
    ("matin et soir", "Bisoprolol 5", False),
    ("pas de fièvre.", "Toux grasse", False),
    ("pas de fièvre", "- toux", False),
    ("pas de fièvre", "Examen : normal", False),
    ("pas de fièvre", "2) toux", False),
    ("anti-", "inflammatoire", False),
    ("créatinine à", "132 µmol/L", True),
]


@pytest.mark.parametrize(("above", "below", "joined"), WRAPS)
def test_a_full_line_goes_on_only_where_the_words_allow_it(above: str, below: str, joined: bool) -> None:
    lines = [_row("x y", 100, 300), _row(above, 86, 299), _row(below, 72, 200)]
    assert page_text(lines, 100).endswith(f"{above} {below}" if joined else f"{above}\n{below}")


def test_a_short_line_never_goes_on() -> None:
    lines = [_row("x y", 100, 300), _row("une dose", 86, 220), _row("de charge", 72, 200)]
    assert page_text(lines, 100) == "x y\nune dose\nde charge"


def test_cells_side_by_side_are_one_row() -> None:
    left, right = _row("Hb", 100, 20), _row("11,2", 99, 200)
    assert page_text([left, right], 300).split() == ["Hb", "11,2"]
    assert "\n" not in page_text([left, right], 300)


def test_an_empty_page_is_an_empty_text() -> None:
    assert page_text([], 300) == ""
