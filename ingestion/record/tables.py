"""The record's tables. Idempotence is a property of the schema: its unique constraints forbid doubles.

```
patient ─┬─ stay
         └─ attribution ── document ─┬─ section
                                     ├─ fact
                                     ├─ occurrence ── passage (one per patient and text)
                                     ├─ waiting           (no patient yet: no attribution)
                                     └─ source_document ── source_file
index_pending   passages whose point is to be written or removed
forgotten       acts of erasure, without clinical text
```

Dates are ISO 8601 text, as the source wrote them (with or without a time zone).
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

patient = Table(
    "patient",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("authority", Text, nullable=False),
    Column("ipp", Text, nullable=False, index=True),
    Column("provisional", Boolean, nullable=False),
    Column("ins", Text),
    Column("family_name", Text),
    Column("given_names", Text),
    Column("birth_date", String(10), index=True),
    Column("sex", Text),
    Column("birth_place", Text),
    Column("practitioner_name", Text),
    Column("practitioner_rpps", Text),
    Column("practitioner_address", Text),
    Column("folded_family", Text, nullable=False, index=True),
    Column("folded_names", Text, nullable=False),
    UniqueConstraint("authority", "ipp"),
    sqlite_autoincrement=True,
)

stay = Table(
    "stay",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("patient_pk", ForeignKey("patient.pk"), nullable=False, index=True),
    Column("service", Text),
    Column("admitted", Text),
    Column("discharged", Text),
    Column("admission_mode", Text),
    Column("discharge_destination", Text),
    Column("attending_name", Text),
    Column("attending_rpps", Text),
    Column("attending_address", Text),
    UniqueConstraint("authority", "id"),
)

# A row number is never given twice (autoincrement): a point left behind by a crash can name no other document.
document = Table(
    "document",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("replaced_by", ForeignKey("document.pk"), unique=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("content", String(64), nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Text),
    Column("author", Text),
    Column("service", Text),
    Column("stay", Text),
    Column("text", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("pages", JSON, nullable=False),
    Column("ingested_at", Text, nullable=False),
    Column("facts_version", Text, index=True),
    UniqueConstraint("pk", "id", "version"),
    sqlite_autoincrement=True,
)

# The reversible link. It repeats id and version so that (patient, id, version) can be unique.
attribution = Table(
    "attribution",
    metadata,
    Column("document_pk", Integer, primary_key=True, autoincrement=False),
    Column("patient_pk", ForeignKey("patient.pk"), nullable=False),
    Column("document_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(["document_pk", "document_id", "version"], ["document.pk", "document.id", "document.version"]),
    UniqueConstraint("patient_pk", "document_id", "version"),
)

waiting = Table(
    "waiting",
    metadata,
    Column("document_pk", ForeignKey("document.pk"), primary_key=True, autoincrement=False),
    Column("ipp", Text, index=True),
    Column("reason", Text, nullable=False),
)

section = Table(
    "section",
    metadata,
    Column("document_pk", ForeignKey("document.pk"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("name", Text),
    Column("start", Integer, nullable=False),
    Column("body", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

passage = Table(
    "passage",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("patient_pk", ForeignKey("patient.pk"), nullable=False, index=True),
    Column("text", Text, nullable=False),
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("document_pk", ForeignKey("document.pk"), primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),
    Column("passage_id", ForeignKey("passage.id"), nullable=False, index=True),
    Column("section", Text),
    Column("section_name", Text),
)

# Facts are derived from the text: they go with it and are extracted again when the extractors change.
fact = Table(
    "fact",
    metadata,
    Column("document_pk", ForeignKey("document.pk"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("polarity", String(12), nullable=False),
    Column("subject", String(7), nullable=False),
    Column("certainty", String(8), nullable=False),
    Column("effective", Text, nullable=False),
    Column("header_start", Integer),
    Column("header_end", Integer),
    Column("details", JSON, nullable=False),
)

# No path is kept: a file's name often holds a patient's.
source_file = Table(
    "source_file",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("skipped", Boolean, nullable=False),
    Column("seen_at", Text, nullable=False),
)

source_document = Table(
    "source_document",
    metadata,
    Column("fingerprint", ForeignKey("source_file.fingerprint"), primary_key=True),
    Column("document_pk", ForeignKey("document.pk"), primary_key=True, autoincrement=False),
    Index("ix_source_document_document_pk", "document_pk"),
)

source_patient = Table(
    "source_patient",
    metadata,
    Column("fingerprint", ForeignKey("source_file.fingerprint"), primary_key=True),
    Column("patient_pk", ForeignKey("patient.pk"), primary_key=True, autoincrement=False),
    Index("ix_source_patient_patient_pk", "patient_pk"),
)

# No foreign key: a deletion outlives its passage.
index_pending = Table(
    "index_pending",
    metadata,
    Column("passage_id", String(36), primary_key=True),
    Column("operation", String(6), nullable=False),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("what", String(8), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("id_hash", String(64), nullable=False),
    Column("documents", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("cleaned_at", Text),
)
