"""One fixture opens every implementation of the index."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from ingestion.index.edge import EdgeIndex
from ingestion.index.server import ServerIndex
from ingestion.index.signature import Signature
from ingestion.index.types import Index

Opener = Callable[[Signature], Index]

# What the client's local mode says of itself: it scans everything, which is right for a test of the contract.
LOCAL_MODE = "ignore:(Payload indexes have no effect|Local mode performs exact):UserWarning"


@pytest.fixture(params=["edge", "server"])
def open_fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens an empty index; each is closed at the end."""
    opened: list[Index] = []

    def fresh(signature: Signature) -> Index:
        if request.param == "edge":
            opened.append(EdgeIndex(tmp_path / f"index-{len(opened)}", signature))
        else:
            opened.append(ServerIndex(QdrantClient(":memory:"), signature))
        return opened[-1]

    yield fresh
    for index in opened:
        index.close()
