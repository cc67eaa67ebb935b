"""The small invented records, as a folder and as gold."""

from pathlib import Path

import pytest

from evals.gold import Gold, load_gold
from tests.evals.records import write_records


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return write_records(tmp_path / "records")


@pytest.fixture
def gold(records: Path) -> Gold:
    return load_gold(records)
