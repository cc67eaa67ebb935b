"""The table of errors is complete, and gives what a user can act on."""

import subprocess
import sys

import pytest

import assistant.errors
import ingestion.errors
import models.errors
from assistant.api.errors import TREATMENTS, ErrorBody, describe, revive, treatment
from assistant.errors import LiaisonError, Unavailable
from ingestion.errors import AmbiguousPatient
from models.errors import ModelError

DECLARED = [
    error
    for module in (models.errors, ingestion.errors, assistant.errors)
    for error in vars(module).values()
    if isinstance(error, type) and issubclass(error, Exception)
]


@pytest.mark.parametrize("error", DECLARED)
def test_every_declared_error_has_its_row(error: type[Exception]) -> None:
    assert error in TREATMENTS


@pytest.mark.parametrize("error", [error for error in TREATMENTS if not issubclass(error, ModelError)])
def test_an_error_survives_the_trip_to_another_process(error: type[Exception]) -> None:
    back = revive(error.__name__, describe(error("Message.", "Conseil.")))
    assert type(back) is error
    assert (str(back), getattr(back, "hint", "")) == ("Message.", "Conseil.")


def test_an_error_of_another_version_becomes_unavailable() -> None:
    assert type(revive("Surprise", ErrorBody("a", "b", "c"))) is Unavailable


def test_a_subclass_is_treated_as_its_nearest_parent() -> None:
    class Finer(AmbiguousPatient):
        pass

    assert treatment(Finer("")) == TREATMENTS[AmbiguousPatient]
    assert treatment(LiaisonError("")).status == 500
    assert treatment(ZeroDivisionError()).exit_code == 1


def test_an_unexpected_error_shows_where_never_what() -> None:
    try:
        raise ValueError("Zebulon, né le 3 mars")
    except ValueError as error:
        body = describe(error)
    assert "Zebulon" not in body.error + body.hint
    assert "ValueError, test_errors.py:" in body.error


def test_the_table_costs_the_command_line_nothing_heavy() -> None:
    code = "import sys, assistant.api.errors; print({'fastapi', 'pydantic', 'httpx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
