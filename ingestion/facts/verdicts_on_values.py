"""Judge which measurements others set aside: rejected, corrected, declared, copied by hand."""

from collections.abc import Iterator, Sequence

from ingestion.facts.authority import PRIMARY, document_class, rules
from ingestion.facts.chronology import day_of, days_between, moment_of, within, written_of
from ingestion.facts.copies import number_of
from ingestion.facts.types import StoredFact
from ingestion.facts.verdicts import Verdict

_RETOLD = 60  # days of a stay over which a wrong number is copied forward
_REPORTED = frozenset({"result", "imaging"})


def judge_values(facts: Sequence[StoredFact]) -> Iterator[Verdict]:
    """Set aside measurements of one name and specimen; ``facts`` are all measurements of one patient."""
    groups: dict[tuple[str, str], list[StoredFact]] = {}
    for item in facts:
        if item.fact.subject == "patient":
            groups.setdefault((item.fact.name, item.fact.detail("specimen")), []).append(item)
    for group in groups.values():
        for judge in (_rejected, _corrected, _final, _measured, _primary):
            yield from judge(group)


def _rejected(group: Sequence[StoredFact]) -> Iterator[Verdict]:
    """A rejected value, and its number wherever it is repeated, give way to the control if there is one."""
    for rejected in (item for item in group if item.fact.detail("status") == "rejected"):
        control = _control(group, rejected)
        yield Verdict(rejected, control, "rejected")
        yield from (
            Verdict(item, control, "rejected")
            for item in group
            if _repeats(item, rejected, rejected.fact.value, "rejected")
        )


def _corrected(group: Sequence[StoredFact]) -> Iterator[Verdict]:
    """The number that a correction calls wrong gives way to it, copied forward afterwards or not."""
    for right in (item for item in group if item.fact.detail("status") == "corrected"):
        wrong = right.fact.detail("previous")
        for item in group:
            if item is not right and wrong and _repeats(item, right, wrong, "corrected"):
                yield Verdict(item, right, "corrected")


def _final(group: Sequence[StoredFact]) -> Iterator[Verdict]:
    for loser in (item for item in group if item.fact.detail("status") == "provisional"):
        for winner in group:
            final = winner.fact.detail("status") in ("final", "corrected")
            later = written_of(winner) >= written_of(loser) and winner is not loser
            if final and later and within(day_of(loser), day_of(winner), rules()["final_value"].days):
                yield Verdict(loser, winner, "final_value")
                break


def _measured(group: Sequence[StoredFact]) -> Iterator[Verdict]:
    measured = [item for item in group if item.fact.detail("declared") != "true" and _stands(item)]
    for loser in (item for item in group if item.fact.detail("declared") == "true"):
        near = [item for item in measured if within(day_of(loser), day_of(item), rules()["measured"].days)]
        if near:
            yield Verdict(loser, min(near, key=lambda item: _distance(loser, item)), "measured")


def _primary(group: Sequence[StoredFact]) -> Iterator[Verdict]:
    """A mention told later, with the day of the report and another number, gives way to the report."""
    for loser in group:
        day = loser.fact.effective[:10]
        told_later = len(day) == 10 and day < written_of(loser)[:10]
        if not told_later or document_class(loser.kind, loser.title) in PRIMARY or not _stands(loser):
            continue
        reports = [
            item
            for item in group
            if day_of(item) == day and document_class(item.kind, item.title) in PRIMARY and _stands(item)
        ]
        numbers = {number_of(item.fact.value) for item in reports}
        if reports and None not in numbers and number_of(loser.fact.value) not in numbers:
            yield Verdict(loser, reports[0], "primary_report")


def _control(group: Sequence[StoredFact], rejected: StoredFact) -> StoredFact | None:
    """Return the value that stands instead: the next one of that day or the day after, else one told beside."""
    others = [item for item in group if _stands(item) and number_of(item.fact.value) != number_of(rejected.fact.value)]
    days, told = rules()["rejected"].days, rules()["corrected"].days
    after = [item for item in others if day_of(item) >= day_of(rejected) and _near(item, rejected, days)]
    beside = [item for item in others if item.document_pk == rejected.document_pk and _near(item, rejected, told)]
    return min(after, key=moment_of, default=None) or min(
        beside, key=lambda item: _distance(rejected, item), default=None
    )


def _near(first: StoredFact, second: StoredFact, days: int | None) -> bool:
    return within(day_of(first), day_of(second), days)


def _repeats(item: StoredFact, judged: StoredFact, wrong: str, rule: str) -> bool:
    """Say whether a fact repeats a wrong number: told before, or retold soon after, but not measured anew."""
    if item is judged or number_of(item.fact.value) != number_of(wrong) or item.fact.detail("status") == "corrected":
        return False
    days = _RETOLD if _is_retold(item) else rules()[rule].days
    if not within(day_of(judged), day_of(item), days):
        return False
    anew = day_of(item) > day_of(judged) and document_class(item.kind, item.title) in _REPORTED
    return not anew


def _is_retold(item: StoredFact) -> bool:
    """Say whether a number is told again, of a day that its words do not give ("rappel de l'entrée : K 7,4")."""
    return not item.fact.effective or item.fact.detail("copied") == "true"


def _stands(item: StoredFact) -> bool:
    return item.fact.detail("status") not in ("rejected", "provisional") and item.fact.polarity == "affirmed"


def _distance(first: StoredFact, second: StoredFact) -> tuple[int, bool]:
    gap = days_between(day_of(first), day_of(second)) or 0
    return abs(gap), gap < 0
