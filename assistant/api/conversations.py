"""What was asked before in a conversation: kept in memory only, few questions each, for a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from assistant.service import REMEMBERED

KEPT = 1000
"""Conversations kept at once; the one left longest is dropped first."""

IDLE_SECONDS = 1800.0
"""How long a conversation is kept after its last question."""


@dataclass(frozen=True)
class Thread:
    """A conversation: who asks, of which patient, under which id of the client's choice."""

    principal: str
    patient: str
    conversation: str


@dataclass(frozen=True, repr=False)
class _Kept:
    questions: tuple[str, ...]
    last: float


class Conversations:
    """The conversations under way; may be called from any thread. ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[Thread, _Kept] = OrderedDict()

    def add(self, thread: Thread, question: str) -> tuple[str, ...]:
        """Remember a question, and return those asked before it, oldest first."""
        with self._lock:
            now = self._clock()
            self._drop_idle(now)
            kept = self._kept.pop(thread, None)
            before = kept.questions if kept else ()
            self._kept[thread] = _Kept((*before, question)[-REMEMBERED:], now)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return before

    def clear(self) -> None:
        """Forget everything: what was asked of a patient who is erased must not stay."""
        with self._lock:
            self._kept.clear()

    def _drop_idle(self, now: float) -> None:
        while self._kept and now - next(iter(self._kept.values())).last > IDLE_SECONDS:
            self._kept.popitem(last=False)
