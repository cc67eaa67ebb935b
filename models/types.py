"""What the rest of Liaison asks of an engine: three Protocols, as small as the need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


class Embedder(Protocol):
    """Turns texts into dense vectors of unit length."""

    @property
    def name(self) -> str:
        """Identify model and revision; vectors of two names must never share an index."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector per text, in order."""

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question (some models prefix questions and passages differently)."""


class Reranker(Protocol):
    """Scores how well each passage answers a question."""

    @property
    def name(self) -> str:
        """Identify model and revision."""

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return one score per passage, in order; higher is better, no fixed scale."""


@dataclass(frozen=True)
class Message:
    """One turn given to a chat model."""

    role: Literal["system", "user", "assistant"]
    text: str

    def __repr__(self) -> str:
        return f"Message(role={self.role!r}, {len(self.text)} characters)"


class ChatModel(Protocol):
    """Continues a conversation, piece by piece."""

    @property
    def name(self) -> str:
        """Identify model and revision."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int, deadline: float) -> Iterator[str]:
        """Yield the reply's text as it comes; closing the generator cancels the request.

        ``deadline`` is in seconds from the call; past it the engine raises ``ModelError``.
        """
