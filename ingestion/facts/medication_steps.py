"""Steps of a dose that stand on the lines below a prescription: a taper, one dose a line.

"PREDNISONE, selon paliers :" is followed by "60 mg/j jusqu'au 19/03", "50 mg/j du 20/03 au 02/04".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ingestion.facts.patterns import pattern
from ingestion.facts.plain import plain
from ingestion.facts.posology import posologies_of
from ingestion.facts.time import dates_in
from ingestion.facts.types import Line, Source

_OPENS = re.compile(
    r"[\s>*•·-]*"
    r"(?P<rank>(?:puis|ensuite|palier \d+|etape \d+|semaines? \d+(?: (?:a|et) \d+)?|[sj]\d+(?: ?(?:a|-) ?j?\d+)?)"
    r"\s*[:,]?\s*)?"
)
_BOUND = re.compile(r"(?<![a-z])(?:jusqu|a partir|pendant|pdt)|\d ?(?:jours?|j|semaines?|sem|mois)(?![a-z/])")


def steps_below(source: Source, line: Line) -> Iterator[tuple[Line, int]]:
    """Yield the lines right below a prescription that open with a dose and its time, and where that dose starts."""
    starts = [other.start for other in source.lines]
    for step in source.lines[bisect_right(starts, line.start) :]:
        start = _dose_of_step(source, step)
        if start is None:
            return
        yield step, start


def _dose_of_step(source: Source, line: Line) -> int | None:
    """Return where the dose of a line starts; None when the line is not a dose with its time, and nothing else."""
    text = source.words(line)
    words = plain(text)
    opened = _OPENS.match(words)
    dose = pattern("posology", "mass").match(words, opened.end()) if opened else None
    if opened is None or dose is None or "/l" in dose[0] or "/ml" in dose[0]:
        return None
    spans = [(start, end) for start, end, _ in dates_in(text, source.date.date() if source.date else None)]
    rest = words[posologies_of(text, opened.end(), len(text), spans)[-1].end :]
    if re.search(r"[a-z]{3,}", re.sub(r"\([^)]*\)", "", rest)):
        return None
    return opened.end() if opened["rank"] or spans or _BOUND.search(words) else None
