"""Find facts that stand and cannot both hold: shown with their dates, no winner chosen."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from ingestion.facts.chronology import Chronology, moment_of, within, written_of
from ingestion.facts.copies import number_of
from ingestion.facts.doses import differ
from ingestion.facts.types import Held, StoredFact
from ingestion.facts.verdicts import denies, is_supposed
from ingestion.facts.verdicts_on_medicines import ENDS, NO_ACT, is_order

_EPISODE = 31
"""Days between two documents that speak of the same episode of care."""

_LASTING_ROLES = frozenset({"diagnosis", "history", "complication"})
_OFF = ENDS | NO_ACT


def conflicts(held: Sequence[Held]) -> tuple[tuple[Held, ...], ...]:
    """Return the groups that contradict each other without any document that settles; each has 2 or more.

    Only facts of the patient that stand. A group is ordered by moment: both sides are shown with their dates,
    none as winner.
    """
    standing = [item for item in held if item.stands and item.fact.fact.subject == "patient"]
    groups = [*_values(standing), *_allergies(standing), *_problems(standing), *_treatments(standing, held)]
    return tuple(
        tuple(sorted(group, key=lambda item: (moment_of(item.fact), item.fact.fact.start))) for group in groups
    )


def _values(standing: Sequence[Held]) -> Iterator[list[Held]]:
    """Yield measurements of one thing at one moment, in several documents, with several numbers.

    Two documents of one day may tell what changed in between: one of them has to be told later, or the measure
    to be one that does not change in a day (``family`` "measure": an ejection fraction).
    """
    for group in _grouped(
        standing, "measurement", lambda item: (item.fact.fact.detail("specimen"), moment_of(item.fact))
    ):
        told = [item for item in group if number_of(item.fact.fact.value) is not None and item.fact.fact.effective]
        documents: dict[float | None, set[int]] = {}
        for item in told:
            documents.setdefault(number_of(item.fact.fact.value), set()).add(item.fact.document_pk)
        apart = len(documents) > 1 and not set.intersection(*documents.values())
        same_unit = len({item.fact.fact.unit for item in told}) == 1
        if apart and same_unit and any(_is_lasting(item.fact) for item in told):
            yield told


def _is_lasting(stored: StoredFact) -> bool:
    return stored.fact.detail("family") == "measure" or stored.fact.effective[:10] < written_of(stored)[:10]


def _allergies(standing: Sequence[Held]) -> Iterator[list[Held]]:
    """Yield an allergy with the denials that speak of it."""
    told = [item for item in standing if item.fact.fact.kind == "allergy"]
    denials = [item for item in told if item.fact.fact.polarity == "negated"]
    for group in _grouped([item for item in told if item.fact.fact.polarity == "affirmed"], "allergy", lambda _: ()):
        against = [item for item in denials if denies(item.fact, group[0].fact)]
        if against:
            yield [*group, *against]


def _problems(standing: Sequence[Held]) -> Iterator[list[Held]]:
    """Yield a disease affirmed by one document and denied by another; symptoms come and go."""
    for group in _grouped(standing, "problem", lambda _: ()):
        lasting = [
            item for item in group if item.fact.fact.detail("role") in _LASTING_ROLES and not is_supposed(item.fact)
        ]
        yes = [item for item in lasting if item.fact.fact.polarity == "affirmed"]
        no = [item for item in lasting if item.fact.fact.polarity in ("negated", "ruled_out")]
        against = [denial for denial in no if any(_contradict(denial.fact, item.fact) for item in yes)]
        if against:
            yield [*(item for item in yes if any(_contradict(denial.fact, item.fact) for denial in against)), *against]


def _contradict(denial: StoredFact, problem: StoredFact) -> bool:
    """Say whether a disease is denied where it is affirmed: ever, or in the same episode of care.

    "Pas d'embolie" today does not deny the one of 2010, unless it says that there has been none.
    """
    if denial.document_pk == problem.document_pk:
        return False
    if denial.fact.detail("role") == "history":
        return True
    past = problem.fact.detail("role") == "history" and denial.fact.polarity != "ruled_out"
    return not past and within(written_of(denial), written_of(problem), _EPISODE)


def _treatments(standing: Sequence[Held], held: Sequence[Held]) -> Iterator[list[Held]]:
    """Yield the last order of a medicine with what is told otherwise since, and lists of entry that differ."""
    chronology = Chronology(item.fact for item in held)
    for group in _grouped([item for item in standing if _is_line(item)], "medication", lambda _: ()):
        orders = [item for item in group if is_order(item.fact)]
        last = max(orders, key=lambda item: chronology.order(item.fact), default=None)
        if last is not None:
            since = [item for item in group if _is_told_since(item, last)]
            yield from _against([item for item in orders if _together(item, last)], since)
        before = [item for item in group if item.fact.fact.detail("moment") == "entry"]
        admission = max((chronology.day(item.fact) for item in before), default="")
        told = [item for item in before if chronology.day(item.fact) == admission]
        if told:
            yield from _against([item for item in told if _together(item, told[0])], told)


def _against(lines: Sequence[Held], others: Sequence[Held]) -> Iterator[list[Held]]:
    """Yield the lines of one document with those of others that differ from all of them, if any does."""
    against = [
        item
        for item in others
        if not _together(item, lines[0]) and all(differ(item.fact.fact, line.fact.fact) for line in lines)
    ]
    if against:
        yield [*lines, *against]


def _is_line(item: Held) -> bool:
    fact = item.fact.fact
    return fact.polarity == "affirmed" and fact.detail("event") not in _OFF and fact.detail("state") != "administered"


def _is_told_since(item: Held, order: Held) -> bool:
    before = item.fact.fact.detail("moment") in ("entry", "past")
    return not before and written_of(item.fact)[:10] >= written_of(order.fact)[:10]


def _together(item: Held, other: Held) -> bool:
    return item.fact.document_pk == other.fact.document_pk


def _grouped(held: Sequence[Held], kind: str, apart: Callable[[Held], Hashable]) -> Iterator[list[Held]]:
    """Yield the facts of a kind by name, and by what else keeps them apart."""
    groups: dict[Hashable, list[Held]] = {}
    for item in held:
        if item.fact.fact.kind == kind:
            groups.setdefault((item.fact.fact.name, apart(item)), []).append(item)
    yield from groups.values()
