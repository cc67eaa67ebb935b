"""Folding, tokens, stems, dates, typing errors: tables and properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.lexicon.dates import canonical_date, canonical_time
from ingestion.lexicon.spelling import edit_distance
from ingestion.normalise import correct, fold, fold_with_offsets, stem, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œdème", "oedeme"),
        ("l’été", "l'ete"),
        ("lʼété", "l'ete"),
        ("CŒUR", "coeur"),
        ("Ça", "ca"),
        ("naïf", "naif"),
        ("e\u0301te\u0301", "ete"),
        ("12\u202f500", "12 500"),
        ("132 µmol/L", "132 umol/l"),
        ("132 μmol/L", "132 umol/l"),
        ("1,73 m²", "1,73 m2"),
        ("10⁹/L", "10^9/l"),
        ("½ cp", "1/2 cp"),
        ("2 × 500", "2 x 500"),
        ("α-foetoprotéine", "alpha-foetoproteine"),
        ("SARS‑CoV‑2", "sars-cov-2"),
        ("STRASSE ß", "strasse ss"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)  # the first example reads the tables
@given(st.text(), st.data())
def test_offsets_map_back_inside_bounds(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last])


@pytest.mark.parametrize(
    ("text", "wanted", "original"),
    [
        ("un œdème franc", "oedeme", "œdème"),
        ("le coe\u0301ur bat", "coeur", "coe\u0301ur"),
        ("Cœur lent", "oe", "œ"),
        ("ALLERGIE À LA PÉNICILLINE", "penicilline", "PÉNICILLINE"),
        ("fin été", "ete", "été"),
    ],
)
def test_a_folded_match_is_found_in_the_original(text: str, wanted: str, original: str) -> None:
    folded = fold_with_offsets(text)
    start = folded.text.index(wanted)
    first, last = folded.span(start, start + len(wanted))
    assert text[first:last] == original


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K+ à 4,4 mmol/L", ["K", "à", "4,4", "mmol/L"]),
        ("50 mg/kg/j", ["50", "mg/kg/j"]),
        ("60 mL/min/1,73m²", ["60", "mL/min/1,73m²"]),
        ("150 000/mm3", ["150 000", "mm3"]),
        ("1\u202f250 ng/mL", ["1\u202f250", "ng/mL"]),
        ("le 12/02/2025 à 14h30", ["le", "12/02/2025", "à", "14h30"]),
        ("12 févr. 25 puis", ["12 févr. 25", "puis"]),
        ("3 mars 20 mg", ["3 mars", "20", "mg"]),
        ("en février 2025", ["en", "février 2025"]),
        ("92 % en AA", ["92", "%", "en", "AA"]),
        ("NT-proBNP", ["NT", "proBNP"]),
        ("l'aînée", ["l", "aînée"]),
        ("5mg", ["5", "mg"]),
        ("HbA1c 7,2%", ["HbA1c", "7,2", "%"]),
        ("TA 145/90", ["TA", "145", "90"]),
        ("et/ou", ["et", "ou"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_tokens_are_slices_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        end = token.end


@pytest.mark.parametrize(
    "family",
    [
        "allergie allergies allergique ALLERGIQUES",
        "pénicilline penicillines",
        "opéré opérée opérés opérées opération",
        "rénal rénale rénaux",
        "arrêté arrêtée arrêtés",
        "infirmière infirmières infirmiere",
        "majoré majorée",
        "hospitalisé hospitalisée hospitalisation",
        "intolérance intolérances",
        "thrombose thromboses",
    ],
)
def test_words_of_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("rénal", "renaud"), ("prednisone", "prednisolone"), ("cure", "curatelle")])
def test_words_of_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_stem_never_raises(text: str) -> None:
    assert isinstance(stem(text), str)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("12/02/2025", "d20250212"),
        ("1er mars 2024", "d20240301"),
        ("2024-02-29", "d20240229"),
        ("05.07.1999", "d19990705"),
        ("05/07/44", "d19440705"),
        ("05/07/24", "d20240705"),
        ("12 fevr. 25", "d20250212"),
        ("12/02", "d0212"),
        ("aout 2023", "m202308"),
        ("08/2023", "m202308"),
        ("32/01/2025", None),
        ("12/13/2025", None),
        ("00/00/0000", None),
        ("13/2025", None),
    ],
)
def test_canonical_date(written: str, first: str | None) -> None:
    assert next(iter(canonical_date(written)), None) == first


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("14h30", "h1430"), ("8h", "h0800"), ("06:05", "h0605"), ("8 h 15", "h0815"), ("72h", None)],
)
def test_canonical_time(written: str, canonical: str | None) -> None:
    assert canonical_time(written) == canonical


VOCABULARY = frozenset(
    fold(token.text)
    for token in tokens(
        "embolie pulmonaire hémocultures pénicilline allergie créatinine bisoprolol prednisolone scanner trachée "
        "tranchée kaliémie apixaban sortie coloscopie"
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("embloie", "embolie"),
        ("emblie", "embolie"),
        ("pulmonnaire", "pulmonaire"),
        ("hemocutlures", "hemocultures"),
        ("hémocultues", "hemocultures"),
        ("penicilinne", "penicilline"),
        ("créatinne", "creatinine"),
        ("creatininne", "creatinine"),
        ("scaner", "scanner"),
        ("kalliemie", "kaliemie"),
        ("cloloscopi", "coloscopie"),
        ("lalergie", "allergie"),
        ("apixabna", "apixaban"),
        ("sorti", "sortie"),
    ],
)
def test_typing_errors_are_corrected(typed: str, meant: str) -> None:
    assert correct(typed, VOCABULARY) == meant


@pytest.mark.parametrize(
    "word",
    ["embolie", "prednisone", "bisoprolol", "sang", "os", "4,4", "j12345", "voiture", "", "ventoline", "écographie"],
)
def test_nothing_to_correct(word: str) -> None:
    assert correct(word, VOCABULARY) is None


def test_the_first_letter_decides_between_equals() -> None:
    assert correct("vacher", {"tacher", "vache"}) == "vache"


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("abc", "xyz", 3), ("", "ab", 2)],
)
def test_edit_distance(first: str, second: str, distance: int) -> None:
    assert edit_distance(first, second, 5) == distance


@settings(deadline=None)  # the first example reads the tables
@given(st.text(alphabet="abcd", max_size=8), st.text(alphabet="abcd", max_size=8), st.integers(0, 3))
def test_a_limited_distance_is_the_distance_up_to_the_limit(first: str, second: str, limit: int) -> None:
    assert edit_distance(first, second, limit) == min(edit_distance(first, second, 20), limit + 1)


@settings(deadline=None)  # the first example reads the tables
@given(st.text(max_size=20))
def test_correct_never_raises(word: str) -> None:
    assert correct(word, VOCABULARY) in VOCABULARY | {None}
