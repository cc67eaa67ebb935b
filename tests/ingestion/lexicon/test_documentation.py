"""The examples of the documentation and of the docstrings are run."""

import doctest
from pathlib import Path
from types import ModuleType

import pytest

from ingestion import normalise
from ingestion.lexicon import folding, medicines, questions
from ingestion.lexicon import tokens as tokens_module

GUIDE = Path(__file__).parents[3] / "docs" / "lexicon.md"


def test_the_guide_runs() -> None:
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False)
    assert (failed, tried > 5) == (0, True)


@pytest.mark.parametrize("module", [normalise, folding, medicines, questions, tokens_module])
def test_docstrings_run(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)
