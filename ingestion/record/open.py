"""Open the record on SQLite or PostgreSQL: the same code runs on both."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from ingestion.errors import RecordError
from ingestion.record.migrate import migrate
from ingestion.record.record import Record

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
    # VACUUM would otherwise copy the record into a file outside the data folder.
    "PRAGMA temp_store=MEMORY",
)


def open_record(url: str) -> Record:
    """Open the record at an SQLAlchemy URL (``sqlite:///…`` or ``postgresql://…``), tables up to date.

    Raises RecordError when the database cannot be reached or is newer than this code.
    """
    engine = open_engine(url)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        try:
            migrate(engine)
        except OperationalError as error:
            raise RecordError(
                "La base de données ne répond pas.", "Vérifiez LIAISON_DATABASE_URL et que le serveur est démarré."
            ) from error
        on_failure.pop_all()
    return Record(engine)


def open_engine(url: str) -> Engine:
    """Return an engine that never puts the values of a statement into an error message.

    On SQLite a transaction begins when SQLAlchemy says so: for writing at once (execution option
    ``transaction="write"``), for reading a snapshot (default), or not at all (``"none"``, for VACUUM).
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise RecordError(
            "L'adresse de la base de données est mal formée.",
            "Exemples : sqlite:////chemin/record.sqlite, postgresql://utilisateur@hote/base.",
        ) from error
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(str(address.render_as_string(hide_password=False)), address.database)
    engine = create_engine(address, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "handle_error", _hide_values)
    return engine


def _hide_values(context: ExceptionContext) -> None:
    """Keep the state's code of PostgreSQL's errors only: their details repeat the row."""
    if code := getattr(context.original_exception, "sqlstate", None):
        context.original_exception.args = (f"SQLSTATE {code}",)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (f"{type(context.original_exception).__name__}, SQLSTATE {code}",)


def _open_sqlite(url: str, path: str | None) -> Engine:
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    transaction = connection.get_execution_options().get("transaction", "read")
    if transaction == "write":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif transaction == "read":
        connection.exec_driver_sql("BEGIN")
