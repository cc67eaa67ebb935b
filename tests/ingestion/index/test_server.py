"""What only the server index does: find its server, know its version, keep its recipe in the collection."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from qdrant_client import QdrantClient

from ingestion.errors import IndexOutdated, VectorIndexError
from ingestion.index.server import COLLECTION, ServerIndex, connect
from ingestion.index.signature import Signature
from tests.ingestion.index.conftest import LOCAL_MODE
from tests.ingestion.index.points import WITH_DENSE, WORDS_ONLY, point

pytestmark = pytest.mark.filterwarnings(LOCAL_MODE)


class Answering(BaseHTTPRequestHandler):
    """Answers every request as a Qdrant of some version does at its root, if the key is right."""

    version = "1.20.0"

    def do_GET(self) -> None:
        self.send_response(200 if self.headers.get("api-key") == "secret" else 403)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"title": "qdrant", "version": self.version}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class AnsweringOld(Answering):
    version = "1.17.1"


def serve(handler: type[Answering]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def recent() -> Iterator[str]:
    yield from serve(Answering)


@pytest.fixture
def old() -> Iterator[str]:
    yield from serve(AnsweringOld)


INSECURE = pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection:UserWarning")


@INSECURE
def test_a_recent_server_is_accepted(recent: str) -> None:
    connect(recent, "secret").close()


@INSECURE
def test_an_old_server_is_refused(old: str) -> None:
    with pytest.raises(VectorIndexError, match=r"1\.17\.1") as refused:
        connect(old, "secret")
    assert "1.20" in refused.value.hint


def test_a_wrong_key_is_told(recent: str) -> None:
    with pytest.raises(VectorIndexError, match="403") as refused:
        connect(recent)
    assert "LIAISON_QDRANT_API_KEY" in refused.value.hint


def test_an_absent_server_is_told() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        with pytest.raises(VectorIndexError, match="ne répond pas") as refused:
            connect(f"http://127.0.0.1:{reserved.getsockname()[1]}")
    assert "LIAISON_QDRANT_URL" in refused.value.hint


def test_the_collection_is_found_again_with_its_recipe() -> None:
    client = QdrantClient(":memory:")
    ServerIndex(client, WITH_DENSE).upsert([point("a")])
    assert len(ServerIndex(client, WITH_DENSE).ids()) == 1
    client.close()


@pytest.mark.parametrize("other", [WORDS_ONLY, Signature("bm25-test", "test", 3), Signature("bm25-other", "test", 2)])
def test_another_recipe_is_refused_then_replaced(other: Signature) -> None:
    client = QdrantClient(":memory:")
    ServerIndex(client, WITH_DENSE).upsert([point("a")])
    with pytest.raises(IndexOutdated):
        ServerIndex(client, other)
    assert ServerIndex(client, other, replace=True).ids() == set()
    client.close()


def test_a_collection_of_someone_else_is_refused() -> None:
    client = QdrantClient(":memory:")
    client.create_collection(COLLECTION, vectors_config={})
    with pytest.raises(IndexOutdated, match="recette inconnue"):
        ServerIndex(client, WORDS_ONLY)
    client.close()
