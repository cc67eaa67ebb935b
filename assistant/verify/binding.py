"""Bind each value, date, side and state to what it is said of, so that two facts are never merged into one.

French records write the name before its value ("CRP 48 mg/L, créatinine 132"): within a chunk a mark owns the words
before it; where the chunk opens with the mark ("48 mg/L de CRP", "arrêt du ramipril") it owns those after it; where it
has none, it inherits those of the mark or of the chunk before ("Hb 8,3 puis 9,6").
"""

from collections.abc import Sequence

from assistant.verify.types import Chunk, Clause, Mark, MarkKind, Owned, Reading

HEADS: dict[MarkKind, tuple[MarkKind, ...]] = {
    "number": ("word", "medicine", "side"),
    "date": ("word", "medicine", "number", "state", "side"),
    "side": ("word", "medicine"),
    "state": ("word", "medicine"),
}
"""What each kind of mark is said of."""


def bind(reading: Reading) -> dict[str, tuple[Owned, ...]]:
    """Return the marks of each kind of ``HEADS``, with what they are said of."""
    return {kind: tuple(_owned(reading.chunks, kind)) for kind in HEADS}


def clauses_of(reading: Reading) -> list[Clause]:
    """Return the clauses of a text: what a bracket or a comma adds without a word goes with what precedes."""
    clauses: list[Clause] = []
    for chunk in reading.chunks:
        names = _names(chunk.marks)
        if clauses and (chunk.opens == "inside" or _goes_on(chunk) or (not names and not _is_one_more(chunk))):
            last = clauses.pop()
            clauses.append(Clause(last.marks + chunk.marks, last.heads, last.denials + chunk.denials))
        elif names or not clauses:
            clauses.append(Clause(chunk.marks, (), chunk.denials))
        else:
            clauses.append(Clause(chunk.marks, _names(clauses[-1].marks) or clauses[-1].heads, chunk.denials))
    return clauses


def merges(said: Owned, quoted: Sequence[Owned]) -> bool:
    """Say whether a mark is said of something of which the quote says another one.

    True when, for every place where the quote has this mark, one of its heads belongs there to another mark, or is a
    medicine and the quote names another there.
    """
    same = [owned for owned in quoted if said.mark.held_by(owned.mark.keys)]
    others = [owned for owned in quoted if not said.mark.held_by(owned.mark.keys)]
    return bool(same) and all(_takes(said, owned, others) for owned in same)


def _takes(said: Owned, here: Owned, others: Sequence[Owned]) -> bool:
    medicine = said.mark.kind == "number" and any(head.kind == "medicine" for head in here.heads)
    return bool(here.keys) and any(
        not head.held_by(here.keys)
        and ((medicine and head.kind == "medicine") or any(head.held_by(other.keys) for other in others))
        for head in said.heads
    )


def _owned(chunks: Sequence[Chunk], kind: MarkKind) -> list[Owned]:
    found: list[Owned] = []
    before: tuple[Mark, ...] = ()
    for chunk in chunks:
        if chunk.opens == "sentence":
            before = ()
        pieces = _pieces(chunk.marks, kind, goes_on=chunk.opens == "inside" and bool(before))
        for mark, heads in pieces:
            before = heads or before
            found.append(Owned(mark, before, frozenset().union(*(head.keys for head in before))))
        if not pieces:
            before = tuple(mark for mark in chunk.marks if mark.kind in HEADS[kind]) or before
    return found


def _pieces(marks: Sequence[Mark], kind: MarkKind, *, goes_on: bool) -> list[tuple[Mark, tuple[Mark, ...]]]:
    """Return the marks of a kind in a chunk, each with the words that are its own.

    ``goes_on`` tells that the words before a colon open the chunk.
    """
    gaps: list[list[Mark]] = [[]]
    items: list[Mark] = []
    for mark in marks:
        if mark.kind == kind:
            items.append(mark)
            gaps.append([])
        elif mark.kind in HEADS[kind]:
            gaps[-1].append(mark)
    if not items:
        return []
    if gaps[0] or goes_on:
        behind = gaps.pop()
        gaps[-1] += behind
        return [(item, tuple(gap)) for item, gap in zip(items, gaps, strict=True)]
    return [(item, tuple(gap)) for item, gap in zip(items, gaps[1:], strict=True)]


def _goes_on(chunk: Chunk) -> bool:
    """Say whether "et" only goes on with the same thing ("matin et soir"): no value, medicine or state of its own."""
    return chunk.opens == "and" and not any(mark.kind in ("number", "medicine", "state") for mark in chunk.marks)


def _is_one_more(chunk: Chunk) -> bool:
    """Say whether a chunk without a word gives one more value ("55 % en 2023, 42 %")."""
    return chunk.opens != "bracket" and any(mark.kind == "number" for mark in chunk.marks)


def _names(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.kind in ("word", "medicine"))
