"""Check that the citations of a statement prove it.

The same check serves a quoted sentence, a template and a sentence that a model writes. Each quote stands in its
document, character by character; each clause of the statement is then entailed by one of the citations: its words,
medicines, numbers with units, dates, sides, states, denials, of whom it speaks, and what each value is said of.
``computed`` holds the functions whose results a template may state: verification computes them again.
"""

from assistant.verify.check import verify
from assistant.verify.computed import TREND_WORDS, age_on, days_between, difference, trend
from assistant.verify.entailment import entails
from assistant.verify.quotes import row_with_header
from assistant.verify.types import Finding, Problem

__all__ = [
    "TREND_WORDS",
    "Finding",
    "Problem",
    "age_on",
    "days_between",
    "difference",
    "entails",
    "row_with_header",
    "trend",
    "verify",
]
