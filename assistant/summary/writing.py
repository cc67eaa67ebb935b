"""Summarise one patient's record on two pages at most: what must never be missed first, then by problem.

Every sentence is a quotation or a template whose slots are cited values, verified as an answer is. What the
record does not say is not said: a part without statements means that the record says nothing of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.chart import Chart
from assistant.overviews import Summary, SummarySection
from assistant.proof import citations_of, prove
from assistant.sentences import course, wordings
from assistant.stays import stay_statement
from assistant.summary import background, critical
from assistant.summary.problems import Problem, courses, problems, reasons, values
from assistant.summary.sentinels import unseen
from assistant.summary.tables import Part, Specialty, parts, problem_label, specialty_named
from assistant.types import Statement
from ingestion.facts.types import Held

MOST_WORDS = 900
"""Words of a summary: about two pages. What must never be missed is never cut, even beyond."""

Written = list[tuple[str, list[Statement]]]
"""The titled lists of a part, the first ones to be kept when it is shortened."""

_FACTS: dict[str, Callable[[Chart], list[Held]]] = {
    "allergies": critical.allergies,
    "treatment": critical.treatment,
    "unaccounted": critical.unaccounted,
    "devices": critical.devices,
    "resistance": critical.resistance,
    "directives": critical.directives,
    "awaited": critical.awaited,
    "changes": background.changes,
    "followup": background.followup,
    "social": background.social,
    "history": background.history,
    "examinations": background.examinations,
    "family": background.family,
}

_WATCHED = frozenset(("allergies", "devices", "resistance", "directives", "awaited"))
"""Parts of which a line that extraction did not understand is quoted all the same."""


def summarise(chart: Chart, specialty: str = "") -> Summary:
    """Return the summary of a record, first what a specialty looks at when one is named.

    Raises UsageError for a specialty that is not known.
    """
    chosen = specialty_named(specialty)
    writer = _Writer(chart)
    written = {part.name: writer.part(part, chosen) for part in sorted(parts(), key=lambda part: part.rank)}
    kept = _shortened(written)
    sections = (
        SummarySection(title, tuple(statements))
        for part in parts()
        for title, statements in kept[part.name] or [(part.title, [])]
        if statements or part.silence
    )
    return Summary(tuple(sections), chart.now.isoformat(timespec="seconds"), chart.sources)


class _Writer:
    """Words facts, and remembers which lines were quoted, so that none is read twice."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._quoted: set[tuple[str, int, int]] = set()
        self._texts: set[str] = set()

    def part(self, part: Part, specialty: Specialty | None) -> Written:
        """Return the titled lists of a part: one, or several for problems."""
        match part.name:
            case "stay":
                return [(part.title, list(self._stay()))]
            case "conflicts":
                groups = critical.contradictions(self._chart)
                return [(part.title, [s for group in groups for s in self._both_sides(group)])]
            case "specialty":
                return (
                    [(f"Pour la spécialité : {specialty.label}", list(self._specialty(specialty)))] if specialty else []
                )
            case "problems":
                return [group for problem in problems(self._chart) if (group := self._problem(problem))]
            case "values":
                return [(part.title, list(self._courses(values(self._chart))))]
        said = list(self._facts(_FACTS[part.name](self._chart), always=part.most == 0))
        if part.name in _WATCHED:
            said += self._facts(unseen(self._chart, part.name, empty=not said), always=True)
        return [(part.title, said)]

    def _stay(self) -> Iterator[Statement]:
        if self._chart.last_stay is not None:
            yield from self._once(stay_statement(self._chart.last_stay))
        yield from self._facts(reasons(self._chart))

    def _both_sides(self, group: Sequence[Held]) -> list[Statement]:
        """Return the statements of a contradiction, or none when only one side can be proven."""
        sides = [statement for item in group if (statement := self._word(item))]
        return sides if len(sides) > 1 else []

    def _specialty(self, specialty: Specialty) -> Iterator[Statement]:
        yield from self._courses(courses(self._chart, specialty.measures))
        yield from self._facts(background.of_specialty(self._chart, specialty))

    def _problem(self, problem: Problem) -> tuple[str, list[Statement]] | None:
        fact = problem.mentions[0].fact.fact
        label = problem_label(fact.name) or fact.label
        said = [*self._facts(problem.mentions), *self._courses(problem.course)]
        return (f"Problème : {label[:1].upper()}{label[1:]}", said) if said else None

    def _courses(self, measured: Iterable[tuple[Held, ...]]) -> Iterator[Statement]:
        for points in measured:
            # What proves all the values together is tried first, then with fewer earlier ones.
            told = (self._course(points[:count]) for count in range(len(points), 0, -1))
            yield from self._once(next(filter(None, told), None))

    def _course(self, points: Sequence[Held]) -> Statement | None:
        citations = citations_of(points, self._chart.archive)
        return prove(course(points[0], points[1:]), citations, self._chart.archive)

    def _facts(self, items: Iterable[Held], *, always: bool = False) -> Iterator[Statement]:
        """Yield the statements of facts; a line quoted before is left out, unless its part must ``always`` be whole."""
        own: set[str] = set()
        for item in items:
            span = item.fact.document, item.fact.fact.start, item.fact.fact.end
            if span in self._quoted and not always:
                continue
            statement = self._word(item)
            if always and statement is not None and statement.text not in own:
                own.add(statement.text)
                self._texts.add(statement.text)
                yield statement
            elif not always:
                yield from self._once(statement)

    def _word(self, item: Held) -> Statement | None:
        library, fact = self._chart.archive, item.fact.fact
        statement = prove(
            wordings(item, library, tainted=self._chart.is_tainted(item)), citations_of((item,), library), library
        )
        if statement is not None and statement.text.startswith(library.quote(item.fact)):
            self._quoted.add((item.fact.document, fact.start, fact.end))
        return statement

    def _once(self, statement: Statement | None) -> Iterator[Statement]:
        if statement is not None and statement.text not in self._texts:
            self._texts.add(statement.text)
            yield statement


def _shortened(written: dict[str, Written]) -> dict[str, Written]:
    """Keep what fits in two pages: what is never cut, then the other parts by rank, their first statements."""
    left = MOST_WORDS
    kept: dict[str, Written] = {}
    for part in sorted(parts(), key=lambda part: part.rank):
        room = part.most or len(parts()) * 1000
        kept[part.name] = []
        for title, statements in written[part.name]:
            fitting = []
            for statement in statements[:room]:
                left -= len(statement.text.split())
                if left < 0 and part.rank:
                    break
                fitting.append(statement)
            room -= len(fitting)
            if fitting:
                kept[part.name].append((title, fitting))
    return kept
