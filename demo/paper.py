"""What a printed document shows."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, repr=False)
class Paper:
    """A document to print: its text, and what the header, the patient's band and the footer say."""

    id: str
    title: str
    establishment: str
    service: str
    band: str
    date: datetime
    text: str

    @property
    def timestamp(self) -> int:
        """Seconds since 1970 of the document's date, which stands in the file instead of the clock's."""
        return int(self.date.replace(tzinfo=UTC).timestamp())
