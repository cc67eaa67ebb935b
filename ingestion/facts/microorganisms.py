"""Find germs, where they were found, their resistance, and carriages of resistant bacteria (BMR, BHRe)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.facts.carriages import carriage_of, outcome_of
from ingestion.facts.clauses import once, words_after, words_before
from ingestion.facts.concepts import Mention, concepts_in, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.specimens import site_of
from ingestion.facts.types import Fact, Line, Source

_SENTENCE_END = re.compile(r"[;\n]|\.(?=\s+[A-ZÀ-Ý])")
_RESISTANT = re.compile(r"(?i)r[ée]sistante?s? (?:à l['’]|à la |à |aux? )([^,;.:()]{3,60})")
_MARKED = re.compile(
    r"((?:[A-ZÀ-Ý]?[a-zà-ÿ]{2,}|[A-Z]{3,})(?:[ .+-]+(?:ac\.? ?)?[a-zà-ÿ]{4,})*)\s*:?\s*\(?R\)?(?=[\s,;.|)]|$)"
)
_TABLED = re.compile(r"^\s*[-|]?\s*([A-ZÀ-Ý][\w .,/+-]{3,40}?)\s*(?:\||\s{3,}|:)\s*R\b")


def find_microorganisms(source: Source) -> list[Fact]:
    """Return the germs and carriages of a document, found or looked for in vain; awaited results are left out.

    ``role`` is infection, screening or contaminant; ``bmr`` is "true" or "false" where the document says so. A
    screening that was not made is named "depistage", with the value "not_done".
    """
    by_line: dict[Line, list[Mention]] = {}
    for line, mention in mentions(source, "microorganisms"):
        if not phrase_in("germ_other", source.words(line)):
            by_line.setdefault(line, []).append(mention)
    return once(fact for line, found in by_line.items() for fact in _facts(source, line, found))


def _facts(source: Source, line: Line, found: Sequence[Mention]) -> Iterator[Fact]:
    """Yield the carriages that a line says by themselves, then its germs with the resistance said beside them."""
    germs = [mention for mention in found if not _is_carriage(mention)]
    carriages = [mention for mention in found if _is_carriage(mention)]
    denied = False
    for mention in carriages:
        fact = carriage_of(source, line, mention)
        denied = denied or (fact is not None and fact.polarity == "negated")
        if fact is not None and not (germs and fact.polarity == "affirmed" and fact.name != "depistage"):
            yield fact
    for position, mention in enumerate(germs):
        following = germs[position + 1].start if position + 1 < len(germs) else line.end
        traits = [one.label for one in carriages if _qualifies(source, line, mention, one, following)]
        if fact := _germ(source, line, mention, tuple(dict.fromkeys(traits)), denied):
            yield fact


def _is_carriage(mention: Mention) -> bool:
    return mention.code.startswith("carriage_")


def _qualifies(source: Source, line: Line, germ: Mention, carriage: Mention, following: int) -> bool:
    """Say whether a carriage tells the resistance of a germ: near it, and not denied ("E. coli BLSE")."""
    behind = germ.end <= carriage.start < min(following, germ.end + 40)
    beside = behind or carriage.end <= germ.start < carriage.end + 8
    return beside and fact_of("microorganism", source, line, carriage, {}).polarity == "affirmed"


def _germ(source: Source, line: Line, mention: Mention, traits: Sequence[str], denied: bool) -> Fact | None:
    before, after = words_before(source, line, mention.start), words_after(source, line, mention.end)
    outcome = _outcome(source, line, mention) if mention.code.startswith("test_") else "none asked"
    if phrase_in("germ_awaited", after) or not outcome:
        return None
    words = source.words(line)
    screening = "screening" if phrase_in("germ_screening", words) else "infection"
    details = {
        "site": site_of(source, line, mention),
        "resistance": ", ".join((*traits, *_resistances(source, line, mention))),
        "role": "contaminant" if phrase_in("germ_contaminant", words) else screening,
        "bmr": "true" if traits else "false" if denied else "",
    }
    fact = fact_of("microorganism", source, line, mention, details)
    if fact.polarity != "affirmed":
        return fact
    if outcome == "no" or phrase_in("germ_listed_no", source.text[mention.end : line.end]):
        return replace(fact, polarity="negated")
    return fact if outcome == "yes" else replace(fact, polarity=outcome_of(fact, before, after))


def _outcome(source: Source, line: Line, mention: Mention) -> str:
    """Return the first outcome behind a test ("yes", "no"), or an empty string: one may serve several tests."""
    reach = _SENTENCE_END.split(source.text[mention.end : line.end])[0]
    found = [(match.start(), answer) for answer in ("yes", "no") if (match := phrase_in(f"germ_{answer}", reach))]
    # "non détecté" holds "détecté": the denial starts first.
    return min(found)[1] if found else ""


def _resistances(source: Source, line: Line, mention: Mention) -> list[str]:
    """Return the antibiotics said resistant after a germ: in words, by letters, or in the table below."""
    germs = (one.start for one in concepts_in(source.text, "microorganisms") if not _is_carriage(one))
    following = next((start for start in germs if start > mention.start), len(source.text))
    words = source.text[mention.end : min(line.end, following)]
    found = [match[1].strip() for pattern in (_RESISTANT, _MARKED) for match in pattern.finditer(words)]
    for one in source.lines:
        below = line.end < one.start < following and one.section == line.section
        if below and (match := _TABLED.match(source.words(one))):
            found.append(match[1].strip())
    return list(dict.fromkeys(found))
