"""Statements: the record's wording, where it comes from, exact citations, and what is left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.candidates import candidates_of
from assistant.compose import ENOUGH, MARGIN, MOST_STATEMENTS, MOST_WORDS, choose, citations_of, statement_text
from assistant.ranking import Ranked
from assistant.types import Citation
from assistant.verify import verify
from ingestion.types import Page
from tests.assistant.quoting import PREFIX, found_of, only, passage_of, ranked_of, shelf_of

# A table, the row that is said (from 0), and how it is read.
ROWS = [
    (
        "Param. | Valeur | Unité | Norme\nSodium | 126 B | mmol/L | 136-145",
        1,
        "Sodium : 126 B (Valeur), mmol/L (Unité), 136-145 (Norme)",
    ),
    (
        "| Param. | 12/03/2025 | 14/03/2025 |\n| CRP | 112 | 48 |",
        1,
        "CRP : 112 (12/03/2025), 48 (14/03/2025)",
    ),
    (
        "Biologie       08/01      10/01      Réf.\nCRP            112        48         < 5",
        1,
        "CRP : 112 (08/01), 48 (10/01), < 5 (Réf.)",
    ),
    (
        "              14/05        20/05\nTUG           non fait     28 s",
        1,
        "TUG : non fait (14/05), 28 s (20/05)",
    ),
    ("Paramètre\tJ1\tJ3\nCRP\t112\t48", 1, "CRP : 112 (J1), 48 (J3)"),
    ("Param. | Valeur | Unité | Norme\nDFG | 41 | | > 90", 1, "DFG : 41 (Valeur), > 90 (Norme)"),
    # Columns that do not line up: as written.
    ("Biologie     08/01     10/01     Réf.\nCRP            112        < 5", 1, "CRP 112 < 5"),
    ("Date | Valeur | Contexte\n12/03/25 | 318 | dialyse | à jeun | J2", 1, "12/03/25 | 318 | dialyse | à jeun | J2"),
    # No header, or the header itself: as written.
    ("Potassium      4,2      mmol/L\nSodium         138      mmol/L", 1, "Sodium 138 mmol/L"),
    ("Biologie       08/01      10/01\nCRP            112        48", 0, "Biologie 08/01 10/01"),
]


@pytest.mark.parametrize(("table", "number", "said"), ROWS)
def test_a_row_is_read_with_what_heads_its_columns(table: str, number: int, said: str) -> None:
    passage = passage_of(table.strip("\n"), kind="resultats_biologie")
    candidate = only(passage, number)
    assert statement_text(candidate) == f"{said} (biologie, 10/03/2025)"
    shelf = shelf_of(passage)
    assert verify(statement_text(candidate), citations_of(candidate, shelf), shelf.text).verdict == "supported"


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("resultats_biologie", "biologie, 10/03/2025"),
        ("note_evolution", "note d'évolution, 10/03/2025"),
        ("kind_unknown", "kind unknown, 10/03/2025"),
        ("", "document, 10/03/2025"),
    ],
)
def test_a_statement_says_where_it_comes_from(kind: str, place: str) -> None:
    assert statement_text(only(passage_of("Hb à 9,6 g/dL.", kind=kind))) == f"Hb à 9,6 g/dL. ({place})"


def test_a_sentence_is_cited_where_it_stands_and_wherever_else_it_does() -> None:
    passage = passage_of("Apyrétique. Toux sèche depuis hier.", 10, 12, 15)
    candidate = only(passage, 1)
    (citation,) = citations_of(candidate, shelf_of(passage))
    start = len(PREFIX) + len("Apyrétique. ")
    assert (citation.document, citation.start, citation.quote) == ("D10", start, "Toux sèche depuis hier.")
    assert [(place.document, place.start, place.end) for place in citation.also] == [
        ("D12", start, citation.end),
        ("D15", start, citation.end),
    ]


def test_a_row_cites_its_header_too() -> None:
    passage = passage_of("Biologie       08/01      10/01\nCRP            112        48")
    row, header = citations_of(only(passage, 1), shelf_of(passage))
    assert (row.quote.split(), header.quote.split()) == (["CRP", "112", "48"], ["Biologie", "08/01", "10/01"])
    assert header.start == len(PREFIX)


@pytest.mark.parametrize(
    ("pages", "page"),
    [
        ((), None),
        ((Page(1, 0, 500),), 1),
        ((Page(1, 0, len(PREFIX)), Page(2, len(PREFIX), 500)), 2),
        ((Page(7, 400, 500),), None),
    ],
)
def test_the_page_of_a_citation(pages: tuple[Page, ...], page: int | None) -> None:
    passage = passage_of("Toux sèche depuis hier.")
    (citation,) = citations_of(only(passage), shelf_of(passage, *pages))
    assert citation.page == page


LINES = st.sampled_from(
    ["Biologie     08/01     10/01", "CRP     112     48", "Toux. Fièvre.", "a | b | 5 mg", "🩺 œdème"]
)


@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join))
def test_every_quote_is_the_text_of_its_document(text: str) -> None:
    passage = passage_of(text, 3, 4)
    shelf = shelf_of(passage)
    for candidate in candidates_of([(passage, 1.0)]):
        for citation in citations_of(candidate, shelf):
            assert shelf.text(citation.document)[citation.start : citation.end] == citation.quote
            for place in citation.also:
                assert shelf.text(place.document)[place.start : place.end] == citation.quote


def said(*ranked: Ranked, beside: tuple[Citation, ...] = (), words: int = 0, question: str = "Toux ?") -> list[Ranked]:
    return choose(found_of(ranked, question), beside, words)


def test_sentences_far_below_the_best_are_left_out() -> None:
    ranked = ranked_of("Toux sèche.", "Fièvre hier.", "Poids stable.", scores=(9.0, 9.0 - MARGIN, 8.9 - MARGIN))
    assert said(*ranked) == ranked[:2]


def test_beside_an_exact_answer_only_sentences_near_the_best_are_added() -> None:
    ranked = ranked_of("Toux sèche.", "Fièvre hier.", "Poids stable.", scores=(9.0, 9.0 - ENOUGH, 8.9 - ENOUGH))
    exact = Citation("D99", 0, 10, "Autre note", "", "", "")
    assert ENOUGH < MARGIN
    assert said(*ranked, beside=(exact,)) == ranked[:2]


def test_what_an_exact_answer_cites_is_not_said_again() -> None:
    passage = passage_of("Toux sèche. Fièvre hier.", 3, 5)
    first, second = (Ranked(c, (), 1.0) for c in candidates_of([(passage, 1.0)]))
    (citation,) = citations_of(first.candidate, shelf_of(passage))
    assert said(first, second, beside=(citation,)) == [second]
    # The same words in the other document that holds them.
    (copied,) = citation.also
    elsewhere = replace(citation, document=copied.document, start=copied.start, end=copied.end, also=())
    assert said(first, second, beside=(elsewhere,)) == [second]
    beside = replace(citation, document="D99", also=())
    assert said(first, second, beside=(beside,)) == [first, second]


def test_beside_what_holds_at_discharge_nothing_older_is_added() -> None:
    older, newer = ranked_of("Bisoprolol 2,5 mg le matin.", "Bisoprolol bien toléré.")
    exact = (Citation("D9", 0, 9, "BISOPROLO", "", "ordonnance_sortie", "2025-03-02T10:00:00"),)
    assert said(older, newer, beside=exact, question="bisoprolol à la sortie ?") == [newer]
    assert said(older, newer, beside=exact, question="bisoprolol ?") == [older, newer]


def test_nothing_is_said_twice() -> None:
    ranked = ranked_of(
        "Ramipril 5 mg arrêté devant une hyperkaliémie.",
        "Ramipril 5 mg arrêté devant hyperkaliémie ce jour.",
        "Le 10/03, ramipril 5 mg arrêté.",
    )
    assert said(*ranked[:2]) == [ranked[0]]
    assert said(*ranked[1:]) == ranked[1:]


def test_two_sentences_that_differ_by_a_figure_are_both_said() -> None:
    ranked = ranked_of("La kaliémie de ce matin est à 6,1.", "La kaliémie de ce matin est à 4,4.")
    assert said(*ranked) == ranked
    ranked = ranked_of("Ramipril arrêté devant une hyperkaliémie.", "Ramipril arrêté devant une hyperkaliémie à 6,1.")
    assert said(*ranked) == ranked
    assert said(*ranked[::-1]) == ranked[:0:-1]


def test_two_rows_of_one_table_are_both_said() -> None:
    table = "Paramètre    Unité    08/01/2025   09/01/2025   10/01/2025   11/01/2025\n"
    ranked = ranked_of(f"{table}Créatinine   µmol/L   88   89   90   91\nUrée   mmol/L   5   6   7   8")[1:]
    assert said(*ranked) == ranked


def test_an_answer_is_short() -> None:
    long = ranked_of(*(f"{word} " * 40 + "fin." for word in ("toux", "fièvre", "douleur", "nausée", "vertige")))
    assert 1 <= len(said(*long)) * 40 <= MOST_WORDS
    assert said(*long, beside=(Citation("D99", 0, 1, "a", "", "", ""),), words=MOST_WORDS) == []
    short = ranked_of(*(f"Symptôme {letter * 3} présent." for letter in "abcdefghijklmnop"))
    assert len(said(*short)) <= MOST_STATEMENTS


def test_the_best_sentence_is_said_however_long_it_is() -> None:
    ranked = ranked_of("mot " * (MOST_WORDS * 2) + "fin.")
    assert said(*ranked)[0] == ranked[0]


def test_nothing_is_chosen_of_nothing() -> None:
    assert said() == []
