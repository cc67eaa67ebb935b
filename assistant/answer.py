"""Answer a question on one patient's record: retrieve, decide whether the record answers, quote, verify."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event

from assistant.access import Access
from assistant.advice import asks_for_advice
from assistant.answerable import awaited_lines, judge
from assistant.compose import choose, citations_of, prove_draft, statement_text
from assistant.conversation import in_context
from assistant.errors import Cancelled, UsageError
from assistant.exact.types import Draft
from assistant.kinds import day
from assistant.proof import Library, prove
from assistant.ranking import Ranked
from assistant.retrieve import Found, Retriever, retrieve
from assistant.types import (
    Answer,
    AskEvent,
    Citation,
    Done,
    Notice,
    Outcome,
    Point,
    Progress,
    Series,
    Statement,
    StatementReady,
)
from ingestion.facts.analytes import analytes
from ingestion.facts.copies import number_of
from ingestion.facts.history import moment_of
from ingestion.normalise import fold

LONGEST_QUESTION = 2000
"""Characters of a question."""

MOST_BESIDE_ADVICE = 3
"""Quotations of what the record says on a matter of which advice is declined."""

_REASONS: dict[Outcome, str] = {
    "not_in_record": "Le dossier ne répond pas à cette question.",
    "awaited": "Ce résultat est attendu : il n'est pas encore dans le dossier.",
    "other_patient": "Cette question semble porter sur une autre personne que le patient choisi.",
    "advice_declined": "Liaison cite le dossier et ne donne pas de conseil médical : la décision vous revient.",
}
_SILENCE = "L'absence de mention ne vaut pas réponse négative."
# A title, particles, a name and perhaps a given name: "M. LE GOFF", "Mme BERTHELOT Jeannine".
_NAMED = re.compile(
    r"\b(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)\.? (?:(?i:l[ea]s?|d[eu]s?) )*"
    r"([A-ZÀ-Ý][\w'-]{2,})(?: ([A-ZÀ-Ý][a-zà-ÿ-]{2,})\b)?"
)


@dataclass(frozen=True, repr=False)
class Asked:
    """One question as it was asked: when, the event that says its reader has left, the questions before it."""

    text: str
    as_of: str
    cancel: Event | None = None
    previous: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Asked({len(self.text)} characters, as_of={self.as_of!r})"

    def check(self) -> None:
        """Raise Cancelled once the reader has left."""
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled("La demande a été interrompue.")


@dataclass(frozen=True, repr=False)
class _Said:
    """A proven statement, and the draft that it was made from, if any."""

    statement: Statement
    draft: Draft | None = None

    def __repr__(self) -> str:
        return f"_Said({self.statement!r})"


def answer(retriever: Retriever, access: Access, asked: Asked) -> Iterator[AskEvent]:
    """Yield the events of an answer; abstention is decided before the first statement.

    Raises UsageError for an empty or endless question, Cancelled when the reader leaves.
    """
    started = time.perf_counter()
    own = _checked(asked.text)
    text = in_context(own, [before for before in asked.previous if len(before) <= LONGEST_QUESTION])
    yield Progress(f"Recherche dans {_documents(len(access.documents))}")
    found = retrieve(retriever, access, text)
    asked.check()
    outcome = _outcome(text, access, found)
    library = Library(retriever.record, access)
    said: list[_Said] = []
    for ready in _statements(library, found, outcome):
        asked.check()
        if ready is None:
            yield Notice("statement_withheld")
            continue
        yield StatementReady(len(said), ready.statement)
        said.append(ready)
    done = _answer(access, asked, outcome, said, time.perf_counter() - started)
    yield Done(replace(done, understood="" if text == own else text))


def _outcome(text: str, access: Access, found: Found) -> Outcome:
    if _names_someone_else(text, access):
        return "other_patient"
    return "advice_declined" if asks_for_advice(text) else judge(found).outcome


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


def _statements(library: Library, found: Found, outcome: Outcome) -> Iterator[_Said | None]:
    """Compose and prove the statements, exact ones first; None stands for one that its citations do not prove."""
    if outcome == "awaited":
        for ranked in awaited_lines(found)[:1]:
            yield _quotation(library, ranked)
    if outcome == "advice_declined":
        yield from _beside_advice(library, found)
    if outcome != "answered":
        return
    exact = [ready for draft in found.drafts if (ready := _exact(library, draft))]
    yield from exact
    statements = [ready.statement for ready in exact]
    cited = [citation for statement in statements for citation in statement.citations]
    words = sum(len(statement.text.split()) for statement in statements)
    for ranked in choose(found, cited, words):
        yield _quotation(library, ranked)


def _beside_advice(library: Library, found: Found) -> Iterator[_Said | None]:
    """Quote what the record says on a matter of which advice is asked: its words only, neither "oui" nor "non".

    Sentences are quoted only when the record speaks of the matter, so that nothing beside it passes for a hint.
    """
    quoted = [replace(draft, text="") if draft.template == "quotation" else draft for draft in found.drafts]
    exact = [ready for draft in quoted[:MOST_BESIDE_ADVICE] if (ready := _exact(library, draft))]
    yield from exact
    if judge(found).outcome != "answered":
        return
    cited = [citation for ready in exact for citation in ready.statement.citations]
    for ranked in choose(found, cited, 0)[: MOST_BESIDE_ADVICE - len(exact)]:
        yield _quotation(library, ranked)


def _exact(library: Library, draft: Draft) -> _Said | None:
    """Prove a draft; one that cannot be is left out, and the quotations answer alone."""
    statement = prove_draft(draft, library)
    return _Said(statement, draft) if statement else None


def _quotation(library: Library, ranked: Ranked) -> _Said | None:
    text = statement_text(ranked.candidate)
    statement = prove((text,), citations_of(ranked.candidate, library), library)
    return _Said(statement) if statement else None


def _answer(access: Access, asked: Asked, outcome: Outcome, said: Sequence[_Said], seconds: float) -> Answer:
    if outcome == "answered" and not said:
        outcome = "not_in_record"
    told = " ".join(ready.statement.text for ready in said)
    apart = tuple(number for number, ready in enumerate(said) if ready.draft and ready.draft.apart)
    return Answer(
        answer=told if outcome == "answered" else _why_not(access, outcome),
        outcome=outcome,
        abstained=outcome != "answered",
        statements=tuple(ready.statement for ready in said),
        as_of=asked.as_of,
        sources=access.sources,
        seconds=round(seconds, 4),
        series=tuple(_series(number, ready) for number, ready in enumerate(said) if ready.draft and ready.draft.course),
        conflicts=(apart,) if len(apart) > 1 else (),
    )


def _series(number: int, ready: _Said) -> Series:
    """Return the points of an evolution, each with the citation that proves it."""
    draft = ready.draft
    assert draft is not None
    citations = ready.statement.citations
    points = tuple(
        Point(
            date=moment_of(item.fact),
            value=f"{item.fact.fact.value} {item.fact.fact.unit}".strip(),
            number=number_of(item.fact.fact.value),
            statement=number,
            citation=_place_of(citations, item.fact.document, item.fact.fact.start),
        )
        for item in draft.facts
    )
    units = {item.fact.fact.unit for item in draft.facts if item.fact.fact.unit}
    return Series(analytes()[draft.name].label, min(units) if len(units) == 1 else "", points)


def _place_of(citations: Sequence[Citation], document: str, start: int) -> int:
    return next(
        number for number, citation in enumerate(citations) if (citation.document, citation.start) == (document, start)
    )


def _why_not(access: Access, outcome: Outcome) -> str:
    """Say why there is no answer, and on what that rests: the same sentence whether or not documents are hidden."""
    newest = day(access.sources.newest)
    dated = f", le plus récent du {newest}" if newest else ""
    perimeter = f"Recherche faite dans {_documents(len(access.documents))}{dated}."
    return " ".join(filter(None, (_REASONS[outcome], perimeter, _SILENCE if outcome == "not_in_record" else "")))


def _documents(count: int) -> str:
    return f"{count} document{'s' if count > 1 else ''} du dossier"
