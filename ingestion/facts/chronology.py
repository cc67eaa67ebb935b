"""When stored facts hold, in an order: moments are ISO 8601 text of any precision, compared as text."""

from collections.abc import Iterable
from datetime import date

from ingestion.facts.authority import document_class
from ingestion.facts.types import StoredFact

_SAME_ADMISSION = 4
"""Days between two documents of admission (emergency room, then ward) that belong to one admission."""

_PLACES = ("past", "entry", "", "stay", "discharge")


def moment_of(stored: StoredFact) -> str:
    """Return when a fact holds: its own moment, else its document's date; empty when unknown."""
    return stored.fact.effective or written_of(stored)


def written_of(stored: StoredFact) -> str:
    """Return the date and time of a fact's document, ISO 8601, empty when unknown."""
    return stored.date.isoformat() if stored.date else ""


def day_of(stored: StoredFact) -> str:
    """Return the day (or month, or year) at which a fact holds."""
    return moment_of(stored)[:10]


def days_between(first: str, second: str) -> int | None:
    """Return the days from one moment to another, None when one of them is not known to the day."""
    try:
        return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days
    except ValueError:
        return None


def within(first: str, second: str, days: int | None) -> bool:
    """Say whether two moments are at most ``days`` apart, in either order; always without a limit."""
    gap = days_between(first, second)
    return days is None or (gap is not None and abs(gap) <= days)


class Chronology:
    """Orders what is said of treatments: a list of what was taken before a stay is of the day of admission.

    Built from all documents at hand, whatever is then ordered.
    """

    def __init__(self, facts: Iterable[StoredFact]) -> None:
        documents = {item.document_pk: item for item in facts}.values()
        days = {
            written_of(item)[:10]
            for item in documents
            if item.date and document_class(item.kind, item.title) in ("admission", "outside")
        }
        self._admissions: list[str] = []
        last = ""
        for day in sorted(days):
            if not last or not within(last, day, _SAME_ADMISSION):
                self._admissions.append(day)
            last = day

    def order(self, stored: StoredFact) -> tuple[str, bool, str, int, int]:
        """Return the key that orders facts of treatment.

        It is the day, lists of entry before all else; then the document, the place in the stay, in the text.
        """
        place = _PLACES.index(stored.fact.detail("moment"))
        return self.day(stored), place > _PLACES.index("entry"), written_of(stored), place, stored.fact.start

    def day(self, stored: StoredFact) -> str:
        """Return the day of which a fact speaks: of admission for what was taken before."""
        if stored.fact.effective and stored.fact.effective[:10] != written_of(stored)[:10]:
            return stored.fact.effective[:10]
        if stored.fact.detail("moment") in ("entry", "past"):
            return self.admission(written_of(stored)[:10]) or day_of(stored)
        return day_of(stored)

    def admission(self, day: str) -> str:
        """Return the day of the last admission known on a day, empty when none is."""
        return max((start for start in self._admissions if start <= day), default="")
