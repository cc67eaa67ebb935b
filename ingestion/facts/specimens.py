"""Find where a germ was looked for."""

from ingestion.facts.concepts import Mention, concepts_in
from ingestion.facts.types import Line, Source

_ABOVE = 300
"""How far above its germ the heading of a laboratory's report may name the specimen, in characters."""


def site_of(source: Source, line: Line, mention: Mention) -> str:
    """Return the specimen, folded: the nearest before the germ on its line, then after it.

    In a laboratory's report it may be named above, in the same section.
    """
    specimens = concepts_in(source.text, "specimens")
    beside = [one for one in specimens if line.start <= one.start < line.end]
    before = [one for one in beside if one.end <= mention.start]
    if beside:
        return (before[-1] if before else beside[0]).name
    if not source.kind.startswith("resultats"):
        return ""
    first = max(line.start - _ABOVE, line.section.start if line.section else line.start - _ABOVE // 2)
    above = [one for one in specimens if first <= one.start < line.start]
    return above[-1].name if above else ""
