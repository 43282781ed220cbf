"""The desk: officers, hand-offs, opening hours, pauses; who wrote what goes out; names to search by."""

from datetime import time

import sqlalchemy as sa
from alembic import op

from bot.privacy.columns import Encrypted
from bot.register.names import name_word_indexes

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NOT_ENDED = sa.text("ended_at IS NULL")
_WORKING_DAYS = range(5)
_OPENS, _CLOSES = time(8), time(15, 30)


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortcut", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sa.UniqueConstraint("shortcut", name="uq_canned_replies_shortcut"),
    )
    op.create_table(
        "closures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_closures"),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_officers"),
        sa.UniqueConstraint("username", name="uq_officers_username"),
    )
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_opening_hours"),
    )
    op.create_table(
        "pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name="fk_desk_sessions_officer_id_officers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_desk_sessions"),
    )
    op.create_index("ix_desk_sessions_officer_id", "desk_sessions", ["officer_id"], unique=False)

    op.create_table(
        "name_words",
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("word_index", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_name_words_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "word_index", name="pk_name_words"),
    )
    op.create_index("ix_name_words_word_index", "name_words", ["word_index"], unique=False)

    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_reply_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_back_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_back_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_handoffs_case_id_cases", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_handoffs_conversation_id_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name="fk_handoffs_officer_id_officers", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    op.create_index("ix_handoffs_case_id", "handoffs", ["case_id"], unique=False)
    op.create_index("ix_handoffs_conversation_id", "handoffs", ["conversation_id"], unique=False)
    op.create_index("ix_handoffs_due", "handoffs", ["due_at"], unique=False)
    op.create_index("ix_handoffs_ended_at", "handoffs", ["ended_at"], unique=False)
    op.create_index("ix_handoffs_officer_id", "handoffs", ["officer_id"], unique=False)
    op.create_index("ix_handoffs_state", "handoffs", ["state", "asked_at"], unique=False)
    op.create_index(
        "uq_handoffs_open",
        "handoffs",
        ["conversation_id"],
        unique=True,
        postgresql_where=_NOT_ENDED,
        sqlite_where=_NOT_ENDED,
    )

    op.add_column("case_events", sa.Column("internal", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.add_column("outbox", sa.Column("author", sa.String(), server_default="bot", nullable=False))
    op.add_column("outbox", sa.Column("officer_id", sa.Integer(), nullable=True))
    _open_on_working_days()
    _index_names()


def downgrade() -> None:
    op.drop_column("outbox", "officer_id")
    op.drop_column("outbox", "author")
    op.drop_column("case_events", "internal")
    for table in (
        "handoffs",
        "name_words",
        "desk_sessions",
        "pauses",
        "opening_hours",
        "officers",
        "closures",
        "canned_replies",
    ):
        op.drop_table(table)


def _open_on_working_days() -> None:
    """As the offices (official FAQ 612); a supervisor changes it."""
    hours = sa.table("opening_hours", sa.column("weekday"), sa.column("opens", sa.Time), sa.column("closes", sa.Time))
    rows = [{"weekday": day, "opens": _OPENS, "closes": _CLOSES} for day in _WORKING_DAYS]
    op.bulk_insert(hours, rows)


def _index_names() -> None:
    """Make the participants that are there already findable by name."""
    participants = sa.table("participants", sa.column("id"), sa.column("name", Encrypted("participants.name")))
    words = sa.table("name_words", sa.column("participant_id"), sa.column("word_index"))
    for participant, name in op.get_bind().execute(sa.select(participants.c.id, participants.c.name)).all():
        op.bulk_insert(
            words, [{"participant_id": participant, "word_index": index} for index in name_word_indexes(name)]
        )
