"""Killed at any moment, an ingestion resumes with nothing lost and nothing doubled."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingestion.indexing import verify_index
from tests.ingestion.stores import RECORDS, open_stores, take

DOCUMENTS = 305
SEED = 20260105


def _kill_during_ingestion(home: Path, url: str, chance: random.Random) -> int:
    """Start an ingestion and kill it a random moment after a random number of files; return that number."""
    command = [sys.executable, "-m", "tests.ingestion.ingest_home", str(home), url, str(RECORDS)]
    files, moment = chance.randint(0, 20), chance.uniform(0, 0.3)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(1 + files):
            assert process.stdout.readline()
        time.sleep(moment)
        process.kill()
        process.stdout.read()
    assert process.returncode == -9
    return files


def _resumed_and_whole(home: Path, url: str) -> None:
    with open_stores(home, url) as workspace:
        report = take(workspace, RECORDS)
        assert report.failures == ()
        assert report.documents.added + report.documents.unchanged == DOCUMENTS
        counts = workspace.record.counts()
        assert (counts.patients, counts.documents, counts.waiting, counts.pending) == (22, DOCUMENTS, 0, 0)
        assert counts.passages == len(workspace.index.ids())
        assert not verify_index(workspace)
        assert take(workspace, RECORDS).documents.unchanged == DOCUMENTS


def test_killed_once(home: Path, database_url: str) -> None:
    _kill_during_ingestion(home, database_url, random.Random(SEED))
    _resumed_and_whole(home, database_url)


@pytest.mark.campaign
@pytest.mark.parametrize("attempt", range(10))
def test_killed_ten_times(home: Path, attempt: int) -> None:
    url = f"sqlite:///{home / 'record.sqlite'}"
    _kill_during_ingestion(home, url, random.Random(SEED + 1 + attempt))
    _resumed_and_whole(home, url)
