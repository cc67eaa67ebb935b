"""The page of figures: what is written, and when a target counts as missed."""

from typing import Any

import pytest

from bench.campaign import extraction_rows, isolation_rows, page, speed_rows
from bench.speed import Speed

GOOD = Speed(31.2, 305, [1.9, 2.1, 2.0], 4.0, 500, 0.061, 0.12, [210, 300, 305, 310, 308, 312])
COUNTED: dict[str, Any] = {
    "asks": 8652,
    "citations": 20000,
    "passages": 170000,
    "leaks": [],
    "broken": [],
    "memory_mb": {"start": 100, "peak": 310, "end": 305, "series": [100, 310, 305]},
    "wall_seconds": 600,
}

EXTRACTED: dict[str, Any] = {
    "documents": 305,
    "facts": 9000,
    "documents_per_second": 41.2,
    "slowest_seconds": 0.08,
    "worker_start_seconds": 1.2,
}


def missed(rows: object) -> list[str]:
    return [row.value for row in rows if row.reached is False]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({}, None),
        ({"ingest_seconds": 40.2}, "40.2 s"),
        ({"cold_ask_seconds": [1.0, 2.6, 2.7]}, "2.60 s"),
        ({"warm_median_seconds": 0.151}, "151 ms"),
        ({"memory_mb": [210, 300, 801]}, "210 / 300 / 801 MB"),
        ({"memory_mb": [210, 300, 331]}, "210 / 300 / 331 MB"),
        ({"memory_mb": [210, 300, 330]}, None),
    ],
)
def test_a_missed_target_is_told(change: dict[str, Any], value: str | None) -> None:
    assert missed(speed_rows(Speed(**{**vars(GOOD), **change}))) == ([value] if value else [])


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({}, None),
        ({"leaks": [{"question": "Q"}]}, "1; 0"),
        ({"broken": [{"id": "Q"}]}, "0; 1"),
        ({"memory_mb": {"start": 1, "peak": 900, "end": 2, "series": []}}, "1 / 900 / 2 MB"),
    ],
)
def test_a_leak_or_a_failure_is_told(change: dict[str, Any], value: str | None) -> None:
    assert missed(isolation_rows({**COUNTED, **change})) == ([value] if value else [])


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({}, None),
        ({"documents_per_second": 24.4}, "24 documents/s"),
        ({"worker_start_seconds": 5.2}, "5.2 s"),
    ],
)
def test_a_slow_extraction_is_told(change: dict[str, Any], value: str | None) -> None:
    assert missed(extraction_rows({**EXTRACTED, **change})) == ([value] if value else [])


def test_the_page_holds_every_row_and_where_it_comes_from() -> None:
    rows = [*speed_rows(GOOD), *extraction_rows(EXTRACTED), *isolation_rows(COUNTED)]
    written = page(rows, "| sparse | 1.0 |", [("commit", "abc")])
    assert "| commit | abc |" in written
    assert "| sparse | 1.0 |" in written
    assert "8,652 asks, 20,000 citations, 170,000 passages" in written
    assert "| 2.00 s | ≤ 2.5 s | yes |" in written
    assert all(f"| {row.name} | {row.value} |" in written for row in rows)
