"""All tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"], unique=False)
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"], unique=False)
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
        "identity_tries",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_identity_tries"),
    )
    op.create_index("ix_identity_tries_last_failed_at", "identity_tries", ["last_failed_at"], unique=False)
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_index", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_codes"),
    )
    op.create_index("ix_one_time_codes_chat_index", "one_time_codes", ["chat_index"], unique=False)
    op.create_index("ix_one_time_codes_created_at", "one_time_codes", ["created_at"], unique=False)
    op.create_index("ix_one_time_codes_participant_id", "one_time_codes", ["participant_id"], unique=False)
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
        "verifications",
        sa.Column("conversation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("candidate_id", sa.String(), nullable=True),
        sa.Column("number_index", sa.String(), nullable=True),
        sa.Column("birth_date_digest", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_verifications_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_verifications"),
    )
    op.create_index("ix_verifications_updated_at", "verifications", ["updated_at"], unique=False)
    op.create_table(
        "card_balances",
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_balances_card_id_cards", ondelete="CASCADE"),
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
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_contributions_card_id_cards", ondelete="CASCADE"),
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
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name="fk_outbox_inbox_id_inbox", ondelete="SET NULL"),
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
    op.drop_index("ix_verifications_updated_at", table_name="verifications")
    op.drop_table("verifications")
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
    op.drop_index("ix_one_time_codes_participant_id", table_name="one_time_codes")
    op.drop_index("ix_one_time_codes_created_at", table_name="one_time_codes")
    op.drop_index("ix_one_time_codes_chat_index", table_name="one_time_codes")
    op.drop_table("one_time_codes")
    op.drop_index("ix_identity_tries_last_failed_at", table_name="identity_tries")
    op.drop_table("identity_tries")
    op.drop_table("employers")
    op.drop_table("conversations")
    op.drop_index("ix_audit_log_subject", table_name="audit_log")
    op.drop_index("ix_audit_log_at", table_name="audit_log")
    op.drop_table("audit_log")
