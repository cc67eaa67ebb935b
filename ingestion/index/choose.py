"""The one place where an index is chosen."""

from pathlib import Path

from ingestion.errors import VectorIndexError
from ingestion.index.edge import EdgeIndex
from ingestion.index.signature import Signature
from ingestion.index.types import Index


def open_index(
    folder: Path, signature: Signature, *, qdrant_url: str = "", qdrant_api_key: str = "", replace: bool = False
) -> Index:
    """Open the index of a Qdrant server when its address is set, else the embedded one in ``folder``.

    ``signature`` says what the vectors are made with; raises IndexOutdated when the index was built with
    another one. ``replace`` drops what is there and opens an empty index: everything must be written again.
    Raises IndexHeld and VectorIndexError.
    """
    if not qdrant_url:
        if qdrant_api_key:
            raise VectorIndexError(
                "LIAISON_QDRANT_API_KEY est réglée sans LIAISON_QDRANT_URL.",
                "Indiquez l'adresse du serveur Qdrant, ou retirez la clé pour l'index embarqué.",
            )
        return EdgeIndex(folder, signature, replace=replace)
    if not qdrant_url.startswith(("http://", "https://")):
        raise VectorIndexError(
            "LIAISON_QDRANT_URL doit commencer par http:// ou https://.",
            "Exemple : http://qdrant:6333 ; laissez vide pour l'index embarqué.",
        )
    from ingestion.index.server import ServerIndex, connect  # a slow import that the default never needs

    return ServerIndex(connect(qdrant_url, qdrant_api_key), signature, replace=replace)
