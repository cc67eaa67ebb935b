"""The table of phrases: every row serves, every call finds its rows."""

import re
from importlib import resources

import pytest

from ingestion.facts.phrases import phrase_in

PACKAGE = resources.files("ingestion.facts")
ROWS = [
    line.split("\t")
    for line in PACKAGE.joinpath("phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CODE = "".join(one.read_text(encoding="utf-8") for one in PACKAGE.iterdir() if one.name.endswith(".py"))


def test_every_row_has_a_name_and_an_expression() -> None:
    assert {len(row) for row in ROWS} == {2}
    assert not [row for row in ROWS if re.search("[A-ZÀ-ÿ]", re.sub(r"\\.", "", row[1]).replace("œ", ""))]


def test_every_name_is_called_and_every_call_has_a_name() -> None:
    names = {name for name, _ in ROWS}
    called = {name for name in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', CODE) if name in names}
    built = {f"germ_{answer}" for answer in ("yes", "no")}
    assert names == called | built
    for name in re.findall(r'phrase_in\("(\w+)"', CODE):
        assert name in names


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("device_removed", "Sonde ÔTÉE hier", "ÔTÉE"),
        ("act_planned", "à programmer", "à programmer"),
        ("transfusion_borne", "bien supporté", "bien supporté"),
        ("meeting_only_if", "le MT si fièvre ", "si fièvre "),
        ("act_done", "surfaite", ""),
    ],
)
def test_offsets_are_those_of_the_words(name: str, words: str, expected: str) -> None:
    match = phrase_in(name, words)
    assert (words[match.start() : match.end()] if match else "") == expected
