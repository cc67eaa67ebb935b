"""The measurements of speed: real commands, a real server, on the small records."""

import json
from pathlib import Path

import pytest

from bench import extraction
from bench.speed import COLD_RUNS, Speed, main, page


def test_everything_is_measured(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--records", str(records), "--questions", "101", "--json"]) == 0
    speed = json.loads(capsys.readouterr().out)
    assert speed["ingested_documents"] == 4
    assert len(speed["cold_ask_seconds"]) == COLD_RUNS
    assert len(speed["memory_mb"]) == 2
    assert 0 < speed["warm_median_seconds"] <= speed["warm_p95_seconds"]
    assert all(20 < memory < 2000 for memory in speed["memory_mb"])


def test_extraction_is_measured(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extraction.main(["--records", str(records), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert measured["documents"] == 4
    assert measured["facts"] > 0
    assert 0 < measured["slowest_seconds"] < 4 / measured["documents_per_second"]
    assert measured["worker_start_seconds"] > 0


def test_the_page_is_a_table() -> None:
    speed = Speed(12.3, 305, [1.0, 2.0, 3.0, 2.0, 2.0], 5.0, 500, 0.084, 0.2, [228, 256])
    said = page(speed, {"commit": "abc"})
    for cell in ("| 12.3 s |", "| 2.00 s |", "| 84 ms |", "228 / 256 MB", "commit abc"):
        assert cell in said
