"""One patient's record as a summary or a timeline reads it: the facts settled, the stays, the documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from assistant.access import Access
from assistant.proof import Library
from assistant.retrieve import held_of
from assistant.types import Sources
from ingestion.facts.history import moment_of
from ingestion.facts.types import Held, Kind
from ingestion.record.record import Record
from ingestion.record.types import DocumentRow
from ingestion.types import Stay

_WITHOUT_STAY = 31
"""Days before the newest document that stand for the last stay when no stay is known."""


@dataclass(frozen=True, repr=False)
class Chart:
    """What a reader may use of one patient, read once.

    ``stays`` are those of the documents that the reader may use, oldest first; ``archive`` gives the texts of
    these documents; ``now`` is the clock.
    """

    held: tuple[Held, ...]
    documents: tuple[DocumentRow, ...]
    stays: tuple[Stay, ...]
    archive: Library
    sources: Sources
    now: datetime

    def __repr__(self) -> str:
        return f"Chart({len(self.held)} facts, {len(self.stays)} stays)"

    @cached_property
    def told(self) -> datetime:
        """The moment of which the record speaks: its newest document's, or now when that lies ahead."""
        now = self.now.replace(tzinfo=None)
        if not self.sources.newest:
            return now
        return min(now, datetime.fromisoformat(self.sources.newest).replace(tzinfo=None))

    @cached_property
    def last_stay(self) -> Stay | None:
        """The stay that began last."""
        return self.stays[-1] if self.stays else None

    @cached_property
    def _set_aside(self) -> frozenset[tuple[str, int]]:
        """Where the lines stand of which a part does not hold: document and first character."""
        return frozenset((item.fact.document, item.fact.fact.start) for item in self.held if not item.stands)

    def is_tainted(self, held: Held) -> bool:
        """Say whether the line of a fact also tells something that the record sets aside."""
        return (held.fact.document, held.fact.fact.start) in self._set_aside

    @cached_property
    def _of_last_stay(self) -> frozenset[str]:
        return frozenset(row.id for row in self.documents if self.last_stay and row.stay == self.last_stay.id)

    def standing(self, kind: Kind) -> Iterator[Held]:
        """Yield what stands and is said of the patient, of one kind, oldest first."""
        for item in self.held:
            fact = item.fact.fact
            if item.stands and fact.kind == kind and fact.subject == "patient":
                yield item

    def days_before(self, days: int) -> str:
        """Return the ISO day some days before the moment of which the record speaks."""
        return (self.told - timedelta(days=days)).date().isoformat()

    def is_of_stay(self, held: Held) -> bool:
        """Say whether what a fact tells happened since the last stay began."""
        last = self.last_stay
        begun = last.admitted.date().isoformat() if last and last.admitted else self.days_before(_WITHOUT_STAY)
        return moment_of(held.fact)[:10] >= begun

    def is_recent(self, held: Held) -> bool:
        """Say whether a fact is told in the last stay, whenever it happened."""
        last = self.last_stay
        places = (held.fact, *held.also)
        told = last is not None and any(place.document in self._of_last_stay for place in places)
        return told or self.is_of_stay(held)


def open_chart(record: Record, access: Access, now: datetime) -> Chart:
    """Read the facts and stays of one patient within the documents that the reader may use."""
    named = {row.stay for row in access.documents}
    stays = [stay for stay in record.stays(access.patient.pk) if stay.id in named]
    return Chart(
        held=held_of(record, access.scope.documents),
        documents=access.documents,
        stays=tuple(sorted(stays, key=lambda stay: stay.admitted.isoformat() if stay.admitted else "")),
        archive=Library(record, access),
        sources=access.sources,
        now=now,
    )
