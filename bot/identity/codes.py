"""One-time codes: issued, limited, checked."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.identity.models import OneTimeCode
from bot.identity.otp import OtpGateway, OtpNotSent
from bot.identity.outcomes import (
    CodeExpired,
    CodeNotSent,
    CodeSent,
    CodeWrong,
    TooManyCodes,
)
from bot.identity.storage import waiting
from bot.privacy.keys import keyring

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
TRIES = 3
LIMIT = 5
LIMIT_PERIOD = timedelta(hours=1)
SHOWN_DIGITS = 2
"""How much of the registered number is shown, so that the participant knows which phone to look at."""


class OneTimeCodes:
    """The codes for one chat and one participant; a code is good in the chat that asked for it only."""

    def __init__(
        self, session: AsyncSession, gateway: OtpGateway, chat_index: str, participant_id: str, now: datetime
    ) -> None:
        self._session = session
        self._gateway = gateway
        self._chat = chat_index
        self._participant = participant_id
        self._now = now

    async def send(self, phone: str, language: str) -> CodeSent | TooManyCodes | CodeNotSent:
        """Send a new code, which voids those before it. One that couldn't be sent counts as well."""
        recent = await self._recent()
        if retry_at := self._retry_at(recent):
            return TooManyCodes(retry_at)
        for older in self._of_this_chat(recent):
            older.void = True
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row = self._row(code)
        try:
            shown = await self._gateway.send(phone, code, language)
        except OtpNotSent:
            row.void = True
            return CodeNotSent()
        finally:
            # Only now: a write before the call would hold the database for as long as the gateway takes.
            self._session.add(row)
        return CodeSent(phone[-SHOWN_DIGITS:], shown)

    async def check(self, given: str) -> CodeWrong | CodeExpired | None:
        """Use a code up; None when it is right."""
        live = self._live(await self._recent())
        if live is None:
            return CodeExpired()
        if not keyring().digest_matches(given, self._context, live.digest):
            live.tries += 1
            live.void = live.tries >= TRIES
            return CodeWrong(TRIES - live.tries)
        live.void = True
        return None

    def _row(self, code: str) -> OneTimeCode:
        return OneTimeCode(
            chat_index=self._chat,
            participant_id=self._participant,
            digest=keyring().digest(code, self._context),
            created_at=self._now,
            tries=0,
            void=False,
        )

    @property
    def _context(self) -> str:
        return f"one-time code {self._chat} {self._participant}"

    async def _recent(self) -> list[OneTimeCode]:
        """The codes of the last hour that were sent to this chat or to this participant, oldest first."""
        mine = or_(OneTimeCode.chat_index == self._chat, OneTimeCode.participant_id == self._participant)
        since = self._now - LIMIT_PERIOD
        found = select(OneTimeCode).where(mine, OneTimeCode.created_at > since)
        stored = await self._session.scalars(found.order_by(OneTimeCode.created_at, OneTimeCode.id))
        return [*stored, *(code for code in waiting(self._session, OneTimeCode) if self._concerns(code))]

    def _concerns(self, code: OneTimeCode) -> bool:
        return code.chat_index == self._chat or code.participant_id == self._participant

    def _of_this_chat(self, codes: Sequence[OneTimeCode]) -> list[OneTimeCode]:
        return [code for code in codes if code.chat_index == self._chat]

    def _live(self, codes: Sequence[OneTimeCode]) -> OneTimeCode | None:
        for code in self._of_this_chat(codes):
            young = self._now - code.created_at < VALID_FOR
            if young and not code.void and code.participant_id == self._participant:
                return code
        return None

    def _retry_at(self, codes: Sequence[OneTimeCode]) -> datetime | None:
        """When the next code may be sent; None: now. The limit holds for the chat and for the participant."""
        of_participant = [code for code in codes if code.participant_id == self._participant]
        full = [group for group in (self._of_this_chat(codes), of_participant) if len(group) >= LIMIT]
        return max((group[-LIMIT].created_at + LIMIT_PERIOD for group in full), default=None)
