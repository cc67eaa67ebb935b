"""Nothing of a patient is seen outside the record and the answers.

The product runs as its users run it, over real dossiers and files that go wrong, while every logger of every
process is kept from DEBUG up. Names, 30 characters in a row of any document, and questions must then be in no
log, no message, no progress, no file name, no state page, no exception, and in the ``repr`` of no object.
"""

import dataclasses
import json
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.access import allow
from assistant.bootstrap import Workspace, open_workspace
from assistant.local import LocalService
from assistant.retrieve import retrieve
from assistant.settings import Settings
from assistant.types import LOCAL
from demo.render import RECORDS
from ingestion.readers.choose import read_file
from ingestion.worker import prepare
from tests import watched
from tests.browser.conftest import CHROMIUM
from tests.watched.confidential import WINDOW, Confidential, confidential
from tests.watched.product import Product
from tests.watched.visit import on_the_page

JEANNE, PATRICK = "0004417829", "0005093316"
QUESTION = "Quel est le dernier INR de Mme Jeanne BERTHELOT depuis la sortie ?"
ENDLESS = QUESTION * 40
TAKEN, BROKEN = ("patient-01.json", "patient-02.json"), "patient-03.json"
DOSSIERS = [RECORDS / name for name in (*TAKEN, BROKEN, "patient-04.json")]


@dataclass(frozen=True, repr=False)
class Witness:
    """What the product let be seen, by where."""

    seen: dict[str, str]
    home: Path


@pytest.fixture(scope="module")
def secrets() -> Confidential:
    return confidential(DOSSIERS, [QUESTION])


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two dossiers, and others' texts in files that break, wait, or bear a patient's name."""
    folder = tmp_path_factory.mktemp("drop")
    for name in TAKEN:
        shutil.copy(RECORDS / name, folder)
    whole = (RECORDS / BROKEN).read_bytes()
    (folder / "broken.json").write_bytes(whole[: len(whole) // 2])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + whole[:5000])
    (folder / "BERTHELOT Jeanne.docx").write_bytes(b"PK\x03\x04" + whole[:5000])
    note = json.loads((RECORDS / "patient-04.json").read_text(encoding="utf-8"))["documents"][0]["text"]
    (folder / "Compte rendu FERREIRA LOPES Maria.txt").write_text(note, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def witness(drop: Path, tmp_path_factory: pytest.TempPathFactory) -> Witness:
    folder = tmp_path_factory.mktemp("privacy")
    product = Product(folder / "home", watched.environment(folder / "watch", {"FORCE_COLOR": "1"}, logs=True))
    seen = dict(_commands(product, drop)) | dict(_server(product, drop, folder))
    seen |= {f"log {name}": text for name, text in watched.logged(folder / "watch").items()}
    seen["file names"] = "\n".join(str(path.relative_to(product.home)) for path in product.home.rglob("*"))
    return Witness(seen, product.home)


def _commands(product: Product, drop: Path) -> Iterator[tuple[str, str]]:
    """Run every command, right and wrong; yield what each writes beside its result."""
    batch = drop.with_name("questions.jsonl")
    lines = [{"id": "1", "patient": JEANNE, "question": QUESTION}, {"id": "2", "question": QUESTION}]
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines) + QUESTION + "\n", encoding="utf-8")
    for name, code, arguments in (
        ("ingest", 0, ["ingest", str(drop)]),
        ("ingest again", 0, ["ingest", str(drop), "--json"]),
        ("ask", 0, ["ask", "--patient", JEANNE, QUESTION]),
        ("ask many", 1, ["ask", "--questions", str(batch), "--json"]),
        ("ask too much", 2, ["ask", "--patient", JEANNE, ENDLESS]),
        ("ask of nobody", 1, ["ask", "--patient", "BERTHELOT Jeanne", QUESTION]),
        ("ask without a patient", 2, ["ask", QUESTION]),
        ("search", 0, ["search", "--patient", JEANNE, QUESTION]),
        ("patients", 0, ["patients", "berthelot"]),
        ("documents", 0, ["documents", "--patient", JEANNE]),
        ("forget a document", 0, ["forget", "--document", "P2-D01", "--yes"]),
        ("forget nothing", 1, ["forget", "--document", "D0", "--yes"]),
        ("doctor", 0, ["doctor"]),
    ):
        done = product.run(*arguments)
        assert done.returncode == code, (name, done.stderr)
        yield f"standard error of {name}", done.stderr


def _server(product: Product, drop: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Ask the server, right and wrong, then over a damaged record; yield its states, refusals and messages."""
    errors = folder / "server.err"
    with product.serving(errors) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        if CHROMIUM.exists():
            assert on_the_page(address, JEANNE)["citations"]
        assert client.post("/v1/ask", json=_asked(JEANNE)).status_code == 200
        assert client.post("/v1/ask", json=_asked(JEANNE) | {"stream": True}).status_code == 200
        assert client.get("/v1/patients", params={"query": "Berthelot"}).json()["patients"]
        for name, reply in _refused(client, drop):
            assert 400 <= reply.status_code < 500, (name, reply.status_code)
            yield f"refusal of {name}", reply.text
        beside = product.run("ask", "--patient", PATRICK, QUESTION)
        assert beside.returncode == 0, beside.stderr
        yield "standard error beside the server", beside.stderr
        yield from ((f"state {path}", client.get(path).text) for path in ("/health", "/ready"))
        _damage(product.home)
        for stream in (False, True):
            reply = client.post("/v1/ask", json=_asked(JEANNE) | {"stream": stream})
            assert "Erreur interne" in reply.text
            yield f"failure, stream {stream}", reply.text
    yield "standard error of the server", errors.read_text(encoding="utf-8")


def _refused(client: httpx.Client, drop: Path) -> Iterator[tuple[str, httpx.Response]]:
    yield "a question without a patient", client.post("/v1/ask", json={"question": QUESTION})
    yield "a question of the wrong type", client.post("/v1/ask", json={"patient": JEANNE, "question": [QUESTION]})
    yield "no JSON", client.post("/v1/ask", content=QUESTION, headers={"content-type": "application/json"})
    yield "an endless question", client.post("/v1/ask", json=_asked(JEANNE, ENDLESS))
    yield "an endless search", client.post("/v1/search", json={"patient": JEANNE, "query": ENDLESS * 2})
    yield "a question about nobody", client.post("/v1/ask", json=_asked("BERTHELOT Jeanne"))
    yield "nobody's documents", client.get("/v1/patients/BERTHELOT Jeanne/documents")
    yield "an address that is none", client.get("/v1/BERTHELOT")
    yield "a document of another", client.get(f"/v1/patients/{PATRICK}/documents/P1-D01")


def _asked(patient: str, question: str = QUESTION) -> dict[str, Any]:
    return {"patient": patient, "question": question}


def _damage(home: Path) -> None:
    """Take a table away, so that the next question fails where nobody expected it."""
    with sqlite3.connect(home / "record.sqlite") as database:
        database.execute("ALTER TABLE occurrence RENAME TO occurrence_gone")
    database.close()


# --- as processes ---------------------------------------------------------------------------------------


def test_no_message_log_state_or_file_name_tells_of_a_patient(witness: Witness, secrets: Confidential) -> None:
    leaks = {where: told for where, text in witness.seen.items() if (told := secrets.seen_in(text))}
    assert leaks == {}


def test_all_that_was_meant_to_be_looked_at_was(witness: Witness) -> None:
    logs = "".join(text for where, text in witness.seen.items() if where.startswith("log "))
    assert "DEBUG" in logs
    assert "Ingestion" in witness.seen["standard error of ingest"]
    assert "Aucun patient" in witness.seen["standard error of ask of nobody"]
    assert "originals" in witness.seen["file names"]
    server = [json.loads(line) for line in witness.seen["standard error of the server"].splitlines()]
    assert {"request", "error"} <= {line["event"] for line in server}
    assert {line["class"] for line in server if line["event"] == "error"} == {"OperationalError"}


# --- in this process ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workspace(drop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = tmp_path_factory.mktemp("objects") / "home"
    watch = watched.environment(home.with_name("watch"))
    assert Product(home, watch).read("ingest", str(drop))["documents"]["failed"] == 3
    with open_workspace(Settings(home)) as opened:
        yield opened


def nouns(workspace: Workspace, drop: Path) -> Iterator[object]:
    """Yield what every part of the product hands to the next, from the file to the answer."""
    service, access = LocalService(workspace), allow(workspace.record, LOCAL, JEANNE)
    yield read_file(drop / TAKEN[0])
    yield from (prepare(path) for path in sorted(drop.iterdir()))
    yield access
    yield retrieve(workspace.retriever, access, QUESTION)
    yield list(service.ask(LOCAL, JEANNE, QUESTION))
    yield service.search(LOCAL, JEANNE, QUESTION)
    yield service.patients(LOCAL, "berthelot")
    yield service.documents(LOCAL, JEANNE)
    yield service.document(LOCAL, JEANNE, service.documents(LOCAL, JEANNE)[0].id)
    yield workspace.record.search_patients("", 10)
    yield service.health()


def within(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every noun reachable from a value, with the names of the classes that lead to it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        path = f"{path} > {type(value).__name__}"
        yield path, value
        for field in dataclasses.fields(value):
            yield from within(getattr(value, field.name), path)
    elif isinstance(value, (list, tuple, frozenset)):
        for item in value:
            yield from within(item, path)
    elif isinstance(value, dict):
        yield from within([*value.keys(), *value.values()], path)


def test_no_repr_tells_of_a_patient(workspace: Workspace, drop: Path, secrets: Confidential) -> None:
    reached: dict[tuple[type, str], str] = {}
    for noun in nouns(workspace, drop):
        for path, value in within(noun):
            reached.setdefault((type(value), repr(value)), path)
    assert len({kind for kind, _ in reached}) > 30
    leaks = {path: told for (_, shown), path in reached.items() if (told := secrets.seen_in(shown))}
    assert leaks == {}


Call = Callable[[LocalService], object]
WRONG: dict[str, Call] = {
    "nobody": lambda service: service.patient(LOCAL, "BERTHELOT Jeanne"),
    "nobody, with a year": lambda service: service.patient(LOCAL, "BERTHELOT Jeanne 1944"),
    "another's document": lambda service: service.document(LOCAL, PATRICK, "P1-D01"),
    "an endless question": lambda service: list(service.ask(LOCAL, JEANNE, ENDLESS)),
    "too many passages": lambda service: service.search(LOCAL, JEANNE, QUESTION, limit=10_000),
    "a document that is not there": lambda service: service.forget_document(LOCAL, "D0"),
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG.keys())
def test_no_exception_tells_of_a_patient(workspace: Workspace, secrets: Confidential, call: Call) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever it is, it must not tell
        call(LocalService(workspace))
    chain = [raised.value, raised.value.__cause__, raised.value.__context__]
    told = " ".join(f"{error!r} {error} {getattr(error, 'hint', '')}" for error in chain if error is not None)
    written = "".join(traceback.format_exception_only(raised.value))
    assert secrets.seen_in(f"{told} {written}") == set()


# --- the search itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "disguise",
    [str, str.upper, json.dumps, repr, lambda text: text.replace(" ", "\n    "), lambda text: f"[INFO] {text}"],
)
def test_a_leak_is_found_in_any_disguise(secrets: Confidential, disguise: Callable[[str], str]) -> None:
    text = json.loads(DOSSIERS[0].read_text(encoding="utf-8"))["documents"][0]["text"]
    assert secrets.seen_in(disguise(text[100 : 100 + 3 * WINDOW]))
    assert secrets.seen_in(disguise(QUESTION)) >= {"a question", "a name"}
    assert secrets.seen_in("Madame Berthelot") == {"a name"}
    assert secrets.seen_in("Aucun patient ne porte cet IPP.") == set()
