"""The gold of facts and its suite: verbatim quotes, a perfect score on itself, planted errors noticed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals import fact_matching
from evals.cli import main
from evals.errors import GoldError
from evals.fact_gold import ANNOTATIONS, KINDS, AnnotatedPatient, FactGold, GoldFact, load_fact_gold
from evals.gold import Gold, load_gold
from evals.suites.facts import fact_cases, run_facts
from evals.types import Case
from evals.workspace import workspace_over
from ingestion.facts.types import Fact, StoredFact

RECORDS = Path(__file__).parents[2] / "demo" / "records"
HEAD = "# documents: A-D1\n# documents allergy: A-D2\ndocument\tkind\tname\tvalue\tunit\tevent\tquote\n"
EVENTS = {"withheld": "not_given"}


@pytest.fixture(scope="module")
def shipped() -> FactGold:
    return load_fact_gold(load_gold(RECORDS))


def test_the_shipped_annotations_are_verbatim_and_of_both_splits(shipped: FactGold) -> None:
    for annotated in shipped.patients:
        for item in annotated.items:
            document, start, end = item.span
            line = _line(annotated, item)
            assert annotated.patient.texts[document][start:end] == line.rsplit("\t", 1)[-1]
    splits = [annotated.patient.split for annotated in shipped.patients]
    assert (splits.count("tune"), splits.count("test")) == (5, 3)
    assert {item.kind for annotated in shipped.patients for item in annotated.items} == set(KINDS)
    assert shipped.summary["items"] == sum(_counted(annotated) for annotated in shipped.patients)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A-D1\tallergy\tpénicilline\t\t\t\tAllergie : amoxicilline", "citation"),
        ("A-D1\tallergy\tpénicilline\t\t\t\te", "citation"),
        ("A-D9\tallergy\tpénicilline\t\t\t\tAllergie", "document"),
        ("A-D2\tmedication\tpénicilline\t\t\t\tAllergie", "genre"),
        ("A-D1\tweight\tpoids\t61\tkg\t\t61 kg", "genre"),
        ("A-D1\tallergy\t\t\t\t\tAllergie", "champ"),
    ],
)
def test_a_malformed_item_is_refused(gold: Gold, tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "patient-01.tsv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=said):
        load_fact_gold(gold, tmp_path)


def test_records_that_nobody_annotated_are_refused(records: Path, gold: Gold, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="Aucune annotation"):
        load_fact_gold(gold, tmp_path)
    assert main(["run", "facts", "--records", str(records), "--output", str(tmp_path / "report")]) == 2


def test_the_gold_scores_perfect_on_itself(shipped: FactGold) -> None:
    for annotated in shipped.patients:
        cases = list(fact_cases(annotated, list(_own_facts(annotated))))
        assert _ratio(cases, "fact_recall") == _ratio(cases, "fact_precision") == _ratio(cases, "fact_date") == 1
        assert all(case.passed for case in cases)
        assert sum("fact_recall" in case.measures for case in cases) == _counted(annotated)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("measurement", {"value": "987654"}),
        ("measurement", {"unit": "parsec"}),
        ("measurement", {"name": "weight_of_the_moon"}),
        ("medication", {"value": "987654", "details": ()}),
        ("medication", {"polarity": "negated"}),
        ("medication", {"name": "placebo"}),
        ("allergy", {"polarity": "negated"}),
        ("allergy", {"name": "placebo"}),
        ("awaited", {"name": "zzz", "label": "zzz"}),
    ],
)
def test_a_planted_error_is_noticed(shipped: FactGold, kind: str, change: dict[str, object]) -> None:
    annotated, item = _first(shipped, kind)
    wrong = [_changed(fact, item, change) for fact in _own_facts(annotated)]
    cases = {case.id: case for case in fact_cases(annotated, wrong)}
    assert not cases[item.id].passed
    if change.get("name") != "weight_of_the_moon":  # what is no laboratory value is not judged
        assert sum(not case.passed for case in cases.values() if "fact_precision" in case.measures) == 1


def test_a_medicine_stopped_is_not_one_started(shipped: FactGold) -> None:
    annotated, item = _first(shipped, "medication", "stopped")
    facts = [_changed(fact, item, {"details": (("event", "started"),)}) for fact in _own_facts(annotated)]
    failed = [case for case in fact_cases(annotated, facts) if not case.passed]
    assert [case.verdict for case in failed] == ["manqué", "de trop"]
    silent = [_changed(fact, item, {"details": ()}) for fact in _own_facts(annotated)]
    assert [case.verdict for case in fact_cases(annotated, silent) if not case.passed] == ["manqué"]


def test_a_missing_fact_lowers_recall_alone(shipped: FactGold) -> None:
    annotated, item = _first(shipped, "measurement")
    kept = [fact for fact in _own_facts(annotated) if fact.fact.label != item.id]
    cases = list(fact_cases(annotated, kept))
    assert _ratio(cases, "fact_precision") == 1
    assert _ratio(cases, "fact_recall") < 1


@pytest.mark.parametrize(
    "fact",
    [
        Fact("measurement", "systolic", "TA", 0, 9, "120", "mmHg"),
        Fact("measurement", "crp", "CRP", 0, 9, "normale"),
        Fact("medication", "ains", "AINS", 0, 9),
        Fact("medication", "insuline", "insuline", 0, 9, subject="family"),
        Fact("awaited", "*", "aucun", 0, 9, polarity="negated"),
        Fact("problem", "chute", "chute", 0, 9),
    ],
    ids=lambda fact: f"{fact.kind}-{fact.name}",
)
def test_what_the_gold_does_not_annotate_is_not_judged(fact: Fact) -> None:
    assert not fact_matching.counts(_stored(fact, "D"))


@pytest.mark.parametrize(
    ("said", "expected", "same"),
    [
        (("2 340", ""), ("2340", ""), True),
        (("7,50", "mg"), ("7.5", "mg"), True),
        (("5", "mg"), ("5", "mg/kg"), True),
        (("98", "micromoles"), ("98", "µmol/L"), True),
        (("4000", "unités"), ("4000", "UI"), True),
        (("98", "µmol/L"), ("98", "mmol/L"), False),
        (("75", "µg"), ("75", "mg"), False),
        (("<5", "mg/L"), ("5", "mg/L"), True),
    ],
)
def test_figures_and_units_meet(said: tuple[str, str], expected: tuple[str, str], same: bool) -> None:
    item = GoldFact("i", "measurement", "créat", (expected[0],), expected[1], (), ("D", 0, 9), tolerated=False)
    fact = Fact("measurement", "creatinine", "créat", 3, 20, *said)
    assert fact_matching.found(_stored(fact, "D"), item) is same
    assert not fact_matching.found(_stored(fact, "E"), item)


def test_tablets_are_no_dose() -> None:
    item = GoldFact("i", "medication", "LASILIX", ("40",), "mg", (), ("D", 0, 9), tolerated=False)
    details = (("strength", "40 mg"), ("intake", "2 cp"))
    assert fact_matching.found(
        _stored(Fact("medication", "furosemide", "", 0, 9, "2", "cp", details=details), "D"), item
    )
    assert not fact_matching.found(_stored(Fact("medication", "furosemide", "", 0, 9, "2", "mg"), "D"), item)


def test_what_the_product_stores_is_compared(gold: Gold, tmp_path: Path) -> None:
    rows = "A-D1\tallergy\tpénicilline\t\t\t\tpénicilline (urticaire)\nA-D1\tmedication\tLASILIX\t40\tmg\t\tMotif\n"
    (tmp_path / "patient-01.tsv").write_text(HEAD + rows, encoding="utf-8")
    annotated = load_fact_gold(gold, tmp_path)
    with workspace_over(annotated.gold, lambda _done, _total: None) as workspace:
        run = run_facts(annotated, workspace, lambda _done, _total: None)
    verdicts = [(case.category, case.verdict) for case in run.cases]
    # The allergy of A-D2, of which the gold says nothing, is not in it.
    assert verdicts == [
        ("allergy", "trouvé"),
        ("medication", "manqué"),
        ("allergy", "juste"),
        ("allergy", "de trop"),
    ]


def _own_facts(annotated: AnnotatedPatient) -> Iterator[StoredFact]:
    """Yield the facts of an extractor that would say what the gold does; each label is the id of its item."""
    for item in annotated.items:
        if item.tolerated:
            continue
        document, start, end = item.span
        name = item.name if item.kind == "awaited" else min(fact_matching.names(item.kind, item.name))
        day = item.events[0] if item.kind == "measurement" and item.events else ""
        event = item.events[0] if item.kind == "medication" and item.events else ""
        fact = Fact(
            item.kind,
            name,
            item.id,
            start,
            end,
            item.values[0],
            item.unit,
            polarity="negated" if "negated" in item.events else "affirmed",
            effective=day,
            details=(("event", EVENTS.get(event, event)),),
        )
        yield _stored(fact, document)


def _stored(fact: Fact, document: str) -> StoredFact:
    return StoredFact(fact, document, 1, "note", "Note", None)


def _changed(stored: StoredFact, item: GoldFact, change: dict[str, object]) -> StoredFact:
    if stored.fact.label != item.id:
        return stored
    return replace(stored, fact=replace(stored.fact, **change))  # type: ignore[arg-type]


def _first(fact_gold: FactGold, kind: str, event: str = "") -> tuple[AnnotatedPatient, GoldFact]:
    """Return an item of a kind whose place holds no other of its name."""
    for annotated in fact_gold.patients:
        for item in annotated.items:
            events = (event,) if event else ()
            told = bool(item.values[0]) or kind in ("allergy", "awaited") or bool(event)
            alone = not any(_meet(item, other) for other in annotated.items if other is not item)
            if told and alone and (item.kind, item.events, item.tolerated) == (kind, events, False):
                return annotated, item
    raise AssertionError(kind)


def _meet(one: GoldFact, other: GoldFact) -> bool:
    (document, start, end), (second, first, last) = one.span, other.span
    return document == second and one.kind == other.kind and start < last and first < end


def _counted(annotated: AnnotatedPatient) -> int:
    return sum(not item.tolerated for item in annotated.items)


def _ratio(cases: Sequence[Case], name: str) -> float:
    pairs = [case.measures[name] for case in cases if name in case.measures]
    return sum(pair[0] for pair in pairs) / sum(pair[1] for pair in pairs) if pairs else 1.0


def _line(annotated: AnnotatedPatient, item: GoldFact) -> str:
    """Return the line of an item in its file, found by its number."""
    lines = (ANNOTATIONS / f"{annotated.patient.name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and line[0] != "#"]
    return rows[int(item.id.rsplit("-", 1)[-1])]
