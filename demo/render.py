"""Write the folder that a hospital would drop: ``python -m demo.render --output DIR``.

For each patient, ``dossier.json`` holds the identity, the stays and most documents; the others are
files of ``fichiers/``, named by their id, each with its sidecar ``NAME.meta.json``. The same input
gives the same bytes, so that a second ingestion finds nothing new; an up-to-date folder is left as
it is. Gold questions and letters stay in ``demo/records``.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from demo.paper import Paper
from demo.share import Form, forms_of

RECORDS = Path(__file__).with_name("records")

_STAMP = ".demo-render.json"
_SIDECAR_FIELDS = ("id", "stay", "kind", "title", "date", "author", "service")
_NOT_STATED = "Service non précisé"


def render(output: Path, records: Path = RECORDS) -> list[str]:
    """Write the drop folder unless it is up to date; return the paths of its files, relative to ``output``."""
    digest = _digest(records)
    stamp = _stamp(output)
    if stamp.get("digest") == digest and all((output / name).is_file() for name in stamp["files"]):
        return list(stamp["files"])
    written = dict(_files({path.stem: json.loads(path.read_bytes()) for path in _sources(records)}, _printers()))
    for name in set(stamp.get("files", [])) - set(written):
        (output / name).unlink(missing_ok=True)
    for name, content in written.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(content)
    (output / _STAMP).write_bytes(_json({"digest": digest, "files": sorted(written)}))
    return sorted(written)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.render", description="Écrit les fichiers de l'hôpital fictif."
    )
    parser.add_argument("--output", type=Path, required=True, help="dossier à remplir")
    output = parser.parse_args(arguments).output
    counts = Counter(_suffix(name) for name in render(output))
    print(f"{output} : " + ", ".join(f"{count} {suffix}" for suffix, count in sorted(counts.items())))


def _suffix(name: str) -> str:
    return "meta.json" if name.endswith(".meta.json") else name.rpartition(".")[2]


def _sources(records: Path) -> list[Path]:
    return sorted(records.glob("patient-*.json"))


def _digest(records: Path) -> str:
    """Hash what the result depends on: the records and this package."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in (*_sources(records), *sorted(here.glob("*.py")), *sorted(here.glob("*.typ"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _stamp(output: Path) -> dict[str, Any]:
    try:
        stamp = json.loads((output / _STAMP).read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and isinstance(stamp.get("files"), list) else {}


def _printers() -> dict[str, Callable[[Paper], bytes]]:
    """Load the printers only when something has to be printed."""
    from demo.typeset import Typesetter
    from demo.word import docx

    return {"pdf": Typesetter().pdf, "docx": docx, "txt": _plain}


def _plain(paper: Paper) -> bytes:
    """Return a text file: one in two as an old Windows program writes it, if its characters allow."""
    if int(hashlib.sha256(paper.id.encode()).hexdigest(), 16) % 2:
        try:
            return paper.text.replace("\n", "\r\n").encode("cp1252")
        except UnicodeEncodeError:
            pass
    return paper.text.encode()


def _files(
    records: dict[str, dict[str, Any]], printers: dict[str, Callable[[Paper], bytes]]
) -> Iterator[tuple[str, bytes]]:
    forms = forms_of(list(records.values()))
    for folder, record in records.items():
        kept = [document for document in record["documents"] if forms[document["id"]] == "json"]
        yield (
            f"{folder}/dossier.json",
            _json({"patient": record["patient"], "stays": record["stays"], "documents": kept}),
        )
        for document in record["documents"]:
            form: Form = forms[document["id"]]
            if form != "json":
                name = f"{folder}/fichiers/{document['id']}.{form}"
                yield name, printers[form](_paper(document, record))
                yield f"{name}.meta.json", _json(_sidecar(document, record))


def _paper(document: dict[str, Any], record: dict[str, Any]) -> Paper:
    patient = record["patient"]
    birth = date.fromisoformat(patient["birth_date"]).strftime("%d/%m/%Y")
    names = f"{patient['family_name']} {patient['given_names']}"
    return Paper(
        id=document["id"],
        title=document["title"],
        establishment=_establishment(record),
        service=document["service"] or _NOT_STATED,
        band=f"{names} - {patient['sex']} - {birth} - IPP {patient['ipp']}",
        date=datetime.fromisoformat(document["date"]),
        text=document["text"],
    )


def _sidecar(document: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    fields = {name: document[name] for name in _SIDECAR_FIELDS if document[name] is not None}
    return {**fields, "ipp": record["patient"]["ipp"], "authority": _establishment(record)}


def _establishment(record: dict[str, Any]) -> str:
    return str(record["patient"].get("authority") or record["stays"][0]["establishment"])


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    main()
