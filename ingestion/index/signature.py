"""What an index was built with: vectors of two recipes must never share an index."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "liaison-index.json"


@dataclass(frozen=True)
class Signature:
    """The recipe of an index: version of the sparse vectors, name and dimension of the embedder (if any)."""

    sparse: str
    embedder: str = ""
    dimension: int | None = None


def index_signature(folder: Path) -> Signature | None:
    """Return what the index of this folder was built with, or None when it has no readable signature.

    Takes no lock: any process may compare it with the wanted one to know whether a rebuild is due.
    """
    try:
        return Signature(**json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_signature(folder: Path, signature: Signature) -> None:
    """Write the signature durably, whole or not at all."""
    draft = folder / f"{FILE_NAME}.next"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(signature), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE_NAME)
