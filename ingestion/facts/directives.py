"""Find the wishes of the patient and the decisions on the level of care."""

import re
from dataclasses import replace

from ingestion.facts.clauses import once, words_after
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.plain import plain
from ingestion.facts.types import Fact, Line, Polarity, Source

_VALUE = re.compile(r"^[^.;:\n(]{0,40}?(?::|=|\best\b|\bd[ée]sign[ée]e?\b(?: :)?)\s*(\S[^\n]*)", re.I)
_BRACKETED = re.compile(r"^\s*\(([^)\n]{3,80})\)")
# Who is named before the title: "Mari = personne de confiance", "Mme X, personne de confiance".
_NAMED_BEFORE = re.compile(
    r"(?:^|[(;]|[-•:]\s|\.\s)([^.;:()\n]*(?:\b(?:M|Mr|Dr)\.[^.;:()\n]*)??)"
    r"\s*(?:=|,|:|\best\b|\bcomme\b)\s*(?:la |sa |une )?$"
)
_END = re.compile(r"\s{3,}|(?<!\bM)(?<!\bDr)(?<!\bMr)\.\s+(?=[A-ZÀ-Ý])|;|\s\|\s")
_PERSONS = {"trusted_person", "contact_person"}
_LEVELS = {"limitation_of_care", "not_resuscitate"}  # a relative named beside them was told, or asked
_DENIES = re.compile(r"(?:pas|ni|ne|non)(?![a-z])")
_ANSWERED = re.compile(r"\s*[:=?\[(☐☑☒□]")
_RESUSCITATION = re.compile(r"(?:pas|ni)(?: d\w+| mesures?)* rea")
# Where "pas de réanimation" tells of care that was not needed: a birth, a stay, a collapse before help came.
_NOT_NEEDED = re.compile(
    r"(?<![a-z])(?:apgar|naissance|ne a|nee a|nouveau-ne|accouche\w*|cordon|cesarienne|salle de \w+|sans passage"
    r"|sejour simple|temoins?|no[- ]flow|low[- ]flow|post-?op\w*|suites (?:simples|operatoires))(?![a-z])"
)


def find_directives(source: Source) -> list[Fact]:
    """Return the directives of a document; ``name`` is the topic, ``value`` what the document says of it, as written.

    "negated" when there are none ("pas de directives anticipées"), "hypothetical" when they are not known.
    """
    return once(
        _fact(source, line, mention)
        for line, mention in mentions(source, "directives")
        if not (_RESUSCITATION.match(plain(mention.label)) and _NOT_NEEDED.search(plain(source.words(line))))
    )


def _fact(source: Source, line: Line, mention: Mention) -> Fact:
    fact = fact_of("directive", source, line, mention, {})
    rest = source.text[mention.end : line.end]
    value = _value(source, line, mention)
    polarity = _polarity(fact, rest)
    subject = "patient" if mention.code in _LEVELS and fact.subject == "family" else fact.subject
    if mention.code in _PERSONS:
        subject = "patient"
        if value and not phrase_in("wish_no", value) and not phrase_in("wish_unknown", value):
            polarity = "affirmed"
    return replace(fact, name=mention.code, value=value, polarity=polarity, subject=subject, certainty="certain")


def _value(source: Source, line: Line, mention: Mention) -> str:
    """Return what is said of the topic: who is named, before or after, else what stands behind the colon."""
    rest = source.text[mention.end : line.end]
    said = _VALUE.match(rest)
    if mention.code in _PERSONS:
        before = _NAMED_BEFORE.search(source.text[line.start : mention.start])
        bracketed = _BRACKETED.match(rest)
        if before and before[1].strip():
            return ", ".join(part.strip(" -•") for part in (before[1], bracketed[1] if bracketed else "") if part)
        if bracketed and not said:
            return bracketed[1]
    return _END.split(said[1] if said else words_after(source, line, mention.end))[0].strip(" .:,")


def _polarity(fact: Fact, rest: str) -> Polarity:
    """Return how a directive is meant; one that is worded as a denial ("pas de réanimation") is no denial of itself."""
    if _DENIES.match(plain(fact.label)) and not _ANSWERED.match(rest):
        open_question = fact.polarity == "hypothetical" or phrase_in("wish_unknown", rest[:60])
        return "hypothetical" if open_question else "affirmed"
    if phrase_in("wish_unknown", rest[:60]):
        return "hypothetical"
    if phrase_in("wish_no", rest[:60].lstrip(" :")):
        return "negated"
    return "affirmed" if phrase_in("wish_yes", rest.lstrip(" :")) else fact.polarity
