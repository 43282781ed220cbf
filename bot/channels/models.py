"""What participants sent as files."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base
from bot.privacy.columns import EncryptedBytes


class Upload(Base):
    """A photo sent through a channel that keeps no files itself."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_chat", "channel", "chat_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """The `ref` of the message's attachment."""
    channel: Mapped[str]
    chat_id: Mapped[str]
    mime: Mapped[str]
    data: Mapped[bytes] = mapped_column(EncryptedBytes("uploads.data"))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
