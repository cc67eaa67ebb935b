"""The tables that alembic builds are the tables that the code names."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from ingestion.errors import RecordError
from ingestion.record.migrate import HEAD, VERSION_TABLE
from ingestion.record.open import open_engine, open_record
from ingestion.record.record import Record
from ingestion.record.tables import metadata
from tests.ingestion.record.builders import ALPHA, document, dossier, write


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", "ingestion.record:migrations")
    config.set_main_option("path_separator", "os")
    return config


def test_head_is_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(_scripts()).get_current_head() == HEAD


def test_the_migrated_tables_are_those_of_the_code(record: Record) -> None:
    with record.read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_migrations_can_be_undone(record: Record) -> None:
    config = _scripts()
    with record.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with record.read() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]


def test_a_home_of_the_first_version_is_upgraded_with_all_it_holds(record: Record) -> None:
    write(record, dossier(ALPHA, document("D1", "INR à 2,4."), family_name="MARTIN"))
    before = record.counts()
    url = record.engine.url.render_as_string(hide_password=False)
    config = _scripts()
    with record.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "ingestion_0001")
    with record.read() as connection:
        assert "fact" not in inspect(connection).get_table_names()
        assert "facts_version" not in [column["name"] for column in inspect(connection).get_columns("document")]
    upgraded = open_record(url)
    assert upgraded.counts() == before
    assert upgraded.counts().outdated == 1
    patient = upgraded.find_patient(ALPHA.ipp)
    assert upgraded.document(patient.pk, "D1").text == "INR à 2,4."
    assert upgraded.facts([row.pk for row in upgraded.current_documents(patient.pk)]) == []
    upgraded.close()


def test_opening_again_does_not_import_alembic(home: Path) -> None:
    url = f"sqlite:///{home / 'record.sqlite'}"
    open_record(url).close()
    script = (
        f"import sys; from ingestion.record.open import open_record; open_record({url!r}); "
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_newer_database_is_refused(database_url: str) -> None:
    record = open_record(database_url)
    with record.write() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = 'ingestion_9999'"))
    record.close()
    with pytest.raises(RecordError, match="plus récente"):
        open_record(database_url)


@pytest.mark.parametrize("url", ["n'importe quoi", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_opened_says_so(url: str) -> None:
    with pytest.raises(RecordError) as caught:
        open_record(url)
    assert caught.value.hint


def test_sqlite_is_durable_and_leaves_nothing_of_deleted_rows(home: Path) -> None:
    engine = open_engine(f"sqlite:///{home / 'record.sqlite'}")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "temp_store")
    with engine.connect() as connection:
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas]
    engine.dispose()
    assert values == ["wal", 2, 1, 1, 10000, 2]
