"""Messages that were misunderstood, and how a chat's last message was understood."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("last_heard", sa.String(), nullable=True))
    op.create_table(
        "misunderstood",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("guesses_json", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("meant", sa.String(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("intent", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_misunderstood_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbox_id"], ["inbox.id"], name="fk_misunderstood_inbox_id_inbox", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["officers.id"], name="fk_misunderstood_decided_by_officers", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_misunderstood"),
    )
    op.create_index("ix_misunderstood_state", "misunderstood", ["state", "kept_at"])
    op.create_index("ix_misunderstood_conversation_id", "misunderstood", ["conversation_id"])
    op.create_index("ix_misunderstood_inbox_id", "misunderstood", ["inbox_id"])


def downgrade() -> None:
    op.drop_table("misunderstood")
    op.drop_column("conversations", "last_heard")
