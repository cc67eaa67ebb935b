"""Read the weights and heights that no name announces: "71 kg pour 168 cm", "7 ans, 22,8 kg", "(58 kg ce jour)"."""

import re
from collections.abc import Iterator, Sequence

from ingestion.facts.analytes import Sense, analytes
from ingestion.facts.measurement_gaps import Seen
from ingestion.facts.measurement_tails import Tail, stated
from ingestion.facts.measurement_values import read_value
from ingestion.facts.page import Measured, Page
from ingestion.types import Offsets

_BESIDE = 14  # characters between a weight and a height told together
_WEIGHT = re.compile(r"(?<![\d,./<>+-])(?:\d{2,3}(?:[.,]\d{1,2})?|\d[.,]\d{1,3}) ?kg(?! ?/)(?=[ ,;.()/]|$)")
_HEIGHT = re.compile(r"(?<![\d,.])(?:1[.,]\d\d ?m|1m\d\d|\d{2,3} ?cm)(?![a-z0-9])")
_BETWEEN = re.compile(r"[ ,/-]*(?:pour|et|\([^)]{0,20}\),?)?[ ,/-]*")
_OTHER_WEIGHT = re.compile(
    r"(?:\b(?:perte|perdu|prise?|pris|gagne|gain|maigri|amaigri\w*|porter|port|charges?|de|plus|moins|d'|hand\w*|repris"
    r"|reprise|depasse\w*|jusqu'a|si|par|pour|soit)|[+<>≥≤] ?)\s*$"
)
_USUAL = re.compile(r" ?\(?(?:habituel|en \d|par\b|de (?:charge|perte))")
_OPENED = re.compile(r"(?:\bans?|\bmois|:|[a-z]\)|\bexamen[^,.;]*)[ ,/-]*$")


def read_bodies(page: Page, found: Sequence[Measured], taken: Sequence[Offsets]) -> Iterator[Measured]:
    """Yield the weights and heights without a name; ``found`` and ``taken`` are what is read already."""
    weights = [match.span() for match in _WEIGHT.finditer(page.lower)]
    if not weights:
        return
    read = {one.reading.start for one in found}
    heights = [match.span() for match in _HEIGHT.finditer(page.lower)]
    told = [weight for weight in weights if _is_told(page, weight, heights)]
    beside = [height for height in heights if any(_are_together(page, height, weight) for weight in weights)]
    for (start, _), code in (*((span, "weight") for span in told), *((span, "height") for span in beside)):
        reading = read_value(page.text, start, len(page.text), (Sense(analytes()[code], ""),))
        if reading and start not in read and not any(first <= start < last for first, last in taken):
            tail = Tail(reading.end, None, reading.unit, {})
            yield stated(page, (start, reading.end), Seen(reading, None), tail, undated=False)


def _is_told(page: Page, weight: Offsets, heights: Sequence[Offsets]) -> bool:
    """Say whether figures in kilograms are the patient's weight: beside a height, behind an age, in brackets."""
    start, end = weight
    before = page.lower[max(0, start - 25) : start]
    if _OTHER_WEIGHT.search(before) or _USUAL.match(page.lower, end):
        return False
    if _OPENED.search(before) or any(_are_together(page, height, weight) for height in heights):
        return True
    of_weight = re.search(r"\bkg\b|\bpoids|\bperte|\bpese", page.lower[max(0, start - 45) : start])
    return before.endswith("(") and bool(of_weight or re.match(r" ?(?:ce jour|actuel)", page.lower[end : end + 12]))


def _are_together(page: Page, height: Offsets, weight: Offsets) -> bool:
    first, second = sorted((height, weight))
    between = page.lower[first[1] : second[0]]
    return len(between) < _BESIDE + 10 and bool(_BETWEEN.fullmatch(between))
