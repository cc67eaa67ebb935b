"""The record: patients, documents and passages in SQL, on SQLite or PostgreSQL."""
