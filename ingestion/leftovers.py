"""Look for words in every file of a folder, whatever the file is: a database, a log, an index, an original."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SHORTEST = 12
"""Lines shorter than this are no proof of anything: they stand in every record."""

_LETTERS = 6
_CHUNK = 2**20
_PREFIX = 8


@dataclass(frozen=True, repr=False)
class Search:
    """What a search saw: how many files, and the words found with the files that hold them."""

    files: int
    found: dict[str, list[Path]]

    def __repr__(self) -> str:
        return f"Search({self.files} files, {len(self.found)} found)"


def telling_lines(texts: Iterable[str]) -> set[str]:
    """Return the lines of these texts that are long enough, with enough letters or digits, to be recognised."""
    lines = (line.strip() for text in texts for line in text.splitlines())
    return {line for line in lines if len(line) >= SHORTEST and sum(map(str.isalnum, line)) >= _LETTERS}


def search_files(folder: Path, words: Iterable[str]) -> Search:
    """Search every regular file under ``folder`` for these words, each of 8 characters or more.

    They are looked for as UTF-8, UTF-16, Windows-1252, and as JSON writes them.
    """
    sieve = _Sieve({form: word for word in words for form in _forms(word)})
    files = 0
    found: dict[str, list[Path]] = {}
    for path in _regular_files(folder):
        with suppress(FileNotFoundError):  # the engine may have removed it meanwhile
            for word in sieve.words_in(path):
                found.setdefault(word, []).append(path)
            files += 1
    return Search(files, found)


class _Sieve:
    """Finds thousands of byte strings in one pass: four tables of two-byte pairs, then a dictionary."""

    def __init__(self, words: dict[bytes, str]) -> None:
        import numpy as np  # on first use: a question must not pay for it

        self._words = words
        self._longest = max(map(len, words), default=1)
        self._by_prefix: dict[bytes, list[bytes]] = {}
        self._tables = np.zeros((_PREFIX // 2, 2**16), dtype=np.bool_)
        for needle in words:
            self._by_prefix.setdefault(needle[:_PREFIX], []).append(needle)
            self._tables[range(_PREFIX // 2), np.frombuffer(needle[:_PREFIX], dtype="<u2")] = True

    def words_in(self, path: Path) -> set[str]:
        """Return the words that a file holds; raises FileNotFoundError."""
        found: set[str] = set()
        tail = b""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                data = tail + chunk
                if data.count(0) < len(data):  # the engine's files are mostly zeros
                    found.update(self._words[needle] for needle in self._needles_in(data))
                tail = data[-self._longest :]
        return found

    def _needles_in(self, data: bytes) -> Iterator[bytes]:
        for start in self._likely_places(data):
            for needle in self._by_prefix.get(data[start : start + _PREFIX], ()):
                if data.startswith(needle, start):
                    yield needle

    def _likely_places(self, data: bytes) -> Iterator[int]:
        """Yield the offsets whose four pairs of bytes each begin some needle."""
        import numpy as np

        for shift in (0, 1):
            pairs = np.frombuffer(data, dtype="<u2", count=(len(data) - shift) // 2, offset=shift)
            size = max(0, len(pairs) - len(self._tables) + 1)
            likely = np.ones(size, dtype=np.bool_)
            for place, table in enumerate(self._tables):
                likely &= table[pairs[place : place + size]]
            yield from (shift + 2 * int(place) for place in np.flatnonzero(likely))


def _forms(word: str) -> set[bytes]:
    escaped = json.dumps(word)[1:-1]
    quoted = json.dumps(word, ensure_ascii=False)[1:-1]
    forms = {word.encode(), word.encode("utf-16-le"), escaped.encode(), quoted.encode()}
    return {form for form in (*forms, word.encode("cp1252", errors="ignore")) if len(form) >= _PREFIX}


def _regular_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
