"""Read a text as verification compares it: chunks of marks, each denied or not, of the patient or of a relative.

Statement and quotes are read by the same rules, so that what one leaves unsure is as unsure in the other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.verify.meanings import phrases_in, silent_words, wording
from assistant.verify.quantities import date_claim, date_keys, measure_key, number_key, unit_of, value_of
from assistant.verify.tables import cues_of
from assistant.verify.types import Boundary, Chunk, Keys, Mark, MarkKind, Reading
from assistant.verify.words import Raw, prepared, raw_tokens
from ingestion.facts import cues as scope
from ingestion.facts.analytes import namings
from ingestion.facts.kinship import kin_in
from ingestion.facts.types import Polarity, Subject
from ingestion.lexicon.dates import MONTHS
from ingestion.normalise import fold, medicine_names, stem

_BOUNDARY_WORDS = frozenset(("et", "puis", "ou", "mais", "avec"))
_MONTHS = frozenset(names[0] for names in MONTHS)
_HOUR = ("min", Fraction(60))
# What names a relative, or announces one; without it a line speaks of the patient.
_FAMILY = re.compile(
    r"famil|mere|pere|soeur|frere|fils|fille|tante|oncle|cousin|neveu|niece|jumeau|jumelle|parent|grand|epou|mari\b|femme"
    r"|conjoint|compagn|maternel|paternel|maman|papa|enfant|voisin|donneu|aidant|ascendant"
)
_DISEASE = re.compile(r"^(?:hyper|hypo|anemi|poly)|(?:penie|cytose|philie)$")
_FIGURES = re.compile(r"\d[\d.,/-]*\d")
_TAIL = re.compile(r"([^\W\d_]+)['’\s]*(?:d['’]|de |du |des )?\s*$")
_Draft = tuple[MarkKind, str, Keys, tuple[Keys, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """A token, its folded form, and what it claims (kind, claim, keys, meanings)."""

    raw: Raw
    folded: str
    draft: _Draft | None

    def __repr__(self) -> str:
        return f"Word({self.raw!r})"


@dataclass(frozen=True, repr=False)
class Around:
    """The line in which a quote stands: what it holds before and after, and whether its section is about relatives."""

    before: str = ""
    after: str = ""
    family: bool = False

    def __repr__(self) -> str:
        return f"Around({len(self.before)}, {len(self.after)}, family={self.family})"


def read(text: str, reference: str = "", around: Around = Around()) -> Reading:
    """Return a text as chunks of marks.

    ``reference`` (ISO 8601) is the date of its document, which gives a year to "12/02". What stands around decides of
    denials and of whom it speaks; only the text itself gives marks.
    """
    line = prepared(text)
    words = _words(line, reference)
    meant = _meant(line, words, around)
    chunks: list[Chunk] = []
    marks: list[Mark] = []
    denials = 0
    opens: Boundary = "sentence"
    for word, (polarity, subject, denied) in zip(words, meant, strict=True):
        denials += is_denial(word)
        if word.draft:
            marks.append(Mark(*word.draft, polarity, subject, denied))
        elif boundary := _boundary(word):
            if marks:
                chunks.append(Chunk(tuple(marks), opens, denials))
                marks, opens, denials = [], boundary, 0
            elif opens != "sentence":
                opens = boundary
    if marks:
        chunks.append(Chunk(tuple(marks), opens, denials))
    return Reading(tuple(chunks))


def is_denial(word: Word) -> bool:
    """Say whether a token denies."""
    return word.raw.kind == "word" and any(cue.what == "cue" and cue.value != "doubt" for cue in cues_of(word.folded))


def holds_denial(text: str) -> bool:
    """Say whether a text holds a word that denies."""
    return any(map(is_denial, _words(prepared(text), "")))


def changes_meaning(text: str) -> bool:
    """Say whether words around a quote claim something or change what it says: a denial, a doubt, whose it is."""
    words = _words(prepared(text), "")
    return any(
        word.draft or word.raw.kind == "doubt" or any(cue.what in ("cue", "patient") for cue in cues_of(word.folded))
        for word in words
    )


def word_keys(text: str) -> Keys:
    """Return the keys of all words of a text, for what needs neither place nor polarity (the title of a document)."""
    return frozenset().union(*(word.draft[2] for word in _words(prepared(text), "") if word.draft))


def _meant(line: str, words: Sequence[Word], around: Around) -> Iterator[tuple[Polarity, Subject, bool]]:
    """Yield how each token is meant, of whom it is said, and whether a denial stands right before it."""
    before = prepared(around.before)
    whole = f"{before}{line}{prepared(around.after)}".replace("¶", "\n").lower()
    whole = _FIGURES.sub(lambda match: "9" * len(match.group()), whole)  # "1-0-0-1" and "0,5" deny nothing
    relatives = around.family or _FAMILY.search(whole) is not None
    denied = any(cue.value == "deny" for word in _TAIL.findall(before) for cue in cues_of(fold(word)))
    named: Literal["patient", "kin", ""] = ""
    for word in words:
        what = {cue.what: cue.value for cue in cues_of(word.folded)} if word.raw.kind == "word" else {}
        if _boundary(word):
            named, denied = "", False
        if word.draft is None or word.draft[0] in ("number", "date", "side"):
            denied = (denied or what.get("cue") == "deny") and word.draft is None
            named = "patient" if "patient" in what and not named else named
            yield "affirmed", "patient", False
            continue
        start, end = len(before) + word.raw.start, len(before) + word.raw.end
        subject: Subject = (
            kin_in(whole, start, end, around.family)[0] if relatives and named != "patient" else "patient"
        )
        named = "kin" if "kin" in what else named
        yield scope.read(whole, start, end).polarity, subject, denied
        denied = False


def _boundary(word: Word) -> Boundary | None:
    match word.raw.kind:
        case "sentence" | "clause" | "bracket" | "inside" as boundary:
            return boundary
        case "word" if word.folded in _BOUNDARY_WORDS:
            return "and"
        case _:
            return None


def _words(text: str, reference: str) -> list[Word]:
    """Return the tokens with what each claims; a name of a medicine is one token."""
    raws = list(raw_tokens(text))
    medicines = {found.start: found for found in medicine_names(text)}
    drafts: list[_Draft | None] = []
    mixed = not text.isupper()
    folded = [fold(raw.text) for raw in raws]
    end = -1
    for raw, small in zip(raws, folded, strict=True):
        if raw.kind == "word" and raw.start in medicines:
            found = medicines[raw.start]
            end = found.end
            drafts.append(_medicine(found.generic, text[raw.start : found.end]))
        elif raw.start < end:
            drafts.append(None)
        else:
            drafts.append(_draft(raw, small, reference, mixed))
    _widen(drafts)
    _name_analytes(drafts, raws, text)
    _give_units(drafts, raws)
    return [Word(raw, small, draft) for raw, small, draft in zip(raws, folded, drafts, strict=True)]


def _draft(raw: Raw, folded: str, reference: str, mixed: bool) -> _Draft | None:
    """Return what a token claims and proves, or None when it claims nothing."""
    match raw.kind:
        case "word":
            return _word(raw.text, folded, mixed)
        case "number":
            return _number(raw)
        case "posology":
            key = f"p:{folded.replace(' ', '')}"
            return "number", key, frozenset((key,)), ()
        case "date":
            claim = date_claim(folded)
            return "date", claim, date_keys(folded, reference), ()
        case "time":
            hours, minutes = folded.replace(" ", "").replace("h", ":").split(":")
            key = measure_key(int(hours) + Fraction(int(minutes), 60), _HOUR)
            return "number", key, frozenset((key,)), ()
        case _:
            return None


def _word(written: str, folded: str, mixed: bool) -> _Draft | None:
    """Return what a word claims; ``mixed`` tells that its line is not all in capitals ("TA" is then no pronoun)."""
    own = stem(folded)
    for cue in cues_of(folded):
        key = f"{cue.what}:{cue.value}"
        match cue.what:
            case "side" | "state" as kind:
                return kind, key, frozenset((key,)), ()
            case "kin":
                return "kin", key, frozenset((key, "kin:any")), ()
        if cue.what in ("cue", "patient", "silent"):
            return None
        if cue.what == "same":
            own = cue.value
    other = wording(written)
    if folded in silent_words() and not (mixed and len(written) > 1 and written.isupper() and other.keys):
        return None
    if folded in _MONTHS:
        return "date", folded, frozenset((folded,)), ()
    return "word", own, other.keys | {own}, other.meanings


def _number(raw: Raw) -> _Draft:
    value = value_of(raw.text) if raw.text.count(",") + raw.text.count(".") < 2 else None
    if value is None:  # "1.2.3" is a label, not a number
        return "number", f"n:{raw.text}", frozenset((f"n:{raw.text}",)), ()
    if not raw.unit and raw.text.isdigit() and 1900 <= value < 2100:
        return "date", f"y{raw.text}", frozenset((f"y{raw.text}", number_key(raw.text))), ()
    plain = number_key(raw.text)
    unit = unit_of(raw.unit) if raw.unit else None
    claim = measure_key(value, unit) if unit else plain
    return "number", claim, frozenset((claim, plain)), ()


def _medicine(generic: str, written: str) -> _Draft:
    """Return a medicine: its generic name proves it, whatever it is called; so do its own words ("potassium").

    One part does not prove a combination, nor a combination its parts: amoxicilline is not AUGMENTIN.
    """
    key = f"rx:{fold(generic)}"
    parts = frozenset(f"rx:{part.strip()}" for part in fold(generic).split("+"))
    own = frozenset(stem(word) for word in fold(written).replace("-", " ").replace("/", " ").split())
    named = frozenset(stem(word) for word in fold(generic).split()) if len(parts) == 1 else frozenset()
    return "medicine", key, own | named | {key}, (parts, own)


def _widen(drafts: list[_Draft | None]) -> None:
    """Give the words of a phrase ("embolie pulmonaire") the keys of its other wordings."""
    places = [index for index, draft in enumerate(drafts) if draft and draft[0] in ("word", "medicine")]
    stems = [drafts[index][1] for index in places]  # type: ignore[index]  # places holds those that are there
    for first, end, meanings in phrases_in(stems):
        added = frozenset().union(*meanings)
        for index in places[first:end]:
            kind, claim, keys, own = drafts[index]  # type: ignore[misc]
            drafts[index] = kind, claim, keys | added, own + meanings


def _name_analytes(drafts: list[_Draft | None], raws: Sequence[Raw], text: str) -> None:
    """Give the names of one analyte one key ("leuco", "GB"); a disease names its analyte, not the reverse."""
    for naming in namings(text):
        codes = frozenset(f"an:{sense.analyte.code}" for sense in naming.senses)
        disease = _DISEASE.search(text[naming.start : naming.end].lower())
        for index, raw in enumerate(raws):
            draft = drafts[index]
            if draft and naming.start <= raw.start < naming.end and draft[0] in ("word", "medicine"):
                meanings = () if disease else tuple(frozenset((code,)) for code in codes)
                drafts[index] = draft[0], draft[1], draft[2] | codes, draft[3] + meanings


def _give_units(drafts: list[_Draft | None], raws: Sequence[Raw]) -> None:
    """Give the numbers of a row the only unit that stands apart in it ("Potassium (mmol/L) | 4,1 | 6,1")."""
    apart = {unit for raw in raws if raw.kind == "unit" and (unit := unit_of(raw.text))}
    if len(apart) != 1:
        return
    unit = next(iter(apart))
    for index, raw in enumerate(raws):
        draft = drafts[index]
        if draft and raw.kind == "number" and not raw.unit and draft[1].startswith("n:") and raw.text.count(",") < 2:
            drafts[index] = draft[0], draft[1], draft[2] | {measure_key(value_of(raw.text), unit)}, draft[3]


def numbers_in(marks: Iterable[Mark]) -> Iterator[tuple[str, Fraction]]:
    """Yield what the numbers of some marks measure (empty without unit) and their value in base units."""
    for mark in marks:
        if mark.kind != "number":
            continue
        kind, _, rest = mark.claim.partition(":")
        quantity, _, value = rest.rpartition(":") if kind == "m" else ("", "", rest)
        try:
            yield quantity, Fraction(value)
        except ValueError:
            continue
