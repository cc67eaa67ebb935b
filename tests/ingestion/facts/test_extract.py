"""The chain of extractors: over every document, whatever it holds, and fast."""

import functools
import json
import time
from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.facts.extract import extract
from ingestion.facts.standing import Standing, standing_of, state_of
from ingestion.facts.types import Fact
from ingestion.sections import find_sections
from ingestion.types import Document
from tests.ingestion.stores import RECORDS

SLOWEST = 1.0
"""Seconds for any one document: a rule that backtracks without end takes more."""

MONSTROUS = 15.0
"""Seconds for 10,000 characters without a line end, made to cost as much as they can."""

AT_LEAST = 10.0
"""Documents a second on a machine that runs other tests; ``bench.extraction`` measures the target of 25."""

WRITTEN = datetime(2025, 2, 14, 9)
_SAMPLE = (
    "ATCD : HTA ELIQUIS 5 mg x2/j (le 12/02) arrêt de pas d' allergie à la pénicilline K+ 6,1 mmol/L ; | 1-0-1-0 [x] "
    "oui [ ] non \n \n\n J2 - sœur : suspicion d’ EP éliminée PTH droite réf. 12-A E. coli BLSE en attente RDV GIR 4 2 "
    "CGR TDM thoracique Conclusion ==== TA 120/80 T° 38,2"
)
WORDS = st.sampled_from(sorted(set(_SAMPLE.split(" "))))


@functools.cache
def found() -> dict[str, tuple[Document, tuple[Fact, ...], float]]:
    """Extract every document of the demonstration hospital: its facts, and the seconds taken."""
    paths = sorted(RECORDS.glob("patient-*.json"))
    documents = [item for path in paths for item in _documents(path.read_text(encoding="utf-8"))]
    for document in documents[:10]:
        _timed(document)  # tables are read, and rules compiled, at the first words that need them
    return {document.id: (document, *_timed(document)) for document in documents}


def _documents(content: str) -> list[Document]:
    return [
        Document(
            id=item["id"],
            sha256="",
            kind=item["kind"],
            title=item["title"],
            date=datetime.fromisoformat(item["date"]),
            author=None,
            service=None,
            stay=None,
            text=item["text"],
            format="dossier",
        )
        for item in json.loads(content)["documents"]
    ]


def _timed(document: Document) -> tuple[tuple[Fact, ...], float]:
    start = time.perf_counter()
    facts = extract(document.text, document.kind, document.date, find_sections(document.text))
    return facts, time.perf_counter() - start


def assert_well_formed(text: str, facts: tuple[Fact, ...]) -> None:
    """Check what every reader of facts relies on; a message names a place, not words."""
    for fact in facts:
        where = f"{fact.kind} {fact.start}:{fact.end}"
        quote = text[fact.start : fact.end]
        assert 0 <= fact.start < fact.end <= len(text), where
        assert quote == quote.strip(), where
        assert fact.name, where
        assert fact.header is None or 0 <= fact.header[0] < fact.header[1] <= fact.start, where
        assert len(dict(fact.details)) == len(fact.details), where
        assert all(value for _, value in fact.details), where
        assert not fact.effective or _is_moment(fact.effective), f"{where} {fact.effective}"
    assert list(facts) == sorted(facts, key=lambda fact: (fact.start, fact.end, fact.kind, fact.name))
    assert [count for count in Counter(facts).values() if count > 1] == []


def _is_moment(written: str) -> bool:
    return any(_parses(written, form) for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M"))


def _parses(written: str, form: str) -> bool:
    try:
        return datetime.strptime(written, form).strftime(form) == written
    except ValueError:
        return False


@pytest.mark.parametrize("patient", sorted(path.stem for path in RECORDS.glob("patient-*.json")))
def test_every_fact_lies_in_the_text_of_its_document(patient: str) -> None:
    documents = _documents((RECORDS / f"{patient}.json").read_text(encoding="utf-8"))
    for document in documents:
        assert_well_formed(document.text, found()[document.id][1])


def test_every_kind_is_found() -> None:
    kinds = Counter(fact.kind for _, facts, _ in found().values() for fact in facts)
    assert len(kinds) == 13
    assert kinds["medication"] > 1000
    assert kinds["measurement"] > 1500


def test_extraction_is_fast() -> None:
    seconds = [spent for _, _, spent in found().values()]
    assert max(seconds) < SLOWEST
    assert len(seconds) / sum(seconds) > AT_LEAST


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=60).map(" ".join))
def test_any_words_give_facts_that_lie_in_them(text: str) -> None:
    assert_well_formed(text, extract(text, "note", WRITTEN, find_sections(text)))


@pytest.mark.parametrize(
    "line", ["a", "- ", "1 ", "| ", "mg, ", "de la ", "(", "12/02 ", "ELIQUIS ", "K+ 4 ", "HTA ", "K+ 4   ", "pas "]
)
def test_a_monstrous_line_costs_no_hour(line: str) -> None:
    start = time.perf_counter()
    extract(line * (10_000 // len(line)), "note", WRITTEN, ())
    assert time.perf_counter() - start < MONSTROUS


def test_a_document_without_date_or_section_is_read() -> None:
    facts = extract("Allergie à la pénicilline.\nK+ 4,4 mmol/L.\nELIQUIS 5 mg matin et soir.", "note", None, ())
    assert {"allergy", "measurement", "medication"} <= {fact.kind for fact in facts}


# --- what a document says of itself ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("LABORATOIRE\nEDITION PROVISOIRE - validation partielle\nNa 140", Standing("provisional")),
        ("Compte rendu définitif du 12/02\nNa 140", Standing("final")),
        ("Statut : [x] provisoire [ ] définitif", Standing("provisional")),
        ("Statut : [ ] provisoire [x] définitif", Standing("final")),
        ("Statut : ☐ provisoire ☒ définitif", Standing("final")),
        ("NFS du 12/02 : Hb 11", Standing()),
        ("Annule et remplace l'édition du 12/02/2025", Standing("final", "2025-02-12")),
        ("ANNULE ET REMPLACE LE COMPTE RENDU DU 30.12", Standing("final", "2024-12-30")),
        ("Ce résultat complète et remplace l’édition provisoire du 3 février", Standing("final", "2025-02-03")),
        ("Feuille de prescription (annule la feuille du 13/02)", Standing("final", "2025-02-13")),
        ("Cette ordonnance annule et remplace la précédente ordonnance.", Standing("final", "previous")),
        ("ce courrier annule et remplace le courrier ci-joint.", Standing("final", "previous")),
        ("Annule et remplace la conclusion du 10/02.", Standing("final", "2025-02-10", part=True)),
        ("rectifie le compte-rendu du 10/02/25", Standing("final", "2025-02-10")),
        ("AMLODIPINE remplace COVERSYL depuis le 10/02", Standing()),
        ("Rendez-vous annulé. Dossier SMR annulé.", Standing()),
        (f"{'Note. ' * 150}Résultat provisoire du laboratoire.", Standing()),
    ],
)
def test_what_a_document_says_of_itself(text: str, standing: Standing) -> None:
    assert standing_of(text, date(2025, 2, 14)) == standing


def test_without_its_own_date_a_document_replaces_the_previous_one() -> None:
    assert standing_of("Annule et remplace l'édition du 12/02", None).replaces == "previous"


@pytest.mark.parametrize(
    ("heading", "state"),
    [("TEST RAPIDE (20.10, PROVISOIRE)", "provisional"), ("Résultat définitif (22.10)", "final"), ("Conclusion", "")],
)
def test_the_state_of_a_section(heading: str, state: str) -> None:
    assert state_of(heading) == state


def test_a_section_may_be_provisional_in_a_document_that_ends_final() -> None:
    text = "EXAMEN DIRECT (PROVISOIRE)\n----\nE. coli\n\nCULTURE (DÉFINITIF)\n----\nE. coli\n"
    facts = [fact for fact in extract(text, "resultats", WRITTEN, find_sections(text)) if fact.kind == "microorganism"]
    assert [fact.detail("standing") for fact in facts] == ["provisional", "final"]


def test_what_is_copied_says_so() -> None:
    text = "Rappel (note du 12/02, copiée) :\nHTA, sous ELIQUIS.\n\nCe jour : BPCO.\n\nRAPPEL (COPIÉ)\n====\nDiabète.\n"
    problems = [f for f in extract(text, "note", WRITTEN, find_sections(text)) if f.kind == "problem"]
    assert [(fact.label, fact.detail("copied")) for fact in problems] == [
        ("HTA", "true"),
        ("BPCO", ""),
        ("Diabète", "true"),
    ]
