"""Build everything below the faces, once: the record, the index, the engines, the retriever."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial

from assistant.errors import SettingsError
from assistant.retrieve import Retriever
from assistant.settings import Settings
from ingestion import normalise, sparse
from ingestion.erasure import resume_erasure
from ingestion.errors import IndexOutdated
from ingestion.index.choose import open_index
from ingestion.index.signature import Signature
from ingestion.index.types import Index
from ingestion.indexing import replay_pending
from ingestion.originals import Originals
from ingestion.record.open import open_record
from ingestion.record.pending import mark_pending
from ingestion.record.record import Record
from ingestion.workspace import Workspace as IngestionWorkspace
from models.choose import open_embedder
from models.types import Embedder


@dataclass(frozen=True)
class Workspace:
    """An open ``LIAISON_HOME``: what every function of the assistant works with."""

    settings: Settings
    record: Record
    index: Index
    encoder: sparse.SparseEncoder
    embedder: Embedder | None

    @cached_property
    def retriever(self) -> Retriever:
        """What finding needs."""
        return Retriever(self.record, self.index, self.encoder, self.embedder)

    @cached_property
    def ingestion(self) -> IngestionWorkspace:
        """What writing needs; one per workspace, since it holds the lock between writers."""
        return IngestionWorkspace(
            home=self.settings.home,
            record=self.record,
            index=self.index,
            encoder=self.encoder,
            originals=Originals(self.settings.originals_folder),
            authority=self.settings.authority,
            embedder=self.embedder,
            jobs=self.settings.jobs,
            clock=self.settings.now,
        )


@contextmanager
def open_workspace(settings: Settings) -> Iterator[Workspace]:
    """Open the home, bring tables and index up to date with the record, and close it at the end.

    Raises SettingsError, RecordError, VectorIndexError, ModelError.
    """
    _check(settings)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as stack:
        embedder = open_embedder(settings.embedder)
        record = open_record(settings.database)
        stack.callback(record.close)
        index = _open_index(settings, signature_of(embedder), record)
        stack.callback(index.close)
        workspace = Workspace(settings, record, index, sparse.SparseEncoder(), embedder)
        # The index is derived: what a crash left undone, or a new recipe, is written again from the record.
        replay_pending(workspace.ingestion)
        resume_erasure(workspace.ingestion)
        yield workspace


def signature_of(embedder: Embedder | None) -> Signature:
    """Return the recipe of the vectors that this version writes."""
    return Signature(
        sparse=f"{sparse.VERSION}+{normalise.VERSION}",
        embedder=embedder.name if embedder else "",
        dimension=embedder.dimension if embedder else None,
    )


def _open_index(settings: Settings, signature: Signature, record: Record) -> Index:
    """Open the index; one made with another recipe, or lost while the record remains, is opened empty."""
    open_ = partial(
        open_index,
        settings.index_folder,
        signature,
        qdrant_url=settings.qdrant_url,
        qdrant_api_key=settings.qdrant_api_key,
    )
    if not settings.qdrant_url and not settings.index_folder.exists():
        _note_every_passage(record)
    try:
        return open_()
    except IndexOutdated:
        _note_every_passage(record)
        return open_(replace=True)


def _note_every_passage(record: Record) -> None:
    """Note that every point must be written: before an empty index is opened, so that a crash between loses none."""
    passage_ids = record.passage_ids()
    with record.write() as connection:
        mark_pending(connection, passage_ids, "upsert")


def _check(settings: Settings) -> None:
    if settings.home.exists() and not settings.home.is_dir():
        raise SettingsError(f"{settings.home} n'est pas un dossier.", "Indiquez un dossier dans LIAISON_HOME.")
    on_server = settings.database_url.startswith("postgresql")
    if bool(settings.qdrant_url) != on_server or (settings.database_url and not on_server):
        raise SettingsError(
            "Un serveur Qdrant et une base PostgreSQL vont ensemble.",
            "Réglez LIAISON_QDRANT_URL et LIAISON_DATABASE_URL, ou aucun des deux.",
        )
