"""Facts beside the documents, and which extractors they come from: none yet for documents already taken."""

import sqlalchemy as sa
from alembic import op

revision = "ingestion_0002"
down_revision = "ingestion_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of facts; every document's are to be extracted by the next ingestion."""
    op.add_column("document", sa.Column("facts_version", sa.Text(), nullable=True))
    op.create_index("ix_document_facts_version", "document", ["facts_version"])
    op.create_table(
        "fact",
        sa.Column("document_pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("polarity", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=7), nullable=False),
        sa.Column("certainty", sa.String(length=8), nullable=False),
        sa.Column("effective", sa.Text(), nullable=False),
        sa.Column("header_start", sa.Integer(), nullable=True),
        sa.Column("header_end", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name="fk_fact_document_pk"),
        sa.PrimaryKeyConstraint("document_pk", "position", name="pk_fact"),
    )
    op.create_index("ix_fact_kind", "fact", ["kind"])


def downgrade() -> None:
    """Drop the facts: they can be extracted again."""
    op.drop_table("fact")
    op.drop_index("ix_document_facts_version", "document")
    op.drop_column("document", "facts_version")
