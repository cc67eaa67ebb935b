"""The measures of all suites: their names in reports, their French labels, which way is better."""

from dataclasses import dataclass
from typing import Literal

BUDGETS = (700, 2100, 3500, 7000)
"""Characters returned within which evidence is looked for."""


@dataclass(frozen=True)
class Measure:
    """A measure: what a reader sees of it, which way is better, and whether it is a share or a mean."""

    label: str
    better: Literal["higher", "lower"]
    unit: Literal["share", "mean"] = "share"


MEASURES: dict[str, Measure] = {
    "correct": Measure("réponse juste", "higher"),
    "cited": Measure("preuve citée", "higher"),
    "correct_and_cited": Measure("juste et preuve citée", "higher"),
    "citation_precision": Measure("citations utiles", "higher"),
    "abstained_rightly": Measure("abstention à bon droit", "higher"),
    "wrongly_abstained": Measure("abstention à tort", "lower"),
    "awaited_rightly": Measure("résultat attendu reconnu", "higher"),
    "forbidden": Measure("contenu proscrit", "lower"),
    "severe": Measure("erreurs graves", "lower"),
    "quotes_exact": Measure("citations exactes", "higher"),
    "foreign_citations": Measure("citations étrangères", "lower", "mean"),
    "words": Measure("mots par réponse", "lower", "mean"),
    **{f"any_{budget}": Measure(f"une preuve en {budget} c.", "higher") for budget in BUDGETS},
    **{f"all_{budget}": Measure(f"toutes en {budget} c.", "higher") for budget in BUDGETS},
    "Success@1": Measure("1er passage utile", "higher"),
    "Success@5": Measure("un utile parmi 5", "higher"),
    "RR@10": Measure("rang réciproque (10)", "higher", "mean"),
}
