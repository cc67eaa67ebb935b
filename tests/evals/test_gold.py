"""Reading gold: places of the evidence, splits, draws, and what is refused."""

import json
from pathlib import Path

import pytest

from evals.errors import GoldError
from evals.gold import Gold, load_gold
from tests.evals.records import COPIED, NOTE


def test_evidence_counts_at_every_place_of_the_same_words(gold: Gold) -> None:
    [evidence] = gold.questions[0].evidence
    words = "pénicilline (urticaire)"
    places = [("A-D1", NOTE.index(words)), ("A-D2", COPIED.index(words))]
    assert evidence.spans == tuple((document, start, start + len(words)) for document, start in places)


def test_a_split_keeps_its_patients_only(gold: Gold) -> None:
    assert [patient.name for patient in gold.keep("test").patients] == ["patient-03"]
    assert [patient.name for patient in gold.keep("tune").patients] == ["patient-01", "patient-02"]
    assert gold.keep("all") is gold


def test_a_draw_is_seeded_and_keeps_the_order(gold: Gold) -> None:
    drawn = [question.id for question in gold.draw(3, seed=4).questions]
    assert drawn == [question.id for question in gold.draw(3, seed=4).questions]
    assert drawn == sorted(drawn)
    assert len(drawn) == 3
    assert gold.draw(None, seed=4).questions == gold.questions


def test_only_answerable_questions_are_drawn_when_asked(gold: Gold) -> None:
    drawn = gold.draw(None, 0, answerable_only=True).questions
    assert [question.id for question in drawn] == ["A-Q1", "A-Q2", "B-Q1", "C-Q1"]


def test_a_result_still_awaited_is_told_by_the_reference_answer(gold: Gold) -> None:
    assert [question.id for question in gold.questions if question.awaited] == ["A-Q3"]


def test_the_hash_names_the_content(records: Path, gold: Gold) -> None:
    path = records / "patient-02.json"
    path.write_text(path.read_text(encoding="utf-8").replace("toux", "rhume"), encoding="utf-8")
    assert load_gold(records).sha256 != gold.sha256


def test_no_text_in_the_repr(gold: Gold) -> None:
    for noun in (gold, gold.patients[0], gold.questions[0], gold.questions[0].evidence[0]):
        assert "nicilline" not in repr(noun)
        assert "MARTIN" not in repr(noun)


BROKEN: list[tuple[str, object, str]] = [
    ("split.json", None, "split.json"),
    ("split.json", {"tune": ["patient-01"]}, "réparti"),
    ("patient-01.json", [1], "objet JSON"),
    ("patient-01.json", {"documents": []}, "champ absent"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_a_malformed_folder_is_refused(records: Path, name: str, content: object, message: str) -> None:
    (records / name).unlink()
    if content is not None:
        (records / name).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        load_gold(records)


def test_evidence_that_is_not_verbatim_is_refused_without_its_text(records: Path) -> None:
    path = records / "patient-02.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"Motif : toux"', '"Motif : rhume"'), encoding="utf-8")
    with pytest.raises(GoldError, match="B-D1") as error:
        load_gold(records)
    assert "rhume" not in str(error.value)


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    (tmp_path / "split.json").write_text("{}", encoding="utf-8")
    with pytest.raises(GoldError, match=r"patient-\*"):
        load_gold(tmp_path)
