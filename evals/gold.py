"""The gold questions of the fictitious records: what is asked, what is expected, where it stands.

Source: the records' own README and ``split.json``. The gold was written for the project and was
not reviewed by a clinician.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from evals.errors import GoldError

Split = Literal["tune", "test"]
Span = tuple[str, int, int]
"""A document id with half-open offsets, in code points of its text."""

# The gold has no field for "result still awaited": its reference answers say so in one of these ways.
_AWAITED = re.compile(r"en attente|attendu|parvenu|(?<!compte )rendu|en cours à")


@dataclass(frozen=True, repr=False)
class Evidence:
    """A quotation that supports the reference answer, and every place where the same words stand."""

    document: str
    quote: str
    spans: tuple[Span, ...]

    def __repr__(self) -> str:
        return f"Evidence({self.document!r}, {len(self.spans)} places)"


@dataclass(frozen=True, repr=False)
class GoldQuestion:
    """A question with what a right answer contains (one variant of each group) and must not contain."""

    id: str
    patient: str
    ipp: str
    split: Split
    category: str
    question: str
    answer: str
    must_include: tuple[tuple[str, ...], ...]
    must_not_include: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answerable: bool

    def __repr__(self) -> str:
        return f"GoldQuestion(id={self.id!r}, category={self.category!r})"

    @property
    def awaited(self) -> bool:
        """Whether the question asks for a result that the record says is still to come."""
        return not self.answerable and self.category == "sans_reponse" and bool(_AWAITED.search(self.answer.lower()))


@dataclass(frozen=True, repr=False)
class GoldPatient:
    """One record: texts by document id, values of the administrative record, questions."""

    name: str
    ipp: str
    family_name: str
    split: Split
    texts: dict[str, str]
    questions: tuple[GoldQuestion, ...]
    administrative: frozenset[str] = field(default=frozenset())

    def __repr__(self) -> str:
        return f"GoldPatient({self.name!r}, {len(self.texts)} documents, {len(self.questions)} questions)"


@dataclass(frozen=True, repr=False)
class Gold:
    """All records of a folder, with a hash that names the data set."""

    folder: Path
    patients: tuple[GoldPatient, ...]
    sha256: str

    def __repr__(self) -> str:
        return f"Gold({len(self.patients)} patients, sha256={self.sha256[:12]})"

    @property
    def questions(self) -> tuple[GoldQuestion, ...]:
        """Every question, in the order of the files."""
        return tuple(question for patient in self.patients for question in patient.questions)

    @cached_property
    def by_name(self) -> dict[str, GoldPatient]:
        """Patients by name of file, without its suffix."""
        return {patient.name: patient for patient in self.patients}

    def keep(self, split: str) -> "Gold":
        """Return the same gold with the patients of one split only ("all" keeps every patient)."""
        if split == "all":
            return self
        return Gold(self.folder, tuple(p for p in self.patients if p.split == split), self.sha256)

    def draw(self, count: int | None, seed: int, *, answerable_only: bool = False) -> "Gold":
        """Return the same gold with ``count`` questions drawn at random (None keeps all), order kept."""
        kept = {question.id for question in self.questions if question.answerable or not answerable_only}
        if count is not None and count < len(kept):
            kept = set(random.Random(seed).sample(sorted(kept), count))  # noqa: S311 - a draw, not a secret
        patients = (replace(p, questions=tuple(q for q in p.questions if q.id in kept)) for p in self.patients)
        return Gold(self.folder, tuple(patient for patient in patients if patient.questions), self.sha256)


def load_gold(folder: Path) -> Gold:
    """Read ``patient-*.json`` and ``split.json``; raises GoldError when the folder is not such a set."""
    splits = _splits(folder)
    paths = sorted(folder.glob("patient-*.json"))
    if not paths:
        raise GoldError(f"Aucun fichier patient-*.json dans {folder}.", "Donnez le dossier des dossiers fictifs.")
    digest = hashlib.sha256()
    patients = []
    for path in paths:
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        if path.stem not in splits:
            raise GoldError(f"{path.stem} n'est pas réparti dans split.json.", "Ajoutez-le à « tune » ou à « test ».")
        patients.append(_patient(path, _parsed(path, content), splits[path.stem]))
    return Gold(folder, tuple(patients), digest.hexdigest())


def _splits(folder: Path) -> dict[str, Split]:
    path = folder / "split.json"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GoldError(
            f"Pas de split.json dans {folder}.", "Donnez le dossier des dossiers fictifs avec --records."
        ) from error
    named = _parsed(path, content)
    splits: dict[str, Split] = dict.fromkeys(named.get("tune", ()), "tune")
    return splits | dict.fromkeys(named.get("test", ()), "test")


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise GoldError(f"{path.name} n'est pas un JSON valide.", "Corrigez le fichier.") from error
    if not isinstance(value, dict):
        raise GoldError(f"{path.name} n'est pas un objet JSON.", "Corrigez le fichier.")
    return value


def _patient(path: Path, record: dict[str, Any], split: Split) -> GoldPatient:
    try:
        texts = {document["id"]: document["text"] for document in record["documents"]}
        identity = record["patient"]
        administrative = frozenset(_leaves([identity, record.get("stays", [])]))
        questions = tuple(
            _question(path.stem, identity["ipp"], split, texts, raw) for raw in record.get("questions", ())
        )
        return GoldPatient(path.stem, identity["ipp"], identity["family_name"], split, texts, questions, administrative)
    except (KeyError, TypeError) as error:
        raise GoldError(f"{path.name} : champ absent ou mal formé ({error}).", "Corrigez le fichier.") from error


def _question(patient: str, ipp: str, split: Split, texts: dict[str, str], raw: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=raw["id"],
        patient=patient,
        ipp=ipp,
        split=split,
        category=raw["category"],
        question=raw["question"],
        answer=raw["answer"],
        must_include=tuple(tuple(group) for group in raw["must_include"]),
        must_not_include=tuple(raw["must_not_include"]),
        evidence=tuple(_evidence(e["document"], e["quote"], texts) for e in raw["evidence"]),
        answerable=raw["answerable"],
    )


def _evidence(document: str, quote: str, texts: dict[str, str]) -> Evidence:
    if quote not in texts.get(document, ""):
        raise GoldError(f"Une preuve n'est pas dans le document {document}.", "Lancez le contrôle du jeu de données.")
    spans = tuple(
        (name, match.start(), match.end())
        for name, text in texts.items()
        for match in re.finditer(re.escape(quote), text)
    )
    return Evidence(document, quote, spans)


def _leaves(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)
