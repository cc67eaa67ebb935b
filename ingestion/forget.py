"""Forget a document or a patient: remove it from every store, then prove it by searching the bytes.

What is left afterwards is a trace of the act, without clinical text. Ingesting the file again later is
allowed: it is an explicit act, and takes the document as new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ingestion.erasure import erase_from_files, resume_erasure
from ingestion.errors import ErasureIncomplete, UnknownDocument
from ingestion.leftovers import Search, search_files, telling_lines
from ingestion.record.erasing import (
    Erased,
    erase_documents,
    erase_patient,
    keep_trace,
    remaining_texts,
    versions_of_document,
    versions_of_patient,
)
from ingestion.workspace import Workspace


@dataclass(frozen=True)
class Erasure:
    """The proof of an erasure: what was removed, how many files were searched, how many bytes were found."""

    documents: tuple[str, ...]
    passages: int
    files_searched: int
    bytes_left: int


def forget_document(workspace: Workspace, document_id: str, by: str) -> Erasure:
    """Erase every version of a document everywhere under the home.

    When two patients hold the same bytes under one ``sha256:`` id, both are erased: the bytes have to go.
    Raises UnknownDocument, ErasureIncomplete, and RecordError when another writer is at work.
    """
    with workspace.alone():
        resume_erasure(workspace)
        with workspace.record.write() as connection:
            pks = versions_of_document(connection, document_id)
            if not pks:
                raise UnknownDocument(
                    f"Aucun document ne porte l'identifiant {document_id}.",
                    "Relevez l'identifiant dans la liste des documents du patient ou dans une citation.",
                )
            erased = _erase(connection, workspace, pks, ("document", document_id, by))
        return _prove(workspace, erased, ())


def forget_patient(workspace: Workspace, reference: str, by: str) -> Erasure:
    """Erase a patient and all documents everywhere under the home; ``reference`` is IPP or IPP@authority.

    Documents that wait under this IPP go too, unless another patient bears it. Raises UnknownPatient,
    AmbiguousPatient, ErasureIncomplete, and RecordError when another writer is at work.
    """
    with workspace.alone():
        resume_erasure(workspace)
        stored = workspace.record.find_patient(reference)
        with workspace.record.write() as connection:
            pks = versions_of_patient(connection, stored.pk)
            erased = _erase(connection, workspace, pks, ("patient", str(stored.patient.key), by))
            traits = erase_patient(connection, stored.pk)
        return _prove(workspace, erased, traits)


def _erase(
    connection: Connection, workspace: Workspace, document_pks: Sequence[int], act: tuple[str, str, str]
) -> Erased:
    erased = erase_documents(connection, document_pks)
    what, identifier, by = act
    keep_trace(connection, what, identifier, erased, workspace.clock(), by)
    return erased


def _prove(workspace: Workspace, erased: Erased, traits: Sequence[str]) -> Erasure:
    """Clean the files, then look for each telling line of what was erased in all of them."""
    erase_from_files(workspace)
    search = search_files(workspace.home, telling_lines(erased.texts) | set(traits))
    left = _unexplained(workspace, search)
    if left:
        places = sorted({str(path.relative_to(workspace.home)) for line in left for path in search.found[line]})
        raise ErasureIncomplete(
            f"L'effacement est incomplet : {_size(left)} octets du texte oublié restent sous {workspace.home}.",
            f"Supprimez ces copies : {', '.join(places)}. Le dossier et l'index, eux, ne les contiennent plus.",
        )
    return Erasure(erased.documents, erased.passages, search.files, _size(left))


def _unexplained(workspace: Workspace, search: Search) -> set[str]:
    """Return the lines found that do not also belong to what the record still holds."""
    left = set(search.found)
    if left:
        with workspace.record.read() as connection:
            for text in remaining_texts(connection):
                left -= {line for line in left if line in text}
    return left


def _size(lines: set[str]) -> int:
    return sum(len(line.encode()) for line in lines)
