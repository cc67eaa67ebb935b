"""Errors of the assistant. Messages are in French, carry ids, say what to do, never patient text.

LiaisonError
├── UsageError          what was asked makes no sense (empty question, unreadable patient reference)
├── SettingsError       a setting is missing or contradicts another
├── NotAllowed          this principal may not do this
├── HomeHeld            another process owns LIAISON_HOME and cannot be reached
├── Cancelled           the reader left, or the deadline passed
└── Unavailable         the owner process answered with a fault

Errors of ``ingestion`` (UnknownPatient, AmbiguousPatient, UnknownDocument, …) pass through unchanged.
"""


class LiaisonError(Exception):
    """Base of the errors of this package; ``hint`` says what to do, in French."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(LiaisonError):
    """What was asked makes no sense."""


class SettingsError(LiaisonError):
    """A setting is missing or contradicts another."""


class NotAllowed(LiaisonError):
    """This principal may not do this."""


class HomeHeld(LiaisonError):
    """Another process owns LIAISON_HOME and cannot be reached."""


class Cancelled(LiaisonError):
    """The reader left, or the deadline passed."""


class Unavailable(LiaisonError):
    """The owner process answered with a fault."""
