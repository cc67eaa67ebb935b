"""The product over one home, as its users run it: commands, and a server, each in a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIAISON = (sys.executable, "-m", "ui.cli")
_STOPPING = 30


@dataclass(frozen=True)
class Product:
    """One home, and the environment of every process started over it."""

    home: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        command = [*LIAISON, "--home", str(self.home), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, timeout=200)

    def read(self, *arguments: str) -> Any:
        """Run a command that must succeed, and return the JSON object it prints."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def serving(self, errors: Path) -> Iterator[str]:
        """Run the server on a free port and give its address; its standard error goes to a file."""
        command = [*LIAISON, "--home", str(self.home), "serve", "--port", "0"]
        with (
            errors.open("w") as file,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True, env=self.environment) as server,
        ):
            assert server.stdout is not None
            try:
                said = server.stdout.readline()
                address = next((word for word in said.split() if word.startswith("http://")), "")
                assert address, said + errors.read_text()
                yield address
            finally:
                server.send_signal(signal.SIGTERM)
                server.communicate(timeout=_STOPPING)
