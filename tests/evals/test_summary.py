"""The summary suite: what is expected comes from the gold letters, what is missing or shown wrongly is counted."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.overviews import Summary, SummarySection
from assistant.types import Citation, Sources, Statement
from evals.critical import Critical, critical_items
from evals.gold import load_gold
from evals.harness import run_task
from evals.suites.summary import CONTRADICTIONS, as_text, summary_case, summary_task
from tests.evals.quoting_service import QuotingService
from tests.evals.records import write_records

LETTER = {
    "items": [
        {"criterion": "allergies", "expect": [["pénicilline"], ["urticaire"]]},
        {"criterion": "resultats_en_attente", "expect": [["Holter"]]},
        {"criterion": "rendez_vous", "expect": [["14/04"]]},
        {"criterion": "traitement_sortie", "expect": [["ELIQUIS", "apixaban"], ["5 mg"], ["LANTUS"], ["paracétamol"]]},
    ],
    "traps": [{"must_not_include": ["68 kg"], "why": "poids déclaré"}],
}


@pytest.fixture
def critical(tmp_path: Path) -> Critical:
    return items(tmp_path, LETTER)


def items(folder: Path, letter: dict[str, Any]) -> Critical:
    """Write the small records, the first with a gold letter, and return what its summary is judged on."""
    write_records(folder)
    path = folder / "patient-01.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"letter": letter}), encoding="utf-8")
    return critical_items(load_gold(folder))[0]


def summary(*texts: str, title: str = "Tout") -> Summary:
    cited = Citation("A-D1", 0, 14, "Motif : chute.", "Note", "note", "2026-03-03")
    statements = tuple(Statement(text, "record", "supported", (cited,)) for text in texts)
    return Summary((SummarySection(title, statements),), "2026-03-04", Sources(2, "2026-03-03"))


COMPLETE = ("Allergie : pénicilline (urticaire).", "Holter : lecture à venir.", "ELIQUIS 5 mg", "LANTUS 16 UI")


def test_only_critical_items_are_expected(critical: Critical) -> None:
    assert [(item.id, item.groups) for item in critical.expected] == [
        ("patient-01/allergies", (("pénicilline",), ("urticaire",))),
        ("patient-01/resultats_en_attente", (("Holter",),)),
        ("patient-01/traitement_sortie/1", (("ELIQUIS", "apixaban"),)),
        ("patient-01/traitement_sortie/2", (("LANTUS",),)),
        ("patient-01/A-Q1", (("pénicilline",),)),
    ]
    assert [trap.strings for trap in critical.traps] == [("68 kg",)]


def test_a_complete_summary_passes(critical: Critical) -> None:
    case = summary_case(critical, summary(*COMPLETE), 0.1)
    assert case.passed
    assert case.measures["critical_omitted"] == (0, 5)
    assert case.measures["superseded_shown"] == (0, 1)
    assert case.measures["quotes_exact"] == (4, 4)


@pytest.mark.parametrize("left_out", range(len(COMPLETE)))
def test_each_omission_is_counted(critical: Critical, left_out: int) -> None:
    texts = [text for number, text in enumerate(COMPLETE) if number != left_out]
    case = summary_case(critical, summary(*texts), 0.1)
    assert case.verdict == "omission"
    assert case.measures["critical_omitted"][0] >= 1


@pytest.mark.parametrize(
    ("text", "title", "hit"),
    [
        ("Poids : 68 kg", "Dernières valeurs", True),
        ("Poids : 63 kg (11/02), et avant cela 68 kg (10/02)", "Dernières valeurs", False),
        ("Poids : 68 kg", CONTRADICTIONS, False),
        ("Poids : 168 kg", "Dernières valeurs", False),
    ],
)
def test_what_no_longer_holds_counts_where_it_is_said_to_hold(
    critical: Critical, text: str, title: str, hit: bool
) -> None:
    shown = summary(*COMPLETE)
    added = replace(shown, sections=(*shown.sections, *summary(text, title=title).sections))
    case = summary_case(critical, added, 0.1)
    assert (case.verdict == "trap") is hit
    assert case.measures["superseded_shown"] == (float(hit), 1)


def test_a_record_without_a_letter_expects_its_answers_only(tmp_path: Path) -> None:
    assert [item.criterion for item in items(tmp_path, {}).expected] == ["allergies"]


def test_the_text_says_silence(critical: Critical) -> None:
    silent = Summary((SummarySection("Résultats attendus", ()),), "", Sources(1, ""))
    assert as_text(silent) == "Résultats attendus\nLe dossier ne dit rien d'un résultat attendu."


def test_the_suite_runs_on_every_patient(tmp_path: Path) -> None:
    gold = load_gold(write_records(tmp_path / "records"))
    seen: list[tuple[int, int]] = []
    task = summary_task(gold, QuotingService(gold), lambda done, total: seen.append((done, total)))
    run = run_task(task, tmp_path / "report")
    assert [case.id for case in run.cases] == ["patient-01", "patient-02", "patient-03"]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert not run.broken


def test_the_contradictions_part_is_named_as_the_product_names_it() -> None:
    from assistant.summary.tables import parts

    assert CONTRADICTIONS in {part.title for part in parts()}
