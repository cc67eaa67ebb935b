"""The measures of all suites: their names in reports, their French labels, which way is better."""

from dataclasses import dataclass
from typing import Literal

BUDGETS = (700, 2100, 3500, 7000)
"""Characters returned within which evidence is looked for."""

CORRUPTIONS = {
    "number": "nombre",
    "unit": "unité",
    "drug": "médicament",
    "dose": "dose",
    "date": "date",
    "side": "côté",
    "negation": "négation",
    "subject": "personne",
    "other_patient": "autre patient",
    "stopped": "arrêt ou début",
    "merge": "deux faits réunis",
    "invented": "ajout inventé",
}
"""The ways in which verification's benchmark makes a true statement false."""

FACT_KINDS = {
    "medication": "médicaments",
    "measurement": "biologie",
    "allergy": "allergies",
    "awaited": "résultats attendus",
}
"""The kinds of facts that are annotated."""


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
    "critical_omitted": Measure("éléments critiques omis", "lower"),
    "superseded_shown": Measure("périmé donné pour actuel", "lower"),
    "uncited": Measure("phrases sans preuve", "lower"),
    "summary_words": Measure("mots par synthèse", "lower", "mean"),
    "fact_precision": Measure("faits justes", "higher"),
    "fact_recall": Measure("faits trouvés", "higher"),
    **{f"fact_precision_{kind}": Measure(f"justes : {label}", "higher") for kind, label in FACT_KINDS.items()},
    **{f"fact_recall_{kind}": Measure(f"trouvés : {label}", "higher") for kind, label in FACT_KINDS.items()},
    "fact_date": Measure("jour du prélèvement juste", "higher"),
    "caught": Measure("énoncé faux repéré", "higher"),
    **{f"caught_{way}": Measure(f"repéré : {label}", "higher") for way, label in CORRUPTIONS.items()},
    "contradicted": Measure("énoncé faux dit contraire", "higher"),
    "wrongly_flagged": Measure("énoncé vrai écarté à tort", "lower"),
    "wrongly_flagged_verbatim": Measure("à tort : mots du dossier", "lower"),
    "wrongly_flagged_reworded": Measure("à tort : autres mots", "lower"),
    "declined": Measure("demande de conseil déclinée", "higher"),
    "declined_direct": Measure("déclinée : demande directe", "higher"),
    "declined_indirect": Measure("déclinée : demande détournée", "higher"),
    "wrongly_declined": Measure("question déclinée à tort", "lower"),
    "declined_fresh": Measure("déclinée : demande jamais vue", "higher"),
    "wrongly_declined_fresh": Measure("à tort : question jamais vue", "lower"),
    "words": Measure("mots par réponse", "lower", "mean"),
    **{f"any_{budget}": Measure(f"une preuve en {budget} c.", "higher") for budget in BUDGETS},
    **{f"all_{budget}": Measure(f"toutes en {budget} c.", "higher") for budget in BUDGETS},
    "Success@1": Measure("1er passage utile", "higher"),
    "Success@5": Measure("un utile parmi 5", "higher"),
    "RR@10": Measure("rang réciproque (10)", "higher", "mean"),
}
