"""Typing errors in a question, corrected towards the words of the patient's own record."""

from collections.abc import Collection

from ingestion.lexicon.folding import fold
from ingestion.lexicon.medicines import medicine_by_name

_SHORTEST = 5
_TWO_ERRORS_FROM = 8


def correct(word: str, vocabulary: Collection[str]) -> str | None:
    """Return the word of the vocabulary that was probably meant, or None when there is nothing to correct.

    The vocabulary holds folded words (a set is fastest). One error (insertion, deletion, substitution, exchange
    of neighbours: Damerau and Levenshtein, optimal alignment) is corrected from 5 letters on, two from 8. A word
    that stands in the vocabulary, holds a digit or is the name of a medicine is never corrected: prednisone and
    prednisolone are two medicines.
    """
    folded = fold(word)
    if len(folded) < _SHORTEST or not folded.isalpha() or folded in vocabulary or folded in medicine_by_name():
        return None
    limit = 2 if len(folded) >= _TWO_ERRORS_FROM else 1
    best: tuple[int, bool, int, str] | None = None
    for candidate in vocabulary:
        if abs(len(candidate) - len(folded)) > limit or not _may_be(folded, candidate):
            continue
        distance = edit_distance(folded, candidate, limit)
        if distance <= limit:
            rank = (distance, candidate[0] != folded[0], abs(len(candidate) - len(folded)), candidate)
            best = rank if best is None else min(best, rank)
    return best[3] if best else None


def edit_distance(first: str, second: str, limit: int) -> int:
    """Return the Damerau-Levenshtein distance (optimal alignment) of two words, or ``limit + 1`` if above it."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        current = [row] + [limit + 1] * len(second)
        for column in range(max(1, row - limit), min(len(second), row + limit) + 1):
            cost = min(
                previous[column] + 1,
                current[column - 1] + 1,
                previous[column - 1] + (letter != second[column - 1]),
            )
            if row > 1 < column and letter == second[column - 2] and first[row - 2] == second[column - 1]:
                cost = min(cost, before[column - 2] + 1)
            current[column] = cost
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


def _may_be(word: str, candidate: str) -> bool:
    """Keep the first letter, or let the first two be exchanged or one of them be missing."""
    if len(candidate) < _SHORTEST - 1:
        return False
    return word[0] == candidate[0] or word[1] == candidate[0] or word[0] == candidate[1] or word[1:] == candidate[1:]
