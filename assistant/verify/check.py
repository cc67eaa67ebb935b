"""The check of a statement: its citations, then each of its clauses against them, then what it computes or answers."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from assistant.kinds import day, kind_label
from assistant.types import Citation, Verdict
from assistant.verify.binding import clauses_of
from assistant.verify.clauses import Said, denies, only_denies, problems_of, said_of
from assistant.verify.entailment import entails
from assistant.verify.quotes import faults_of, keeps_its_context, proofs_of, row_with_header
from assistant.verify.reading import changes_meaning, holds_denial, read
from assistant.verify.results import computed_words
from assistant.verify.types import Clause, Finding, Problem, ProblemKind, Proof
from ingestion.normalise import fold
from models.types import Reranker

_BRACKET = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)?)\)")
_ANSWER = re.compile(r"\s*(oui|non)\s*[:,.;–-]\s*", re.I)
_DAY = re.compile(r"\d\d/\d\d/\d{4}")
_BULLET = re.compile(r"^(?:[-–—•*·>]+ +|\d{1,2} ?[.)/°-]+ +)")


def verify(
    text: str,
    citations: Sequence[Citation],
    text_of: Callable[[str], str],
    *,
    allowed: Collection[str] | None = None,
    reranker: Reranker | None = None,
) -> Finding:
    """Return the verdict on a statement; ``text_of`` gives the text of a document by its id.

    ``text_of`` raises UnknownDocument or KeyError for a document that may not be cited; ``allowed`` are the ids
    that may be, when it knows more. For "record:patient" and "record:stay" it gives the fields, one a line.
    ``reranker`` is an entailment model that has to agree too, when there is one.
    """
    if faults := faults_of(citations, text_of, allowed):
        return _finding(faults)
    body, misplaced = _without_provenance(text, citations)
    answer = _ANSWER.match(body)
    body = body[answer.end() :] if answer else body
    problems = [Problem("date", misplaced)] if misplaced else []
    if not _repeats(body, citations, text_of):
        problems += _problems(body, citations, text_of)
    if answer:
        problems += _answer_problems(answer[1].lower(), body)
    if not problems and reranker is not None and not entails(reranker, body, [c.quote for c in citations]):
        problems = [Problem("implication")]
    return _finding(problems)


def _problems(body: str, citations: Sequence[Citation], text_of: Callable[[str], str]) -> list[Problem]:
    """Return what the citations do not prove of a statement."""
    reading = read(body)
    clauses = clauses_of(reading)
    if not clauses:
        return []
    proofs = proofs_of(citations, text_of)
    said = said_of(reading, computed_words(body), proofs)
    return [problem for clause in clauses for problem in _least(clause, said, proofs)]


def _least(clause: Clause, said: Said, proofs: Iterable[Proof]) -> list[Problem]:
    """Return the problems of a clause with the citation that proves it best."""
    found: list[list[Problem]] = []
    for proof in proofs:
        problems = problems_of(clause, said, proof)
        if not problems:
            return []
        found.append(problems)
    return min(found, key=len)


def _repeats(body: str, citations: Sequence[Citation], text_of: Callable[[str], str]) -> bool:
    """Say whether a statement only repeats whole quotes (a row with its header), and their lines say no more.

    What frames them ("Le dossier mentionne : …") neither claims, denies nor names anybody.
    """
    rest = " ".join(body.split())
    for citation in citations:
        for words in _wordings(citation, citations):
            if words in rest and keeps_its_context(citation, text_of):
                rest = rest.replace(words, " ", 1)
    return rest != body and not changes_meaning(rest)


def _wordings(citation: Citation, citations: Sequence[Citation]) -> list[str]:
    """Return how a statement repeats a quote: as it is, without its bullet, read with its header; the longest first."""
    quote = " ".join(citation.quote.split())
    rows = [
        row_with_header(citation.quote, header.quote) or ""
        for header in citations
        if header.document == citation.document and header.end <= citation.start
    ]
    return sorted({quote, _BULLET.sub("", quote), quote.rstrip(" ."), *rows} - {""}, key=len, reverse=True)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _answer_problems(answer: str, body: str) -> list[Problem]:
    """Return what is wrong with "oui" or "non": a denial needs a citation that denies."""
    reading = read(body)
    wrong = not (denies(reading) or holds_denial(body)) if answer == "non" else only_denies(reading)
    return [Problem("négation", contradicts=True)] if wrong else []


def _without_provenance(text: str, citations: Sequence[Citation]) -> tuple[str, int]:
    """Leave out the brackets that say which documents are cited, which the citations prove; count those that err."""
    places = {_plain(place) for citation in citations for place in _places(citation)}
    wrong = 0

    def kept(bracket: re.Match[str]) -> str:
        nonlocal wrong
        parts = [_plain(part) for part in bracket[1].split(";")]
        if all(part in places for part in parts):
            return ""
        wrong += any(_DAY.fullmatch(part.partition(", ")[2]) and part.partition(", ")[0] in places for part in parts)
        return bracket[0]

    return _BRACKET.sub(kept, text), wrong


def _places(citation: Citation) -> Iterable[str]:
    names, date = (kind_label(citation.kind), citation.title), day(citation.date)
    for name in filter(None, names):
        yield name
        if date:
            yield from (f"{name}, {date}", f"{name} du {date}")


def _finding(problems: Sequence[Problem]) -> Finding:
    """Return the verdict, with the problems of one kind counted together."""
    if not problems:
        return Finding("supported")
    counts: Counter[tuple[ProblemKind, bool]] = Counter()
    for problem in problems:
        counts[problem.kind, problem.contradicts] += problem.count
    merged = tuple(Problem(kind, count, contrary) for (kind, contrary), count in counts.items())
    verdict: Verdict = "contradicted" if any(problem.contradicts for problem in merged) else "unsupported"
    return Finding(verdict, " ; ".join(map(_reason, merged)), merged)


def _reason(problem: Problem) -> str:
    match problem.kind:
        case "citation":
            return f"citation absente, inexacte ou hors du dossier ({problem.count})"
        case "faits réunis":
            return f"faits distincts réunis en un seul ({problem.count})"
        case "implication":
            return "non confirmé par le modèle d'implication"
        case "calcul":
            return f"résultat qui ne suit pas des valeurs citées ({problem.count})"
        case kind if problem.contradicts:
            return f"{kind} contraire aux citations ({problem.count})"
        case kind:
            return f"{kind} absent des citations ({problem.count})"
