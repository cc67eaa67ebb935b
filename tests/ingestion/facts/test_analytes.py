"""The table of analytes is sound, and every name in it is found again in a text."""

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.facts.analytes import analytes, namings
from ingestion.facts.letters import plain
from tests.ingestion.facts.measured import measured, said

_TRAITS = {"metres", "limit", "range", "qualitative", "roman", "scale", "drug", "pair"}
_ROWS = [
    line.split("\t")
    for line in resources.files("ingestion.facts").joinpath("analytes.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "code\t"))
]
_FIGURES = st.decimals(min_value=1, max_value=99, places=1).map(lambda number: str(number).replace(".", ","))
_LABORATORY = sorted(code for code, analyte in analytes().items() if analyte.family == "laboratory" and analyte.units)


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_a_row_is_sound(row: list[str]) -> None:
    code, label, family, _, bare, loinc, traits, names = row

    assert re.fullmatch(r"[a-z0-9_]+", code)
    assert label
    assert family in {"laboratory", "vital", "score", "measure"}
    assert re.fullmatch(r"|-?[\d,]+--?[\d,]+", bare)
    assert re.fullmatch(r"|\d{3,5}-\d", loinc)
    assert set(traits.split()) <= _TRAITS
    assert names


def test_codes_are_said_once() -> None:
    assert len({row[0] for row in _ROWS}) == len(_ROWS)


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_every_name_is_found_in_a_text(row: list[str]) -> None:
    for name in row[7].split("|"):
        written = plain(name.lstrip("=!~"))
        found = namings(f"x {written} : 1")

        assert [sense.analyte.code for sense in found[0].senses if sense.analyte.code == row[0]], name
        assert found[0].end == len(f"x {written}"), name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("créatinnine 118 µmol/L", "creatinine 118 µmol/L"),
        ("hémoglobne 9,2 g/dL", "hemoglobin 9,2 g/dL"),
        ("DIFFU-K 2,5 g", ""),
        ("vitamine K 10,5", ""),
        ("K-ras 12,5", ""),
        ("HBA1C 7,2 %", "hba1c 7,2 %"),
        ("hémoglobine glyquée 7,2 %", "hba1c 7,2 %"),
        ("calcium ionisé 1,21 mmol/L", "ionized_calcium 1,21 mmol/L"),
    ],
)
def test_the_longest_name_that_stands_alone_is_taken(text: str, expected: str) -> None:
    assert said(text) == expected


@given(code=st.sampled_from(_LABORATORY), figures=_FIGURES)
def test_a_value_with_its_unit_is_read_back(code: str, figures: str) -> None:
    analyte = analytes()[code]
    text = f"{analyte.label} : {figures} {analyte.units[0]}"
    found = measured(text)

    assert [fact.value for fact in found] == [figures]
    assert text[found[0].start : found[0].end] == text


@given(
    code=st.sampled_from(_LABORATORY), figures=_FIGURES, aim=st.sampled_from(["si", "objectif", "tant que", "viser"])
)
def test_an_aim_is_never_a_value(code: str, figures: str, aim: str) -> None:
    analyte = analytes()[code]

    assert measured(f"{aim} {analyte.label} < {figures} {analyte.units[0]}") == []


@given(st.text(max_size=300))
def test_plain_letters_keep_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(plain(text).lower()) == len(text)


@given(st.text(alphabet="KNaHb TAFC0123456789,./:->()|\n\t éàm%gLol*", max_size=200))
def test_any_text_is_read_and_every_value_is_proven(text: str) -> None:
    for fact in measured(text):
        assert 0 <= fact.start < fact.end <= len(text)
        assert all(piece in text for piece in re.findall(r"\d+", fact.value))
