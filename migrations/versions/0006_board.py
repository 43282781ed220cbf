"""The board: when an answer was promised first, and indexes for the figures of a period."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("promised_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_handoffs_asked", "handoffs", ["asked_at"])
    op.create_index("ix_inbox_received", "inbox", ["received_at", "conversation_id"])


def downgrade() -> None:
    op.drop_index("ix_inbox_received", "inbox")
    op.drop_index("ix_handoffs_asked", "handoffs")
    op.drop_column("handoffs", "promised_until")
