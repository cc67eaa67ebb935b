"""The ways of making a statement false change it, and only where they apply."""

import random
from dataclasses import replace

import pytest

from assistant.types import Citation
from evals.claims import Claim
from evals.corruptions import WAYS, Material, corrupt
from evals.measures import CORRUPTIONS
from evals.rewordings import rewordings_of

FULL = "Apixaban 5 mg débuté le 12/03/2025, genou droit, pas de fièvre, CRP 48 mg/L, Hb 9,6 g/dL, mère diabétique"
ORIGIN = " (biologie, 14/03/2025)"


def claim(body: str, identity: str = "A", source: str = "phrase") -> Claim:
    citation = Citation(f"D-{identity}", 0, len(body), body, "Titre", "resultats_biologie", "2025-03-14")
    return Claim(identity, "patient-01", "tune", source, f"{body}{ORIGIN}", (citation,))


MATERIAL = Material((claim(FULL), claim("Sodium 138 mmol/L", "B")), (claim("Lithium 0,8 mmol/L", "Z"),))


def said(way: str, body: str, seed: int) -> str | None:
    made = corrupt(claim(body), way, MATERIAL, random.Random(seed))
    return None if made is None else made.text


def test_there_are_twelve_ways_and_each_has_a_label() -> None:
    assert list(WAYS) == list(CORRUPTIONS)
    assert len(WAYS) == 12


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(5))
def test_each_way_changes_what_is_said_or_what_proves_it(way: str, seed: int) -> None:
    true = claim(FULL)
    false = corrupt(true, way, MATERIAL, random.Random(seed))
    assert false is not None
    assert (false.text, false.citations) != (true.text, true.citations)
    assert false.id == true.id


ALONE = [
    ("number", "CRP 6 mg/L", "CRP 6 mg/L"),
    ("unit", "Poids 61 kg", "Poids 61 g"),
    ("side", "Genou droit", "Genou gauche"),
    ("side", "Hanches gauches", "Hanches droites"),
    ("negation", "Pas de diabète", "diabète"),
    ("negation", "Examen avec contraste", "Examen sans contraste"),
    ("subject", "Mère : glaucome", "le patient : glaucome"),
    ("stopped", "Arrêt du lithium", "reprise du lithium"),
    ("stopped", "Sonde posée", "Sonde retirée"),
    ("merge", "CRP 48, Hb 9,6", "CRP 9,6, Hb 48"),
]


@pytest.mark.parametrize(("way", "body", "expected"), ALONE)
def test_what_a_way_makes(way: str, body: str, expected: str) -> None:
    found = {said(way, body, seed) for seed in range(8)}
    assert len(found) == 1 or way == "number"
    if way == "number":
        assert f"{expected}{ORIGIN}" not in found
    else:
        assert found == {f"{expected}{ORIGIN}"}


@pytest.mark.parametrize("way", ["number", "unit", "drug", "dose", "side", "negation", "stopped", "merge"])
def test_a_way_that_does_not_apply_makes_nothing(way: str) -> None:
    assert said(way, "Le malade dort bien", 0) is None


def test_another_patient_gives_his_document_or_his_statement() -> None:
    made = [corrupt(claim(FULL), "other_patient", MATERIAL, random.Random(seed)) for seed in range(20)]
    documents = {false.citations[0].document for false in made if false}
    assert documents == {"D-A", "D-Z"}
    assert all(false and "Lithium" in false.text for false in made)


def test_rewordings_keep_the_citations_and_change_the_words() -> None:
    true = claim("Apixaban 1 g débuté le 12/03/2025, pas de fièvre, Hb 9,6 g/dL sous VNI")
    found = {other.source: other for other in rewordings_of(true, random.Random(0))}
    assert {"reformulé : autre nom", "reformulé : autre unité", "reformulé : encadré"} <= set(found)
    assert all(other.citations == true.citations and other.body != true.body for other in found.values())
    assert "1000 mg" in found["reformulé : autre unité"].body
    assert "12/03/2025" not in found["reformulé : autre format de date"].body


def test_templates_are_not_reworded() -> None:
    assert rewordings_of(replace(claim(FULL), source="non"), random.Random(0)) == []
