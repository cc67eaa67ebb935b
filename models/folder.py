"""What a folder of weights must be before any library opens it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from models.errors import ModelFolderInvalid

EXECUTABLE = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".py"})
"""Files that run code when they are loaded: pickles, and the model's own Python."""

_DESCRIPTIONS = frozenset({".json", ".txt", ".model"})
_SAMPLE = 1 << 20


def check_folder(folder: Path) -> None:
    """Raise ModelFolderInvalid unless the folder is local, complete and free of anything that runs code."""
    if not folder.is_dir():
        raise ModelFolderInvalid(
            f"{folder} n'est pas un dossier local. Copiez-y un modèle sentence-transformers (config.json, "
            "*.safetensors) : Liaison ne télécharge rien."
        )
    if unsafe := sorted(path.name for path in folder.rglob("*") if path.suffix.lower() in EXECUTABLE):
        raise ModelFolderInvalid(
            f"{folder} contient des fichiers qui exécutent du code au chargement : {', '.join(unsafe)}. "
            "Gardez les poids au format safetensors et supprimez ces fichiers."
        )
    if not (folder / "config.json").is_file() or not any(folder.rglob("*.safetensors")):
        raise ModelFolderInvalid(f"{folder} est incomplet : il faut au moins config.json et un fichier .safetensors.")
    if foreign := sorted(set(_foreign_modules(folder))):
        raise ModelFolderInvalid(
            f"{folder} demande du code qui n'est pas celui de sentence-transformers : {', '.join(foreign)}. "
            "Choisissez un modèle sans code distant."
        )


def revision(folder: Path) -> str:
    """Return 12 hex digits that change with the weights, the tokenizer or the configuration, not with a copy.

    Descriptions are hashed whole; of each weight file its length, first and last MiB, so that several
    gigabytes cost milliseconds.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".safetensors" or path.suffix in _DESCRIPTIONS:
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            for piece in _pieces(path):
                digest.update(piece)
    return digest.hexdigest()[:12]


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if path.suffix in _DESCRIPTIONS:
            yield file.read()
            return
        yield file.read(_SAMPLE)
        file.seek(max(0, path.stat().st_size - _SAMPLE))
        yield file.read(_SAMPLE)


def _foreign_modules(folder: Path) -> Iterator[str]:
    modules = folder / "modules.json"
    listed = _json(modules) if modules.is_file() else []
    for module in listed if isinstance(listed, list) else []:
        kind = str(module.get("type", "")) if isinstance(module, dict) else ""
        if not kind.startswith("sentence_transformers."):
            yield kind or "modules.json"
    for path in folder.rglob("*config.json"):
        config = _json(path)
        if isinstance(config, dict) and "auto_map" in config:
            yield f"auto_map ({path.name})"


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelFolderInvalid(f"{path} n'est pas un fichier JSON valide. Recopiez le modèle.") from error
