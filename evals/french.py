"""Help pages and usage errors of ``liaison-evals`` in French: Typer words both in English."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_SENTENCES = {
    "NoSuchOption": "Option inconnue : {}.",
    "MissingParameter": "Il manque {}.",
    "BadParameter": "Valeur refusée pour {}.",
    "BadOptionUsage": "L'option {} est mal employée : une valeur manque, ou est en trop.",
}


class FrenchCommand(TyperCommand):
    """A command whose help page is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _translate(self.get_params(ctx))
        super().format_help(ctx, formatter)


class FrenchGroup(TyperGroup):
    """A group of commands whose help page is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _translate(self.get_params(ctx))
        super().format_help(ctx, formatter)


def usage_sentence(error: typer.TyperException) -> str:
    """Word in French what Typer found wrong on the command line."""
    sentence = _SENTENCES.get(type(error).__name__, "La commande est inconnue, incomplète, ou porte des mots en trop.")
    return sentence.format(_parameter(error))


def _parameter(error: typer.TyperException) -> str:
    if option := getattr(error, "option_name", None):
        return str(option)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "un paramètre"
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar)


def _translate(parameters: list[Any]) -> None:
    from typer import rich_utils

    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    rich_utils.DEFAULT_STRING = "[par défaut : {}]"
    for parameter in parameters:
        if parameter.name == "help":
            parameter.help = "Affiche cette aide."
