"""The ``liaison-evals`` command line. Nothing heavy is imported before the command that needs it.

Exit 0 when done, 1 when the work failed (a broken question, a leak, a regression when that was asked to count),
2 for wrong usage.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import LiaisonError, UsageError
from evals.errors import EvaluationError, GoldError
from evals.french import FrenchCommand, FrenchGroup, usage_sentence
from evals.options import AsJson, Chosen, Home, IncludeTest, Limit, Output, Patients, Records, Sample, Seed
from ingestion.errors import IngestionError

if TYPE_CHECKING:
    from evals.running import Options, Outcome, Progress

_METAVAR = "COMMANDE [ARGUMENTS]..."
app = typer.Typer(cls=FrenchGroup, no_args_is_help=True, add_completion=False, subcommand_metavar=_METAVAR)
run = typer.Typer(
    cls=FrenchGroup,
    no_args_is_help=True,
    subcommand_metavar="SUITE [ARGUMENTS]...",
    help="Lance une suite et écrit son rapport.",
)
app.add_typer(run, name="run")


@app.callback()
def _liaison_evals() -> None:
    """Mesure l'assistant sur des dossiers fictifs, dont les références n'ont pas été relues par un clinicien."""


@run.command(cls=FrenchCommand)
def questions(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    home: Home = None,
    output: Output = None,
    limit: Limit = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Pose les questions de référence et note les réponses."""
    from evals.running import Options, run_questions

    _report(run_questions, Options(records, patients, home, output, limit, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def retrieval(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    home: Home = None,
    output: Output = None,
    limit: Limit = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Cherche les preuves et mesure ce qu'il faut lire avant de les rencontrer."""
    from evals.running import Options, run_retrieval

    _report(run_retrieval, Options(records, patients, home, output, limit, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def isolation(
    context: typer.Context,
    records: Records,
    sample: Sample = None,
    home: Home = None,
    output: Output = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Pose les questions de chaque patient sur tous les autres : rien d'un autre patient ne doit paraître."""
    from evals.running import Options, run_isolation

    _report(run_isolation, Options(records, "all", home, output, sample, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def summary(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    home: Home = None,
    output: Output = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Résume chaque dossier : rien de critique omis, rien de périmé donné pour actuel."""
    from evals.running import Options, run_summary

    _report(run_summary, Options(records, patients, home, output, None, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def verification(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    output: Output = None,
    drawn: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Tire N phrases par patient (sinon 60).")
    ] = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Falsifie des énoncés vrais de douze façons : ce qui est repéré, ce qui est écarté à tort."""
    from evals.running import Options, run_verification

    _report(run_verification, Options(records, patients, None, output, drawn, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def facts(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    output: Output = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Compare les faits extraits à ceux annotés dans les documents : justes, trouvés."""
    from evals.running import Options, run_facts

    _report(run_facts, Options(records, patients, None, output, None, seed, context.obj), as_json)


@run.command(cls=FrenchCommand)
def advice(
    context: typer.Context,
    records: Records,
    patients: Chosen = Patients.ALL,
    output: Output = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Distingue les demandes de conseil médical, à décliner, des questions ordinaires."""
    from evals.running import Options, run_advice

    _report(run_advice, Options(records, patients, None, output, None, seed, context.obj), as_json)


@app.command(cls=FrenchCommand)
def compare(
    before: Annotated[Path, typer.Argument(metavar="AVANT", help="Dossier du premier rapport.")],
    after: Annotated[Path, typer.Argument(metavar="APRÈS", help="Dossier du second rapport.")],
    fail_on_regression: Annotated[
        bool, typer.Option("--fail-on-regression", help="Code 1 si une mesure baisse au-delà du hasard.")
    ] = False,
    include_test: IncludeTest = False,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Compare deux rapports, question par question."""
    from evals.comparison import compare_runs, comparison_json
    from evals.terminal import print_comparison, print_json

    comparison = compare_runs(before, after, seed)
    if as_json:
        print_json(comparison_json(comparison, include_test))
    else:
        print_comparison(comparison, include_test)
    raise typer.Exit(1 if fail_on_regression and comparison.regressions else 0)


@app.command(cls=FrenchCommand)
def show(
    cases: Annotated[Path, typer.Argument(metavar="CAS", help="Fichier de cas, ou dossier d'un rapport.")],
    failed: Annotated[bool, typer.Option("--failed", help="Seulement les cas ratés.")] = False,
    category: Annotated[
        str | None, typer.Option("--category", metavar="NOM", help="Seulement cette catégorie.")
    ] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", metavar="NOM", help="Seulement ce verdict.")] = None,
    include_test: IncludeTest = False,
) -> None:
    """Lit les cas d'un rapport dans le terminal."""
    from evals.report import case_files, read_case_file
    from evals.terminal import print_case

    found = [case for path in case_files(cases) for case in read_case_file(path)]
    hidden = 0
    for case in found:
        if (failed and case.passed) or category not in (None, case.category) or verdict not in (None, case.verdict):
            continue
        if case.split == "test" and not include_test:
            hidden += 1
            continue
        print_case(case)
    if hidden:
        _say(f"{hidden} cas de patients de test non montrés (--include-test pour les lire).")


@app.command(cls=FrenchCommand)
def fit(
    records: Records,
    also: Annotated[
        Path | None, typer.Option("--also", metavar="DOSSIER", help="D'autres dossiers de réglage, au même format.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DOSSIER", help="Où écrire les poids (sinon ceux du produit).")
    ] = None,
) -> None:
    """Ajuste les poids du classement et de l'abstention sur les patients de réglage."""
    from evals.fitting import PRODUCT, fit_weights, write
    from evals.gold import load_gold
    from evals.terminal import progress

    folder = output or PRODUCT
    golds = [load_gold(place).keep("tune") for place in (records, also) if place]
    write(fit_weights(golds, progress), folder)
    _say(f"Poids écrits dans {folder}")


@app.command(cls=FrenchCommand)
def quality(
    records: Records,
    write: Annotated[Path, typer.Option("--write", metavar="FICHIER", help="Page à écrire.")],
) -> None:
    """Mesure réponses et recherche, et écrit la page de la documentation."""
    from evals.quality import write_quality
    from evals.terminal import progress

    write_quality(records, write, progress)
    _say(f"Page écrite : {write}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 when done, 1 when the work failed, 2 for wrong usage, 130 when interrupted."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return app(args=arguments, prog_name="liaison-evals", standalone_mode=False, obj=tuple(arguments)) or 0
    except typer.TyperException as error:
        return _fail(usage_sentence(error), "Voyez liaison-evals --help.", 2)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except (EvaluationError, LiaisonError, IngestionError) as error:
        return _fail(str(error), error.hint, 2 if isinstance(error, UsageError | GoldError) else 1)
    except OSError as error:
        return _fail(f"{error.filename or 'Fichier'} : {error.strerror}.", "Vérifiez le chemin et ses droits.", 1)


def _report(suite: "Callable[[Options, Progress], Outcome]", options: "Options", as_json: bool) -> None:
    from evals.terminal import print_json, print_report, progress

    report, folder = suite(options, progress)
    if as_json:
        print_json({**report, "folder": str(folder)})
    else:
        print_report(report)
    _say(f"Rapport : {folder}")
    raise typer.Exit(1 if report["broken"] or report.get("leaks") else 0)


def _fail(message: str, hint: str, code: int) -> int:
    _say(f"Erreur : {message}")
    if hint:
        _say(f"À faire : {hint}")
    return code


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")
