"""Twelve ways to make a true statement false.

Each is a function of a statement that returns another, which the citations no longer prove, or None when it does not
apply (no number to change, no side to exchange). Nothing here is known to the verifier, and nothing of the verifier is
used here. One example, on "Apixaban 5 mg, arrêté le 12/03/2025": ``dose`` gives "Apixaban 10 mg, arrêté …".
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from evals.claims import Claim
from ingestion.lexicon.tables import stop_phrases
from ingestion.normalise import fold, medicine_names

_NUMBER = re.compile(r"(?<![\d/.,:-])(?<![^\W\d])\d+(?:[.,]\d+)?(?![\d/.,:-]|e\b|er\b|\s?h\s?\d)")
_DOSE = re.compile(r"[^\d,;.()]{0,25}?(\d+(?:[.,]\d+)?)(?= ?(?:mg|g|µg|UI|mL|ml|gouttes)\b)")
_DATE = re.compile(r"(?<![\d/.-])([0-3]?\d)([/.])([01]?\d)(?:([/.])(20\d\d|\d\d))?(?![\d/]|[.,]\d)")
_RIGHT, _LEFT = re.compile(r"\bdroit(e?)(s?)\b", re.I), re.compile(r"\bgauche(s?)\b", re.I)
_DENIAL = re.compile(
    r"(?:\b(?:pas|absence) (?:de |d'|d’)(?!plus)|\b(?:aucune?|sans|ni) (?:signe de |notion de )?)(?=[^\W\d_]{3})", re.I
)
_NOT = re.compile(r"\bn(?:e |'|’)(\w+) pas\b", re.I)
_ASSERTION = (
    (re.compile(r"\bavec\b", re.I), "sans"),
    (re.compile(r"\bprésence d", re.I), "absence d"),
    (re.compile(r"\b(est|sont|a|ont) (?!noté)(?=[^\W\d_]{4,})"), r"n'\1 pas "),
    (re.compile(r"\boui\b", re.I), "non"),
    (re.compile(r"\bpositif\b", re.I), "négatif"),
)
_FINDING = re.compile(
    r"(?<![^\W\d_])(?<!pas de )(?<!d')(?=(?:fièvre|douleur|dyspnée|toux|œdèmes?|oedèmes?|HTA|diabète|confusion|nausées"
    r"|vomissements|fracture|thrombose|épanchement|hématome|infection|saignement|anémie|escarre|allergie|nodule|sténose"
    r"|récidive)\b)",
    re.I,
)
_RELATIVE = re.compile(
    r"(?<!\d )\b(?:(?:sa|son|la|le|une|un)\s+)?(?:mère|père|s(?:œ|oe)ur|frère|tante|oncle|grand-mère"
    r"|grand-père|fils|fille|cousine?)\b",
    re.I,
)
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][\w+./' -]{0,24}?[^\W_]\+?)(?P<gap>[ :=àa]{1,4})"
    r"(?P<value>\d+(?:[.,]\d+)? ?(?:%|[µmnG]?[gGmLU][\w/µ]*)?)"
    r"(?![\d/-]|[.,]\d)"
)


@dataclass(frozen=True, repr=False)
class Material:
    """What corruptions may take from: the other claims of the patient, and those of another patient."""

    own: Sequence[Claim]
    foreign: Sequence[Claim]

    def __repr__(self) -> str:
        return f"Material({len(self.own)} own, {len(self.foreign)} foreign)"


Way = Callable[[Claim, Material, random.Random], Claim | None]


def corrupt(claim: Claim, way: str, material: Material, generator: random.Random) -> Claim | None:
    """Return the claim made false in one of ``WAYS``, or None when that way does not apply to it."""
    made = WAYS[way](claim, material, generator)
    return None if made is None or (fold(made.text) == fold(claim.text) and made.citations == claim.citations) else made


def _number(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    return _replaced(claim, _undated(claim.body), generator, _other_number)


def _unit(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    found = [
        (match, other)
        for unit, other in _rows("unit")
        for match in re.finditer(
            rf"(?<=[1-9]) ?{re.escape(unit)}(?![\w/µ])|(?<=[1-9]0) ?{re.escape(unit)}(?![\w/µ])", claim.body
        )
    ]
    if not found:
        return None
    match, other = generator.choice(found)
    return claim.said(f"{claim.body[: match.start()]} {other}{claim.body[match.end() :]}")


def _drug(claim: Claim, material: Material, generator: random.Random) -> Claim | None:
    found = medicine_names(claim.body)
    if not found:
        return None
    name = generator.choice(found)
    mine = {fold(other.generic) for other in found}
    others = [claim.body[n.start : n.end] for claim in material.own for n in medicine_names(claim.body)]
    candidates = [*others[:20], *(form for form, _ in _rows("medicine"))]
    candidates = [other for other in candidates if not mine & {fold(n.generic) for n in medicine_names(other)}]
    return claim.said(f"{claim.body[: name.start]}{generator.choice(candidates)}{claim.body[name.end :]}")


def _dose(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    doses = [dose for name in medicine_names(claim.body) if (dose := _DOSE.match(claim.body, name.end))]
    return _replaced(claim, [(dose.start(1), dose.end(1)) for dose in doses], generator, _other_number)


def _date(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    found = [match for match in _DATE.finditer(claim.text) if 1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 12]
    found = [match for match in found if match[5] or len(match[1]) == len(match[3]) == 2]
    if not found:
        return None
    match = generator.choice(found)
    day, month = int(match[1]), int(match[3])
    if generator.random() < 0.5:
        day = day % 28 + 1 + generator.randrange(3) * (day < 20)
    else:
        month = month % 12 + 1
    year = f"{match[4]}{match[5]}" if match[5] else ""
    written = f"{day:02}{match[2]}{month:02}{year}"
    return (
        None
        if written == match.group()
        else replace(claim, text=claim.text[: match.start()] + written + claim.text[match.end() :])
    )


def _side(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    if match := _RIGHT.search(claim.body):
        return claim.said(f"{claim.body[: match.start()]}gauche{match[2]}{claim.body[match.end() :]}")
    if match := _LEFT.search(claim.body):
        return claim.said(f"{claim.body[: match.start()]}droite{match[1]}{claim.body[match.end() :]}")
    return None


def _negation(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    """Take a denial away, or put one."""
    if match := _NOT.search(claim.body):
        return claim.said(claim.body[: match.start()] + match[1] + claim.body[match.end() :])
    if match := _DENIAL.search(claim.body):
        return claim.said(claim.body[: match.start()] + claim.body[match.end() :])
    for pattern, denied in _ASSERTION:
        if match := pattern.search(claim.body):
            return claim.said(claim.body[: match.start()] + match.expand(denied) + claim.body[match.end() :])
    if match := _FINDING.search(claim.body):
        return claim.said(f"{claim.body[: match.start()]}pas de {claim.body[match.start() :]}")
    return None


def _subject(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    """Give the patient what a relative has, or a relative what the patient has."""
    if (match := _RELATIVE.search(claim.body)) and not claim.body[: match.start()].rstrip().endswith((",", "(")):
        return claim.said(f"{claim.body[: match.start()]}le patient{claim.body[match.end() :]}")
    if claim.source != "phrase":
        return None
    return claim.said(generator.choice(_rows("relative"))[0].format(claim.body.strip(" .")))


def _other_patient(claim: Claim, material: Material, generator: random.Random) -> Claim | None:
    """Prove a statement with another patient's document, or say of this patient what another one's says."""
    other = generator.choice(material.foreign)
    if generator.random() < 0.5:
        return replace(claim, text=other.text, citations=other.citations)
    return None if fold(other.body) in fold(claim.body) else claim.said(other.body)


def _stopped(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    found = [
        (match, other)
        for form, other in _rows("state")
        for match in re.finditer(rf"(?<!\w){form}(?![^\W_])", claim.body, re.I)
    ]
    if not found:
        return None
    match, other = max(found, key=lambda item: len(item[0].group()))
    return claim.said(claim.body[: match.start()] + other + claim.body[match.end() :])


def _merge(claim: Claim, material: Material, generator: random.Random) -> Claim | None:
    """Give one thing the value of another: within a statement, or of two statements that are both cited."""
    pairs = _pairs(claim.body)
    for first, second in pairwise(pairs):
        if first["value"].strip() != second["value"].strip() and fold(first["label"]) != fold(second["label"]):
            between = claim.body[first.end() : second.start("value")]
            head, tail = claim.body[: first.start("value")], claim.body[second.end() :]
            return claim.said(f"{head}{second['value']}{between}{first['value']}{tail}")
    others = [(other, match) for other in material.own for match in _pairs(other.body) if other is not claim]
    if not pairs or not others:
        return None
    mine, (other, theirs) = pairs[0], generator.choice(others)
    if theirs["value"].strip() in claim.body or fold(mine["label"]).split()[-1] in fold(other.body):
        return None
    text = f"{mine['label']}{mine['gap']}{theirs['value'].strip()}"
    return replace(claim, text=text, citations=(*claim.citations, *other.citations))


def _pairs(body: str) -> list[re.Match[str]]:
    """Return the values of a statement with the name before each; dates, years and identifiers are no values."""
    return [
        pair
        for pair in _LABELLED.finditer(body)
        if fold(pair["label"]).split()[-1] not in stop_phrases()
        and not re.fullmatch(r"\d\d\.\d\d|(?:19|20)\d\d|\d{6,}", pair["value"].strip())
    ]


def _invented(claim: Claim, material: Material, generator: random.Random) -> Claim | None:  # noqa: ARG001
    return claim.said(re.sub(r"[ .»)]+$", "", claim.body) + generator.choice(_rows("invented"))[0])


WAYS: dict[str, Way] = {
    "number": _number,
    "unit": _unit,
    "drug": _drug,
    "dose": _dose,
    "date": _date,
    "side": _side,
    "negation": _negation,
    "subject": _subject,
    "other_patient": _other_patient,
    "stopped": _stopped,
    "merge": _merge,
    "invented": _invented,
}


def _undated(body: str) -> list[tuple[int, int]]:
    """Return where a statement holds numbers that are no part of a date nor a year."""
    dates = [match.span() for match in _DATE.finditer(body)]
    return [
        match.span()
        for match in _NUMBER.finditer(body)
        if not any(start <= match.start() < end for start, end in dates)
        and not re.fullmatch(r"(?:19|20)\d\d", match.group())
    ]


def _replaced(
    claim: Claim, spans: Sequence[tuple[int, int]], generator: random.Random, other: Callable[[str, random.Random], str]
) -> Claim | None:
    if not spans:
        return None
    start, end = generator.choice(list(spans))
    return claim.said(claim.body[:start] + other(claim.body[start:end], generator) + claim.body[end:])


def _other_number(written: str, generator: random.Random) -> str:
    """Return a number near a number: ten times as much, two digits exchanged, a digit changed."""
    if not float(written.replace(",", ".")):
        return "2"
    ways = [f"{written}0", written.translate(str.maketrans("123456789", "234567891"))]
    digits = written.replace(",", "").replace(".", "")
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0" and written.isdigit():
        ways.append(written[1] + written[0] + written[2:])
    if "," in written or "." in written:
        ways = [ways[1], written.replace(",", "").replace(".", "")]
    return generator.choice([way for way in ways if float(way.replace(",", ".")) != float(written.replace(",", "."))])


@cache
def _rows(kind: str) -> list[tuple[str, str]]:
    lines = resources.files("evals").joinpath("corruptions.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(row[1], row[2]) for row in rows if row[0] == kind]
