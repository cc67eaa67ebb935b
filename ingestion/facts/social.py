"""Find the functional and social state: residence, help, autonomy, GIR, tobacco, alcohol, protection, occupation."""

import re
from dataclasses import replace

from ingestion.facts.clauses import in_section, is_heading, once, words_after, words_before
from ingestion.facts.concepts import Mention, fact_of, mentions
from ingestion.facts.phrases import phrase_in
from ingestion.facts.types import Fact, Line, Polarity, Source

_VALUE = re.compile(r"^\s*(?:\([^)]*\)\s*)?(?::|=)\s*(\S[^\n]*)")
_LABEL = re.compile(r"^\W*[^\W\d][^:;.]{0,30}:\s+")
_END = re.compile(r"\s{3,}|(?<=[\w\])])\.\s+(?=[A-ZÀ-Ý\[])|;|(?<=\S)\s\|")
_GIR = re.compile(r"(?i)GIR\s*:?\s*(\d(?:\s*[-/à]\s*\d)?)")
_OF_FAMILY = {"family", "residence", "help"}


def find_socials(source: Source) -> list[Fact]:
    """Return the social and functional state of the patient; ``name`` is the topic, ``value`` the words that say it."""
    found = (_fact(source, line, mention) for line, mention in mentions(source, "social"))
    return once(fact for fact in found if fact is not None)


def _fact(source: Source, line: Line, mention: Mention) -> Fact | None:
    if is_heading(line):
        return None
    before = _opened(line, words_before(source, line, mention.start), mention.start)
    rest, after = source.text[mention.end : line.end], words_after(source, line, mention.end)
    labelled = _VALUE.match(rest) if not before.strip(" -•*0123456789.)") else None
    clause = f"{before}{mention.label}{after}".strip()
    fact = fact_of("social", source, line, mention, {})
    if _is_nothing(fact, line, mention, before, labelled is not None) or phrase_in("social_other_things", clause):
        return None
    said = labelled[1] if labelled else f"{_LABEL.sub('', before)}{mention.label}{after}"
    polarity = _polarity(fact, mention, labelled[1] if labelled else "", clause)
    if phrase_in("social_no_behind", after):
        polarity = "negated"
    return replace(
        fact, name=mention.code, value=_value(said, mention), polarity=polarity, subject="patient", effective=""
    )


def _opened(line: Line, before: str, position: int) -> str:
    """Leave out the heading that the line opens with, and the cells before: "MDV : veuve" says "veuve"."""
    if line.section and line.start <= line.section.body <= position:
        before = before[-(position - line.section.body) :] if position > line.section.body else ""
    return re.split(r"\s{3,}", before)[-1]


def _is_nothing(fact: Fact, line: Line, mention: Mention, before: str, labelled: bool) -> bool:
    """Say whether a word tells nothing of the patient: a bare topic, a relative's life, a family history."""
    bare = phrase_in("social_bare", mention.label) and not re.search(r"\d enfants$", f"{before}{mention.label}")
    if bare and not labelled and fact.polarity == "affirmed":
        described = mention.code in {"tobacco", "alcohol"} and (
            before.strip(" -•") or not in_section(line, "traitement")
        )
        if not described and not in_section(line, "mode_de_vie", "statut_fonctionnel"):
            return True
    if fact.subject == "family" and mention.code not in _OF_FAMILY:
        return True
    if re.match(r"(?i)habite|r[ée]side|vit\b", mention.label) and phrase_in("social_kin_lives", before):
        return True
    return mention.code == "family" and in_section(line, "antecedents_familiaux")


def _value(words: str, mention: Mention) -> str:
    """Return the words that say it: a figure for GIR, else the cell or the clause, without its bullet."""
    if mention.code == "gir":
        match = _GIR.search(f"{mention.label} {words}")
        return match[1] if match else words[:40].strip()
    return _END.split(words.lstrip("-•*: "))[0].strip(" .,:")


def _polarity(fact: Fact, mention: Mention, labelled: str, clause: str) -> Polarity:
    if phrase_in("social_no", labelled):
        return "negated"
    if mention.code in {"tobacco", "alcohol", "drugs", "driving"}:
        if phrase_in("social_since_admission", clause):
            return "affirmed"
        if phrase_in("social_never", clause):
            return "negated"
    if (
        labelled
        and not re.match(r"(?i)\W*(?:\[x\] ?)?oui\b", labelled)
        and fact.polarity == "negated"
        and "[" not in labelled
    ):
        return "affirmed"
    return fact.polarity
