"""Measure all that ``docs/performance.md`` publishes, and write that page: ``python -m bench.campaign``.

Real processes only, one after the other: ingestion, questions cold and warm, extraction, the index, then every
question of every patient asked about every other one. A report of that last campaign, which takes the longest, is
used again when it comes from this very commit. Exits 1 when a target is missed; the page is written all the same.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from bench import speed
from evals.gold import load_gold
from evals.provenance import checkout
from ui.cli.checkup import versions

ROOT = Path(__file__).parents[1]
EVALS = Path(sys.executable).with_name("liaison-evals")
RECORDS = ROOT / "demo" / "records"
PAGE = ROOT / "docs" / "performance.md"
ISOLATION = ROOT / "var" / "campaign" / "isolation"
CROSSINGS = 8652
"""The 412 questions of the demonstration hospital, each about the 21 other patients."""

FLAT = 1.1
"""Memory is flat when it ends at most at this multiple of what it was after the first questions."""


@dataclass(frozen=True)
class Row:
    """A measure with its target; ``reached`` is None where there is none."""

    name: str
    value: str
    target: str = ""
    reached: bool | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the page, and return 0 when every target is reached."""
    options = _options(arguments)
    origin = _origin()  # before measuring: what was measured is what stood there then
    rows = [
        *_speed(options.records, options.questions),
        *extraction_rows(_extraction(options.records)),
        *_isolation(options.records, options.isolation),
    ]
    ratios = _index(options.points)
    options.output.write_text(page(rows, ratios, origin), encoding="utf-8")
    missed = [row.name for row in rows if row.reached is False]
    sys.stdout.write(f"{options.output}\n" + "".join(f"missed: {name}\n" for name in missed))
    return 1 if missed else 0


def cross(records: Path, folder: Path) -> dict[str, Any]:
    """Run the isolation campaign over all records and return its report, which stays in ``folder``.

    Its ``wall_seconds`` count the process's start and the ingestion.
    """
    command = [str(EVALS), "run", "isolation", "--records", str(records), "--output", str(folder)]
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    path = folder / "report.json"
    if done.returncode not in (0, 1) or not path.exists():
        raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    report["wall_seconds"] = round(time.monotonic() - start)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report


def speed_rows(measured: speed.Speed) -> list[Row]:
    """Compare what users feel with the targets."""
    cold, memory = median(measured.cold_ask_seconds), measured.memory_mb
    warmed = memory[1:] or memory
    flat = memory[-1] <= 800 and memory[-1] <= FLAT * warmed[0]
    warm, p95 = measured.warm_median_seconds * 1000, measured.warm_p95_seconds * 1000
    every = f"memory of the server at 0, {speed.MEMORY_EVERY}, {2 * speed.MEMORY_EVERY}, … questions"
    return [
        Row(
            f"`liaison ingest` of {measured.ingested_documents} documents, process start included",
            f"{measured.ingest_seconds:.1f} s",
            "≤ 40 s",
            measured.ingest_seconds <= 40,
        ),
        Row(
            f"`liaison ask`, cold process, median of {len(measured.cold_ask_seconds)}",
            f"{cold:.2f} s",
            "≤ 2.5 s",
            cold <= 2.5,
        ),
        Row("`liaison serve`, until it answers", f"{measured.serve_ready_seconds:.1f} s"),
        Row(
            f"answer of the server, median of {measured.warm_questions}",
            f"{warm:.0f} ms",
            "≤ 150 ms",
            warm <= 150,
        ),
        Row("answer of the server, 95th percentile", f"{p95:.0f} ms"),
        Row(every, " / ".join(map(str, memory)) + " MB", "≤ 800 MB, flat", flat),
    ]


def extraction_rows(measured: dict[str, Any]) -> list[Row]:
    """Compare the extraction of facts with the targets."""
    rate, start = measured["documents_per_second"], measured["worker_start_seconds"]
    return [
        Row(
            f"{measured['facts']:,} facts extracted from {measured['documents']} documents, one core",
            f"{rate:.0f} documents/s",
            "≥ 25 documents/s",
            rate >= 25,
        ),
        Row("extraction, the slowest document", f"{measured['slowest_seconds'] * 1000:.0f} ms"),
        Row("a reading process, from its start to its first document", f"{start:.1f} s", "≤ 5 s", start <= 5),
    ]


def isolation_rows(report: dict[str, Any]) -> list[Row]:
    """Tell what the isolation campaign counted."""
    memory = report["memory_mb"]
    clean = not report["leaks"] and not report["broken"]
    counted = f"{report['asks']:,} asks, {report['citations']:,} citations, {report['passages']:,} passages"
    return [
        Row("every question about every other patient", counted),
        Row(
            "documents of another patient shown; asks that failed",
            f"{len(report['leaks'])}; {len(report['broken'])}",
            "0; 0",
            clean,
        ),
        Row("time of that campaign, ingestion included", f"{report['wall_seconds'] / 60:.0f} min"),
        Row(
            "memory of its process at the start, at most, at the end",
            f"{memory['start']} / {memory['peak']} / {memory['end']} MB",
            "≤ 800 MB",
            memory["peak"] <= 800,
        ),
    ]


def page(rows: Sequence[Row], ratios: str, origin: Sequence[tuple[str, str]]) -> str:
    """Return the page as Markdown."""
    lines = [
        "# Performance",
        "",
        "Written by `python -m bench.campaign` (`make campaign`); do not edit. Absolute times belong to the machine",
        "below; what travels is the ratios.",
        "",
        "| Where and when | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in origin),
        "",
        "## As users feel it",
        "",
        "Real processes over the fictitious hospital of `demo/records`, no model: `python -m bench.speed`,",
        "`python -m bench.extraction` and `liaison-evals run isolation --records demo/records`.",
        "",
        "| Measure | Value | Target | Reached |",
        "|---|---|---|---|",
        *(f"| {row.name} | {row.value} | {row.target} | {_mark(row.reached)} |" for row in rows),
        "",
        "## The embedded index",
        "",
        "`python -m bench.index`, random points.",
        "",
        ratios.strip(),
        "",
    ]
    return "\n".join(lines)


def _speed(records: Path, questions: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="liaison-campaign-") as folder:
        home = Path(folder) / "home"
        return speed_rows(speed.measure(load_gold(records), home, home, questions))


def _extraction(records: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.extraction", "--records", str(records), "--json"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    measured: dict[str, Any] = json.loads(output)
    return measured


def _isolation(records: Path, folder: Path) -> list[Row]:
    return isolation_rows(_same_commit(folder) or cross(records, folder))


def _same_commit(folder: Path) -> dict[str, Any] | None:
    """Return the report left in a folder if it is of this very code."""
    path = folder / "report.json"
    if not path.exists():
        return None
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    commit, modified = checkout()
    same = (report["commit"], report["modified"]) == (commit, modified) and not modified
    return report if same and "wall_seconds" in report else None


def _index(points: int) -> str:
    command = [sys.executable, "-m", "bench.index", "--points", str(points)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _origin() -> list[tuple[str, str]]:
    commit, modified = checkout()
    memory, load = psutil.virtual_memory().total / 2**30, os.getloadavg()[0]
    return [
        ("date", date.today().isoformat()),
        ("commit", f"{commit or 'unknown'}{', modified' if modified else ''}"),
        (
            "machine",
            f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, {platform.system()}; load {load:.1f}",
        ),
        ("versions", ", ".join(f"{name} {version}" for name, version in versions().items())),
    ]


def _mark(reached: bool | None) -> str:
    return {True: "yes", False: "**no**", None: ""}[reached]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.campaign", description="Write docs/performance.md.")
    parser.add_argument("--records", type=Path, default=RECORDS, help="fictitious records with questions")
    parser.add_argument("--questions", type=int, default=500, help="questions asked of the server")
    parser.add_argument("--points", type=int, default=20_000, help="points of the index")
    parser.add_argument("--isolation", type=Path, default=ISOLATION, help="where that campaign's report is, or goes")
    parser.add_argument("--output", type=Path, default=PAGE, help="the page")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
