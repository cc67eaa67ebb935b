"""An optional second opinion: a model that scores how well the quotes entail a statement."""

from collections.abc import Sequence

from models.types import Reranker

_UNRELATED = "Le service est ouvert au public tous les jours de la semaine."


def entails(reranker: Reranker, statement: str, quotes: Sequence[str]) -> bool:
    """Say whether a model finds that quotes entail a statement.

    Scores have no fixed scale: the best quote, or all of them joined, has to stand nearer to the statement's score
    against itself than to its score against a sentence that speaks of nothing clinical.
    """
    joined = "\n".join(quotes)
    own, unrelated, *scores = reranker.score(statement, [statement, _UNRELATED, joined, *quotes])
    return max(scores) >= (own + unrelated) / 2
