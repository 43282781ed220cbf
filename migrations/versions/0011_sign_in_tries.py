"""Wrong passwords are counted by account and place, so that nobody keeps an officer out from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_tries",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "place", name="pk_sign_in_tries"),
    )
    op.create_index("ix_sign_in_tries_last_failed_at", "sign_in_tries", ["last_failed_at"], unique=False)
    op.drop_column("officers", "locked_until")
    op.drop_column("officers", "failures")


def downgrade() -> None:
    op.add_column("officers", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("officers", sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("sign_in_tries")
