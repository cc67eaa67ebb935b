"""Three small invented records, two of them homonyms, in the folder shape that the evaluation reads."""

import json
from pathlib import Path
from typing import Any

NOTE = "Motif : chute.\nAllergie : pénicilline (urticaire).\nPoids : 61 kg le 03/03/2026.\n"
COPIED = "Suite.\nAllergie : pénicilline (urticaire).\nHolter posé, lecture à venir.\n"
OTHER = "Motif : toux.\nPas d'allergie connue.\n"
KEPT = "Motif : fièvre.\nTraitement : paracétamol 1 g.\n"


def write_records(folder: Path) -> Path:
    """Write the records of ONE (tune), ONE's homonym (tune) and TWO (test); return the folder."""
    first = [
        _question("A-Q1", "allergie", "Quelle allergie ?", [["pénicilline"]], [("A-D1", "pénicilline (urticaire)")]),
        _question("A-Q2", "derniere_valeur", "Quel poids ?", [["61 kg"]], [("A-D1", "Poids : 61 kg")], ["5 mg"]),
        _awaited("A-Q3", "Résultat du Holter ?", ["pauses de"]),
    ]
    second = [_question("B-Q1", "fait", "Quel motif ?", [["toux"]], [("B-D1", "Motif : toux")], ["chute"])]
    third = [_question("C-Q1", "medicament", "Quel traitement ?", [["paracétamol"]], [("C-D1", "paracétamol 1 g")])]
    patients = {
        "patient-01": _record("0000000001", "MARTIN", {"A-D1": NOTE, "A-D2": COPIED}, first),
        "patient-02": _record("0000000002", "MARTIN", {"B-D1": OTHER}, second),
        "patient-03": _record("0000000003", "DURAND", {"C-D1": KEPT}, third),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, record in patients.items():
        (folder / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    split = {"tune": ["patient-01", "patient-02"], "test": ["patient-03"]}
    (folder / "split.json").write_text(json.dumps(split), encoding="utf-8")
    return folder


def _record(ipp: str, name: str, texts: dict[str, str], questions: list[dict[str, Any]]) -> dict[str, Any]:
    documents = [
        {
            "id": identifier,
            "stay": None,
            "kind": "note",
            "title": "Note",
            "date": "2026-03-03T10:00:00",
            "author": "Dr A",
            "service": "Médecine",
            "text": text,
        }
        for identifier, text in texts.items()
    ]
    patient = {
        "authority": "nord",
        "ipp": ipp,
        "family_name": name,
        "given_names": "Ève",
        "birth_date": "1950-01-01",
        "sex": "F",
    }
    return {"patient": patient, "stays": [], "documents": documents, "questions": questions}


def _question(
    identifier: str,
    category: str,
    question: str,
    expected: list[list[str]],
    evidence: list[tuple[str, str]],
    forbidden: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "id": identifier,
        "category": category,
        "question": question,
        "answer": " ".join(group[0] for group in expected),
        "must_include": expected,
        "must_not_include": forbidden or [],
        "evidence": [{"document": document, "quote": quote} for document, quote in evidence],
        "answerable": True,
    }


def _awaited(identifier: str, question: str, forbidden: list[str]) -> dict[str, Any]:
    asked = _question(identifier, "sans_reponse", question, [], [], forbidden)
    return asked | {"answer": "Résultat en attente à la sortie.", "answerable": False}
