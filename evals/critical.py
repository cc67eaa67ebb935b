"""What a summary must not leave out, and must not show as current: read from the gold letters of the records.

Source: ``letter.items`` and ``letter.traps`` of the records, and their answers on allergies, written for this project
and not reviewed by a clinician. Nothing here comes from what the product extracts. One example, patient-01:

    item   resultats_en_attente   expect [["Holter"]]
    trap   must_not_include ["68 kg"]   why "Poids déclaratif des urgences, corrigé par la pesée (63,4 kg)"
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evals.gold import Gold, GoldPatient
from evals.matching import fold
from ingestion.normalise import medicine_names

_CRITERIA = ("allergies", "dispositifs_implantables", "bmr_bhr", "resultats_en_attente", "volontes_patient")
_TREATMENT = "traitement_sortie"
_AT_RISK = re.compile(r"^(?:B01A[ABEFX]|A10A|L04)")
"""ATC: anticoagulants, insulins, immunosuppressants."""

_SAYS_YES_OR_NO = re.compile(r"(?:oui|non)\b", re.I)
_YES_OR_NO = frozenset(("oui", "non", "aucune", "aucun"))


@dataclass(frozen=True, repr=False)
class Expected:
    """A critical item: one variant of each group has to appear in the summary."""

    id: str
    criterion: str
    groups: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return f"Expected({self.id!r}, {len(self.groups)} groups)"


@dataclass(frozen=True, repr=False)
class Trap:
    """What is no longer, or never was, true: none of the strings may be shown as current."""

    id: str
    strings: tuple[str, ...]
    why: str

    def __repr__(self) -> str:
        return f"Trap({self.id!r}, {len(self.strings)} strings)"


@dataclass(frozen=True, repr=False)
class Critical:
    """All that one patient's summary is judged on."""

    patient: GoldPatient
    expected: tuple[Expected, ...]
    traps: tuple[Trap, ...]

    def __repr__(self) -> str:
        return f"Critical({self.patient.name!r}, {len(self.expected)} items, {len(self.traps)} traps)"


def critical_items(gold: Gold) -> tuple[Critical, ...]:
    """Return what each patient's summary is judged on, in the order of the gold."""
    return tuple(_critical(gold, patient) for patient in gold.patients)


def _critical(gold: Gold, patient: GoldPatient) -> Critical:
    record = json.loads((gold.folder / f"{patient.name}.json").read_text(encoding="utf-8"))
    letter: Mapping[str, Any] = record.get("letter") or {}
    expected = [*_of_letter(patient.name, letter.get("items", ())), *_of_questions(patient)]
    traps = tuple(
        Trap(f"{patient.name}/piege/{number}", tuple(trap["must_not_include"]), trap["why"])
        for number, trap in enumerate(letter.get("traps", ()), start=1)
    )
    return Critical(patient, tuple(expected), traps)


def _of_letter(name: str, items: list[dict[str, Any]]) -> Iterator[Expected]:
    for item in items:
        criterion, groups = item["criterion"], tuple(map(tuple, item["expect"]))
        if criterion in _CRITERIA:
            yield Expected(f"{name}/{criterion}", criterion, groups)
        elif criterion == _TREATMENT:
            for number, group in enumerate(filter(_is_at_risk, groups), start=1):
                yield Expected(f"{name}/{criterion}/{number}", "traitement_a_risque", (group,))


def _is_at_risk(variants: tuple[str, ...]) -> bool:
    """Say whether a group of variants names an anticoagulant, an insulin or an immunosuppressant."""
    return any(_AT_RISK.match(found.atc) for variant in variants for found in medicine_names(variant))


def _of_questions(patient: GoldPatient) -> Iterator[Expected]:
    """Yield the answers on allergies, but for those to a question of yes or no: a summary answers no question."""
    for question in patient.questions:
        groups = tuple(
            group for group in question.must_include if _YES_OR_NO.isdisjoint(fold(variant) for variant in group)
        )
        if (
            question.category == "allergie"
            and question.answerable
            and groups
            and not _SAYS_YES_OR_NO.match(question.answer)
        ):
            yield Expected(f"{patient.name}/{question.id}", "allergies", groups)
