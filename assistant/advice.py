"""Tell a request for medical advice from a question on what the record says.

Advice is what the asker has to decide (a diagnosis, a dose, an interaction, a place of care, a treatment, a
prognosis): the asker speaks in the first person, asks for an opinion, judges, compares, wishes. A decision that the
record holds ("doit-il être repris à la sortie ?") is an ordinary question. The signs are rows of ``advice.tsv``.
"""

import functools
import re
from dataclasses import dataclass
from importlib import resources

from assistant.topics import topics_of
from ingestion.normalise import fold

_STANDS_FOR = {"medication": "MEDICINE", "problem": "DISEASE"}
_JOINED = re.compile(r"[-'\s]+")


@dataclass(frozen=True)
class Sign:
    """A row of the table: ``sure`` and ``open`` signs of advice, ``record`` signs of an ordinary question."""

    strength: str
    sign: str
    pattern: re.Pattern[str]


def asks_for_advice(text: str) -> str | None:
    """Return the sign by which a question asks for medical advice, or None for an ordinary question.

    >>> asks_for_advice("Quelle dose dois-je prescrire ?")
    'own_decision'
    >>> asks_for_advice("Quelle dose est prescrite à la sortie ?")
    """
    found = {sign.strength: sign.sign for sign in reversed(signs_in(text))}
    return found.get("sure") or (None if "record" in found else found.get("open"))


def signs_in(text: str) -> list[Sign]:
    """Return the signs that a question bears, in the order of the table."""
    told = _plain(text)
    return [sign for sign in _signs() if sign.pattern.search(told)]


def _plain(text: str) -> str:
    """Return a question folded, without hyphens nor apostrophes, its medicines and diseases replaced by their kind."""
    spans = sorted({(*topic.span, _STANDS_FOR[topic.kind]) for topic in topics_of(text) if topic.kind in _STANDS_FOR})
    parts, last = [], 0
    for start, end, kind in spans:
        if start >= last:
            parts += [fold(text[last:start]), kind]
            last = end
    return _JOINED.sub(" ", "".join([*parts, fold(text[last:])])).strip()


@functools.cache
def _signs() -> tuple[Sign, ...]:
    lines = resources.files("assistant").joinpath("advice.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    words: dict[str, str] = {}
    signs = []
    for strength, sign, written, *_ in cells:
        pattern = re.sub(r"\{([A-Z_]+)\}", lambda match: words[match[1]], written)
        if strength == "word":
            words[sign] = pattern
        else:
            signs.append(Sign(strength, sign, re.compile(pattern)))
    return tuple(signs)
