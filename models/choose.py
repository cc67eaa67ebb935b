"""The one place where an embedder is chosen."""

from pathlib import Path

from models.errors import ModelError
from models.hashing import HashingEmbedder
from models.sentence_transformer import SentenceTransformerEmbedder
from models.types import Embedder


def open_embedder(spec: str) -> Embedder | None:
    """Open the embedder that ``LIAISON_EMBEDDER`` names.

    Empty: none, words alone find. ``hashing``: spelling alone, no weights. The path of a folder (relative ones
    start with a dot, unless they exist): its sentence-transformers model. Raises ModelError.
    """
    spec = spec.strip()
    if not spec:
        return None
    if spec == "hashing":
        return HashingEmbedder()
    path = Path(spec).expanduser()
    if path.is_dir() or path.is_absolute() or spec.startswith("."):
        return SentenceTransformerEmbedder(path)
    raise ModelError(
        f"LIAISON_EMBEDDER={spec} ne désigne aucun modèle. Possibilités : vide (aucun modèle), « hashing », ou le "
        "chemin d'un dossier local de modèle sentence-transformers. Liaison ne télécharge rien."
    )
