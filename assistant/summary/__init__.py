"""The summary of one patient's record: what must never be missed first, then by problem, on two pages at most."""

from assistant.summary.tables import silence, specialty_labels
from assistant.summary.writing import MOST_WORDS, summarise

__all__ = ["MOST_WORDS", "silence", "specialty_labels", "summarise"]
