"""Every row of the tables is well-formed; no ordinary word is taken for a medicine."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.lexicon import tables
from ingestion.lexicon.folding import fold

FOLDER = Path(tables.__file__).parent
COLUMNS = {"abbreviations": 4, "medicines": 3, "classes": 2, "synonyms": 2, "stopwords": 2}

# Frequent words of French and of clinical notes, laboratory values, given names: none is the name of a medicine.
ORDINARY = (Path(__file__).parent / "ordinary_words.txt").read_text("utf-8").split()


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_rows_are_well_formed(table: str) -> None:
    for row in tables.rows(table):
        assert len(row) == COLUMNS[table], row
        assert all(cell == cell.strip() and cell for cell in row[:2]), row
        assert not any(re.search(r"\|\||^\||\|$|  ", cell) for cell in row), row


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_table_says_where_it_comes_from(table: str) -> None:
    comments = [line for line in (FOLDER / f"{table}.tsv").read_text("utf-8").splitlines() if line.startswith("#")]
    assert re.search(r"Sources?:", " ".join(comments))
    assert "Licence:" in " ".join(comments)


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_no_row_twice(table: str) -> None:
    size = {"abbreviations": 2, "stopwords": 1, "medicines": 1}.get(table, 2)
    counted = Counter(tuple(map(_plain(table), row[:size])) for row in tables.rows(table))
    assert [row for row, times in counted.items() if times > 1] == []


def test_abbreviations_are_many_and_conditions_known() -> None:
    rows = tables.abbreviations()
    assert len({row.short for row in rows}) >= 500
    assert len({row.field for row in rows}) >= 15
    assert {row.condition for row in rows} == {"any", "cased", "after_number", "question"}
    assert [row.short for row in rows if row.condition == "cased" and row.short == row.short.lower()] == []


def test_short_forms_expanded_in_any_case_are_no_ordinary_word() -> None:
    ordinary = set(map(fold, ORDINARY)) | tables.stop_phrases()
    any_case = {fold(row.short) for row in tables.abbreviations() if row.condition == "any"}
    assert any_case & ordinary == {"radio"}


def test_medicines_are_many_folded_and_complete() -> None:
    rows = tables.medicines()
    names = {row.name for row in rows}
    assert len(names) >= 1_500
    assert [row for row in rows if fold(row.name) != row.name or fold(row.generic) != row.generic] == []
    assert {row.generic for row in rows} <= names
    assert [row for row in rows if not re.fullmatch(r"([A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?)?", row.atc)] == []


def test_a_generic_has_one_atc_code() -> None:
    codes: dict[str, set[str]] = {}
    for row in tables.medicines():
        codes.setdefault(row.generic, set()).add(row.atc)
    assert {generic: found for generic, found in codes.items() if len(found) > 1} == {}


def test_no_ordinary_word_is_a_medicine() -> None:
    assert len(set(ORDINARY)) >= 300
    assert {row.name for row in tables.medicines()} & set(map(fold, ORDINARY)) == set()


def test_members_of_classes_exist() -> None:
    generics = {row.generic for row in tables.medicines()}
    codes = {row.atc for row in tables.medicines()}
    for group in tables.medicine_classes():
        for member in group.members:
            branch = member.removeprefix("ATC:")
            assert fold(member) in generics or any(code.startswith(branch) for code in codes), member


def test_synonyms_are_many_and_kinds_known() -> None:
    groups = tables.synonym_groups()
    assert len(groups) >= 250
    assert {group.kind for group in groups} == {"same", "family", "near"}
    assert [group for group in groups if len(set(map(fold, group.forms))) < max(2, len(group.forms))] == []


def _plain(table: str) -> Callable[[str], str]:
    return str if table in ("abbreviations", "classes") else fold
