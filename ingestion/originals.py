"""Original bytes, one file per document under the name of their SHA-256: never a container, never a source's name."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Originals:
    """The folder of originals: ``ab/ab12…`` for the bytes whose SHA-256 begins with ab12."""

    folder: Path

    def save(self, sha256: str, data: bytes) -> None:
        """Keep these bytes durably, whole or not at all; bytes already kept cost nothing."""
        path = self.path(sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".part")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)

    def load(self, sha256: str) -> bytes:
        """Return the bytes kept under this hash. Raises FileNotFoundError."""
        return self.path(sha256).read_bytes()

    def remove(self, hashes: Iterable[str]) -> None:
        """Remove these originals; those that are not there are ignored."""
        for sha256 in hashes:
            self.path(sha256).unlink(missing_ok=True)

    def hashes(self) -> set[str]:
        """Return the hashes of all originals kept."""
        return {path.name for path in self.folder.glob("??/*") if not path.suffix}

    def remove_drafts(self) -> None:
        """Remove what an interrupted ``save`` left behind."""
        for draft in self.folder.glob("??/*.part"):
            draft.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the bytes of this hash are kept."""
        return self.folder / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
