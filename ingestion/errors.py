"""Errors of ingestion. Messages are in French, carry ids and paths, never patient text.

IngestionError
├── UnreadableFile      a file cannot be read: damaged, encrypted, of an unknown kind
├── RecordError
│   ├── UnknownPatient  no patient bears this IPP
│   ├── AmbiguousPatient several establishments use this IPP
│   ├── UnknownDocument no document bears this id
│   └── ErasureIncomplete bytes of a forgotten text are left under LIAISON_HOME
└── VectorIndexError
    ├── IndexHeld       another process owns the index folder
    └── IndexOutdated   the index was built with another recipe (embedder, sparse vectors): rebuild it
"""


class IngestionError(Exception):
    """Base of the errors of this package; ``hint`` says what to do, in French."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UnreadableFile(IngestionError):
    """A file that cannot be read."""


class RecordError(IngestionError):
    """The record cannot do what is asked."""


class UnknownPatient(RecordError):
    """No patient bears this IPP."""


class AmbiguousPatient(RecordError):
    """Several establishments use this IPP."""


class UnknownDocument(RecordError):
    """No document bears this id."""


class ErasureIncomplete(RecordError):
    """Bytes of a forgotten text are left under LIAISON_HOME."""


class VectorIndexError(IngestionError):
    """The vector index cannot do what is asked."""


class IndexHeld(VectorIndexError):
    """Another process owns the index folder."""


class IndexOutdated(VectorIndexError):
    """The index was built with another recipe than the one configured now; it is derived, so rebuild it."""
