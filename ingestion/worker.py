"""What a reading process does: one file in, its documents with sections, passages and facts out.

A bad file costs that file only. Nothing of a file's content leaves this process but in the result.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ingestion.errors import IngestionError, UnreadableFile
from ingestion.facts.extract import extract
from ingestion.facts.types import Fact
from ingestion.passages import cut_passages
from ingestion.readers.choose import read_file
from ingestion.record.types import OutdatedDocument, Prepared, PreparedDocument
from ingestion.sections import find_sections
from ingestion.types import Document, Failure, ReadDocument, Reading, Section


def prepare(path: Path) -> Prepared | Failure:
    """Read a file; find the sections of its documents, cut them into passages, extract their facts."""
    try:
        reading = read_file(path)
        _check_storable(reading)
        documents = tuple(_prepare_document(item) for item in reading.documents)
    except IngestionError as error:
        return Failure(str(path), str(error), error.hint)
    except Exception as error:  # noqa: BLE001 - edge of the process: one odd file must not end the ingestion
        return Failure(
            str(path),
            f"Erreur inattendue à la lecture ({type(error).__name__}).",
            "Signalez-la avec le format du fichier ; le reste de l'ingestion n'est pas touché.",
        )
    return Prepared(str(path), reading.patients, reading.stays, documents, reading.skipped)


def extract_again(document: OutdatedDocument) -> tuple[Fact, ...] | None:
    """Extract the facts of a document of the record; None when they could not be."""
    return _facts_of(document, document.sections)


def serve(connection: Connection) -> None:
    """Do each (function, argument) received until the owner goes away.

    Standard output and error are closed to the libraries: one of them could print what it reads.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    try:
        while True:
            work, job = connection.recv()
            connection.send(work(job))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _prepare_document(item: ReadDocument) -> PreparedDocument:
    text = item.document.text
    sections = find_sections(text)
    return PreparedDocument(item, sections, cut_passages(text, sections), _facts_of(item.document, sections))


def _facts_of(document: Document | OutdatedDocument, sections: Sequence[Section]) -> tuple[Fact, ...] | None:
    try:
        return extract(document.text, document.kind, document.date, sections)
    except Exception:  # noqa: BLE001 - edge: a rule that fails on odd words must not keep a document out of the record
        return None


def _check_storable(reading: Reading) -> None:
    """Refuse what PostgreSQL or UTF-8 cannot hold: the NUL character, half a surrogate pair."""
    patients = tuple(astuple(patient) for patient in reading.patients)
    stays = tuple(astuple(stay) for _, stay in reading.stays)
    documents = tuple(astuple(item.document) for item in reading.documents)
    if any("\x00" in text or not _is_unicode(text) for text in _texts(patients + stays + documents)):
        raise UnreadableFile(
            "Le texte contient un caractère qui ne peut pas être conservé (nul ou demi-codet).",
            "Exportez de nouveau le document depuis sa source, en UTF-8.",
        )


def _texts(values: tuple[Any, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _texts(value)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
