"""Alembic environment of the branch ``ingestion``: it runs on the connection that the record hands over."""

from alembic import context

from ingestion.record.migrate import VERSION_TABLE
from ingestion.record.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
