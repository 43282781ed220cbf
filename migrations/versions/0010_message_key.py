"""The key of an officer's message, so that one posted twice is said once."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("key", sa.String(), nullable=True))
    op.create_index("uq_outbox_key", "outbox", ["key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_outbox_key", "outbox")
    op.drop_column("outbox", "key")
