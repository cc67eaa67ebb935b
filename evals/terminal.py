"""What ``liaison-evals`` writes: JSON on standard output, or French for a reader; progress on standard error."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from evals.comparison import Change, Comparison
from evals.markdown import short_figure_text
from evals.measures import MEASURES
from evals.types import Advance, Case, Difference

_KEPT_FOR_TESTING = "(patient de test : texte non montré, --include-test pour le voir)"


def print_json(value: object) -> None:
    """Write one JSON object on one line of standard output, whatever the terminal's encoding."""
    sys.stdout.buffer.write((json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """Show a bar on standard error while a block works; yields the function that moves it."""
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_report(report: Mapping[str, Any]) -> None:
    """Show the figures of a report."""
    console = _console()
    console.print(f"Suite {report['suite']} – {report['notice']}")
    if report["suite"] == "isolation":
        console.print(f"{report['asks']} croisements, {len(report['leaks'])} élément(s) d'un autre patient.")
    else:
        console.print(_figures(report["groups"]))
    if "baseline" in report:
        console.print("Référence : BM25 simple, passages d'au plus 400 caractères")
        console.print(_figures(report["baseline"]))
    for broken in report["broken"]:
        console.print(f"Restée sans réponse : {broken['id']} – {broken['error']}")


def print_case(case: Case) -> None:
    """Show one case: what was asked, expected and said, with the citations."""
    console = _console()
    console.rule(f"{case.id} · {case.category} · {case.verdict}")
    lines = [("Question", case.question), ("Attendu", case.gold_answer), ("Réponse", case.answer)]
    lines += [("Preuve", f"{evidence['document']} « {evidence['quote']} »") for evidence in case.gold_evidence]
    lines += [("Cité", f"{c['document']} « {c.get('quote', c.get('text', ''))} »") for c in case.citations]
    lines += [(name, str(value)) for name, value in case.notes.items() if value]
    for name, value in lines:
        console.print(Text.assemble((f"{name:>10}  ", "bold"), value))


def print_comparison(comparison: Comparison, include_test: bool) -> None:
    """Show what improved and what broke, then the differences."""
    console = _console()
    if not comparison.same_dataset:
        console.print("Attention : les deux rapports ne portent pas sur le même jeu de données.")
    for title, changes in (("Améliorées", comparison.improved), ("Cassées", comparison.broke)):
        console.rule(f"{title} : {len(changes)}")
        for change in changes:
            _print_change(console, change, include_test)
    console.print(
        f"Autres verdicts changés : {len(comparison.moved)}. Perdues : {', '.join(comparison.lost) or 'aucune'}."
    )
    console.print(_difference_table(comparison))
    if comparison.regressions:
        names = ", ".join(MEASURES[name].label for name in comparison.regressions)
        console.print(f"Régression au-delà du hasard : {names}.")


def _print_change(console: Console, change: Change, include_test: bool) -> None:
    before, after = change.before, change.after
    console.print(Text(f"{before.id} · {before.category} · {before.verdict} → {after.verdict}", style="bold"))
    if before.split == "test" and not include_test:
        console.print(f"  {_KEPT_FOR_TESTING}")
        return
    shown = [("question", before.question), ("attendu", before.gold_answer)]
    shown += [("avant", before.answer), ("après", after.answer)] if before.answer or after.answer else []
    for name, value in shown:
        console.print(f"  {name:>8}  {value}")


def _difference_table(comparison: Comparison) -> Table:
    table = Table("Mesure", *(f"{group} : avant → après" for group in comparison.differences))
    for name, measure in MEASURES.items():
        if any(name in figures for figures in comparison.differences.values()):
            table.add_row(measure.label, *(_move(f.get(name)) for f in comparison.differences.values()))
    return table


def _move(figure: Difference | None) -> str:
    if figure is None:
        return "–"
    text = f"{figure.before:.3f} → {figure.after:.3f} [{figure.low:+.3f} ; {figure.high:+.3f}]"
    return text.replace(".", ",")


def _figures(groups: Mapping[str, Any]) -> Table:
    names = {"tune": "réglage", "test": "test", "all": "ensemble"}
    table = Table("Mesure", *(f"{names[name]} ({group['questions']})" for name, group in groups.items()))
    for name, measure in MEASURES.items():
        row = [short_figure_text(measure, group["figures"].get(name)) for group in groups.values()]
        if any(cell != "–" for cell in row):
            table.add_row(measure.label, *row)
    return table


def _console() -> Console:
    return Console(markup=False, highlight=False)
