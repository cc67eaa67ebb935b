"""An empty record on each engine."""

from collections.abc import Iterator

import pytest

from ingestion.record.open import open_record
from ingestion.record.record import Record


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    opened = open_record(database_url)
    yield opened
    opened.close()
