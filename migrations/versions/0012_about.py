"""What a held message asks about, so that it isn't asked in the morning once that is settled."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("about", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "about")
