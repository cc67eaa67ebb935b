"""Which embedder a setting names, and what is said when it names none."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.choose import open_embedder
from models.errors import ModelError, ModelFolderInvalid
from models.folder import revision
from models.hashing import HashingEmbedder
from tests.models.weights import MINILM

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINILM, tmp_path / "minilm"))


def test_nothing_is_an_embedder_too() -> None:
    assert open_embedder("") is None
    assert open_embedder("  ") is None


def test_hashing_needs_no_weights() -> None:
    assert isinstance(open_embedder("hashing"), HashingEmbedder)


@pytest.mark.parametrize("spec", ["sentence-transformers/all-MiniLM-L6-v2", "bge-m3", "hash", "https://example.org/m"])
def test_a_name_on_a_hub_is_refused_with_what_is_possible(spec: str) -> None:
    with pytest.raises(ModelError, match=r"hashing.*dossier local"):
        open_embedder(spec)


@pytest.mark.parametrize("spec", ["/nowhere/model", "./nowhere", "~/nowhere/model"])
def test_a_missing_folder_is_told(spec: str) -> None:
    with pytest.raises(ModelFolderInvalid, match="n'est pas un dossier local"):
        open_embedder(spec)


def add_pickle(folder: Path) -> str:
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    return r"pytorch_model\.bin"


def add_pickle_beside_a_module(folder: Path) -> str:
    (folder / "1_Pooling" / "weights.PT").write_bytes(b"\x80\x04.")
    return r"weights\.PT"


def add_code(folder: Path) -> str:
    (folder / "modeling.py").write_text("raise SystemExit", encoding="utf-8")
    return r"modeling\.py"


def ask_for_foreign_code(folder: Path) -> str:
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "elsewhere.Transformer"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return r"elsewhere\.Transformer"


def ask_for_remote_code(folder: Path) -> str:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModel": "somebody/model--modeling.Model"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return "auto_map"


def remove_weights(folder: Path) -> str:
    (folder / "model.safetensors").unlink()
    return "incomplet"


def remove_configuration(folder: Path) -> str:
    (folder / "config.json").unlink()
    return "incomplet"


def spoil_modules(folder: Path) -> str:
    (folder / "modules.json").write_text("[", encoding="utf-8")
    return "JSON"


def cut_weights(folder: Path) -> str:
    (folder / "model.safetensors").write_bytes(b"cut")
    return "ne peut pas être chargé"


@pytest.mark.parametrize(
    "change",
    [
        add_pickle,
        add_pickle_beside_a_module,
        add_code,
        ask_for_foreign_code,
        ask_for_remote_code,
        remove_weights,
        remove_configuration,
        spoil_modules,
        cut_weights,
    ],
)
def test_a_folder_that_must_not_be_loaded_is_refused(folder: Path, change: Callable[[Path], str]) -> None:
    told = change(folder)
    with pytest.raises(ModelFolderInvalid, match=told):
        open_embedder(str(folder))


def test_the_revision_follows_content_not_copies(folder: Path) -> None:
    assert revision(folder) == revision(MINILM)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert revision(folder) != revision(MINILM)


def test_prompts_of_the_folder_are_honoured(folder: Path) -> None:
    plain = open_embedder(str(folder))
    description = folder / "config_sentence_transformers.json"
    config = json.loads(description.read_text(encoding="utf-8"))
    config["prompts"] = {"query": "query: ", "passage": "passage: "}
    description.write_text(json.dumps(config), encoding="utf-8")
    prompted = open_embedder(str(folder))
    assert plain is not None
    assert prompted is not None
    assert prompted.name != plain.name
    assert prompted.embed_query("fever") == pytest.approx(plain.embed_query("query: fever"), abs=1e-5)
    passages = prompted.embed_passages(["fever"]), plain.embed_passages(["passage: fever"])
    assert passages[0][0] == pytest.approx(passages[1][0], abs=1e-5)


def test_without_the_extra_the_command_to_run_is_told() -> None:
    """A Python without site-packages: choosing costs no heavy import, and the error names the extra."""
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from models.choose import open_embedder
from models.errors import ModelNotInstalled
try:
    open_embedder({str(MINILM)!r})
except ModelNotInstalled as error:
    print(error)
"""
    child = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "liaison[models]"' in child.stdout
