"""Measure the embedded index: ``python -m bench.index --points 20000``.

Points are random: words drawn with Zipf frequencies, 384 dense dimensions, patients of 500 passages in 25
documents. Absolute times depend on the machine; the ratio to the first search is what travels.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from uuid import UUID

from ingestion.index.edge import EdgeIndex
from ingestion.index.signature import Signature
from ingestion.index.types import Point, Scope
from ingestion.types import SparseVector

DIMENSION = 384
PER_PATIENT = 500
PER_DOCUMENT = 20
VOCABULARY = 20_000
SEARCHES = 300


@dataclass(frozen=True)
class Row:
    """One line of the table: milliseconds."""

    name: str
    median: float
    p95: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20_000)
    count = parser.parse_args().points
    with tempfile.TemporaryDirectory() as folder:
        index = EdgeIndex(Path(folder), Signature("bench", "random", DIMENSION))
        try:
            _print(count, *_measure(index, count))
        finally:
            index.close()


def _measure(index: EdgeIndex, count: int) -> tuple[dict[str, float], list[Row]]:
    chance = random.Random(0)  # noqa: S311 a benchmark needs the same points each time
    points = [_point(chance, number) for number in range(count)]
    seconds = {"upsert": _seconds(lambda: index.upsert(points)), "flush": _seconds(index.flush)}
    rows = list(_searches(index, chance, points))
    doomed = [point.id for point in points[: min(count, PER_PATIENT)]]
    seconds["delete one patient"] = _seconds(lambda: index.delete(doomed))
    pauses: list[float] = []
    seconds["compact"] = _seconds(lambda: _watch(index.compact, pauses))
    seconds["compact, longest pause of Python"] = max(pauses, default=0.0)
    return seconds, rows


def _searches(index: EdgeIndex, chance: random.Random, points: list[Point]) -> Iterator[Row]:
    for name, with_words, with_dense in (
        ("sparse", True, False),
        ("dense, exact", False, True),
        ("hybrid (RRF)", True, True),
    ):
        times = []
        for _ in range(SEARCHES):
            near = chance.choice(points)
            documents = tuple(range(PER_PATIENT // PER_DOCUMENT))
            sparse = _words(chance, 8) if with_words else SparseVector((), ())
            dense = near.dense if with_dense else None
            scope = Scope(near.patient, documents)
            times.append(_seconds(lambda s=scope, w=sparse, d=dense: index.search(s, w, d, 20)) * 1000)  # type: ignore[misc]
        yield Row(name, statistics.median(times), statistics.quantiles(times, n=20)[-1])


def _point(chance: random.Random, number: int) -> Point:
    dense = tuple(chance.gauss(0, 1) for _ in range(DIMENSION))
    identifier = str(UUID(int=chance.getrandbits(128), version=4))
    patient, place = divmod(number, PER_PATIENT)
    return Point(identifier, f"{patient:032x}", (place // PER_DOCUMENT,), _words(chance, 40), dense)


def _words(chance: random.Random, count: int) -> SparseVector:
    indices = sorted({int(VOCABULARY ** chance.random()) for _ in range(count)})
    return SparseVector(tuple(indices), (1.0,) * len(indices))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _watch(work: Callable[[], object], pauses: list[float]) -> None:
    """Run ``work`` in a thread and note how long this one is kept from running."""
    thread = Thread(target=work)
    thread.start()
    while thread.is_alive():
        pauses.append(_seconds(lambda: time.sleep(0.001)) - 0.001)
    thread.join()


def _print(count: int, seconds: dict[str, float], rows: list[Row]) -> None:
    print(
        f"{count} points, {PER_PATIENT} per patient, {DIMENSION} dense dimensions, {SEARCHES} searches of each kind\n"
    )
    print("| Search | median ms | p95 ms | ratio |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.name} | {row.median:.2f} | {row.p95:.2f} | {row.median / rows[0].median:.1f} |")
    print("\n| Work | seconds |\n|---|---|")
    for name, value in seconds.items():
        print(f"| {name} | {value:.2f} |")


if __name__ == "__main__":
    main()
