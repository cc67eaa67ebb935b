"""The ``liaison`` command line. Nothing heavy is imported before the command that needs it."""

from ui.cli.app import main

__all__ = ["main"]
