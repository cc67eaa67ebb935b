"""Alembic migrations of the clinical tables (branch ``ingestion``)."""
