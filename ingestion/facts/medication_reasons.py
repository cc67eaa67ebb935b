"""Why something happened to a medicine, from the words behind it."""

from functools import partial

from ingestion.facts.patterns import pattern
from ingestion.facts.plain import plain

_expression = partial(pattern, "medication_patterns")


def reason_of(text: str, listed: bool) -> str:
    """Return the reason that opens the words behind an event or a medicine, as written, or an empty string.

    ``listed`` tells that the medicine stands in a list of what was stopped: there a colon, a dash opens the reason.
    """
    words = plain(text)
    for name in ("because", "bracket", *(("listed",) if listed else ())):
        match = _expression(name).match(words)
        if match and (found := _trimmed(text, words, *match.span("reason"))):
            return found
    return ""


def _trimmed(text: str, words: str, start: int, end: int) -> str:
    tail = _expression("tail").search(words, start, end)
    end = tail.start() if tail else end
    reason = text[start:end].strip(" ,:-–")
    return "" if _expression("no_reason").fullmatch(plain(reason)) or len(reason) < 3 else reason
