"""The clinical tables as they first were."""

import sqlalchemy as sa
from alembic import op

revision = "ingestion_0001"
down_revision = None
branch_labels = ("ingestion",)
depends_on = None


def upgrade() -> None:
    """Create every table."""
    _create_identities()
    _create_documents()
    _create_passages()
    _create_sources()
    _create_acts()


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for table in (
        "forgotten",
        "index_pending",
        "source_patient",
        "source_document",
        "source_file",
        "occurrence",
        "passage",
        "section",
        "waiting",
        "attribution",
        "document",
        "stay",
        "patient",
    ):
        op.drop_table(table)


def _create_identities() -> None:
    op.create_table(
        "patient",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("ipp", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("ins", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("given_names", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_place", sa.Text(), nullable=True),
        sa.Column("practitioner_name", sa.Text(), nullable=True),
        sa.Column("practitioner_rpps", sa.Text(), nullable=True),
        sa.Column("practitioner_address", sa.Text(), nullable=True),
        sa.Column("folded_family", sa.Text(), nullable=False),
        sa.Column("folded_names", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name="pk_patient"),
        sa.UniqueConstraint("authority", "ipp", name="uq_patient_authority_ipp"),
        sa.UniqueConstraint("key", name="uq_patient_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_patient_birth_date", "patient", ["birth_date"])
    op.create_index("ix_patient_folded_family", "patient", ["folded_family"])
    op.create_index("ix_patient_ipp", "patient", ["ipp"])
    op.create_table(
        "stay",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_pk", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("admitted", sa.Text(), nullable=True),
        sa.Column("discharged", sa.Text(), nullable=True),
        sa.Column("admission_mode", sa.Text(), nullable=True),
        sa.Column("discharge_destination", sa.Text(), nullable=True),
        sa.Column("attending_name", sa.Text(), nullable=True),
        sa.Column("attending_rpps", sa.Text(), nullable=True),
        sa.Column("attending_address", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["patient_pk"], ["patient.pk"], name="fk_stay_patient_pk"),
        sa.PrimaryKeyConstraint("pk", name="pk_stay"),
        sa.UniqueConstraint("authority", "id", name="uq_stay_authority_id"),
    )
    op.create_index("ix_stay_patient_pk", "stay", ["patient_pk"])


def _create_documents() -> None:
    op.create_table(
        "document",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("stay", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("ingested_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["replaced_by"], ["document.pk"], name="fk_document_replaced_by"),
        sa.PrimaryKeyConstraint("pk", name="pk_document"),
        sa.UniqueConstraint("pk", "id", "version", name="uq_document_pk_id_version"),
        sa.UniqueConstraint("replaced_by", name="uq_document_replaced_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_document_id", "document", ["id"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_table(
        "attribution",
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("patient_pk", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_pk", "document_id", "version"],
            ["document.pk", "document.id", "document.version"],
            name="fk_attribution_document_pk_document_id_version",
        ),
        sa.ForeignKeyConstraint(["patient_pk"], ["patient.pk"], name="fk_attribution_patient_pk"),
        sa.PrimaryKeyConstraint("document_pk", name="pk_attribution"),
        sa.UniqueConstraint(
            "patient_pk", "document_id", "version", name="uq_attribution_patient_pk_document_id_version"
        ),
    )
    op.create_table(
        "waiting",
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ipp", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name="fk_waiting_document_pk"),
        sa.PrimaryKeyConstraint("document_pk", name="pk_waiting"),
    )
    op.create_index("ix_waiting_ipp", "waiting", ["ipp"])
    op.create_table(
        "section",
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name="fk_section_document_pk"),
        sa.PrimaryKeyConstraint("document_pk", "position", name="pk_section"),
    )


def _create_passages() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("patient_pk", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_pk"], ["patient.pk"], name="fk_passage_patient_pk"),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    op.create_index("ix_passage_patient_pk", "passage", ["patient_pk"])
    op.create_table(
        "occurrence",
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.String(length=36), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("section_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name="fk_occurrence_document_pk"),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name="fk_occurrence_passage_id"),
        sa.PrimaryKeyConstraint("document_pk", "start", name="pk_occurrence"),
    )
    op.create_index("ix_occurrence_passage_id", "occurrence", ["passage_id"])


def _create_sources() -> None:
    op.create_table(
        "source_file",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_source_file"),
    )
    op.create_table(
        "source_document",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name="fk_source_document_document_pk"),
        sa.ForeignKeyConstraint(["fingerprint"], ["source_file.fingerprint"], name="fk_source_document_fingerprint"),
        sa.PrimaryKeyConstraint("fingerprint", "document_pk", name="pk_source_document"),
    )
    op.create_index("ix_source_document_document_pk", "source_document", ["document_pk"])
    op.create_table(
        "source_patient",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("patient_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["fingerprint"], ["source_file.fingerprint"], name="fk_source_patient_fingerprint"),
        sa.ForeignKeyConstraint(["patient_pk"], ["patient.pk"], name="fk_source_patient_patient_pk"),
        sa.PrimaryKeyConstraint("fingerprint", "patient_pk", name="pk_source_patient"),
    )
    op.create_index("ix_source_patient_patient_pk", "source_patient", ["patient_pk"])


def _create_acts() -> None:
    op.create_table(
        "index_pending",
        sa.Column("passage_id", sa.String(length=36), nullable=False),
        sa.Column("operation", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("passage_id", name="pk_index_pending"),
    )
    op.create_table(
        "forgotten",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("cleaned_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name="pk_forgotten"),
    )
