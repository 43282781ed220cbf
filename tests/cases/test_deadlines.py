"""What time does to cases."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.deadlines import act_on_deadlines
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.register.seed import seed
from bot.register.sql import SqlCoreSystem
from tests.cases.conftest import NOON, told

pytestmark = pytest.mark.asyncio


async def test_a_day_after_a_reset_the_participant_is_asked_once(
    session: AsyncSession, cases: Cases, conversation: Conversation
) -> None:
    case, _ = await cases.open(CaseKind.BIOMETRIC_RESET, conversation)
    await cases.advance(case, "officer:a")
    core, day = SqlCoreSystem(session), timedelta(hours=24)
    for now in (NOON + day - timedelta(minutes=1), NOON + day, NOON + 2 * day):
        await session.flush()
        await act_on_deadlines(session, core, now)
    reset, question = await told(session)
    assert "biasanya" in reset and "Apakah JMO sudah bisa dipakai?" in question


async def test_who_waits_for_a_correction_is_told_when_the_register_shows_it(
    session: AsyncSession, conversation: Conversation
) -> None:
    await seed(session, today=NOON.astimezone(WIB).date())
    conversation.participant_id = "P000004"
    case, _ = await Cases(session, NOON).open(CaseKind.DATA_CORRECTION, conversation)
    await session.flush()
    core = SqlCoreSystem(session)
    await act_on_deadlines(session, core, NOON)
    assert case.state == CaseState.OPEN and await told(session) == []
    await core.accept_correction("P000004")
    await session.flush()
    await act_on_deadlines(session, core, NOON)
    await session.flush()
    await act_on_deadlines(session, core, NOON)
    assert case.state == CaseState.READY and len(await told(session)) == 1
