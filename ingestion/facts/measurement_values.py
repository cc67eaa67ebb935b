"""Read the value that stands at a place of a plain text: its figures, its unit, and whether they suit the measure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ingestion.facts.analytes import Analyte, Sense
from ingestion.facts.measurement_words import words
from ingestion.facts.spoken_numbers import spoken_decimal, spoken_number

_NUMBER = r"(?:\d{1,3}(?: \d{3})+(?![\d]|[.,]\d)|\d+(?:[.,]\d+)?)"
_COMPARATOR = r"(?:(?P<comparator>[<>≤≥]=?|inferieure?s? (?:ou egale?s? )?a|superieure?s? (?:ou egale?s? )?a) ?)?"
_PLAIN = re.compile(
    rf"{_COMPARATOR}(?P<value>[+-]?{_NUMBER})(?:(?:-| ?\ba\b ?)(?P<upper>{_NUMBER})(?![\d/]|[.,]\d| ?[hH]\b))?", re.I
)
_SPOKEN_DECIMAL = re.compile(
    r"(?P<whole>\d{1,3}) ?(?P<unit>g|gr|grammes|°|degres|m|kg|kilos)C? ?(?P<rest>\d{1,3})(?!\d|[.,/]\d)"
)
_PAIR = re.compile(
    r"(?P<upper>\d{2,3}(?:[.,]\d)?) ?(?:/|-|\bsur\b) ?(?P<lower>\d{1,3}(?:[.,]\d)?)(?![\d/]|[.,]\d)"
    r"|(?P<spoken_upper>\d{1,2})[- ](?P<spoken_lower>\d{1,2})(?![\d/,.:h-])"
)
_ROMAN = re.compile(r"(?P<value>(?:IV|I{1,3}|V|[1-5])[ab]?(?: ?[-/] ?(?:IV|I{1,3}|[1-5]))?)(?![A-Za-z0-9,.]\w)")
_CHILD = re.compile(r"(?P<value>[ABC] ?\d{0,2})(?!\w)")
_APGAR = re.compile(r"(?P<value>(?:10|\d)(?:/10)?(?: ?[-/,] ?(?:10|\d)(?:/10)?){0,3})(?![\d.,]\d)")
_WORDS = re.compile(
    r"(?P<value>negati(?:fs?|ves?)|positi(?:fs?|ves?)|indetectables?|indosables?|non detectee?s?)\b", re.I
)
_OUT_OF = re.compile(r" ?(?P<unit>/ ?\d{1,3}|sur \d{1,3})(?!\d|[/.,]\d)")
_COLUMN_GAP = re.compile(r" {2,40}|\t| *\| *")
_FLAG = re.compile(
    r" ?(?P<flag>\((?:H|B|L|N|\+{1,3}|-{1,3}|\*)\)|\*+|↑+|↓+|(?:HH|BB|LL|H|B|L|N)(?![\w'])|\+{1,3}(?!\w)|\(\*\))"
)
_FOREIGN = re.compile(
    r" ?(?:%|‰|°|(?:[mkuµnpd]?g|[mcdu]?l|k?cal|cps?|cpr|comprimes?|gel|gelules?|amp|ampoules?|sachets?|m?ui|u|x|fois"
    r"|jrs?|jours?|j|h|heures?|min|minutes?|mn|sem|semaines?|mois|an|ans|annees?|cc|[cdmk]?m|ch|fr|gtt?s?|gouttes?|gtes?"
    r"|bouffees?|culots?|cgr|doses?|prises?|seances?|pts|points?|er|eme|e|nd|de pouls|mmhg|cig|pa|sa|h/24"
    r"|[mkun]?mol|s|sec|ms|kpa|ds|log|bpm|metres?|kg)(?![A-Za-z0-9'])|[A-Za-z]+/)",
    re.I,
)
_NEXT_WORD = re.compile(r" *([a-z]+)")


@dataclass(frozen=True, repr=False)
class Reading:
    """A value at ``start:end`` of a plain text, unit included; ``number``: its figures when written otherwise."""

    analyte: Analyte
    start: int
    end: int
    value: str
    unit: str = ""
    comparator: str = ""
    number: str = ""
    flag: str = ""

    def __repr__(self) -> str:
        return f"Reading({self.analyte.code!r}, {self.start}:{self.end})"


def read_value(text: str, start: int, end: int, senses: Iterable[Sense]) -> Reading | None:
    """Return the value that opens a plain text at ``start``, in the first sense that it suits."""
    for analyte, needs in senses:
        for read in _readers(analyte):
            reading = read(text, start, end, analyte)
            if reading and _suits(text, end, reading, needs):
                return _with_flag(text, end, reading)
    return None


def read_cell(text: str, start: int, end: int, senses: Iterable[Sense], unit: str = "") -> Reading | None:
    """Return the value that opens a cell of a table; ``unit`` is the plain unit that another cell gives, if any.

    A comparator is the value's own there, and what follows a figure does not make of it a dose or a duration.
    """
    for analyte, _ in senses:
        known = bool(unit and analyte.unit_pattern and analyte.unit_pattern.fullmatch(unit))
        if unit and not known and analyte.units and "scale" not in analyte.traits:
            continue
        for read in _readers(analyte):
            reading = read(text, start, end, analyte)
            if reading and (known or reading.unit or _is_believed(reading)):
                return _with_flag(text, end, reading)
    return None


def pair_of(reading: Reading) -> tuple[str, str]:
    """Return the two figures of a blood pressure, the second one empty when only the first is given."""
    figures = re.findall(r"\d+(?:[.,]\d+)?", reading.number or reading.value)
    return figures[0], figures[1] if len(figures) > 1 else ""


def number_of(written: str) -> float | None:
    """Return the number that figures write ("11,2", "208 000", "<5"), or None."""
    match = re.search(rf"[+-]?{_NUMBER}", written)
    return float(match[0].replace(" ", "").replace(",", ".")) if match else None


_Reader = Callable[[str, int, int, Analyte], Reading | None]


def _readers(analyte: Analyte) -> tuple[_Reader, ...]:
    if analyte.code == "apgar":
        return (_read_apgar,)
    if analyte.code == "child_pugh":
        return (_read_child,)
    if "pair" in analyte.traits:
        return (_read_pair, _read_figures, _read_spoken_number)
    if "roman" in analyte.traits:
        return (_read_roman, _read_spoken_number)
    if "qualitative" in analyte.traits:
        return (_read_figures, _read_spoken_number, _read_word)
    return (_read_spoken_decimal, _read_figures, _read_spoken_number)


def _read_pair(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _PAIR.match(text, start, end)
    if not match:
        return None
    upper, lower = match["upper"] or match["spoken_upper"], match["lower"] or match["spoken_lower"]
    high, low = number_of(upper), number_of(lower)
    if high is None or low is None or low >= high:
        return None
    in_millimetres = 40 <= high <= 300 and 15 <= low <= 180
    if not in_millimetres and not (6 <= high <= 28 and 3 <= low <= 16):
        return None
    return _with_unit(text, end, Reading(analyte, start, match.end(), f"{upper}/{lower}"))


def _read_figures(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _PLAIN.match(text, start, end)
    if not match or (match["value"][0] in "+-" and (analyte.low is None or analyte.low >= 0)):
        return None
    stop = match.end("value")
    reading = Reading(analyte, start, stop, match["value"], comparator=_sign(match["comparator"]))
    if match["upper"] and _is_range(match, analyte):
        whole = replace(reading, end=match.end(), value=text[match.start("value") : match.end()])
        return _with_unit(text, end, whole)
    return _with_unit(text, end, reading)


def _is_range(match: re.Match[str], analyte: Analyte) -> bool:
    low, high = number_of(match["value"]), number_of(match["upper"])
    return (
        "range" in analyte.traits and low is not None and high is not None and low < high and _believed(analyte, high)
    )


def _read_spoken_decimal(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    """Read "9 g 8", "38°2", "sept grammes huit": the unit stands at the place of the comma."""
    if analyte.unit_pattern is None:
        return None
    if match := _SPOKEN_DECIMAL.match(text, start, end):
        unit, stop, number = match["unit"], match.end(), f"{match['whole']},{match['rest']}"
    elif spoken := spoken_decimal(text, start, end):
        (number, stop), unit = spoken
    else:
        return None
    if not analyte.unit_pattern.fullmatch(unit):
        return None
    return Reading(analyte, start, stop, text[start:stop], unit, number=number)


def _read_spoken_number(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    """Read figures in words ("cent dix", "huit virgule quatre", "quatorze huit" for a blood pressure)."""
    spoken = spoken_number(text, start, end, pair="pair" in analyte.traits)
    if spoken is None:
        return None
    return _with_unit(text, end, Reading(analyte, start, spoken.end, text[start : spoken.end], number=spoken.figures))


def _read_roman(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _ROMAN.match(text, start, end)
    return Reading(analyte, start, match.end(), match["value"].strip()) if match else None


def _read_child(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _CHILD.match(text, start, end)
    return Reading(analyte, start, match.end(), match["value"].strip()) if match else None


def _read_apgar(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _APGAR.match(text, start, end)
    return Reading(analyte, start, match.end(), match["value"]) if match else None


def _read_word(text: str, start: int, end: int, analyte: Analyte) -> Reading | None:
    match = _WORDS.match(text, start, end)
    return Reading(analyte, start, match.end(), match["value"]) if match else None


def _with_unit(text: str, end: int, reading: Reading) -> Reading:
    flag = _FLAG.match(text, reading.end, end)
    gap = _COLUMN_GAP.match(text, flag.end() if flag else reading.end, end)
    for position in (reading.end, flag.end() if flag else reading.end, gap.end() if gap else reading.end):
        pattern = reading.analyte.unit_pattern
        match = pattern.match(text, position, end) if pattern else None
        if "scale" in reading.analyte.traits:
            out_of = _OUT_OF.match(text, position, end)
            match = out_of if out_of and _is_maximum(out_of["unit"], reading.analyte) else match
        if match:
            unit = " ".join(match["unit"].split())
            return replace(
                reading, end=match.end(), unit=unit, flag=flag["flag"] if flag and position != reading.end else ""
            )
    return reading


def _is_maximum(written: str, analyte: Analyte) -> bool:
    """Say whether "/30" is the maximum of a score: that of its table, when it gives one."""
    maxima = [unit for unit in analyte.units if unit[0] == "/" and unit[1:].isdigit()]
    return not maxima or f"/{re.sub(r'[^0-9]', '', written)}" in maxima


def _with_flag(text: str, end: int, reading: Reading) -> Reading:
    match = _FLAG.match(text, reading.end, end)
    if not match or reading.flag:
        return reading
    return replace(reading, end=match.end(), flag=match["flag"].strip("()"))


def _suits(text: str, end: int, reading: Reading, needs: str) -> bool:
    """Say whether a value may be one of the measure: its unit is the measure's, or it has none and is believed."""
    analyte = reading.analyte
    if reading.comparator and "limit" not in analyte.traits:
        return False
    if _is_of_words(reading):
        return True
    if reading.unit and not re.fullmatch(r"/ ?\d+|sur \d+", reading.unit):
        return True
    written = reading.number or reading.value
    if needs == "unit" and not reading.unit:
        return False
    if (needs == "decimal" or "drug" in analyte.traits) and not re.search(r"\d[.,]\d", written):
        return False
    return _is_believed(reading) and _stands_alone(text, end, reading)


def _is_of_words(reading: Reading) -> bool:
    """Say whether a value has no figures to weigh: a word, a class, a stage."""
    analyte = reading.analyte
    return bool(_WORDS.fullmatch(reading.value)) or analyte.code in ("apgar", "child_pugh") or "roman" in analyte.traits


def _is_believed(reading: Reading) -> bool:
    """Say whether a value without unit may be one of its measure."""
    if _is_of_words(reading):
        return True
    if "pair" in reading.analyte.traits:
        return _believed_pressure(reading)
    figure = number_of(reading.number or reading.value)
    return figure is not None and _believed(reading.analyte, figure)


def _believed(analyte: Analyte, figure: float) -> bool:
    if "metres" in analyte.traits and 1.2 <= figure <= 2.2:
        return True
    return analyte.low is not None and analyte.high is not None and analyte.low <= figure <= analyte.high


def _believed_pressure(reading: Reading) -> bool:
    """A lone figure is a systolic pressure when it can be one in mmHg."""
    if reading.number or "/" in reading.value:
        return True
    figure = number_of(reading.value)
    return figure is not None and 50 <= figure <= 280


def _stands_alone(text: str, end: int, reading: Reading) -> bool:
    """Say whether nothing behind a value without unit makes it a dose, a duration, a date or a count of something."""
    rest = text[reading.end : min(end, reading.end + 24)]
    if re.match(r"[.,]?\d|[A-Za-z]|/ ?\d|:\d|-\d|\.\d| ?\d{1,2}[/.]\d", rest) and not re.match(r"[HBN](?!\w)", rest):
        return False
    flag = _FLAG.match(rest)
    rest = rest[flag.end() :] if flag else rest
    if (reading.comparator and re.match(r" ?x ?\d", rest)) or re.fullmatch(r"\d{2,3}/\d{2,3}", reading.value):
        return True
    if _FOREIGN.match(rest) or re.match(r" ?par [a-z]", rest) or re.match(r"/ ?[a-zA-Z]| /[a-zA-Z]", rest):
        return False
    if reading.analyte.family == "score" or reading.number or reading.comparator or re.search(r"[.,]", reading.value):
        return True
    word = _NEXT_WORD.match(rest)
    return word is None or words("behind").fullmatch(word[1]) is not None


def _sign(words: str | None) -> str:
    if not words:
        return ""
    return words if words[0] in "<>≤≥" else "<" if words.lower().startswith("inf") else ">"
