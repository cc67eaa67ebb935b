"""Read the lines that stand under the name of a measure: each opens with a date, then gives a value.

Lithiémies (résiduelles) :
14/05 08h00 : 0,48
20/05 08h20 (12 h après la prise) : 0,84
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.facts.analytes import Naming
from ingestion.facts.measurement_gaps import value_after
from ingestion.facts.measurement_tails import stated, tail_of
from ingestion.facts.page import Measured, Page
from ingestion.types import Offsets

_LONGEST_TITLE = 90
_REACH = 70  # characters between the start of a line and its value
_BULLET = re.compile(r"[\s\-•*>|]*(?:le |du )?")
_BEFORE_NAME = re.compile(r"[\s\-•*>#|=_]*(?:\d{1,2}[.)/] )?(?:[a-z' ]{0,30})[\s:(]*")
_GAP = re.compile(r"[\s:;|=>,-]*(?:\([^()\n]{0,40}\))?[\s:;|=>,-]*")


def read_series(page: Page, found: Sequence[Measured], taken: Sequence[Offsets]) -> Iterator[Measured]:
    """Yield the values of the dated lines under a line that names one measure and gives no value of it.

    ``found`` and ``taken`` are the measures and the spans that are read already.
    """
    read = {one.reading.start for one in found}
    valued = {one.label[0] for one in found}
    for naming in page.namings:
        if naming.start in valued or not _is_title(page, naming):
            continue
        for start, end in _lines_below(page, naming.end):
            measured = _dated_value(page, naming, start, end)
            if measured is None:
                break
            place = measured.reading.start
            if place not in read and not any(first <= place < last for first, last in taken):
                yield measured


def _is_title(page: Page, naming: Naming) -> bool:
    """Say whether a line names one measure only, near its start."""
    start = page.text.rfind("\n", 0, naming.start) + 1
    end = page.text.find("\n", naming.end)
    if end < 0 or end - start > _LONGEST_TITLE or not _BEFORE_NAME.fullmatch(page.lower, start, naming.start):
        return False
    senses = {sense.analyte.code for sense in naming.senses}
    others = [one for one in page.namings_between(start, end) if one is not naming]
    return all(senses & {sense.analyte.code for sense in one.senses} for one in others)


def _lines_below(page: Page, position: int) -> Iterator[Offsets]:
    """Yield the lines under the line of a place, up to an empty one."""
    start = page.text.find("\n", position) + 1
    while start:
        end = page.text.find("\n", start)
        stop = end if end >= 0 else len(page.text)
        if not page.text[start:stop].strip():
            return
        yield start, stop
        start = end + 1


def _dated_value(page: Page, naming: Naming, start: int, end: int) -> Measured | None:
    """Return the value of a line that opens with its date."""
    bullet = _BULLET.match(page.lower, start, end)
    date = page.date_starts.get(bullet.end() if bullet else start)
    gap = _GAP.match(page.lower, date[1], end) if date else None
    if date is None or gap is None:
        return None
    seen = value_after(page, gap.end(), min(end, start + _REACH), naming.senses)
    if seen is None or page.dates_between(gap.end(), seen.reading.start):
        return None
    measured = stated(page, (naming.start, naming.end), seen, tail_of(page, seen, end), undated=False)
    return replace(measured, date=date)
