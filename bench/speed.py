"""Measure Liaison from outside, as users feel it: ``python -m bench.speed --records DIR [--home HOME]``.

Real processes only: ``liaison ingest``, ``liaison ask`` started cold, and ``liaison serve`` asked over HTTP
on the loopback. The gold questions of the records are asked in turn; their answers are not judged here.
Prints a Markdown table, or one JSON object with ``--json``. Memory is the resident set of the server and its
children, in MB (10^6 bytes).
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx
import psutil

from evals.gold import Gold, load_gold
from evals.provenance import checkout

LIAISON = Path(sys.executable).with_name("liaison")
COLD_RUNS = 5
MEMORY_EVERY = 100
_STARTING = 60.0


@dataclass(frozen=True)
class Speed:
    """What was measured: seconds, and MB at 0, 100, 200, … questions."""

    ingest_seconds: float
    ingested_documents: int
    cold_ask_seconds: list[float]
    serve_ready_seconds: float
    warm_questions: int
    warm_median_seconds: float
    warm_p95_seconds: float
    memory_mb: list[int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 0, or 1 when a command of Liaison failed."""
    options = _options(arguments)
    gold = load_gold(options.records)
    try:
        with tempfile.TemporaryDirectory(prefix="liaison-bench-") as folder:
            fresh = Path(folder) / "home"
            speed = measure(gold, fresh, options.home or fresh, options.questions)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{' '.join(error.cmd[:4])} failed:\n{error.stderr}\n")
        return 1
    commit, modified = checkout()
    where = {"commit": commit, "modified": modified, "cores": os.cpu_count(), "python": platform.python_version()}
    print(json.dumps({**asdict(speed), **where}) if options.json else page(speed, where))
    return 0


def measure(gold: Gold, fresh: Path, home: Path, questions: int) -> Speed:
    """Ingest into ``fresh``, then ask on ``home`` cold and warm."""
    seconds, documents = ingest(gold, fresh)
    cold = [ask_cold(gold, home, number) for number in range(COLD_RUNS)]
    with serving(home) as (address, process, ready):
        warm, memory = ask_warm(gold, address, process, questions)
    tail = statistics.quantiles(warm, n=20)[-1]
    return Speed(seconds, documents, cold, ready, questions, statistics.median(warm), tail, memory)


def ingest(gold: Gold, home: Path) -> tuple[float, int]:
    """Ingest the records in a new process; return the seconds, its start included, and the documents added."""
    files = [str(gold.folder / f"{patient.name}.json") for patient in gold.patients]
    start = time.perf_counter()
    output = _liaison(home, "ingest", *files, "--json")
    return time.perf_counter() - start, json.loads(output)["documents"]["added"]


def ask_cold(gold: Gold, home: Path, number: int) -> float:
    """Ask one question in a new process; return the seconds, its start included."""
    question = gold.questions[number * len(gold.questions) // COLD_RUNS]
    start = time.perf_counter()
    _liaison(home, "ask", "--patient", question.ipp, question.question, "--json")
    return time.perf_counter() - start


def ask_warm(gold: Gold, address: str, process: psutil.Process, questions: int) -> tuple[list[float], list[int]]:
    """Ask a running server many questions one after the other; return each one's seconds, and memory on the way."""
    seconds, memory = [], [_resident(process)]
    with httpx.Client(base_url=address, timeout=60.0, trust_env=False) as client:
        for number, question in enumerate(islice(cycle(gold.questions), questions), 1):
            start = time.perf_counter()
            body = {"patient": question.ipp, "question": question.question}
            client.post("/v1/ask", json=body).raise_for_status()
            seconds.append(time.perf_counter() - start)
            if number % MEMORY_EVERY == 0:
                memory.append(_resident(process))
    return seconds, memory


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, psutil.Process, float]]:
    """Run ``liaison serve`` on a free port; yield its address, its process, and the seconds until it was ready."""
    start = time.perf_counter()
    command = [str(LIAISON), "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            address = next((word for word in line.split() if word.startswith("http://")), None)
            if address is None:
                code = server.wait(timeout=_STARTING)
                raise subprocess.CalledProcessError(code, command, stderr="run it by hand to see why")
            yield address, psutil.Process(server.pid), time.perf_counter() - start
        finally:
            server.terminate()


def page(speed: Speed, where: Mapping[str, object]) -> str:
    """Return the measurements as a Markdown table."""
    rows = [
        (f"ingest of {speed.ingested_documents} documents, process start included", f"{speed.ingest_seconds:.1f} s"),
        (f"`liaison ask`, cold process, median of {COLD_RUNS}", f"{statistics.median(speed.cold_ask_seconds):.2f} s"),
        ("`liaison serve`, until ready", f"{speed.serve_ready_seconds:.1f} s"),
        (f"warm answer, median of {speed.warm_questions}", f"{speed.warm_median_seconds * 1000:.0f} ms"),
        ("warm answer, 95th percentile", f"{speed.warm_p95_seconds * 1000:.0f} ms"),
        ("memory of the server at 0, 100, 200, … questions", " / ".join(map(str, speed.memory_mb)) + " MB"),
    ]
    head = ["| Measure | Value |", "| --- | --- |"]
    origin = ", ".join(f"{name} {value}" for name, value in where.items())
    return "\n".join([*head, *(f"| {name} | {value} |" for name, value in rows), "", origin])


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure speed and memory.")
    parser.add_argument("--records", type=Path, default=Path("demo/records"), help="fictitious records with questions")
    parser.add_argument("--home", type=Path, help="home that holds them already (else the one just ingested)")
    parser.add_argument("--questions", type=int, default=500, help="questions asked of the server")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def _liaison(home: Path, *arguments: str) -> str:
    command = [str(LIAISON), "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _resident(process: psutil.Process) -> int:
    family = [process, *process.children(recursive=True)]
    return int(sum(member.memory_info().rss for member in family) // 1_000_000)


if __name__ == "__main__":
    sys.exit(main())
