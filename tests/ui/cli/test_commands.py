"""Each command beside a running owner: JSON shapes, French for readers, exit codes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistant.types import LOCAL
from tests.assistant.memory_service import JEANNE, JEANNINE, NOTE, MemoryService
from tests.ui.cli.conftest import Command, lines

pytestmark = pytest.mark.usefixtures("owner")

TALLY = {"added", "replaced", "unchanged", "withdrawn", "waiting", "skipped", "failed"}
CITATION = {"document", "start", "end", "quote", "title", "kind", "date", "page", "also"}


def as_json(noun: Any) -> Any:
    return json.loads(json.dumps(asdict(noun)))


def test_ask_gives_one_answer(liaison: Command) -> None:
    done = liaison("ask", "--patient", JEANNE.ipp, "Quel est l'INR ?", "--json")
    answer = done.json()
    assert done.code == 0
    keys = {"answer", "outcome", "abstained", "statements", "as_of", "sources", "seconds"}
    assert set(answer) == keys | {"series", "conflicts", "understood"}
    assert set(answer["statements"][0]) == {"text", "origin", "verdict", "citations"}
    assert set(answer["statements"][0]["citations"][0]) == CITATION
    assert set(answer["sources"]) == {"documents", "newest"}
    assert done.err == ""


def test_ask_shows_numbered_citations_once_each(liaison: Command) -> None:
    done = liaison("ask", "--patient", JEANNE.ipp, "Quel est l'INR ?")
    assert done.code == 0
    assert "• 0 : INR à 2,4 le 3 mars. [1]" in done.out
    assert "• 1 : INR à 2,4 le 3 mars. [1]" in done.out
    assert "[1] Compte rendu, 03/03/2026 (D1)" in done.out
    assert "« INR à 2,4 le 3 mars. »" in done.out
    assert "Repose sur 1 document(s), le plus récent du 03/03/2026." in done.out


def test_many_questions_answer_in_order_and_a_bad_line_stops_nothing(liaison: Command, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    asked = [{"id": "q1", "patient": JEANNE.ipp, "question": "?"}, {"id": "q2", "patient": "9", "question": "?"}]
    rest = [{"id": "q3", "patient": JEANNE.ipp}, {"id": 4, "patient": "0000000003@sud", "question": "?"}]
    file.write_text(lines(asked) + "\nnot json\n[]\n" + lines(rest), encoding="utf-8")
    done = liaison("ask", "--questions", str(file), "--json")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert [line["id"] for line in told] == ["q1", "q2", None, None, "q3", 4]
    assert [set(line) == {"id", "error", "hint"} for line in told] == [False, True, True, True, True, False]
    assert told[0]["statements"]


def test_many_questions_that_all_succeed_exit_zero(liaison: Command, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(lines([{"id": "q1", "patient": JEANNE.ipp, "question": "?"}]))
    assert liaison("ask", "--questions", str(file)).code == 0


def test_lines_of_one_conversation_lean_on_one_another(liaison: Command, tmp_path: Path) -> None:
    def line(patient: str, conversation: object, question: str) -> dict[str, object]:
        return {"id": question, "patient": patient, "conversation": conversation, "question": question}

    file = tmp_path / "questions.jsonl"
    mine, other = JEANNE.ipp, JEANNINE.ipp
    first = "Quelle était la créatinine en 2024 ?"
    asked = [line(mine, "a", first), line(other, "a", "et en 2021 ?"), line(mine, "a", "et en 2023 ?")]
    rest = [line(mine, None, "et en 2020 ?"), line(mine, 1, "et en 2019 ?"), line(mine, [], "et en 2018 ?")]
    file.write_text(lines([*asked, *rest]), encoding="utf-8")
    *told, refused = [json.loads(each) for each in liaison("ask", "--questions", str(file)).out.splitlines()]
    assert [each["understood"] for each in told] == ["", "", "Quelle était la créatinine en 2023 ?", "", ""]
    assert "« conversation » n'est pas un identifiant" in refused["error"]


def test_search(liaison: Command, service: MemoryService) -> None:
    done = liaison("search", "--patient", JEANNE.ipp, "INR", "--json")
    assert done.json() == {"passages": [as_json(passage) for passage in service.search(LOCAL, JEANNE.ipp, "INR")]}
    assert "Compte rendu, 03/03/2026 (D1)" in liaison("search", "--patient", JEANNE.ipp, "INR").out


def test_patients(liaison: Command) -> None:
    done = liaison("patients", "berthelot", "--json")
    assert [card["given_names"] for card in done.json()["patients"]] == ["Jeanne", "Jeannine"]
    shown = liaison("patients", "berthelot").out
    assert "03/02/1944" in shown
    assert "homonyme" in shown
    assert "Aucun patient" in liaison("patients", "personne").out


def test_documents(liaison: Command) -> None:
    done = liaison("documents", "--patient", JEANNE.ipp, "--authority", "nord", "--json")
    assert done.json() == {"documents": [as_json(NOTE.card)]}
    assert "D1" in liaison("documents", "--patient", JEANNE.ipp).out


def test_ingest(liaison: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    (tmp_path / "in" / "b.bad").write_text("b")
    done = liaison("ingest", str(tmp_path / "in"), "--json")
    report = done.json()
    assert done.code == 0
    assert set(report) == {"documents", "passages", "facts", "seconds", "failures"}
    assert set(report["documents"]) == TALLY
    assert [set(failure) for failure in report["failures"]] == [{"path", "error", "hint"}]
    shown = liaison("ingest", str(tmp_path / "in")).out
    assert "1 ajouté(s), 1 en échec" in shown


def test_ingest_fails_only_if_nothing_could_be_ingested(liaison: Command, tmp_path: Path) -> None:
    (tmp_path / "b.bad").write_text("b")
    assert liaison("ingest", str(tmp_path / "b.bad"), "--json").code == 1


def test_forget_a_document(liaison: Command) -> None:
    done = liaison("forget", "--document", "D1", "--yes", "--json")
    assert done.json() == {"documents": ["D1"], "passages": 1, "files_searched": 3, "bytes_left": 0}
    again = liaison("forget", "--document", "D1", "--yes", "--json")
    assert again.code == 1
    assert set(again.json()) == {"error", "hint", "id"}


def test_forget_a_patient(liaison: Command) -> None:
    assert "il n'en reste rien" in liaison("forget", "--patient", JEANNE.ipp, "--yes").out
    assert liaison("ask", "--patient", JEANNE.ipp, "?").code == 1


def test_doctor_reports_machine_and_service(liaison: Command) -> None:
    report = liaison("doctor", "--json").json()
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert report["ready"] is True
    assert states["propriétaire"] == states["base de données"] == states["sorties"] == "ok"
    assert report["versions"]["liaison"]
    assert "serveur" in liaison("doctor").out


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (["ask", "--patient", "9", "?"], 1, "Aucun patient 9."),
        (["ask", "--patient", "0000000003", "?"], 1, "L'IPP 0000000003 existe dans deux établissements."),
        (["ask", "?"], 2, "Il manque la question ou le patient."),
        (["ask", "--patient", "1@a", "--authority", "b", "?"], 2, "L'établissement est donné deux fois."),
        (["ask", "--patient", "1", "?", "--questions", "f"], 2, "--questions remplace la question et --patient."),
        (["ask", "--questions", "/no/such"], 2, "/no/such ne peut pas être lu."),
        (["search", "mots"], 2, "Il manque --patient."),
        (["search", "--patient", "1", "mots", "--limit", "x"], 2, "Valeur refusée pour --limit."),
        (["documents", "--nope"], 2, "Option inconnue : --nope."),
        (["forget", "--yes"], 2, "Il faut un document ou un patient, et un seul."),
        (["forget", "--document", "D1"], 2, "L'effacement demande une confirmation."),
        (["ingest"], 2, "Il manque CHEMIN...."),
        (["ingest", "/no/such"], 2, "/no/such n'existe pas."),
        (["serve", "--host", "0.0.0.0"], 2, "L'adresse 0.0.0.0 est refusée"),
        (["serve", "--host", "localhost.evil.example"], 2, "est refusée"),
        (["nonsense"], 2, "Commande inconnue : nonsense."),
    ],
)
def test_errors_say_what_and_what_to_do(liaison: Command, arguments: list[str], code: int, error: str) -> None:
    done = liaison(*arguments)
    assert done.code == code
    assert done.out == ""
    assert done.err.startswith("Erreur : ")
    assert error in done.err
    assert "\nÀ faire : " in done.err
    if "serve" not in arguments:
        with_json = liaison(*arguments, "--json")
        assert with_json.code == code
        assert set(with_json.json()) == {"error", "hint", "id"}


def test_summary(liaison: Command, service: MemoryService) -> None:
    done = liaison("summary", "--patient", JEANNE.ipp, "--json")
    assert done.code == 0
    assert done.json() == as_json(service.summary(LOCAL, JEANNE.ipp))
    assert set(done.json()) == {"sections", "as_of", "sources"}
    assert set(done.json()["sections"][0]) == {"title", "statements"}


def test_summary_shows_numbered_sources_and_says_its_silence(liaison: Command) -> None:
    shown = liaison("summary", "--patient", JEANNE.ipp, "--specialty", "cardiologie").out
    assert "Allergies et intolérances\nLe dossier ne dit rien d'une allergie ou d'une intolérance." in shown
    assert "cardiologie\n• 0 : INR à 2,4 le 3 mars. [1]" in shown
    assert "[1] Compte rendu, 03/03/2026 (D1)" in shown
    assert "Repose sur 1 document(s), le plus récent du 03/03/2026." in shown


def test_timeline(liaison: Command, service: MemoryService) -> None:
    done = liaison("timeline", "--patient", JEANNE.ipp, "--authority", "nord", "--json")
    assert done.json() == as_json(service.timeline(LOCAL, JEANNE.ipp))
    assert set(done.json()["events"][0]) == {"date", "end", "kind", "statement"}
    assert "01/03/2026  0 : INR à 2,4 le 3 mars. [1]" in liaison("timeline", "--patient", JEANNE.ipp).out


@pytest.mark.parametrize("command", ["summary", "timeline"])
def test_views_of_an_unknown_patient(liaison: Command, command: str) -> None:
    done = liaison(command, "--patient", "404", "--json")
    assert done.code == 1
    assert set(done.json()) == {"error", "hint", "id"}
