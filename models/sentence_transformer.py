"""An embedder with the weights of a local sentence-transformers folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from models.errors import ModelFolderInvalid, ModelNotInstalled
from models.folder import check_folder, revision

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
INSTALL = 'pip install "liaison[models]"'


class SentenceTransformerEmbedder:
    """An ``Embedder`` on safetensors weights; questions and passages take the prompts that the folder defines.

    The libraries (seconds to import) are loaded here, not with this module, and told to stay offline. Raises
    ModelFolderInvalid before they are, and ModelNotInstalled when they are missing.
    """

    def __init__(self, folder: Path) -> None:
        check_folder(folder)
        self._model = _load(folder.resolve())
        self._name = f"{folder.resolve().name}@{revision(folder)}"
        self._dimension = int(self._model.get_embedding_dimension())
        self._query = _prompt(self._model.prompts, "query")
        self._passage = _prompt(self._model.prompts, "document", "passage", "corpus")
        self._encoding = Lock()  # a tokenizer may not be used by two threads at once

    @property
    def name(self) -> str:
        """Return the folder's name and a short hash of its content."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._dimension

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector per text, in order. Longer texts than the model reads are cut at their end."""
        if not texts:
            return []
        with self._encoding:
            return _listed(self._model.encode_document(list(texts), prompt=self._passage, **_OPTIONS))

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        with self._encoding:
            return _listed(self._model.encode_query([text], prompt=self._query, **_OPTIONS))[0]


_OPTIONS: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}


def _prompt(prompts: dict[str, str], *names: str) -> str:
    """Return the first prompt that is not empty.

    The library defines an empty "document" for every model, which would hide the folder's own "passage".
    """
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _load(folder: Path) -> Any:
    os.environ.update(OFFLINE)
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelNotInstalled(f"Les bibliothèques de modèles manquent. Installez-les : {INSTALL}") from error
    silence: Any = logging.disable_progress_bar  # standard error is for our own messages
    silence()
    try:
        return SentenceTransformer(
            str(folder),
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # each library under this one has its own errors
        raise ModelFolderInvalid(f"{folder} ne peut pas être chargé ({type(error).__name__}). Recopiez-le.") from error


def _listed(vectors: Any) -> list[list[float]]:
    return [[float(value) for value in vector] for vector in vectors]
