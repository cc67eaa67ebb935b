"""Score one answer against one gold question: pure functions, no service, no file.

Every measure of a case is a pair (numerator, denominator); a figure over many cases is the ratio of
the sums. A measure that does not apply to a case has no pair there. ``docs/evaluation.md`` explains each.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import Answer, Citation
from evals.gold import GoldPatient, GoldQuestion, Span
from evals.matching import all_groups_found, fold, found, hits, missing_groups

MAX_WORDS = 150

_RECORD = "record:"
_SEVERE_CATEGORIES = {"allergie": "allergy", "medicament": "medication", "autre_patient": "identity"}
_DOSE = re.compile(r"\d\s*(?:mg|g|µg|μg|mcg|ui|ml|gy|cp|gouttes?|unites?)\b(?!/l)")
_SIDE = re.compile(r"\b(?:gauche|droite?)s?\b")

Pair = tuple[float, float]


@dataclass(frozen=True)
class QuestionScore:
    """What one answer is worth. None where a measure does not apply; strings are expected strings of the gold."""

    correct: bool | None
    cited: bool | None
    abstained_rightly: bool | None
    wrongly_abstained: bool | None
    awaited_rightly: bool | None
    forbidden: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    severe: str | None
    words: int
    citations: int
    precise_citations: int
    exact_quotes: int
    foreign_citations: int
    has_forbidden: bool

    def pairs(self) -> dict[str, Pair]:
        """Return each applicable measure as (numerator, denominator)."""
        flags = {
            "correct": self.correct,
            "cited": self.cited,
            "correct_and_cited": None if self.correct is None else bool(self.correct and self.cited),
            "wrongly_abstained": self.wrongly_abstained,
            "abstained_rightly": self.abstained_rightly,
            "awaited_rightly": self.awaited_rightly,
            "forbidden": bool(self.forbidden) if self.has_forbidden else None,
            "severe": self.severe is not None,
        }
        pairs: dict[str, Pair] = {name: (float(flag), 1.0) for name, flag in flags.items() if flag is not None}
        if self.citations:
            if self.correct is not None:
                pairs["citation_precision"] = (self.precise_citations, self.citations)
            pairs["quotes_exact"] = (self.exact_quotes, self.citations)
        pairs["foreign_citations"] = (self.foreign_citations, 1.0)
        pairs["words"] = (self.words, 1.0)
        return pairs


def score_answer(question: GoldQuestion, answer: Answer, patient: GoldPatient) -> QuestionScore:
    """Score an answer against a gold question of that patient."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    forbidden = hits(question.must_not_include, answer.answer)
    correct = _is_correct(question, answer, forbidden) if question.answerable else None
    rightly = None if question.answerable else answer.abstained and not forbidden
    return QuestionScore(
        correct=correct,
        cited=any(meets_evidence(c, question) for c in citations) if question.answerable else None,
        abstained_rightly=rightly,
        wrongly_abstained=answer.abstained if question.answerable else None,
        awaited_rightly=answer.outcome == "awaited" and not forbidden if question.awaited else None,
        forbidden=forbidden,
        missing=missing_groups(question.must_include, answer.answer),
        severe=severe_kind(question, forbidden),
        words=word_count(answer.answer),
        citations=len(citations),
        precise_citations=sum(_is_precise(citation, question) for citation in citations),
        exact_quotes=sum(is_exact(citation, patient) for citation in citations),
        foreign_citations=sum(is_foreign(citation, patient) for citation in citations),
        has_forbidden=bool(question.must_not_include),
    )


def meets_evidence(citation: Citation, question: GoldQuestion) -> bool:
    """Tell whether a citation, or another place of the same words, overlaps a piece of evidence."""
    places = list(_places(citation))
    return any(overlap(place, span) > 0 for e in question.evidence for span in e.spans for place in places)


def is_exact(citation: Citation, patient: GoldPatient) -> bool:
    """Tell whether a quote is exactly ``text[start:end]``, and its other places hold the same words.

    A citation of the administrative record is exact when the record holds the quote as a value.
    """
    if citation.document.startswith(_RECORD):
        return citation.quote in patient.administrative
    text = patient.texts.get(citation.document)
    if text is None or not citation.quote or text[citation.start : citation.end] != citation.quote:
        return False
    quote = fold(citation.quote)
    return all(fold(patient.texts.get(place.document, "")[place.start : place.end]) == quote for place in citation.also)


def is_foreign(citation: Citation, patient: GoldPatient) -> bool:
    """Tell whether a citation or one of its other places names a document that is not this patient's."""
    return any(
        document not in patient.texts and not document.startswith(_RECORD) for document, _, _ in _places(citation)
    )


def severe_kind(question: GoldQuestion, forbidden: tuple[str, ...]) -> str | None:
    """Return the kind of severe error (allergy, medication, identity, side, dose) that a forbidden string makes."""
    if not forbidden:
        return None
    if kind := _SEVERE_CATEGORIES.get(question.category):
        return kind
    said = [fold(variant) for variant in forbidden]
    if any(_SIDE.search(variant) for variant in said):
        return "side"
    return "dose" if any(_DOSE.search(variant) for variant in said) else None


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share; none when they are of different documents."""
    if one[0] != other[0]:
        return 0
    return max(0, min(one[2], other[2]) - max(one[1], other[1]))


def word_count(text: str) -> int:
    """Count the words of a text: runs of characters between white space that hold a letter or a digit."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _is_correct(question: GoldQuestion, answer: Answer, forbidden: tuple[str, ...]) -> bool:
    return (
        not answer.abstained
        and not forbidden
        and word_count(answer.answer) <= MAX_WORDS
        and all_groups_found(question.must_include, answer.answer)
    )


def _is_precise(citation: Citation, question: GoldQuestion) -> bool:
    expected = (variant for group in question.must_include for variant in group)
    return meets_evidence(citation, question) or any(found(variant, citation.quote) for variant in expected)


def _places(citation: Citation) -> Iterable[Span]:
    yield citation.document, citation.start, citation.end
    for place in citation.also:
        yield place.document, place.start, place.end
