"""The chooser of the index."""

import socket
from pathlib import Path

import pytest

from ingestion.errors import VectorIndexError
from ingestion.index.choose import open_index
from ingestion.index.edge import EdgeIndex
from tests.ingestion.index.points import WORDS_ONLY


def test_without_an_address_the_index_is_embedded(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", WORDS_ONLY)
    assert isinstance(index, EdgeIndex)
    index.close()


def test_with_an_address_the_server_is_asked_and_nothing_is_written_here(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        with pytest.raises(VectorIndexError, match="ne répond pas"):
            open_index(tmp_path / "index", WORDS_ONLY, qdrant_url=f"http://127.0.0.1:{reserved.getsockname()[1]}")
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"qdrant_url": "qdrant:6333"}, "http://"),
        ({"qdrant_url": "http://qdrant:port"}, "URL"),
        ({"qdrant_api_key": "secret"}, "LIAISON_QDRANT_URL"),
    ],
)
def test_settings_that_make_no_sense_say_what_to_write(tmp_path: Path, settings: dict[str, str], told: str) -> None:
    with pytest.raises(VectorIndexError, match=told) as refused:
        open_index(tmp_path / "index", WORDS_ONLY, **settings)  # type: ignore[arg-type]
    assert refused.value.hint
    assert "secret" not in str(refused.value)
