"""The shape of the code, proven: layers, sizes, names, docstrings, and what a command does not pay for."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINTER = PROJECT["tool"]["importlinter"]
PACKAGES = ["models", "ingestion", "assistant", "ui", "evals"]
BESIDE = ["bench", "demo", "tests"]
"""Folders of Python that are no part of the installed product."""

NOT_OURS = ROOT / "demo" / "records"
"""The fictitious records come with their own script."""

CODE = sorted(
    path
    for folder in (*PACKAGES, "bench", "demo")
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_relative_to(NOT_OURS) and "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PRODUCT = [path for path in CODE if path.relative_to(ROOT).parts[0] in PACKAGES]
LONGEST_FILE, LONGEST_TEST_FILE = 300, 500
MEDIAN_FUNCTION, LONG_FUNCTION, LONGEST_FUNCTION = 10, 40, 60
"""Lines of half of the functions, of all but one in twenty, of any."""

MOST_PARAMETERS = 6
MOST_SETTINGS = 25
VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc", "base"}
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "fastapi", "uvicorn", "inspect_ai")
ASKING_ALSO_AVOIDS = ("docx", "pypdfium2", "langchain_text_splitters", "qdrant_client", "alembic", "httpx")

MEASURED = '''"""A module."""
class Class:
    """A class."""
    def method(self, first, *, second):
        """Do two things."""

        first()
        second()
    def bare(self): ...
    def _private(self): ...
async def alone(first): ...
'''


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(code: str) -> set[str]:
    """Return the modules and packages loaded in a new process by some code."""
    program = f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


def extractors() -> set[str]:
    """Return the modules that find facts in a document, and the one that chains them."""
    facts = (path for path in PRODUCT if path.parent == ROOT / "ingestion" / "facts")
    finding = {path.stem for path in facts if any(f.name.startswith("find_") for f in functions(path))}
    return {f"ingestion.facts.{module}" for module in finding | {"extract"}}


# --- layers ---------------------------------------------------------------------------------------------


def test_the_packages_on_disk_are_those_of_the_layers() -> None:
    on_disk = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert on_disk == {*PACKAGES, *BESIDE}
    assert sorted(LINTER["root_packages"]) == sorted(PACKAGES)
    assert sorted(pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]) == (
        sorted(PACKAGES)
    )


def test_the_layers_of_the_packages_are_the_declared_order() -> None:
    contract = LINTER["contracts"][0]
    assert contract["type"] == "layers"
    assert contract["layers"] == ["ui | evals", "assistant", "ingestion", "models"]
    assert "ignore_imports" not in contract


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_stands_in_a_layer_of_its_package(package: str) -> None:
    contracts = [contract for contract in LINTER["contracts"] if contract.get("containers") == [package]]
    assert len(contracts) == 1
    [contract] = contracts
    layers = [part.strip() for layer in contract["layers"] for part in layer.replace(":", "|").split("|")]
    on_disk = {path.stem for path in (ROOT / package).iterdir() if path.suffix == ".py" and path.stem != "__init__"}
    on_disk |= {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert contract["exhaustive"] is True
    assert set(layers) - {"__main__"} == on_disk - {"__main__"}


def test_the_contracts_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", program, "--no-cache"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout


# --- sizes and names ------------------------------------------------------------------------------------


def test_files_are_short() -> None:
    limits = dict.fromkeys(CODE, LONGEST_FILE) | dict.fromkeys(TESTS, LONGEST_TEST_FILE)
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert {name(path): count for path, count in lines.items() if count > limits[path]} == {}


def test_no_module_has_a_vague_name() -> None:
    parts = {name(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in (*CODE, *TESTS)}
    assert {place: vague for place, words in parts.items() if (vague := words & VAGUE)} == {}


def test_functions_are_short() -> None:
    lengths = {f"{name(path)}:{function.name}": length(function) for path in CODE for function in functions(path)}
    ordered = sorted(lengths.values())
    assert ordered[len(ordered) // 2] <= MEDIAN_FUNCTION
    assert ordered[len(ordered) * 95 // 100] <= LONG_FUNCTION
    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_functions_take_few_parameters() -> None:
    """A command's parameters are its options: they are as many as the user is offered."""
    measured = [path for path in PRODUCT if path.parent.name != "cli" and path.name != "cli.py"]
    counts = {f"{name(path)}:{f.name}": parameters(f) for path in measured for f in functions(path)}
    assert {place: count for place, count in counts.items() if count > MOST_PARAMETERS} == {}


def test_what_is_public_is_documented() -> None:
    described = ((f"{name(path)}:{place}", node) for path in CODE for place, node in public(parsed(path)))
    assert [place for place, node in described if ast.get_docstring(node) is None] == []


def test_the_measures_see_what_they_measure(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(MEASURED)
    found = {function.name: (length(function), parameters(function)) for function in functions(path)}
    assert found == {"method": (2, 2), "bare": (1, 0), "_private": (1, 0), "alone": (1, 1)}
    assert [place for place, node in public(parsed(path)) if ast.get_docstring(node) is None] == ["Class.bare", "alone"]


def test_settings_are_few() -> None:
    assert len(fields(Settings)) <= MOST_SETTINGS


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body, its docstring aside."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([argument for argument in named if argument not in ("self", "cls")])


def public(
    tree: ast.Module,
) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the module, its public functions and classes, and the public methods of those."""
    yield "module", tree
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and not method.name.startswith("_"):
                    yield f"{node.name}.{method.name}", method


# --- what a command pays for ----------------------------------------------------------------------------


def test_the_command_line_starts_without_what_it_does_not_use() -> None:
    assert not imported("import ui.cli") & {*HEAVY, *ASKING_ALSO_AVOIDS, "sqlalchemy", "qdrant_edge", "pydantic"}


def test_a_question_loads_no_reader_no_server_and_no_model(tmp_path: Path) -> None:
    from tests.ingestion.stores import write_dossier

    dossier = write_dossier(tmp_path / "dossier.json", "1234567", {"D1": "INR à 2,4 le 3 mars sous warfarine."})
    home = str(tmp_path / "home")
    ingesting = [sys.executable, "-m", "ui.cli", "--home", home, "ingest", str(dossier), "--json"]
    subprocess.run(ingesting, check=True, capture_output=True)
    loaded = imported(
        f"from ui.cli import main\nassert main(['--home', {home!r}, 'ask', '--patient', '1234567', 'INR ?']) == 0"
    )
    assert loaded >= {"sqlalchemy", "qdrant_edge"}, "the question was not asked in this process"
    assert not loaded & {*HEAVY, *ASKING_ALSO_AVOIDS}
    assert len(extractors()) > 10
    assert not loaded & extractors()
