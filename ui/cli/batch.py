"""``liaison ask --questions``: one JSON line per question, the same ids; a bad line does not stop the others."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.api.errors import describe
from assistant.errors import LiaisonError, UsageError
from assistant.service import REMEMBERED, Service
from assistant.wire import patient_reference
from ingestion.errors import IngestionError
from models.errors import ModelError
from ui.cli.ask import answer
from ui.cli.output import print_json


def answer_lines(service: Service, source: Path) -> int:
    """Answer each line of a file (``-``: standard input) as it is read; return how many failed."""
    failed = 0
    asked_before: dict[tuple[str, str | int | None], tuple[str, ...]] = {}
    for number, line in _lines(source):
        asked = _parsed(line)
        try:
            patient, question, conversation = _checked(asked, number)
            previous = asked_before.get((patient, conversation), ())
            if conversation is not None:
                asked_before[patient, conversation] = (*previous, question)[-REMEMBERED:]
            print_json({"id": asked["id"], **asdict(answer(service, patient, question, previous))})
        except (LiaisonError, IngestionError, ModelError) as error:
            failed += 1
            body = describe(error)
            print_json({"id": asked.get("id"), "error": body.error, "hint": body.hint})
    return failed


def _lines(source: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something, with their numbers from 1."""
    if str(source) == "-":
        yield from _filled(sys.stdin)
        return
    try:
        with source.open(encoding="utf-8") as file:
            yield from _filled(file)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{source} ne peut pas être lu.", "Donnez un fichier de lignes JSON, en UTF-8.") from error


def _filled(lines: Any) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _parsed(line: str) -> dict[str, Any]:
    """Return the object of a line, empty when it is none."""
    try:
        asked = json.loads(line)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _checked(asked: dict[str, Any], number: int) -> tuple[str, str, str | int | None]:
    """Return the patient, the question and the conversation, if any. Raises UsageError with the line's number."""
    if not isinstance(asked.get("id"), (str, int)):
        raise UsageError(
            f"Ligne {number} : ce n'est pas un objet JSON avec un « id ».",
            'Forme : {"id": "", "patient": "", "question": ""}, et « conversation » si besoin.',
        )
    if not all(isinstance(asked.get(key), str) and asked[key] for key in ("patient", "question")):
        raise UsageError(f"Ligne {number} : « patient » ou « question » manque.", "Complétez la ligne.")
    conversation = asked.get("conversation")
    if not isinstance(conversation, (str, int, type(None))):
        raise UsageError(
            f"Ligne {number} : « conversation » n'est pas un identifiant.", "Donnez un texte ou un nombre, ou rien."
        )
    return patient_reference(asked["patient"], asked.get("authority")), asked["question"], conversation
