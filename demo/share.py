"""Which document becomes which file: about a third of them, every kind in every format, all houses served."""

from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from typing import Any, Literal

Form = Literal["pdf", "docx", "txt", "json"]

_KEPT: tuple[Form, ...] = ("json",) * 8
_TURN: tuple[Form, ...] = ("pdf", "docx", "txt", *_KEPT)


def forms_of(records: Sequence[dict[str, Any]]) -> dict[str, Form]:
    """Return the form of every document by id.

    Within a kind, houses take turns, so that the few documents that are printed come from several.
    """
    by_kind: dict[str, list[tuple[int, str, str]]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for record in records:
        house = record["stays"][0]["establishment"]
        for document in record["documents"]:
            kind = document["kind"]
            by_kind.setdefault(kind, []).append((seen[kind, house], house, document["id"]))
            seen[kind, house] += 1
    return {
        id_: form
        for ranked in by_kind.values()
        for (_, _, id_), form in zip(sorted(ranked), cycle(_TURN), strict=False)
    }
