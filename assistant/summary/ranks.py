"""Which of several facts about one thing to tell: the newest, the oldest, that of the most dangerous medicine."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from assistant.summary.tables import alert_rank
from ingestion.facts.history import moment_of
from ingestion.facts.types import Fact, Held


def fact_of(item: Held) -> Fact:
    """Return the fact itself."""
    return item.fact.fact


def one_each(
    items: Iterable[Held], key: Callable[[Held], Hashable], rank: Callable[[Held], tuple[Any, ...]]
) -> list[Held]:
    """Return one fact a key, the one of the highest rank, keys in order of their first fact."""
    best: dict[Hashable, Held] = {}
    for item in items:
        known = best.get(key(item))
        if known is None or rank(item) >= rank(known):
            best[key(item)] = item
    return list(best.values())


def newest(item: Held) -> tuple[Any, ...]:
    """Rank the newest highest, what is copied from an older note lowest."""
    return not fact_of(item).detail("copied"), moment_of(item.fact)


def oldest(item: Held) -> tuple[Any, ...]:
    """Rank the oldest highest; one without a date is the newest."""
    return tuple(-ord(character) for character in moment_of(item.fact) or "9")


def backwards(item: Held) -> tuple[int, ...]:
    """Order from the newest to the oldest."""
    return tuple(-ord(character) for character in moment_of(item.fact))


def alert_first(item: Held) -> tuple[int, ...]:
    """Order high-alert classes of medicines before the others."""
    rank = alert_rank(fact_of(item))
    return (99 if rank is None else rank,)


def documents(items: list[Held]) -> int:
    """Count the documents that tell a problem."""
    return len({place.document for item in items for place in (item.fact, *item.also)})
