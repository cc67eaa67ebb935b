"""Requests for advice, and ordinary questions that look like them. The evaluation has other requests than these."""

import time
from importlib import resources
from pathlib import Path

import pytest

from assistant.advice import asks_for_advice, signs_in

MARKED = Path(__file__).with_name("marked_advice.tsv")


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def marked(mark: str) -> list[str]:
    return [question for found, question in rows(MARKED.read_text(encoding="utf-8")) if found == mark]


def signs() -> list[list[str]]:
    table = rows(resources.files("assistant").joinpath("advice.tsv").read_text(encoding="utf-8"))
    return [row for row in table if row[0] != "word"]


@pytest.mark.parametrize("asked", marked("advice"))
def test_a_request_for_advice_is_recognised(asked: str) -> None:
    assert asks_for_advice(asked)


@pytest.mark.parametrize("question", marked("ordinary"))
def test_what_the_record_can_say_is_no_request_for_advice(question: str) -> None:
    assert asks_for_advice(question) is None


@pytest.mark.parametrize("row", signs(), ids=lambda row: row[3])
def test_each_sign_finds_its_own_example(row: list[str]) -> None:
    strength, sign, _, example = row
    found = [each.sign for each in signs_in(example) if each.strength == strength]
    assert sign in found


@pytest.mark.parametrize("padding", ["a ", "je ", "on le ", "et MEDICINE ", "le la les ", "apixaban et "])
def test_a_long_question_is_judged_at_once(padding: str) -> None:
    started = time.process_time()
    asks_for_advice((padding * 1000)[:2000])
    assert time.process_time() - started < 1
