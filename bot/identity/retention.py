"""What verifications leave behind goes as soon as no limit needs it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.identity.codes import LIMIT_PERIOD
from bot.identity.limits import COUNTED_FOR
from bot.identity.models import IdentityTries, OneTimeCode, VerificationRow
from bot.identity.verification import KEPT_FOR


async def delete_what_no_limit_needs(session: AsyncSession, now: datetime) -> None:
    """Delete codes older than an hour, wrong identities after their lock, abandoned verifications."""
    await session.execute(delete(OneTimeCode).where(OneTimeCode.created_at <= now - LIMIT_PERIOD))
    await session.execute(delete(IdentityTries).where(IdentityTries.last_failed_at <= now - COUNTED_FOR))
    await session.execute(delete(VerificationRow).where(VerificationRow.updated_at <= now - KEPT_FOR))
