"""Ingest into a home in a process of its own, one line on standard output per file done: to be killed."""

import sys
from pathlib import Path

from ingestion.pipeline import ingest
from tests.ingestion.stores import open_stores


def main(home: Path, url: str, paths: list[Path]) -> None:
    """Open the stores, ingest, and say where it stands."""
    with open_stores(home, url) as workspace:
        print("ready", flush=True)  # noqa: T201
        for event in ingest(workspace, paths):
            print(type(event).__name__, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [Path(argument) for argument in sys.argv[3:]])
