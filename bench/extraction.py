"""Measure the extraction of facts: ``python -m bench.extraction [--records DIR] [--json]``.

Documents a second on one core, sections included, the best of three passes over all records; and the seconds
from the start of a reading process to its first document, the best of three. Both depend on the machine.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ingestion.facts.extract import extract
from ingestion.pool import Pool
from ingestion.readers.choose import read_file
from ingestion.record.types import Prepared
from ingestion.sections import find_sections
from ingestion.types import Document
from ingestion.worker import prepare

_PASSES = 3


@dataclass(frozen=True)
class Extraction:
    """What was measured."""

    documents: int
    facts: int
    documents_per_second: float
    slowest_seconds: float
    worker_start_seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description="Measure extraction.")
    parser.add_argument("--records", type=Path, default=Path("demo/records"), help="fictitious records")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    measured = asdict(measure(options.records))
    lines = (f"{name.replace('_', ' ')}: {value}" for name, value in measured.items())
    print(json.dumps(measured) if options.json else "\n".join(lines))
    return 0


def measure(records: Path) -> Extraction:
    """Extract the facts of every document of the records, and start reading processes."""
    documents = [document for path in sorted(records.glob("patient-*.json")) for document in _documents(path)]
    passes = [[_extract(document) for document in documents] for _ in range(_PASSES)]
    seconds = [sum(spent for spent, _ in one) for one in passes]
    return Extraction(
        documents=len(documents),
        facts=sum(count for _, count in passes[0]),
        documents_per_second=round(len(documents) / min(seconds), 1),
        slowest_seconds=round(max(spent for spent, _ in passes[seconds.index(min(seconds))]), 3),
        worker_start_seconds=round(min(_start_worker() for _ in range(_PASSES)), 2),
    )


def _documents(path: Path) -> Iterator[Document]:
    return (item.document for item in read_file(path).documents)


def _extract(document: Document) -> tuple[float, int]:
    """Return the seconds that a document took, and the number of its facts."""
    start = time.perf_counter()
    facts = extract(document.text, document.kind, document.date, find_sections(document.text))
    return time.perf_counter() - start, len(facts)


def _start_worker() -> float:
    """Return the seconds that a new process takes to start and to prepare a small file."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text("IPP : 0000000001\n\nAntécédents : hypertension artérielle.\n", encoding="utf-8")
        start = time.perf_counter()
        with Pool(1, 0) as pool:
            ((_, result),) = pool.run(prepare, [path])
        assert isinstance(result, Prepared)
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
