"""Which exact answers a question calls for."""

from collections.abc import Sequence

from assistant.exact.absences import absence
from assistant.exact.contradictions import sides
from assistant.exact.items import items
from assistant.exact.lists import listing
from assistant.exact.medicines import medicines, stopped
from assistant.exact.types import Draft
from assistant.exact.values import values
from assistant.exact.verdicts import verdict
from assistant.question import Question
from ingestion.facts.types import Held
from ingestion.types import Stay


def drafts_of(question: Question, held: Sequence[Held], stays: Sequence[Stay]) -> tuple[Draft, ...]:
    """Return the sentences that facts alone can make, in the order in which they are said.

    A sentence that would tell one side of a contradiction gives way to both sides.
    """
    silent = absence(question, held)
    drafts = [draft for draft in (verdict(question, held), silent) if draft is not None]
    drafts += stopped(question, held) if silent else []
    drafts += values(question, held, stays)
    for found in (medicines, items, listing):
        drafts = drafts or found(question, held)
    if any(draft.course or draft.template == "absence" for draft in drafts):
        return tuple(drafts)
    told = [item for draft in drafts for item in draft.facts]
    return tuple(sides(question, held, told) or drafts)
