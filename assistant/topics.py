"""What a question is about, in the words of facts: medicines, measures, diseases, devices, …

The same tables that extraction uses are looked up in the question, so that "hb", "hémoglobine" and a fact
named ``hemoglobin`` meet. Nothing here reads a document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingestion.facts.allergens import substances_in
from ingestion.facts.analytes import namings
from ingestion.facts.concepts import concepts_in
from ingestion.facts.letters import plain
from ingestion.facts.substances import covers, is_medicine
from ingestion.facts.types import Fact, Kind
from ingestion.normalise import expand, fold, fold_with_offsets, medicine_names
from ingestion.types import Offsets

_TABLES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("problem", ("problems", "symptoms")),
    ("procedure", ("procedures",)),
    ("device", ("devices",)),
    ("microorganism", ("microorganisms",)),
    ("transfusion", ("transfusions",)),
    ("imaging", ("imaging",)),
    ("social", ("social",)),
    ("directive", ("directives",)),
)
# Not what follows a number ("5 mg") or opens a formula ("t(4;14)").
_SHORT = re.compile(r"(?<![\w'’-])(?<!\d )(?:[a-z][a-z0-9]{1,5}[+]?|[a-z][+]|k)(?![\w('’-])")
# "a t il": no temperature.
_INVERTED = re.compile(r"(?<=[ -])t(?=[ -](?:ils?|elles?|on)\b)", re.IGNORECASE)
# Short words of French that are also abbreviations once in capitals.
_FRENCH = frozenset(
    re.findall(
        r"\w+",
        "a au aux ce ces de des du elle en est et il la le les lui ma mes mon ne ni on ou par pas que qui sa sans se "
        "ses si son sur ta te tes tu un une y",
    )
)
# Facts of these kinds bear the code of their concept, not its label.
_NAMED_BY_CODE = frozenset({"social", "directive"})
# "diabète" has forms ("diabète de type 2"), and a scanner regions ("scanner thorax").
_WITH_FORMS = frozenset({"problem", "imaging"})
# Diseases whose names hold that of another one.
_OTHER_DISEASES = frozenset(
    {"hypertension arterielle pulmonaire", "neuropathie optique ischemique", "retinopathie du premature"}
)
_ALLERGY = re.compile(r"\ballerg|\bintoler|\banaphyla|\bhypersensib")


@dataclass(frozen=True, repr=False)
class Topic:
    """A thing that a question names: ``name`` is that of facts of this kind; ``span`` its place in the question."""

    kind: Kind
    name: str
    span: Offsets

    def covers(self, fact: Fact) -> bool:
        """Say whether a fact is of this thing; a class of medicines covers its members, a disease its forms."""
        if self.kind == "medication":
            of_class = fact.kind == "allergy" and covers(fact.name, self.name)  # "allergie à la pénicilline"
            return of_class or (fact.kind in ("medication", "allergy") and _medicine_covers(self.name, fact.name))
        if self.kind in _WITH_FORMS and fact.name.startswith(f"{self.name} ") and fact.name not in _OTHER_DISEASES:
            return fact.kind == self.kind
        return fact.kind == self.kind and fact.name == self.name

    def __repr__(self) -> str:
        return f"Topic({self.kind!r}, {self.span})"


@lru_cache(maxsize=256)
def topics_of(text: str) -> tuple[Topic, ...]:
    """Return what a question names, without repetition, in order of kinds then of place."""
    return tuple({(topic.kind, topic.name): topic for topic in _topics(text)}.values())


def _topics(text: str) -> Iterator[Topic]:
    # Questions are typed in small letters: "hb", "fevg", "avc" are looked up in capitals too; or in capitals alone,
    # where "PAS" would be a pressure.
    small = _INVERTED.sub(" ", text.lower() if text.isupper() and len(text.lower()) == len(text) else text)
    written = tuple(dict.fromkeys((small, _capitals(small))))
    for medicine in medicine_names(text):
        yield Topic("medication", fold(medicine.generic), (medicine.start, medicine.end))
    for term in expand(text).terms:
        if term.kind == "class":
            yield Topic("medication", fold(term.surface), _place(text, term.surface))
    yield from (topic for form in written for topic in _measures(form))
    yield from _allergens(text)
    for kind, tables in _TABLES:
        for table in tables:
            for form in written:
                for mention in concepts_in(form, table):
                    name = mention.code if kind in _NAMED_BY_CODE else mention.name
                    yield Topic(kind, name, (mention.start, mention.end))


def _measures(text: str) -> Iterator[Topic]:
    """Yield the measures named; "FA 120/min" tells a heart rate, but "une FA" is only the disease."""
    diseases = concepts_in(text, "problems")
    for naming in namings(plain(text)):
        of_disease = any(mention.start < naming.end and naming.start < mention.end for mention in diseases)
        for sense in naming.senses:
            if not (sense.needs and of_disease):
                yield Topic("measurement", sense.analyte.code, (naming.start, naming.end))


def _allergens(text: str) -> Iterator[Topic]:
    """Yield what a question on allergies names beside medicines: latex, iodine, a food."""
    folded = fold_with_offsets(text)
    if not _ALLERGY.search(folded.text):
        return
    for substance in substances_in(text, folded):
        if not is_medicine(substance.name):
            yield Topic("allergy", substance.name, folded.span(substance.start, substance.end))


def _capitals(text: str) -> str:
    return _SHORT.sub(lambda match: match[0] if match[0] in _FRENCH else match[0].upper(), text)


def _place(text: str, surface: str) -> Offsets:
    start = max(0, text.lower().find(surface.lower()))
    return start, start + len(surface)


def _medicine_covers(asked: str, name: str) -> bool:
    parts = name.split("+")
    return any(covers(asked, part) for part in (name, *parts)) or any(part in asked.split("+") for part in parts)
