"""Tables of the register. Personal values are encrypted; those that are looked up have a blind index."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.privacy.columns import Encrypted, EncryptedDate


class EmployerRow(Base):
    __tablename__ = "employers"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class ParticipantRow(Base):
    __tablename__ = "participants"

    id: Mapped[str] = mapped_column(primary_key=True)
    nik: Mapped[str] = mapped_column(Encrypted("participants.nik"))
    nik_index: Mapped[str] = mapped_column(index=True, unique=True)
    name: Mapped[str] = mapped_column(Encrypted("participants.name"))
    birth_date: Mapped[date] = mapped_column(EncryptedDate("participants.birth_date"))
    phone: Mapped[str | None] = mapped_column(Encrypted("participants.phone"))
    phone_index: Mapped[str | None] = mapped_column(index=True, unique=True)
    bank: Mapped[str | None]
    account_number: Mapped[str | None] = mapped_column(Encrypted("participants.account_number"))
    partial_claim_on: Mapped[date | None]


class NameWordRow(Base):
    """The words of participants' names as blind indexes, so that a name is found though it is encrypted."""

    __tablename__ = "name_words"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    word_index: Mapped[str] = mapped_column(primary_key=True, index=True)


class CardRow(Base):
    __tablename__ = "cards"

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)
    kpj: Mapped[str] = mapped_column(Encrypted("cards.kpj"))
    kpj_index: Mapped[str] = mapped_column(index=True, unique=True)
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employers.id"))
    segment: Mapped[str]
    status: Mapped[str]
    joined: Mapped[date]
    left: Mapped[date | None]
    leave_reason: Mapped[str | None]
    linked_in_app: Mapped[bool]
    first_contribution_posted: Mapped[bool]


class ContributionRow(Base):
    """What was paid for a month to a programme; amounts in whole rupiah."""

    __tablename__ = "contributions"

    card_id: Mapped[str] = mapped_column(ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True)
    programme: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    wage: Mapped[int] = mapped_column(BigInteger)
    employer_share: Mapped[int] = mapped_column(BigInteger)
    worker_share: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[date]


class CardBalanceRow(Base):
    """The JHT balance of a card on a day, in whole rupiah."""

    __tablename__ = "card_balances"

    card_id: Mapped[str] = mapped_column(ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class AppStateRow(Base):
    __tablename__ = "app_states"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    app_registered: Mapped[bool]
    data_update: Mapped[str]
    differing_fields: Mapped[list[Any]] = mapped_column(JSON)
    biometric: Mapped[str]
    biometric_failures: Mapped[int]
