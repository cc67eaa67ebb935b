"""Errors of the evaluation. Messages are in French, carry ids and paths, say what to do, never patient text.

EvaluationError
├── GoldError     a folder of records cannot be used as gold
├── ReportError   a report of an earlier run cannot be read or compared
└── SuiteError    a suite could not run to its end
"""


class EvaluationError(Exception):
    """Base of the errors of this package; ``hint`` says what to do, in French."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class GoldError(EvaluationError):
    """A folder of records cannot be used as gold."""


class ReportError(EvaluationError):
    """A report of an earlier run cannot be read or compared."""


class SuiteError(EvaluationError):
    """A suite could not run to its end."""
