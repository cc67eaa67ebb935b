"""True statements about a record, with the citations that prove them: what the verification benchmark corrupts.

They are built from the evidence of the gold questions and from sentences and rows drawn from the documents, said as
the assistant says them: the words of the record, then the kind and date of the document; rows with their header;
denials behind "Non"; series of one measure over several documents.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.kinds import day, provenance
from assistant.types import Citation
from assistant.verify import row_with_header
from evals.gold import GoldPatient
from ingestion.units import Unit, units_of

_MARKED = re.compile(
    r"\d|\b(?:droit|gauche|pas|sans|aucun|absence|p[èe]re|m[èe]re|s(?:œ|oe)ur|fr[èe]re|arr[êe]t|d[ée]but|repri|introdu|suspen)",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_BULLET = re.compile(r"^\s*(?:[-–•*·>]+\s+|\d{1,2}[.)/]\s+)")
_DENIAL = re.compile(r"^\s*-?\s*(?:pas d|absence d|aucune? |sans )", re.I)
_SERIES = re.compile(
    r"\b(FEVG|CRP|Hb|INR|créatinine|créat|HbA1c|ferritine|plaquettes|poids|BNP)\b[ :=]{0,3}(\d+(?:[.,]\d+)?) ?"
    r"(%|mg/L|g/dL|µmol/L|µg/L|G/L|kg|ng/L|pg/mL)?(?![\d/.,-]| ?[hH]\b)",
    re.I,
)
_DATED = re.compile(r"\d{1,2}[/.]\d{1,2}|\b\d{4}\b|hier|veille|J\d|entrée|réf|ant\b|cible|normale?", re.I)


@dataclass(frozen=True, repr=False)
class Claim:
    """A statement that its citations prove; ``source`` tells how it was made."""

    id: str
    patient: str
    split: str
    source: str
    text: str
    citations: tuple[Citation, ...]

    def __repr__(self) -> str:
        return f"Claim({self.id!r}, {self.source!r})"

    @property
    def body(self) -> str:
        """The statement without the kind and date of its document."""
        return self.text.removesuffix(self.origin)

    @property
    def origin(self) -> str:
        """The kind and date that end the statement, or nothing."""
        first = self.citations[0]
        origin = f" ({provenance(first.kind, first.date)})"
        return origin if self.text.endswith(origin) else ""

    def said(self, body: str, source: str = "") -> "Claim":
        """Return the same claim in other words."""
        return replace(self, text=f"{body}{self.origin}", source=source or self.source)


@dataclass(frozen=True, repr=False)
class _Document:
    id: str
    kind: str
    title: str
    date: str
    text: str

    def cite(self, start: int, end: int) -> Citation:
        return Citation(self.id, start, end, self.text[start:end], self.title, self.kind, self.date)


def claims_of(patient: GoldPatient, folder: Path, drawn: int, seed: int) -> list[Claim]:
    """Return the true statements of a patient: of the gold evidence, and ``drawn`` others; seeded."""
    documents = _documents(patient, folder)
    generator = random.Random(f"{seed}-{patient.name}")  # noqa: S311 - a draw, not a secret
    texts = [*_evidence(patient, documents), *_drawn(documents, drawn, generator), *_series(documents)]
    return [
        Claim(f"{patient.name}-{number:03}", patient.name, patient.split, source, text, citations)
        for number, (source, text, citations) in enumerate(texts)
    ]


_Made = tuple[str, str, tuple[Citation, ...]]


def _documents(patient: GoldPatient, folder: Path) -> dict[str, _Document]:
    record = json.loads((folder / f"{patient.name}.json").read_text(encoding="utf-8"))
    fields = ("id", "kind", "title", "date", "text")
    return {raw["id"]: _Document(*(raw[name] for name in fields)) for raw in record["documents"]}


def _evidence(patient: GoldPatient, documents: dict[str, _Document]) -> Iterator[_Made]:
    seen: set[tuple[str, str]] = set()
    for question in patient.questions:
        for evidence in question.evidence:
            key = (evidence.document, evidence.quote)
            if key in seen or len(_LETTERS.findall(evidence.quote)) < 2:
                continue
            seen.add(key)
            document = documents[evidence.document]
            start = document.text.index(evidence.quote)
            citation = document.cite(start, start + len(evidence.quote))
            yield "preuve", f"{_one_line(evidence.quote)}{_origin(document)}", (citation,)


def _drawn(documents: dict[str, _Document], count: int, generator: random.Random) -> Iterator[_Made]:
    """Draw sentences and rows that hold something to corrupt."""
    found = [
        (document, unit)
        for document in documents.values()
        for unit in _values(document.text)
        if _is_telling(document.text[unit.start : unit.end])
    ]
    for document, unit in generator.sample(found, min(count, len(found))):
        yield _quoted(document, unit)


def _values(text: str) -> list[Unit]:
    """Return the units of a document, but the rows that only head columns."""
    units = units_of(text)
    headers = {unit.header for unit in units}
    return [unit for unit in units if (unit.start, unit.end) not in headers]


def _quoted(document: _Document, unit: Unit) -> _Made:
    quote = document.cite(unit.start, unit.end)
    if unit.header and (row := row_with_header(quote.quote, document.text[slice(*unit.header)])):
        return "ligne de tableau", f"{row}{_origin(document)}", (quote, document.cite(*unit.header))
    words = _BULLET.sub("", _one_line(quote.quote))
    if _DENIAL.match(words):
        return "non", f"Non : « {_one_line(quote.quote)} »{_origin(document)}", (quote,)
    return "phrase", f"{words}{_origin(document)}", (quote,)


def _series(documents: dict[str, _Document]) -> Iterator[_Made]:
    """Say the values of one measure over several documents, each with the date of the document that it is read in."""
    values: dict[str, list[tuple[str, str, Citation]]] = {}
    for document in documents.values():
        for unit in units_of(document.text):
            words = document.text[unit.start : unit.end]
            found = _SERIES.findall(words)
            if len(found) != 1 or _DATED.search(words) or unit.header or len(words) > 200:
                continue
            name, value, measured = found[0]
            shown = f"{value} {measured} ({day(document.date)})" if measured else f"{value} ({day(document.date)})"
            values.setdefault(name.lower(), []).append((name, shown, document.cite(unit.start, unit.end)))
    for series in values.values():
        days = {citation.date[:10]: (name, shown, citation) for name, shown, citation in series}
        if len(days) >= 2:
            chosen = [days[date] for date in sorted(days)][:4]
            text = f"{chosen[0][0]} : {', '.join(shown for _, shown, _ in chosen)}."
            yield "série", text, tuple(citation for *_, citation in chosen)


def _is_telling(words: str) -> bool:
    return 20 <= len(words) <= 260 and len(_LETTERS.findall(words)) >= 2 and _MARKED.search(words) is not None


def _origin(document: _Document) -> str:
    return f" ({provenance(document.kind, document.date)})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
