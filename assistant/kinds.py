"""Names of documents as a reader sees them."""

import functools
from datetime import datetime
from importlib import resources


def kind_label(kind: str) -> str:
    """Return the French label of a kind of document; an unknown kind is shown as it is written."""
    return _labels().get(kind, kind.replace("_", " ") or "document")


def provenance(kind: str, date: datetime | str | None) -> str:
    """Return what a statement says of the document it quotes: its kind, then its date when it has one."""
    return ", ".join(filter(None, (kind_label(kind), day(date))))


def day(date: datetime | str | None) -> str:
    """Return a date as a reader writes it (JJ/MM/AAAA), or an empty string when there is none."""
    if not date:
        return ""
    return f"{datetime.fromisoformat(date) if isinstance(date, str) else date:%d/%m/%Y}"


@functools.cache
def _labels() -> dict[str, str]:
    lines = resources.files("assistant").joinpath("kinds.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
