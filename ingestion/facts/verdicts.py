"""Judge which facts others set aside, whatever their kind but measurements and medications."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ingestion.facts.authority import PRIMARY, document_class, rules
from ingestion.facts.chronology import moment_of, within, written_of
from ingestion.facts.substances import covers, is_medicine
from ingestion.facts.types import StoredFact
from ingestion.lexicon.folding import fold
from ingestion.lexicon.tokens import tokens

_NOTHING_IS_LEFT = frozenset({"medication", "microorganism", "imaging", "awaited"})
"""Kinds of which a replaced document leaves nothing; a value that the new edition does not repeat still holds."""

_NO_SUBJECT = frozenset(
    (
        "resultat",
        "resultats",
        "examen",
        "bilan",
        "compte",
        "rendu",
        "definitif",
        "provisoire",
        "des",
        "les",
        "sur",
        "pour",
    )
)

_ONE_EPISODE = 31
"""Days within which a document that replaces "the previous one" may look for it."""


@dataclass(frozen=True)
class Verdict:
    """A fact set aside: by which one (None: by its own document) and under which rule."""

    loser: StoredFact
    winner: StoredFact | None
    rule: str


def judge_documents(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """Set aside what stands in documents that another one replaces, or that were provisional."""
    documents = _by_document(facts)
    for replacing in documents.values():
        if replacing[0].fact.detail("replaces_document"):
            for replaced in documents.values():
                if _replaces(replacing[0], replaced[0]):
                    yield from _replaced(replaced, replacing)
    finals = [item for item in facts if item.fact.detail("standing") == "final"]
    for loser in facts:
        if loser.fact.detail("standing") == "provisional" and rules()["final_report"].judges(loser.fact.kind):
            winner = next((item for item in finals if _is_final_of(item, loser)), None)
            if winner is not None:
                yield Verdict(loser, winner, "final_report")


def judge_allergies(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """A denial gives way to an allergy told later; an allergy gives way to a de-labelling only."""
    removals = [item for item in facts if item.fact.detail("delabelled") == "true"]
    told = [item for item in facts if item not in removals]
    positive = [item for item in told if item.fact.polarity == "affirmed"]
    denials = [item for item in told if item.fact.polarity == "negated"]
    for loser, winner in product(positive, removals):
        if is_told_before(loser, winner) and covers(winner.fact.name, loser.fact.name):
            yield Verdict(loser, winner, "delabelled")
    for loser, winner in product(denials, positive):
        if written_of(loser) < written_of(winner) and denies(loser, winner):
            yield Verdict(loser, winner, "positive_allergy")


def judge_hypotheses(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """What was supposed gives way to what was found, or ruled out, in the same episode of care."""
    for loser, winner in _pairs(facts):
        if loser.fact.detail("role") == "history" or not _follows(winner, loser, rules()["ruled_out"].days):
            continue
        denied = winner.fact.polarity == "ruled_out" and loser.fact.polarity in ("affirmed", "hypothetical")
        if denied or (winner.fact.polarity == "negated" and is_supposed(loser)):
            yield Verdict(loser, winner, "ruled_out")
        elif winner.fact.polarity == "affirmed" and not is_supposed(winner) and is_supposed(loser):
            yield Verdict(loser, winner, "confirmed")


def judge_awaited(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """A result is no longer awaited once it stands in a later document, under its name or as its title."""
    results = [item for item in facts if item.fact.kind not in ("awaited", "appointment") and not is_supposed(item)]
    reports = {item.document_pk: item for item in results if document_class(item.kind, item.title) in PRIMARY}
    titled = [(_subject(item.title), item) for item in reports.values()]
    for loser in facts:
        if loser.fact.kind == "awaited" and loser.fact.polarity == "affirmed":
            words = _subject(loser.fact.name)
            named = (item for item in results if item.fact.name == loser.fact.name and _gives(item, loser, reports))
            in_title = (item for title, item in titled if words and words <= title and _is_later(item, loser))
            winner = next(named, None) or next(in_title, None)
            if winner is not None:
                yield Verdict(loser, winner, "arrived")


def judge_states(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """A device taken out, an appointment cancelled, a state or a decision reviewed later."""
    for loser, winner in _pairs(facts):
        if written_of(winner) <= written_of(loser) or moment_of(winner) < moment_of(loser):
            continue
        before, after = loser.fact, winner.fact
        if before.kind == "device" and after.detail("removed") and not before.detail("removed"):
            yield Verdict(loser, winner, "removed")
        elif before.kind == "appointment" and (after.polarity, before.polarity) == ("negated", "affirmed"):
            yield Verdict(loser, winner, "cancelled")
        elif after.value and fold(before.value) != fold(after.value):
            for rule in ("later_state", "later_directive"):
                if rules()[rule].judges(before.kind, before.name):
                    yield Verdict(loser, winner, rule)


def denies(denial: StoredFact, allergy: StoredFact) -> bool:
    """Say whether a denial speaks of an allergy: the same substance, its class, all medicines, or all."""
    name = denial.fact.name
    if name == "*":
        return allergy.fact.detail("nature") != "intolerance"
    if name == "medicines":
        return allergy.fact.detail("nature") != "intolerance" and is_medicine(allergy.fact.name)
    return covers(name, allergy.fact.name)


def is_told_before(first: StoredFact, second: StoredFact) -> bool:
    """Say whether a fact was told no later than another; what is copied from an older note was told before."""
    return written_of(first) <= written_of(second) or first.fact.detail("copied") == "true"


def is_supposed(stored: StoredFact) -> bool:
    """Say whether a fact is only supposed."""
    return stored.fact.polarity == "hypothetical" or (
        stored.fact.polarity == "affirmed" and stored.fact.certainty != "certain"
    )


def _by_document(facts: Sequence[StoredFact]) -> dict[int, list[StoredFact]]:
    documents: dict[int, list[StoredFact]] = {}
    for item in facts:
        documents.setdefault(item.document_pk, []).append(item)
    return documents


def _replaces(replacing: StoredFact, replaced: StoredFact) -> bool:
    """Say whether a document is the one that another says it replaces: of its kind, and of the day it names."""
    if replacing.document_pk == replaced.document_pk or replacing.kind != replaced.kind:
        return False
    if not written_of(replaced) or written_of(replaced) >= written_of(replacing):
        return False
    target = replacing.fact.detail("replaces_document")
    if target != "previous":
        return written_of(replaced)[:10] == target
    recent = within(written_of(replaced), written_of(replacing), _ONE_EPISODE)
    return recent and bool(_subject(replacing.title) & _subject(replaced.title))


def _replaced(replaced: Sequence[StoredFact], replacing: Sequence[StoredFact]) -> Iterator[Verdict]:
    said_again = {_thing(item): item for item in replacing}
    whole = replacing[0].fact.detail("replaces_part") != "true"
    for loser in replaced:
        winner = said_again.get(_thing(loser))
        if winner is not None or (whole and loser.fact.kind in _NOTHING_IS_LEFT):
            yield Verdict(loser, winner, "replaced_document")


def _is_final_of(final: StoredFact, provisional: StoredFact) -> bool:
    """Say whether a fact is the final reading of a provisional one: the same thing, of the same examination."""
    if _thing(final) != _thing(provisional) or final.kind != provisional.kind:
        return False
    if final.document_pk == provisional.document_pk:
        return True
    later = written_of(final) > written_of(provisional)
    return later and bool(_subject(final.title) & _subject(provisional.title))


def _gives(result: StoredFact, awaited: StoredFact, reports: Mapping[int, StoredFact]) -> bool:
    """Say whether a result of the awaited name came later, in a report or with a moment that is not older."""
    new = moment_of(result) >= moment_of(awaited)[:10] or result.document_pk in reports
    return new and _is_later(result, awaited)


def _is_later(result: StoredFact, awaited: StoredFact) -> bool:
    near = within(written_of(awaited), written_of(result), rules()["arrived"].days)
    return near and result.document_pk != awaited.document_pk and written_of(result) > written_of(awaited)


def _pairs(facts: Sequence[StoredFact]) -> Iterator[tuple[StoredFact, StoredFact]]:
    """Yield each ordered pair of different facts about the same thing."""
    things: dict[tuple[str, ...], list[StoredFact]] = {}
    for item in facts:
        things.setdefault(_thing(item), []).append(item)
    for group in things.values():
        yield from ((first, second) for first, second in product(group, group) if first is not second)


def _thing(stored: StoredFact) -> tuple[str, ...]:
    fact = stored.fact
    return fact.kind, fact.name, fact.subject, fact.detail("side"), fact.detail("specimen")


def _follows(winner: StoredFact, loser: StoredFact, days: int | None) -> bool:
    """Say whether a fact was told after another, within some days, or further in the same document."""
    if winner.document_pk == loser.document_pk:
        return winner.fact.start > loser.fact.start
    return within(written_of(loser), written_of(winner), days) and is_told_before(loser, winner)


def _subject(words: str) -> set[str]:
    """Return the telling words of a title or a name, folded."""
    return {word for token in tokens(words) if len(word := fold(token.text)) > 2} - _NO_SUBJECT
