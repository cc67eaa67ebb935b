"""Help pages and usage errors in French: Typer words both in English."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.errors import UsageError

_HELP = {
    "help": "Affiche cette aide.",
    "install_completion": "Installe la complétion pour ce shell.",
    "show_completion": "Affiche la complétion pour ce shell, à copier ou à adapter.",
}


class FrenchCommand(TyperCommand):
    """A command whose help page is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _translate(self.get_params(ctx))
        super().format_help(ctx, formatter)


class FrenchGroup(TyperGroup):
    """The group of commands, its help page in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _translate(self.get_params(ctx))
        super().format_help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is told with those that exist."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = ", ".join(self.list_commands(ctx))
            raise UsageError(f"Commande inconnue : {args[0]}.", f"Commandes : {known}.")
        return super().resolve_command(ctx, args)


def is_help(error: typer.TyperException) -> bool:
    """Say whether Typer answered a bare ``liaison`` with the help page, which says enough."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_error(error: typer.TyperException) -> UsageError:
    """Word in French what Typer found wrong on the command line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "liaison"
    return UsageError(_sentence(error), f"Voyez l'aide : {path} --help.")


def _sentence(error: typer.TyperException) -> str:
    name = _parameter(error)
    match type(error).__name__:
        case "NoSuchOption":
            return f"Option inconnue : {name}."
        case "MissingParameter":
            return f"Il manque {name}."
        case "BadParameter":
            return f"Valeur refusée pour {name}."
        case "BadOptionUsage":
            return f"L'option {name} est mal employée : une valeur manque, ou est en trop."
    return "La commande est incomplète, ou porte des mots en trop."


def _parameter(error: typer.TyperException) -> str:
    """Return the name of the option or argument at fault, as the user writes it."""
    if option := getattr(error, "option_name", None):
        return str(option)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "un paramètre"
    if parameter.param_type_name == "option":
        return str(parameter.opts[-1])
    return str(parameter.metavar or parameter.name.upper())


def _translate(parameters: list[Any]) -> None:
    from typer import rich_utils

    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    rich_utils.DEFAULT_STRING = "[par défaut : {}]"
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = " "  # a flag takes no value: Typer would show its Python type
        if parameter.name in _HELP:
            parameter.help = _HELP[parameter.name]
