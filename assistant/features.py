"""Explainable features of a candidate sentence for a question; ``ranking.json`` weighs them.

Every feature lies between 0 and 1 (or is -1/0/1), so that weights can be read side by side.
"""

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.candidates import Candidate, Stems, stems_of
from assistant.pointing import NAMES as FACT_NAMES
from assistant.pointing import Pointing
from assistant.question import Question
from ingestion.normalise import Term, correct, fold, normalise, stem, tokens

_SECTION_FOR_INTENT = {
    "family": {"antecedents_familiaux"},
    "allergy": {"allergies"},
    "antecedent": {"antecedents", "antecedents_familiaux", "histoire"},
    "medication": {"traitement", "traitement_sortie", "traitement_entree", "modifications_traitement"},
    "follow_up": {"suites", "rendez_vous", "conduite", "resultats_attente"},
    "reason": {"motif", "indication", "conclusion", "hypotheses", "evolution"},
    "place": {"destination", "suites"},
}
_INTENT_MARKS = (
    ("value", "measure"),
    ("last", "measure"),
    ("evolution", "measure"),
    ("date", "date"),
    ("dose", "dose"),
    ("reason", "cause"),
    ("yes_no", "negation"),
    ("person", "person"),
    ("family", "family"),
    ("contradiction", "correction"),
    ("medication", "dose"),
    ("medication", "stopped"),
)
_VERBAL = re.compile(r"(?:ée?s?|er|ir|ement|ant|aient|ait|ifs?|ives?|ible|able|eure?s?)$")
_FREE_WORD = 0.4
"""Weight of a word that is not a key term, against one that is."""

_PRESCRIBING = {"ordonnance_sortie", "prescription"}
NAMES = (
    "coverage",
    "coverage_exact",
    "coverage_passage",
    "coverage_context",
    "framing",
    "earliness",
    "engine",
    "length",
    "short",
    "recency",
    "recency_last",
    "date_match",
    "section",
    "correction",
    "awaited",
    "copied",
    "repeated",
    "row",
    "discharge_prescription",
    "conclusion",
    "heading_only",
    "administrative",
    *(f"{intent}:{mark}" for intent, mark in _INTENT_MARKS),
    *FACT_NAMES,
)


@dataclass(frozen=True, repr=False)
class Wordings:
    """The ways a record may write one term: single stems, and groups of stems that must stand together."""

    singles: Stems
    groups: tuple[Stems, ...]

    def __repr__(self) -> str:
        return f"Wordings({len(self.singles) + len(self.groups)})"

    def match(self, stems: Stems) -> bool:
        """Say whether any of the wordings stands among these stems."""
        return not self.singles.isdisjoint(stems) or any(group <= stems for group in self.groups)


@dataclass(frozen=True, repr=False)
class Setting:
    """What does not depend on the candidate: wordings and rarity of each term, the dates found and asked for.

    ``absent`` tells of each term whether no candidate holds it in any wording, and no fact is of what it names.
    """

    weights: tuple[float, ...]
    absent: tuple[bool, ...]
    wordings: tuple[Wordings, ...]
    surfaces: tuple[Stems, ...]
    framing: tuple[Wordings, ...]
    dates: dict[datetime, float]
    asked_days: frozenset[str]
    pointing: Pointing

    @functools.cached_property
    def any_term(self) -> Wordings:
        """What any of the question's terms may be written as."""
        return Wordings(
            singles=frozenset().union(*(wordings.singles for wordings in self.wordings)),
            groups=tuple(group for wordings in self.wordings for group in wordings.groups),
        )

    @functools.cached_property
    def _total(self) -> float:
        return sum(self.weights)

    def coverage(self, stems: Stems) -> float:
        """Return the share of the question's terms, weighed by rarity, that these stems hold in any wording."""
        return self._weighed([wordings.match(stems) for wordings in self.wordings])

    def exact_coverage(self, stems: Stems) -> float:
        """Return the same share for the question's own words."""
        return self._weighed([bool(words) and words <= stems for words in self.surfaces])

    def _weighed(self, matches: Sequence[bool]) -> float:
        total = self._total
        return sum(w for w, match in zip(self.weights, matches, strict=True) if match) / total if total else 0.0


def setting_of(question: Question, candidates: Sequence[Candidate], pointing: Pointing) -> Setting:
    """Weigh the question's terms by their rarity among the candidates; ``pointing`` are the facts it concerns."""
    vocabulary = frozenset().union(*(c.analysed.stems for c in candidates))
    wordings = tuple(_spelled(term, wordings_of(term), vocabulary) for term in question.terms)
    counts = [sum(w.match(c.analysed.stems) for c in candidates) for w in wordings]
    # As text: dates with and without a time zone cannot be compared otherwise.
    dates = sorted({c.occurrence.date for c in candidates if c.occurrence.date}, key=datetime.isoformat)
    return Setting(
        weights=tuple(
            math.log(1 + (len(candidates) + 1) / (count + 0.5)) * (1.0 if is_key(term) else _FREE_WORD)
            for count, term in zip(counts, question.terms, strict=True)
        ),
        absent=tuple(
            not count and not question.topics_of(term) & pointing.told
            for count, term in zip(counts, question.terms, strict=True)
        ),
        wordings=wordings,
        surfaces=tuple(stems_of(term.surface) for term in question.terms),
        framing=tuple(wordings_of(term) for term in question.framing),
        dates={date: position / max(1, len(dates) - 1) for position, date in enumerate(dates)},
        asked_days=question.days | question.dates,
        pointing=pointing,
    )


def is_key(term: Term) -> bool:
    """Say whether a term is what the question is about: a clinical term, or what looks like a noun.

    Verbs, adverbs and adjectives of degree are reworded freely from a question to a record.
    """
    return term.kind != "word" or (len(term.surface) > 2 and not _VERBAL.search(term.surface.lower()))


def wordings_of(term: Term) -> Wordings:
    """Return the stems of a term and of its variants."""
    options = {_stems(text) for text in (term.surface, *term.variants)}
    return Wordings(
        singles=frozenset().union(*(option for option in options if len(option) == 1)),
        groups=tuple(sorted((option for option in options if len(option) > 1), key=sorted)),
    )


def _spelled(term: Term, wordings: Wordings, vocabulary: Stems) -> Wordings:
    """Take a word that the record does not hold for a typing error of one that it holds, when there is a near one."""
    if term.kind != "word" or wordings.match(vocabulary):
        return wordings
    nearest = correct(stem(fold(term.surface)), vocabulary)
    return Wordings(wordings.singles | {nearest}, wordings.groups) if nearest else wordings


def features(question: Question, candidate: Candidate, setting: Setting) -> tuple[float, ...]:
    """Return the features of a candidate, in the order of ``NAMES``."""
    analysed, section = candidate.analysed, candidate.occurrence.section_name
    recency = setting.dates.get(candidate.occurrence.date, 0.5) if candidate.occurrence.date else 0.5
    return (
        setting.coverage(analysed.stems),
        setting.exact_coverage(analysed.stems),
        setting.coverage(candidate.passage_stems),
        setting.coverage(candidate.context_stems | candidate.passage_stems),
        _share(setting.framing, analysed.stems),
        _earliness(setting, analysed.opening),
        candidate.engine,
        min(1.0, analysed.words / 40),
        float(analysed.words <= 3),
        recency,
        recency * ("last" in question.intents),
        float(bool(setting.asked_days and setting.asked_days & (analysed.days | _day(candidate)))),
        float(any(section in _SECTION_FOR_INTENT.get(intent, ()) for intent in question.intents)),
        float("correction" in analysed.marks),
        float("awaited" in analysed.marks),
        float("copied" in analysed.marks),
        float(len(candidate.passage.occurrences) > 1),
        float(analysed.unit.row),
        float(candidate.occurrence.kind in _PRESCRIBING and bool(question.intents & {"medication", "dose"})),
        float(section == "conclusion"),
        float(candidate.heads_only),
        float("identity" in analysed.marks),
        *(float(intent in question.intents and mark in analysed.marks) for intent, mark in _INTENT_MARKS),
        *setting.pointing.signs(candidate.occurrence.document_pk, (candidate.start, candidate.end)),
    )


@functools.lru_cache(maxsize=8192)
def _stems(text: str) -> Stems:
    """Return the stems of a variant; numbers take the form that ``normalise`` gives them."""
    words = (normalise(t.text) if any(map(str.isdigit, t.text)) else fold(t.text) for t in tokens(text))
    return frozenset(stem(word) for word in words)


def _share(groups: Sequence[Wordings], stems: Stems) -> float:
    return sum(group.match(stems) for group in groups) / len(groups) if groups else 0.0


def _earliness(setting: Setting, opening: Sequence[Stems]) -> float:
    """Say how early the first term stands in the unit: a label at its head is what the line is about."""
    for position, stems in enumerate(opening):
        if setting.any_term.match(stems):
            return 1.0 - position / len(opening)
    return 0.0


def _day(candidate: Candidate) -> frozenset[str]:
    date = candidate.occurrence.date
    return frozenset({f"{date:%m%d}", f"m{date:%Y%m}"}) if date else frozenset()
