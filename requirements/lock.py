"""Write the pinned, resolved requirements: ``python requirements/lock.py`` (through ``make lock``).

pip resolves ``pyproject.toml`` in a dry run; nothing is installed. ``test.txt`` holds everything, and
``demo.txt`` what the demonstration needs, resolved under the versions of ``test.txt``.
"""

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
HEADER = "# Resolved by `make lock` on Python 3.11; do not edit.\n"


def main() -> None:
    """Resolve both sets and write them."""
    _write("test.txt", ".[dev,models]")
    _write("demo.txt", ".[demo]", "--constraint", str(FOLDER / "test.txt"))


def _write(name: str, target: str, *options: str) -> None:
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    report = json.loads(subprocess.run([*command, *options, target], check=True, capture_output=True).stdout)
    found = [package["metadata"] for package in report["install"]]
    # A local build's suffix ("+cpu") is left out: on a GPU node the same version is another build.
    pins = sorted(f"{m['name'].lower()}=={m['version'].partition('+')[0]}" for m in found if m["name"] != "liaison")
    (FOLDER / name).write_text(HEADER + "\n".join(pins) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
