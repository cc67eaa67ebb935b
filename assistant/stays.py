"""Say a stay as the administrative record holds it: every slot is a field, cited as such and verified like the rest."""

from collections.abc import Iterator

from assistant.kinds import day
from assistant.types import Citation, Statement
from assistant.verify import verify
from ingestion.types import Stay

SOURCE = "record:stay"
"""The document named by a citation of the administrative record: offsets 0, the field as quote."""


def stay_statement(stay: Stay) -> Statement | None:
    """Return what is known of a stay: service, dates, from where and to where; None if it is not proven."""
    told = [(pattern.format(shown), title, quoted) for pattern, title, quoted, shown in _slots(stay) if quoted]
    text = f"Séjour {stay.id} : {', '.join(words for words, _, _ in told)}" if told else f"Séjour {stay.id}"
    if stay.admitted and not stay.discharged:
        text += ", en cours"
    fields = [("Séjour", stay.id), *((title, quoted) for _, title, quoted in told)]
    citations = tuple(Citation(SOURCE, 0, 0, quoted, title, "", "") for title, quoted in fields)
    verdict = verify(text, citations, lambda _: "\n".join(quoted for _, quoted in fields)).verdict
    return Statement(text, "record", verdict, citations) if verdict == "supported" else None


def _slots(stay: Stay) -> Iterator[tuple[str, str, str, str]]:
    """Yield how a field is said, its title, its words in the record, and its words for a reader."""
    admitted = stay.admitted.isoformat() if stay.admitted else ""
    discharged = stay.discharged.isoformat() if stay.discharged else ""
    service, mode, destination = stay.service or "", stay.admission_mode or "", stay.discharge_destination or ""
    yield "{}", "Séjour", service, service
    yield "entrée le {}", "Entrée", admitted, day(admitted)
    yield "venue : {}", "Venue", mode, mode
    yield "sortie le {}", "Sortie", discharged, day(discharged)
    yield "vers : {}", "Sortie vers", destination, destination
