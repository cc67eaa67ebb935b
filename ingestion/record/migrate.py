"""Bring the record's tables to the version that this code expects."""

from sqlalchemy import Connection, Engine, inspect, text

from ingestion.errors import RecordError

HEAD = "ingestion_0002"
"""The newest revision under ``migrations/versions`` (a test compares them)."""

VERSION_TABLE = "alembic_version_ingestion"


def migrate(engine: Engine) -> None:
    """Create or upgrade the tables; when they are current, alembic is not even imported.

    Raises RecordError when the database was written by a newer Liaison.
    """
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    _upgrade(engine)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "ingestion.record:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(transaction="write").begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "ingestion@head")
        except CommandError as error:
            raise RecordError(
                "La base de données vient d'une version plus récente de Liaison.",
                "Mettez Liaison à jour, ou indiquez un autre LIAISON_HOME.",
            ) from error
