"""Compare one clause of a statement with what one citation proves."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.verify.binding import HEADS, bind, merges
from assistant.verify.results import is_result, trend_of
from assistant.verify.types import Clause, Keys, Mark, Owned, Problem, ProblemKind, Proof, Reading
from ingestion.facts.types import Polarity

_KINDS: dict[str, ProblemKind] = {
    "word": "contenu", "medicine": "médicament", "date": "date", "side": "côté", "state": "état", "kin": "personne",
}  # fmt: skip
_OPPOSITES = (
    frozenset(("state:stopped", "state:suspended", "state:removed")),
    frozenset(("state:started", "state:resumed", "state:continued", "state:increased", "state:placed")),
    frozenset(("state:decreased",)),
)
_DENIALS: frozenset[Polarity] = frozenset(("negated", "ruled_out"))


@dataclass(frozen=True, repr=False)
class Said:
    """A statement as read: what its marks are said of, which results it announces, what all its citations prove."""

    reading: Reading
    owned: Mapping[str, tuple[Owned, ...]]
    announced: frozenset[str]
    proven: Keys = frozenset()

    def __repr__(self) -> str:
        return f"Said({self.reading!r})"


def said_of(reading: Reading, announced: frozenset[str], proofs: Sequence[Proof]) -> Said:
    """Return a statement ready to be compared with each of its proofs."""
    return Said(reading, bind(reading), announced, frozenset().union(*(p.keys | p.dated for p in proofs)))


def problems_of(clause: Clause, said: Said, proof: Proof) -> list[Problem]:
    """Return what a citation does not prove of a clause."""
    problems = [problem for mark in clause.marks if (problem := _missing(mark, said, proof))]
    problems += _repeated(clause, proof)
    problems += [Problem("contenu") for head in clause.heads if not _holds(head, proof)]
    alone = len(problems) == 1
    problems = [_judged(problem, proof) if alone else problem for problem in problems]
    changed = list(_changed(clause, proof))
    problems += changed or _denials(clause, proof)
    problems += [
        Problem("faits réunis") for owned in _bound(clause, said) if merges(owned, proof.owned[owned.mark.kind])
    ]
    return problems


def denies(reading: Reading) -> bool:
    """Say whether a statement denies, stops or removes something: what may follow "Non"."""
    return any(mark.denied or mark.polarity in _DENIALS or mark.claim in _OPPOSITES[0] for mark in reading.marks())


def only_denies(reading: Reading) -> bool:
    """Say whether all that a statement says is denied: what may not follow "Oui"."""
    polarities = [mark.polarity for mark in reading.marks() if mark.kind in ("word", "medicine")]
    return bool(polarities) and all(polarity == "negated" for polarity in polarities)


def _holds(mark: Mark, proof: Proof) -> bool:
    return mark.held_by(proof.keys) or (mark.kind == "word" and mark.held_by(proof.keys | proof.place()))


def _missing(mark: Mark, said: Said, proof: Proof) -> Problem | None:
    """Return what is wrong when a citation does not hold a mark."""
    if _holds(mark, proof):
        return None
    if mark.kind == "word" and mark.claim in said.announced:
        return None
    if mark.kind == "number":
        if is_result(mark, said.reading, said.proven, said.announced):
            return None
        plain = next((key for key in mark.keys if key.startswith("n:")), "")
        return Problem("mesure" if plain in proof.keys else "nombre")
    if mark.kind == "date" and _dates(mark, said, proof):
        return None
    if (
        mark.kind == "kin"
        and mark.claim == "kin:any"
        and any(other.subject == "family" for other in proof.reading.marks())
    ):
        return None
    opposed = mark.kind == "state" and _is_opposed(mark, proof)
    if mark.kind == "state" and not opposed and (fits := trend_of(mark, said.reading)) is not None:
        return None if fits else Problem("calcul", contradicts=True)
    return Problem(_KINDS[mark.kind], contradicts=opposed)


def _dates(date: Mark, said: Said, proof: Proof) -> bool:
    """Say whether the date of the document, or one that it tells in words, dates what a statement dates.

    Neither dates what the quote itself dates otherwise.
    """
    owned = next((owned for owned in said.owned["date"] if owned.mark is date), None)
    heads = owned.heads if owned else ()
    if any(head.held_by(other.keys) for head in heads for other in proof.owned["date"]):
        return False
    return date.claim in proof.dated or date.claim in proof.told()


def _judged(problem: Problem, proof: Proof) -> Problem:
    """Say that a citation contradicts when all else fits and it holds another thing of the same kind."""
    kinds = {"nombre": "number", "mesure": "number", "date": "date", "côté": "side", "personne": "kin"}
    other = any(mark.kind == kinds.get(problem.kind) for mark in proof.reading.marks())
    return Problem(problem.kind, problem.count, problem.contradicts or other)


def _is_opposed(state: Mark, proof: Proof) -> bool:
    own = next((group for group in _OPPOSITES if state.claim in group), None)
    return own is not None and any(proof.keys & group for group in _OPPOSITES if group is not own)


def _repeated(clause: Clause, proof: Proof) -> list[Problem]:
    """Return the numbers that a clause gives more often than the citation."""
    claims = Counter(mark.claim for mark in clause.marks if mark.kind == "number")
    more = [claim for claim, count in claims.items() if count > 1 and 0 < _count(claim, proof) < count]
    return [Problem("nombre", len(more))] if more else []


def _count(claim: str, proof: Proof) -> int:
    return sum(claim in mark.keys for mark in proof.reading.marks())


def _changed(clause: Clause, proof: Proof) -> Iterator[Problem]:
    """Yield what the citation says, but denies, supposes, or says of someone else."""
    for mark in clause.marks:
        places = _places(mark, clause, proof) if mark.kind in ("word", "medicine", "state") else []
        if places and not any(_agree(mark, other, clause.denials and near.denials) for other, near in places):
            supposed = "hypothetical" in (mark.polarity, *(other.polarity for other, _ in places))
            yield Problem("certitude") if supposed else Problem("négation", contradicts=True)
        if places and not any(mark.subject == other.subject for other, _ in places):
            yield Problem("personne", contradicts=True)


def _places(mark: Mark, clause: Clause, proof: Proof) -> list[tuple[Mark, Clause]]:
    """Return where a citation says a mark: in its very words if it does, in the clause nearest to the statement's."""
    found = [(other, near) for near in proof.clauses for other in near.marks if other.kind != "number"]
    for meets in (_is_same, _is_called, _is_meant):
        if places := [(other, near) for other, near in found if meets(mark, other, proof)]:
            if len(places) == 1:
                return places
            claims = {one.claim for one in clause.marks}
            shared = [sum(two.claim in claims for two in near.marks) for _, near in places]
            return [place for place, count in zip(places, shared, strict=True) if count == max(shared)]
    return []


def _is_same(mark: Mark, other: Mark, proof: Proof) -> bool:  # noqa: ARG001 - one shape for the three
    return mark.claim == other.claim


def _is_called(mark: Mark, other: Mark, proof: Proof) -> bool:  # noqa: ARG001 - one shape for the three
    return mark.claim in other.keys


def _is_meant(mark: Mark, other: Mark, proof: Proof) -> bool:
    return any(meaning <= proof.keys and not meaning.isdisjoint(other.keys) for meaning in mark.meanings)


def _denials(clause: Clause, proof: Proof) -> list[Problem]:
    """Return a denial that is dropped, or added, in a clause that else says all that one of the citation's says."""
    claims = frozenset(mark.claim for mark in clause.marks)
    heard = [(frozenset(mark.claim for mark in other.marks), other) for other in proof.clauses]
    dropped = not clause.denials and any(other.denials for said, other in heard if said <= claims)
    around = [other for said, other in heard if claims <= said]
    added = (
        clause.denials
        and around
        and not any(other.denials or any(mark.polarity in _DENIALS for mark in other.marks) for other in around)
    )
    denied = any(mark.polarity in _DENIALS for mark in clause.marks)
    return [Problem("négation", contradicts=True)] if (dropped and not denied) or added else []


def _agree(said: Mark, quoted: Mark, both_deny: int) -> bool:
    """Say whether two marks are meant alike: both denied, or both not, and as sure.

    ``both_deny`` tells that both clauses hold a denial, whose reach is read otherwise behind other words.
    """
    first, second = said.polarity, quoted.polarity
    if (said.denied and quoted.denied) or (first in _DENIALS and second in _DENIALS):
        return True
    return said.denied == quoted.denied and (first == second or (bool(both_deny) and not said.denied))


def _bound(clause: Clause, said: Said) -> Iterator[Owned]:
    for kind in HEADS:
        for owned in said.owned[kind]:
            if any(owned.mark is mark for mark in clause.marks):
                yield owned
