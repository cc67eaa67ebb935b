"""Remove from the files what SQL no longer names: points, original bytes, free pages, logs."""

from ingestion.indexing import replay_pending
from ingestion.record.erasing import is_uncleaned, note_cleaned, original_hashes, scrub
from ingestion.workspace import Workspace


def erase_from_files(workspace: Workspace) -> None:
    """Bring index, originals and database files down to what the record still names."""
    replay_pending(workspace)
    workspace.index.compact()
    with workspace.record.read() as connection:
        named = original_hashes(connection)
    workspace.originals.remove(workspace.originals.hashes() - named)
    workspace.originals.remove_drafts()
    scrub(workspace.record.engine)
    with workspace.record.write() as connection:
        note_cleaned(connection, workspace.clock())


def resume_erasure(workspace: Workspace) -> bool:
    """Finish an erasure that was interrupted after its rows were gone; tell whether there was one."""
    with workspace.record.read() as connection:
        if not is_uncleaned(connection):
            return False
    erase_from_files(workspace)
    return True
