"""Answer a question on one patient's record: retrieve, decide whether the record answers, quote, verify."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from assistant.access import Access
from assistant.answerable import judge
from assistant.compose import choose, citations_of, statement_text
from assistant.errors import Cancelled, UsageError
from assistant.kinds import day
from assistant.ranking import Ranked
from assistant.retrieve import Retriever, retrieve
from assistant.types import Answer, AskEvent, Done, Notice, Outcome, Progress, Statement, StatementReady
from assistant.verify import verify
from ingestion.normalise import fold
from ingestion.types import Document

LONGEST_QUESTION = 2000
"""Characters of a question."""

_REASONS: dict[Outcome, str] = {
    "not_in_record": "Le dossier ne répond pas à cette question.",
    "awaited": "Ce résultat est attendu : il n'est pas encore dans le dossier.",
    "other_patient": "Cette question semble porter sur une autre personne que le patient choisi.",
    "advice_declined": "Liaison cite le dossier et ne donne pas de conseil médical.",
}
_SILENCE = "L'absence de mention ne vaut pas réponse négative."
# A title, particles, a name and perhaps a given name: "M. LE GOFF", "Mme BERTHELOT Jeannine".
_NAMED = re.compile(
    r"\b(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)\.? (?:(?i:l[ea]s?|d[eu]s?) )*"
    r"([A-ZÀ-Ý][\w'-]{2,})(?: ([A-ZÀ-Ý][a-zà-ÿ-]{2,})\b)?"
)


@dataclass(frozen=True, repr=False)
class Asked:
    """One question as it was asked: when, and the event that says its reader has left."""

    text: str
    as_of: str
    cancel: Event | None = None

    def __repr__(self) -> str:
        return f"Asked({len(self.text)} characters, as_of={self.as_of!r})"

    def check(self) -> None:
        """Raise Cancelled once the reader has left."""
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled("La demande a été interrompue.")


def answer(retriever: Retriever, access: Access, asked: Asked) -> Iterator[AskEvent]:
    """Yield the events of an answer; abstention is decided before the first statement.

    Raises UsageError for an empty or endless question, Cancelled when the reader leaves.
    """
    started = time.perf_counter()
    text = _checked(asked.text)
    yield Progress(f"Recherche dans {_documents(len(access.documents))}")
    found = retrieve(retriever, access, text)
    asked.check()
    outcome = "other_patient" if _names_someone_else(text, access) else judge(found).outcome
    statements: list[Statement] = []
    for statement in _statements(retriever, access, _quoted(outcome, found.ranked)):
        asked.check()
        if statement.verdict != "supported":
            yield Notice("statement_withheld")
            continue
        yield StatementReady(len(statements), statement)
        statements.append(statement)
    yield Done(_answer(access, asked, outcome, statements, time.perf_counter() - started))


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise UsageError("La question est vide.", "Écrivez une question sur le dossier du patient.")
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"La question dépasse {LONGEST_QUESTION} caractères.", "Posez une question plus courte.")
    return text


def _names_someone_else(text: str, access: Access) -> bool:
    """Say whether a question names, by title and name, a person who is not this patient, or bears another IPP.

    A homonym is somebody else as soon as the given name that follows is not the patient's.
    """
    identity = access.patient.patient
    own = set(fold(f"{identity.family_name or ''} {identity.given_names or ''}").replace("-", " ").split())
    numbers = re.findall(r"\bIPP\W{0,4}(\d{6,12})", text)
    named = [[set(fold(part).split("-")) for part in parts if part] for parts in _NAMED.findall(text)]
    return any(number != identity.key.ipp for number in numbers) or (
        bool(own) and any(own.isdisjoint(part) for parts in named for part in parts)
    )


def _quoted(outcome: Outcome, ranked: Sequence[Ranked]) -> list[Ranked]:
    if outcome == "answered":
        return choose(ranked)
    if outcome == "awaited":
        return [r for r in ranked[:12] if "awaited" in r.candidate.analysed.marks][:1]
    return []


def _statements(retriever: Retriever, access: Access, chosen: Sequence[Ranked]) -> Iterator[Statement]:
    """Compose and verify one statement per sentence; documents are read from SQL, not from what was indexed."""
    documents: dict[int, Document] = {}
    for ranked in chosen:
        occurrence = ranked.candidate.occurrence
        if occurrence.document_pk not in documents:
            documents[occurrence.document_pk] = retriever.record.document(access.patient.pk, occurrence.document)
        texts = {document.id: document.text for document in documents.values()}
        text = statement_text(ranked.candidate)
        citations = citations_of(ranked.candidate, documents)
        yield Statement(text, "record", verify(text, citations, texts.__getitem__).verdict, citations)


def _answer(access: Access, asked: Asked, outcome: Outcome, statements: Sequence[Statement], seconds: float) -> Answer:
    if outcome == "answered" and not statements:
        outcome = "not_in_record"
    said = " ".join(statement.text for statement in statements)
    return Answer(
        answer=said if outcome == "answered" else _why_not(access, outcome),
        outcome=outcome,
        abstained=outcome != "answered",
        statements=tuple(statements),
        as_of=asked.as_of,
        sources=access.sources,
        seconds=round(seconds, 4),
    )


def _why_not(access: Access, outcome: Outcome) -> str:
    """Say why there is no answer, and on what that rests: the same sentence whether or not documents are hidden."""
    newest = day(access.sources.newest)
    dated = f", le plus récent du {newest}" if newest else ""
    perimeter = f"Recherche faite dans {_documents(len(access.documents))}{dated}."
    return " ".join(filter(None, (_REASONS[outcome], perimeter, _SILENCE if outcome == "not_in_record" else "")))


def _documents(count: int) -> str:
    return f"{count} document{'s' if count > 1 else ''} du dossier"
