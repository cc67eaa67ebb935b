"""Facts: does the record hold what its documents say, and nothing else?

Source: ``evals/annotations``, annotated from documents of ``demo/records`` (CC0), not reviewed by a clinician. Two
examples, of patient-01:

    K 6,1 ce matin = hémolyse, contrôle 4,4     two items: potassium 6,1 and potassium 4,4
    ARRET AUGMENTIN ce jour                     one item: amoxicilline and clavulanic acid, stopped

Recall counts the items found, precision the facts right among those that stand in annotated documents; the day of a
measurement is a measure of its own. Each item and each fact that was extracted is a case.
"""

from collections.abc import Iterator, Sequence

from assistant.access import allow
from assistant.bootstrap import Workspace
from assistant.types import LOCAL
from evals import fact_matching
from evals.fact_gold import KINDS, AnnotatedPatient, FactGold, GoldFact
from evals.types import Advance, Case, Pair, SuiteRun
from ingestion.facts.types import StoredFact


def run_facts(fact_gold: FactGold, workspace: Workspace, advance: Advance) -> SuiteRun:
    """Compare the facts that a workspace holds with those annotated."""
    cases: list[Case] = []
    for number, annotated in enumerate(fact_gold.patients, 1):
        access = allow(workspace.record, LOCAL, annotated.patient.ipp)
        pks = [row.pk for row in access.documents if row.id in annotated.documents]
        stored = workspace.record.facts(pks, KINDS)
        cases += fact_cases(
            annotated, [fact for fact in stored if fact.fact.kind in annotated.documents[fact.document]]
        )
        advance(number, len(fact_gold.patients))
    return SuiteRun("facts", tuple(cases))


def fact_cases(annotated: AnnotatedPatient, stored: Sequence[StoredFact]) -> Iterator[Case]:
    """Yield a case for each item of the gold, then one for each fact of the annotated documents."""
    facts = [fact for fact in stored if fact_matching.counts(fact)]
    for item in annotated.items:
        if not item.tolerated:
            yield _item_case(annotated, item, facts)
    for number, fact in enumerate(facts, 1):
        items = [item for item in annotated.items if fact_matching.right(fact, item)]
        if not items or not all(item.tolerated for item in items):
            yield _fact_case(annotated, number, fact, right=bool(items))


def _item_case(annotated: AnnotatedPatient, item: GoldFact, facts: Sequence[StoredFact]) -> Case:
    finding = [fact for fact in facts if fact_matching.found(fact, item)]
    measures = _measures("recall", item.kind, bool(finding))
    if finding and item.kind == "measurement" and item.events:
        measures["fact_date"] = (float(any(fact_matching.dated(fact, item) for fact in finding)), 1.0)
    document, start, end = item.span
    said = (item.name, "|".join(item.values), item.unit, "|".join(item.events))
    return Case(
        id=item.id,
        passed=bool(finding) and measures.get("fact_date", (1.0, 1.0))[0] > 0,
        verdict="trouvé" if finding else "manqué",
        split=annotated.patient.split,
        category=item.kind,
        patient=annotated.patient.name,
        question=annotated.patient.texts[document][start:end],
        outcome="",
        answer=" ; ".join(_shown(fact) for fact in finding),
        gold_answer=" ".join(filter(None, said)),
        gold_evidence=({"document": document, "quote": annotated.patient.texts[document][start:end]},),
        citations=tuple(map(_citation, finding)),
        measures=measures,
    )


def _fact_case(annotated: AnnotatedPatient, number: int, fact: StoredFact, *, right: bool) -> Case:
    return Case(
        id=f"{annotated.patient.name}-extrait-{number}",
        passed=right,
        verdict="juste" if right else "de trop",
        split=annotated.patient.split,
        category=fact.fact.kind,
        patient=annotated.patient.name,
        question=fact.quote,
        outcome="",
        answer=_shown(fact),
        gold_answer="",
        gold_evidence=(),
        citations=(_citation(fact),),
        measures=_measures("precision", fact.fact.kind, right),
    )


def _measures(side: str, kind: str, holds: bool) -> dict[str, Pair]:
    pair = (float(holds), 1.0)
    return {f"fact_{side}": pair, f"fact_{side}_{kind}": pair}


def _shown(stored: StoredFact) -> str:
    fact = stored.fact
    slots = (f"{name}={value}" for name, value in fact.details)
    return " ".join(filter(None, (fact.name, fact.value, fact.unit, fact.polarity, fact.effective, *slots)))


def _citation(stored: StoredFact) -> dict[str, object]:
    fact = stored.fact
    return {"document": stored.document, "start": fact.start, "end": fact.end, "quote": stored.quote}
