"""The gold of facts: what documents say, annotated by reading them, one file a patient (``annotations/README.md``)."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evals.errors import GoldError
from evals.gold import Gold, GoldPatient, Span
from ingestion.facts.types import Kind

ANNOTATIONS = Path(__file__).with_name("annotations")
KINDS: tuple[Kind, ...] = ("medication", "measurement", "allergy", "awaited")
COLUMNS = ("document", "kind", "name", "value", "unit", "event", "quote")

_DOCUMENTS = "# documents"
_TOLERATED = "?"
_HINT = "Corrigez le fichier d'annotations : evals/annotations/README.md en donne les règles."


@dataclass(frozen=True, repr=False)
class GoldFact:
    """One thing that a document says: its words as written, and the span of the quote that proves it.

    ``values`` are the figures accepted, ``events`` what is said to happen (of a measurement: the day of the sample).
    ``tolerated`` tells that an extractor may find it or not.
    """

    id: str
    kind: Kind
    name: str
    values: tuple[str, ...]
    unit: str
    events: tuple[str, ...]
    span: Span
    tolerated: bool

    def __repr__(self) -> str:
        return f"GoldFact({self.id!r}, {self.kind!r})"


@dataclass(frozen=True, repr=False)
class AnnotatedPatient:
    """A patient of the gold, the kinds annotated in each document, and what they say."""

    patient: GoldPatient
    documents: dict[str, frozenset[Kind]]
    items: tuple[GoldFact, ...]

    def __repr__(self) -> str:
        return f"AnnotatedPatient({self.patient.name!r}, {len(self.items)} items)"


@dataclass(frozen=True, repr=False)
class FactGold:
    """The annotated patients of a gold, with a hash that names the annotations."""

    gold: Gold
    patients: tuple[AnnotatedPatient, ...]
    sha256: str

    @property
    def summary(self) -> dict[str, str | int]:
        """What a report says of the annotations."""
        return {
            "sha256": self.sha256,
            "documents": sum(len(annotated.documents) for annotated in self.patients),
            "items": sum(not item.tolerated for annotated in self.patients for item in annotated.items),
        }

    def __repr__(self) -> str:
        return f"FactGold({len(self.patients)} patients, sha256={self.sha256[:12]})"


def load_fact_gold(gold: Gold, folder: Path = ANNOTATIONS) -> FactGold:
    """Read the annotations of the gold's patients.

    Raises GoldError when none is annotated, or when an item is malformed or its quote does not stand once in its
    document.
    """
    digest, patients = hashlib.sha256(), []
    for patient in gold.patients:
        path = folder / f"{patient.name}.tsv"
        if path.exists():
            content = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + content)
            patients.append(_annotated(patient, path.name, content.decode("utf-8").splitlines()))
    if not patients:
        raise GoldError(f"Aucune annotation de ces patients dans {folder}.", "Donnez les dossiers de demo/records.")
    kept = Gold(gold.folder, tuple(annotated.patient for annotated in patients), gold.sha256)
    return FactGold(kept, tuple(patients), digest.hexdigest())


def _annotated(patient: GoldPatient, name: str, lines: Iterable[str]) -> AnnotatedPatient:
    kept = [line for line in lines if line]
    documents = {
        document: kinds for line in kept if line.startswith(_DOCUMENTS) for document, kinds in _announced(line)
    }
    table = csv.DictReader((line for line in kept if line[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(table.fieldnames or ()) != COLUMNS or not documents.keys() <= patient.texts.keys():
        raise GoldError(f"{name} : colonnes ou documents inconnus.", _HINT)
    items = (_item(patient, documents, f"{name}, élément {number}", row) for number, row in enumerate(table, 1))
    return AnnotatedPatient(patient, documents, tuple(items))


def _announced(line: str) -> Iterable[tuple[str, frozenset[Kind]]]:
    """Yield the documents of a comment ("# documents allergy: P1-D02"), each with its kinds: all, or those named."""
    head, _, documents = line.partition(":")
    named = head.split()[2:]
    kinds = frozenset(kind for kind in KINDS if kind in named or not named)
    return ((document, kinds) for document in documents.split())


def _item(patient: GoldPatient, documents: dict[str, frozenset[Kind]], place: str, row: dict[str, str]) -> GoldFact:
    written = row["kind"].removesuffix(_TOLERATED)
    kind = next((kind for kind in documents.get(row["document"], ()) if kind == written), None)
    if kind is None or not row["name"] or not row["quote"]:
        raise GoldError(f"{place} : champ absent, genre ou document inconnu.", _HINT)
    text, quote = patient.texts[row["document"]], row["quote"]
    if text.count(quote) != 1:
        raise GoldError(f"{place} : la citation n'est pas une fois dans {row['document']}.", _HINT)
    start = text.index(quote)
    return GoldFact(
        id=f"{row['document']}-{kind}-{start}-{place.rsplit(' ', 1)[-1]}",
        kind=kind,
        name=row["name"],
        values=tuple(row["value"].split("|")),
        unit=row["unit"],
        events=tuple(filter(None, row["event"].split("|"))),
        span=(row["document"], start, start + len(quote)),
        tolerated=row["kind"].endswith(_TOLERATED),
    )
