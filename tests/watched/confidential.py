"""What must never be seen outside the record and the answers: names, document texts, questions.

Texts are compared without case, with runs of white space as one, and escapes of JSON and of ``repr`` undone.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WINDOW = 30
"""Characters in a row that tell a text."""

_LETTERS = 15
"""A window with fewer letters is a rule of dashes or a row of a table's spaces."""

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\[nrt]")


@dataclass(frozen=True, repr=False)
class Confidential:
    """The names as one pattern, and every window of every text with what it comes from."""

    names: re.Pattern[str]
    windows: dict[str, str]

    def __repr__(self) -> str:
        return f"Confidential({len(self.windows)} windows)"

    def seen_in(self, text: str) -> set[str]:
        """Tell what is seen in a text: which document or question (its id), or that a name is; never the words."""
        flat = _flat(_unescaped(text))
        found = {self.windows[window] for window in _windows(flat) if window in self.windows}
        return found | ({"a name"} if self.names.search(flat) else set())


def confidential(dossiers: Iterable[Path], questions: Iterable[str] = ()) -> Confidential:
    """Gather what is confidential in dossiers, and in questions asked."""
    patients = [json.loads(path.read_text(encoding="utf-8")) for path in dossiers]
    names = {word for patient in patients for word in _names(patient["patient"])}
    windows: dict[str, str] = {}
    for patient in patients:
        texts = {item["id"]: item["text"] for item in patient["documents"]}
        texts |= {item["id"]: item["question"] for item in patient["questions"]}
        for identifier, text in texts.items():
            windows |= dict.fromkeys(_telling(_flat(text)), identifier)
    for text in questions:
        windows |= dict.fromkeys(_telling(_flat(text)), "a question")
    for hospital in {stay["establishment"] for patient in patients for stay in patient["stays"]}:
        for window in _windows(_flat(hospital)):
            windows.pop(window, None)  # the authority of every IPP: it tells of no patient
    return Confidential(re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names)))})\b"), windows)


def _names(patient: dict[str, Any]) -> Iterator[str]:
    for word in re.findall(r"\w+", f"{patient['family_name']} {patient['given_names']}"):
        if len(word) > 3:
            yield word.casefold()


def _telling(flat: str) -> Iterator[str]:
    return (window for window in _windows(flat) if sum(map(str.isalpha, window)) >= _LETTERS)


def _windows(flat: str) -> Iterator[str]:
    return (flat[start : start + WINDOW] for start in range(max(1, len(flat) - WINDOW + 1)))


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else " ", text)
