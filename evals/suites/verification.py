"""Verification: is a statement that its citations do not prove caught, and a true one let through?

Source: the gold evidence and sentences of ``data/records`` (CC0), written for this project, not reviewed by a
clinician. A true statement is the record's own words, a template, or either one reworded (``evals/rewordings.py``); it
is made false in twelve ways (``evals/corruptions.py``), none of which the verifier knows. One example:

    citation   "Apixaban 5 mg x2/j, créatinine 98 µmol/L"
    true       Eliquis 5 mg deux fois par jour (ordonnance de sortie, 19/02/2025)
    merge      Apixaban 98 x2/j, créatinine 5 mg (ordonnance de sortie, 19/02/2025)   must not be supported
"""

import random
import time
from collections.abc import Iterator
from dataclasses import asdict

from assistant.types import Citation
from assistant.verify import Finding, verify
from evals.claims import Claim, claims_of
from evals.corruptions import WAYS, Material, corrupt
from evals.gold import Gold, GoldPatient
from evals.rewordings import rewordings_of
from evals.types import Advance, Case, SuiteRun

DRAWN = 60
"""Sentences and rows drawn from each patient's documents, beside the gold evidence."""

TRUE = "vrai"


def run_verification(gold: Gold, seed: int, advance: Advance, drawn: int = DRAWN) -> SuiteRun:
    """Verify the true statements of every patient and their corruptions; ``seed`` makes it repeatable."""
    claims = {patient.name: claims_of(patient, gold.folder, drawn, seed) for patient in gold.patients}
    cases: list[Case] = []
    for number, patient in enumerate(gold.patients, start=1):
        foreign = [claim for name, others in claims.items() if name != patient.name for claim in others]
        cases += _cases(patient, Material(claims[patient.name], foreign), seed)
        advance(number, len(gold.patients))
    return SuiteRun("verification", tuple(cases))


def _cases(patient: GoldPatient, material: Material, seed: int) -> Iterator[Case]:
    generator = random.Random(f"{seed}-{patient.name}-cases")  # noqa: S311 - a draw, not a secret
    for claim in material.own:
        said = [claim, *rewordings_of(claim, generator)]
        for number, true in enumerate(said):
            yield _case(f"{claim.id}-{TRUE}-{number}", TRUE, claim, true, patient)
        for way in WAYS:
            true = claim if way == "merge" else generator.choice(said)  # a merge reads names and values as written
            if false := corrupt(true, way, material, generator):
                yield _case(f"{claim.id}-{way}", way, claim, false, patient)


def _case(identity: str, way: str, claim: Claim, said: Claim, patient: GoldPatient) -> Case:
    start = time.process_time()
    finding = verify(said.text, said.citations, patient.texts.__getitem__)
    seconds = time.process_time() - start
    flagged = finding.verdict != "supported"
    return Case(
        id=identity,
        passed=flagged != (way == TRUE),
        verdict=finding.verdict,
        split=patient.split,
        category=said.source if way == TRUE else way,
        patient=patient.name,
        question=claim.text,
        outcome=way if way == TRUE else "faux",
        answer=said.text,
        gold_answer="vrai" if way == TRUE else "faux",
        gold_evidence=tuple(map(_shown, claim.citations)),
        citations=tuple(asdict(citation) for citation in said.citations),
        measures=_measures(way, said, finding, flagged),
        notes={"reason": finding.reason, "source": said.source},
        seconds=seconds,
    )


def _measures(way: str, said: Claim, finding: Finding, flagged: bool) -> dict[str, tuple[float, float]]:
    pair = (float(flagged), 1.0)
    if way == TRUE:
        reworded = said.source.startswith("reformulé")
        return {"wrongly_flagged": pair, "wrongly_flagged_reworded" if reworded else "wrongly_flagged_verbatim": pair}
    contradicted = (float(finding.verdict == "contradicted"), 1.0)
    return {"caught": pair, f"caught_{way}": pair, "contradicted": contradicted}


def _shown(citation: Citation) -> dict[str, str]:
    return {"document": citation.document, "quote": citation.quote}
