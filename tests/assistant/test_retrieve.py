"""Finding passages: within the scope only, by words, and by words and vectors together."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.access import Access, allow
from assistant.answer import Asked, answer
from assistant.bootstrap import Workspace
from assistant.question import understand
from assistant.retrieve import CANDIDATES, query_terms, retrieve, search
from assistant.types import LOCAL, Done
from ingestion.errors import VectorIndexError
from ingestion.index.types import Scope
from ingestion.normalise import normalise
from models.hashing import HashingEmbedder
from tests.assistant.hospital import ANNE, DEMO, EMPTY, JEANNE, PATRICK, Note, hospital, write_dossier

QUERIES = ["traitement de sortie", "hémoglobine", "allergie", "chute", "kaliemie", "?", "🩺"]


@pytest.fixture(scope="module")
def dense(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("dense")
    small = write_dossier(folder, ANNE, [Note("Hyperthyroïdie traitée."), Note("Allergies : latex.")])
    demo = DEMO / "patient-01.json"
    with hospital(folder / "home", demo, small, embedder="hashing") as workspace:
        yield workspace


def access(workspace: Workspace, patient: str) -> Access:
    return allow(workspace.record, LOCAL, patient)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("patient", [JEANNE, PATRICK, ANNE, EMPTY])
def test_nothing_of_another_patient_is_found(workspace: Workspace, patient: str, query: str) -> None:
    allowed = access(workspace, patient)
    mine = {row.id for row in allowed.documents}
    for passage in search(workspace.retriever, allowed, query, 500):
        assert {passage.document, *(place.document for place in passage.also)} <= mine
    for ranked in retrieve(workspace.retriever, allowed, query).ranked:
        assert {place.document for place in ranked.candidate.passage.occurrences} <= mine


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_of_a_document_that_may_not_be_used_is_found(workspace: Workspace, query: str) -> None:
    whole = access(workspace, JEANNE)
    narrow = Access(whole.patient, whole.documents[:3])
    mine = {row.id for row in narrow.documents}
    assert len(whole.documents) > len(mine)
    for passage in search(workspace.retriever, narrow, query, 500):
        assert {passage.document, *(place.document for place in passage.also)} <= mine
    assert narrow.sources.documents == 3


def test_a_small_record_is_ranked_whole(workspace: Workspace) -> None:
    allowed = access(workspace, JEANNE)
    scope = allowed.scope
    passages = {p.id for p in workspace.record.passages_of_documents(scope.documents)}
    ranked = {r.candidate.passage.id for r in retrieve(workspace.retriever, allowed, "xyzxyz").ranked}
    assert ranked == passages
    assert len(passages) < CANDIDATES * 2


def test_a_paragraph_copied_forward_is_found_once_where_it_first_stood(workspace: Workspace) -> None:
    found = search(workspace.retriever, access(workspace, JEANNE), "traitement", 500)
    copied = [passage for passage in found if passage.also]
    assert copied
    assert all(passage.date <= place.date for passage in copied for place in passage.also)
    assert len({passage.text for passage in found}) == len(found)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("dose de Lasilix ?", "furosemide"),
        ("FA ?", "fibrillation"),
        ("Quels anticoagulants ?", "apixaban"),
        ("résultat du scanner", "tdm"),
    ],
)
def test_the_query_holds_what_a_record_may_write(question: str, words: str) -> None:
    terms = query_terms(understand(question))
    assert any(words in term.split() for term in terms)
    assert terms[normalise(question)] == max(terms.values())


@pytest.mark.parametrize("question", ["dernière créatinine", "allergies", "traitement de sortie", "évolution de l'Hb"])
def test_the_facts_found_are_those_of_the_documents_that_may_be_used(workspace: Workspace, question: str) -> None:
    whole = access(workspace, JEANNE)
    narrow = Access(whole.patient, whole.documents[:3])
    seen: dict[int, set[str]] = {}
    for allowed in (whole, narrow):
        found = retrieve(workspace.retriever, allowed, question)
        places = {place.document for item in found.held for place in (item.fact, *item.also)}
        assert places <= {row.id for row in allowed.documents}
        assert all(item in found.held for draft in found.drafts for item in draft.facts)
        seen[len(allowed.documents)] = places
    assert seen[3] < seen[len(whole.documents)]


def test_what_facts_answer_alone_is_found(workspace: Workspace) -> None:
    allowed = access(workspace, ANNE)
    (draft,) = retrieve(workspace.retriever, allowed, "poids ?").drafts
    assert (draft.name, draft.facts[0].fact.document) == ("weight", f"{ANNE}-D3")
    assert retrieve(workspace.retriever, allowed, "xyzxyz").drafts == ()
    assert retrieve(workspace.retriever, access(workspace, EMPTY), "poids ?").held == ()


def test_an_index_that_is_ahead_of_the_record_is_told(workspace: Workspace, dense: Workspace) -> None:
    mixed = replace(workspace.retriever, record=dense.record)
    narrow = replace(access(dense, ANNE), patient=access(workspace, ANNE).patient)
    with pytest.raises(VectorIndexError) as told:
        retrieve(mixed, Access(narrow.patient, access(workspace, ANNE).documents), "allergies latex ramipril poids")
    assert "latex" not in str(told.value)


def test_words_and_vectors_are_fused_within_the_scope(dense: Workspace) -> None:
    allowed = access(dense, ANNE)
    assert isinstance(dense.embedder, HashingEmbedder)
    found = search(dense.retriever, allowed, "hypertyroidie", 2)
    assert found[0].text == "Hyperthyroïdie traitée."
    vector = dense.embedder.embed_query("hypertyroidie")
    words = dense.encoder.query({"hypertyroidie": 1.0})
    assert not dense.index.search(allowed.scope, words, None, 10)
    hits = dense.index.search(allowed.scope, words, vector, 10)
    assert hits
    assert {hit.patient for hit in hits} == {allowed.patient.key}
    assert not dense.index.search(Scope(allowed.patient.key, ()), words, vector, 10)


@pytest.mark.parametrize("query", QUERIES)
def test_vectors_respect_the_scope_too(dense: Workspace, query: str) -> None:
    for patient in (JEANNE, ANNE):
        allowed = access(dense, patient)
        mine = {row.id for row in allowed.documents}
        assert {passage.document for passage in search(dense.retriever, allowed, query, 500)} <= mine


def test_questions_are_answered_with_an_embedder(dense: Workspace) -> None:
    *_, done = answer(dense.retriever, access(dense, ANNE), Asked("allergies", "2026-03-04"))
    assert isinstance(done, Done)
    assert (done.answer.outcome, done.answer.statements[0].text[:17]) == ("answered", "Allergies : latex")
