"""``liaison serve`` as a process: page and API on loopback, the socket beside them, a graceful end."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.errors import UsageError
from assistant.owner import owner_socket, passing_folder
from assistant.reach import reach
from assistant.settings import Settings
from assistant.types import LOCAL
from tests.assistant.memory_service import JEANNE
from tests.assistant.test_owner import memory
from ui.serve import require_loopback

SERVER = """
import sys
from pathlib import Path
from assistant.settings import Settings
from tests.assistant.test_owner import memory
from ui.serve import serve
serve(Settings(Path(sys.argv[1]), port=0), memory, lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Settings, "subprocess.Popen[str]"]]:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    command = [sys.executable, "-c", SERVER, str(settings.home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address, process.communicate(timeout=10)[1]
    yield address, settings, process
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in err
    assert not owner_socket(settings).exists()
    assert not passing_folder(settings).exists()


Served = tuple[str, Settings, "subprocess.Popen[str]"]


def test_one_process_serves_the_page_the_api_and_the_other_commands(served: Served) -> None:
    address, settings, _ = served
    with httpx.Client(base_url=address, trust_env=False) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert client.get(f"/v1/patients/{JEANNE.ipp}").json()["given_names"] == "Jeanne"
        assert client.get("/health").status_code == 200
        assert client.get("/v1/nothing").json()["error"]
        assert client.get("/local/health").status_code == 404
        assert client.get("/", headers={"host": "evil.example"}).status_code == 403
        other_site = client.get("/config", headers={"origin": "http://localhost:3000"})
        assert "access-control-allow-origin" not in other_site.headers
    with reach(settings, memory, "question") as service:
        assert service.patient(LOCAL, JEANNE.ipp) == JEANNE


def test_the_server_listens_on_loopback_only(served: Served) -> None:
    _, _, process = served
    sockets = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]
    inodes = {str(link.readlink()) for link in Path(f"/proc/{process.pid}/fd").iterdir() if link.is_symlink()}
    listening = [line.split() for line in sockets if line.split()[3] == "0A"]
    own = [fields[1] for fields in listening if f"socket:[{fields[9]}]" in inodes]
    assert own
    assert all(address.startswith("0100007F:") for address in own)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "", "127.0.0.1.example.org"])
def test_any_other_address_is_refused(host: str) -> None:
    with pytest.raises(UsageError):
        require_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_loopback_is_accepted(host: str) -> None:
    require_loopback(host)
