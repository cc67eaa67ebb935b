"""Nouns of the readers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ingestion.types import Page


@dataclass(frozen=True, repr=False)
class Content:
    """What a bare file says: its canonical text, the heading it opens with if it has one, its pages if it has some."""

    format: str
    text: str
    heading: str | None = None
    pages: tuple[Page, ...] = ()

    def __repr__(self) -> str:
        return f"Content(format={self.format!r}, {len(self.text)} characters, {len(self.pages)} pages)"


@dataclass(frozen=True, repr=False)
class Sidecar:
    """What ``NAME.meta.json`` says of the file NAME; every field may be unknown."""

    id: str | None = None
    ipp: str | None = None
    authority: str | None = None
    stay: str | None = None
    kind: str | None = None
    title: str | None = None
    date: datetime | None = None
    author: str | None = None
    service: str | None = None

    def __repr__(self) -> str:
        return f"Sidecar(id={self.id!r})"


Read = Callable[[bytes], Content]
"""A reader of bare files: bytes to content. Raises UnreadableFile."""
