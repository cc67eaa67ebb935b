"""Find diseases, symptoms, history, diagnoses and complications, of the patient and of the family."""

from collections.abc import Iterator
from functools import cache

from ingestion.facts.clauses import in_section, is_heading, once
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.context import relative_of, since_of
from ingestion.facts.items import items
from ingestion.facts.phrases import phrase_in
from ingestion.facts.types import Fact, Line, Source
from ingestion.lexicon.tables import synonym_groups
from ingestion.normalise import fold

_ROLES = {
    "antecedents": "history",
    "antecedents_familiaux": "history",
    "motif": "reason",
    "hypotheses": "diagnosis",
    "conclusion": "diagnosis",
    "histoire": "diagnosis",
}
_LISTS = ("antecedents", "hypotheses", "motif", "conclusion")


def find_problems(source: Source) -> list[Fact]:
    """Return the diseases and symptoms of a document, and the items of its lists of problems that no table knows.

    ``role`` is history, reason, diagnosis, symptom or complication; ``relative`` the one who has it, as written.
    """
    return once((*_known(source), *_listed(source)))


def _known(source: Source) -> Iterator[Fact]:
    for table in ("problems", "symptoms"):
        for line, mention in mentions(source, table):
            if not is_heading(line):
                yield _fact(source, line, mention, table)


def _listed(source: Source) -> Iterator[Fact]:
    """Yield the items of lists of problems in which nothing is known by name: what is written is the name."""
    for line in source.lines:
        if in_section(line, *_LISTS) and not line.row and not is_heading(line):
            for start, end in items(source, line):
                label = source.text[start:end]
                name = _synonyms().get(fold(label), fold(label))
                yield _fact(source, line, Mention("listed", name, label, start, end), "problems")


@cache
def _synonyms() -> dict[str, str]:
    """Return, for each form of the lexicon's groups of synonyms, the first form of its group; both folded."""
    groups = (group.forms for group in synonym_groups() if group.kind == "same")
    return {fold(form): fold(forms[0]) for forms in groups for form in forms}


def _fact(source: Source, line: Line, mention: Mention, table: str) -> Fact:
    details = {
        "role": _role(source, line, mention, table),
        "relative": relative_of(source, line, mention.start, mention.end),
        "since": since_of(source, line, mention.start, mention.end),
    }
    return fact_of("problem", source, line, mention, details)


def _role(source: Source, line: Line, mention: Mention, table: str) -> str:
    before = source.text[max(line.start, mention.start - 90) : mention.start]
    if relative_of(source, line, mention.start, mention.end):
        return "history"
    if phrase_in("problem_complication", before):
        return "complication"
    if phrase_in("problem_reason", before):
        return "reason"
    if phrase_in("problem_history", before):
        return "history"
    section = _ROLES.get((line.section.name or "") if line.section else "")
    if section == "diagnosis" or section is None:
        return "symptom" if table == "symptoms" else "diagnosis"
    return section
