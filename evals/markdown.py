"""Write a report as a Markdown page, in French, without any text of a record."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.measures import MEASURES, Measure

_GROUPS = {"tune": "réglage", "test": "test", "all": "ensemble"}
_CATEGORY_MEASURES = (
    "correct", "cited", "wrongly_abstained", "abstained_rightly", "any_2100", "any_3500", "all_7000",
    "fact_precision", "fact_recall", "caught", "wrongly_flagged",
)  # fmt: skip


def render(report: Mapping[str, Any]) -> str:
    """Return the page of a report."""
    head = [f"# Évaluation « {report['suite']} »", f"> {report['notice']}"]
    body = _isolation(report) if report["suite"] == "isolation" else _scored(report)
    return "\n\n".join(part for part in [*head, *body, "## Provenance", _origin(report)] if part) + "\n"


def _scored(report: Mapping[str, Any]) -> list[str]:
    groups: Mapping[str, Any] = report["groups"]
    parts = [figures_table(groups)]
    if report.get("gap"):
        parts += ["### Écart entre patients de test et de réglage", _gap_table(report["gap"])]
    if "baseline" in report:
        parts += ["## Référence : BM25 simple, passages d'au plus 400 caractères", figures_table(report["baseline"])]
    for name, group in groups.items():
        parts += [f"## Par catégorie, {_GROUPS[name]}", categories_table(group["categories"])]
    parts += ["## Issues", _counts(groups, "verdicts"), _counts(groups, "outcomes"), _counts(groups, "severe")]
    parts += ["## Durées (dépendent de la machine)", _seconds(groups)]
    if report["broken"]:
        parts += [
            "## Questions restées sans réponse",
            "\n".join(f"- {b['id']} : {b['error']}" for b in report["broken"]),
        ]
    return parts


def figures_table(groups: Mapping[str, Any]) -> str:
    """Return the table of figures: a line a measure, a column a group, with 95 % intervals."""
    heads = [f"{_GROUPS[name]} ({g['patients']} patients, {g['questions']} questions)" for name, g in groups.items()]
    rows = []
    for name, measure in MEASURES.items():
        if any(name in group["figures"] for group in groups.values()):
            rows.append([measure.label, *(figure_text(measure, g["figures"].get(name)) for g in groups.values())])
    return table(["Mesure", *heads], rows)


def _gap_table(gap: Mapping[str, Any]) -> str:
    """Return the differences between test and tune patients; bold where the interval leaves zero out."""
    rows = []
    for name, values in gap.items():
        measure, apart = MEASURES[name], values["low"] > 0 or values["high"] < 0
        ends = f"[{_number(measure, values['low'])} ; {_number(measure, values['high'])}]"
        text = f"{_number(measure, values['after'] - values['before'])} {ends}"
        rows.append([measure.label, f"**{text}**" if apart else text])
    return table(["Mesure", "test − réglage"], rows)


def categories_table(categories: Mapping[str, Any]) -> str:
    """Return the table by category, without intervals."""
    names = [name for name in _CATEGORY_MEASURES if any(name in values for values in categories.values())]
    rows = [
        [category, str(values["questions"]), *(_value(MEASURES[name], values.get(name)) for name in names)]
        for category, values in categories.items()
    ]
    return table(["Catégorie", "Questions", *(MEASURES[name].label for name in names)], rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure_text(measure: Measure, figure: Mapping[str, float] | None) -> str:
    """Return a figure with its interval and its denominator, in French."""
    if figure is None:
        return "–"
    interval = f"[{_number(measure, figure['low'])} ; {_number(measure, figure['high'])}]"
    count = f"{figure['numerator']:g}/{figure['denominator']:g}" if measure.unit == "share" else ""
    return f"{_number(measure, figure['value'])} {interval} {count}".rstrip()


def short_figure_text(measure: Measure, figure: Mapping[str, float] | None) -> str:
    """Return a figure and its interval, short enough for three on a line of a terminal."""
    if figure is None:
        return "–"
    low, high = (f"{figure[end]:.2f}".replace(".", ",") for end in ("low", "high"))
    return f"{_number(measure, figure['value'])} [{low}–{high}]"


def _isolation(report: Mapping[str, Any]) -> list[str]:
    memory = report["memory_mb"]
    rows = [
        ["questions croisées", str(report["asks"])],
        ["citations vérifiées", str(report["citations"])],
        ["passages trouvés vérifiés", str(report["passages"])],
        ["autres emplacements vérifiés", str(report["places"])],
        ["**éléments d'un autre patient**", f"**{len(report['leaks'])}**"],
        ["questions restées sans réponse", str(len(report["broken"]))],
        ["mémoire au début, au plus, à la fin (Mo)", f"{memory['start']} / {memory['peak']} / {memory['end']}"],
        ["durée médiane d'une réponse (s)", f"{report['seconds']['median']:.3f}".replace(".", ",")],
    ]
    leaks = [f"- {x['question']} → {x['about']} : {x['document']} ({x['where']})" for x in report["leaks"]]
    return [table(["Mesure", "Valeur"], rows), "\n".join(leaks)]


def _number(measure: Measure, value: float) -> str:
    decimals = 1 if measure.unit == "mean" and value >= 10 else 3
    return f"{value:.{decimals}f}".replace(".", ",")


def _value(measure: Measure, figure: Mapping[str, float] | None) -> str:
    return "–" if figure is None else f"{_number(measure, figure['value'])} ({figure['denominator']:g})"


def _counts(groups: Mapping[str, Any], kind: str) -> str:
    titles = {"verdicts": "Verdict", "outcomes": "Issue annoncée", "severe": "Erreur grave"}
    names = list(dict.fromkeys(name for group in groups.values() for name in group[kind]))
    if not names:
        return ""
    rows = [[name, *(str(group[kind].get(name, 0)) for group in groups.values())] for name in names]
    return table([titles[kind], *(_GROUPS[name] for name in groups)], rows)


def _seconds(groups: Mapping[str, Any]) -> str:
    rows = [
        [_GROUPS[name], *(f"{group['seconds'][key]:.3f}".replace(".", ",") for key in ("median", "p95"))]
        for name, group in groups.items()
    ]
    return table(["Patients", "médiane (s)", "95e centile (s)"], rows)


def _origin(report: Mapping[str, Any]) -> str:
    commit = report["commit"] or "inconnu"
    state = " (arbre modifié)" if report["modified"] else ""
    versions = ", ".join(f"{name} {number}" for name, number in report["versions"].items())
    settings = ", ".join(f"{name}={value or '–'}" for name, value in report["settings"].items())
    data = report["dataset"]
    return "\n".join(
        [
            f"- commande : `{report['command']}`",
            f"- commit : {commit}{state}",
            f"- jeu : sha256 {data['sha256']}, {data['patients']} patients, {data['documents']} documents",
            f"- réglages : {settings}",
            f"- versions : {versions}",
            f"- graine : {report['seed']} ; intervalles à 95 % : {report.get('resamples', 0)} tirages de patients",
        ]
    )
