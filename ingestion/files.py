"""Which files to ingest, in which order, and how to recognise one already taken without reading its format."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.readers.sidecar import SUFFIX, sidecar_path
from ingestion.types import Failure

READING_VERSION = "1"
"""Part of every fingerprint: to be changed when readers or passages change, so that files are read again."""


@dataclass(frozen=True)
class SourceFile:
    """A file to ingest: the fingerprint of its bytes, and whether it may bring identities (a dossier)."""

    path: Path
    fingerprint: str
    size: int
    is_dossier: bool


def list_files(paths: Sequence[Path], excluded: Path) -> list[Path]:
    """List the files under ``paths`` in order, once each; raises nothing for those that do not exist.

    In a folder, hidden files, temporary files and sidecars are passed over, and so is ``excluded``.
    """
    found = (file for path in paths for file in (_walk(path, excluded.resolve()) if path.is_dir() else [path]))
    return list(dict.fromkeys(found))


def examine(path: Path) -> SourceFile | Failure:
    """Fingerprint a file: its bytes, its sidecar's bytes and its name (which may make it no clinical document)."""
    try:
        digest = hashlib.sha256(READING_VERSION.encode())
        for part in (path, sidecar_path(path)):
            digest.update(_sha256(part) if part else b"-")
        digest.update(path.name.encode(errors="surrogateescape"))
        with path.open("rb") as file:
            head = file.read(64)
        return SourceFile(
            path, digest.hexdigest(), path.stat().st_size, head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        )
    except FileNotFoundError:
        return Failure(str(path), "Ce fichier ou ce dossier n'existe pas.", "Vérifiez le chemin.")
    except OSError as error:
        return Failure(str(path), f"Le fichier ne peut pas être lu ({error.strerror}).", "Vérifiez ses droits.")


def _walk(folder: Path, excluded: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")) or entry.name.endswith(SUFFIX) or entry.resolve() == excluded:
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry, excluded)
        elif entry.is_file():
            yield entry


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
