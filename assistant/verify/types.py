"""Nouns of verification. A text is read into chunks of marks; ``repr`` shows kinds and counts, never text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.types import Verdict
from ingestion.facts.types import Polarity, Subject

Keys = frozenset[str]
Boundary = Literal["sentence", "clause", "and", "bracket", "inside"]
MarkKind = Literal["word", "medicine", "number", "date", "side", "state", "kin"]

ProblemKind = Literal[
    "citation", "contenu", "médicament", "nombre", "mesure", "date", "côté", "état",
    "négation", "certitude", "personne", "faits réunis", "calcul", "implication",
]  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong with a statement: of which kind, how many times, and whether the record says the contrary."""

    kind: ProblemKind
    count: int = 1
    contradicts: bool = False


@dataclass(frozen=True)
class Finding:
    """The verdict on a statement, and why: kinds and counts, never the text."""

    verdict: Verdict
    reason: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """One thing that a text says: a word, a medicine, a number with its unit, a date, a side, a state, a relative.

    ``claim`` is what has to be proven when a statement says it; ``keys`` is all that it proves when a quote
    says it; each of ``meanings`` is another wording, proven when all its keys are. ``polarity`` is how the whole line
    means it; ``denied`` tells that a denial stands right before it, whatever the line makes of it.
    """

    kind: MarkKind
    claim: str
    keys: Keys
    meanings: tuple[Keys, ...] = ()
    polarity: Polarity = "affirmed"
    subject: Subject = "patient"
    denied: bool = False

    def held_by(self, keys: Keys) -> bool:
        """Say whether some keys prove this mark."""
        return self.claim in keys or any(meaning <= keys for meaning in self.meanings)

    def __repr__(self) -> str:
        return f"Mark({self.kind!r}, {self.polarity!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Chunk:
    """The marks between two boundaries (comma, full stop, bracket, "et", cell of a table).

    ``opens`` is the boundary before it: a ``sentence``, a ``clause``, an ``and``, a ``bracket``, or ``inside`` a clause
    (behind a colon or a closing bracket, where the clause goes on). ``denials`` counts the words that deny.
    """

    marks: tuple[Mark, ...]
    opens: Boundary = "clause"
    denials: int = 0

    def __repr__(self) -> str:
        return f"Chunk({self.opens!r}, {len(self.marks)} marks)"


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A text as verification reads it."""

    chunks: tuple[Chunk, ...]

    def marks(self) -> Iterator[Mark]:
        """Yield the marks, in order."""
        for chunk in self.chunks:
            yield from chunk.marks

    def __repr__(self) -> str:
        return f"Reading({len(self.chunks)} chunks)"


@dataclass(frozen=True, slots=True, repr=False)
class Clause:
    """A clause; ``heads`` are what it is about when it only gives one more value; ``denials`` as in a chunk."""

    marks: tuple[Mark, ...]
    heads: tuple[Mark, ...] = ()
    denials: int = 0

    def __repr__(self) -> str:
        return f"Clause({len(self.marks)} marks)"


@dataclass(frozen=True, slots=True, repr=False)
class Owned:
    """A mark and what it is said of: a value and its analyte, a dose and its medicine, a side and its organ."""

    mark: Mark
    heads: tuple[Mark, ...]
    keys: Keys

    def __repr__(self) -> str:
        return f"Owned({self.mark!r}, {len(self.heads)} heads)"


@dataclass(frozen=True, repr=False)
class Proof:
    """What one citation proves: its reading, in the line where it stands, and what its document adds.

    ``dated`` holds the keys of the document's date, ``owned`` what each mark is said of. What few statements need is
    read when it is asked: ``place`` gives the words of the kind and title of the document and of cited headings,
    ``told`` the dates that the quote tells ("hier", "J2").
    """

    reading: Reading
    clauses: tuple[Clause, ...]
    keys: Keys
    dated: Keys
    owned: Mapping[str, tuple[Owned, ...]]
    place: Callable[[], Keys]
    told: Callable[[], Keys]

    def __repr__(self) -> str:
        return f"Proof({self.reading!r})"
