"""All tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("tracker", sa.String(), nullable=True),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("phone_index", sa.String(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "chat_id", name="uq_conversations_channel_chat_id"),
    )
    op.create_table(
        "employers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employers"),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nik", sa.Text(), nullable=False),
        sa.Column("nik_index", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.String(), nullable=True),
        sa.Column("bank", sa.String(), nullable=True),
        sa.Column("account_number", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
    )
    op.create_index("ix_participants_nik_index", "participants", ["nik_index"], unique=True)
    op.create_index("ix_participants_phone_index", "participants", ["phone_index"], unique=True)
    op.create_table(
        "app_states",
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("app_registered", sa.Boolean(), nullable=False),
        sa.Column("data_update", sa.String(), nullable=False),
        sa.Column("differing_fields", sa.JSON(), nullable=False),
        sa.Column("biometric", sa.String(), nullable=False),
        sa.Column("biometric_failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_app_states_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_app_states"),
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("kpj", sa.Text(), nullable=False),
        sa.Column("kpj_index", sa.String(), nullable=False),
        sa.Column("employer_id", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=False),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("leave_reason", sa.String(), nullable=True),
        sa.Column("linked_in_app", sa.Boolean(), nullable=False),
        sa.Column("first_contribution_posted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name="fk_cards_employer_id_employers"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_cards_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
    )
    op.create_index("ix_cards_kpj_index", "cards", ["kpj_index"], unique=True)
    op.create_index("ix_cards_participant_id", "cards", ["participant_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_inbox_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "key", name="uq_inbox_channel_key"),
    )
    op.create_index("ix_inbox_conversation_id", "inbox", ["conversation_id"], unique=False)
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["conversation_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "card_balances",
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["cards.id"], name="fk_card_balances_card_id_cards", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "day", name="pk_card_balances"),
    )
    op.create_table(
        "contributions",
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("wage", sa.BigInteger(), nullable=False),
        sa.Column("employer_share", sa.BigInteger(), nullable=False),
        sa.Column("worker_share", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["cards.id"], name="fk_contributions_card_id_cards", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "programme", "month", name="pk_contributions"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("target_message_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform_message_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_outbox_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["inbox_id"], ["inbox.id"], name="fk_outbox_inbox_id_inbox", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id"], unique=False)
    op.create_index("ix_outbox_inbox_id", "outbox", ["inbox_id"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["channel", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_outbox_open",
        table_name="outbox",
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.drop_index("ix_outbox_inbox_id", table_name="outbox")
    op.drop_index("ix_outbox_conversation_id", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("contributions")
    op.drop_table("card_balances")
    op.drop_index(
        "ix_inbox_open",
        table_name="inbox",
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.drop_index("ix_inbox_conversation_id", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("ix_cards_participant_id", table_name="cards")
    op.drop_index("ix_cards_kpj_index", table_name="cards")
    op.drop_table("cards")
    op.drop_table("app_states")
    op.drop_index("ix_participants_phone_index", table_name="participants")
    op.drop_index("ix_participants_nik_index", table_name="participants")
    op.drop_table("participants")
    op.drop_table("employers")
    op.drop_table("conversations")
