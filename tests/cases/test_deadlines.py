"""What time does to cases."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases import deadlines
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.errors import CoreSystemUnavailable
from bot.register.core_system import CoreSystem
from bot.register.seed import seed
from bot.register.sql import SqlCoreSystem
from bot.sweeper import Sweeper
from tests.cases.conftest import NOON, told
from tests.cases.deadlines import act_on_deadlines

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


async def test_many_who_wait_for_a_correction_are_looked_at_in_turn(
    session: AsyncSession, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "MOST_AT_ONCE", 1)
    await seed(session, today=NOON.astimezone(WIB).date())
    for number, participant in enumerate(("P000004", "P000001")):  # the first one's data still differ
        conversation.participant_id = participant
        await Cases(session, NOON + timedelta(seconds=number)).open(CaseKind.DATA_CORRECTION, conversation)
    for minute in (1, 6):
        await session.flush()
        await act_on_deadlines(session, SqlCoreSystem(session), NOON + timedelta(minutes=minute))
    assert len(await told(session)) == 1


@pytest.mark.parametrize("trouble", [CoreSystemUnavailable("the register is out of reach"), KeyError("a text")])
async def test_a_deadline_that_fails_holds_up_no_other(
    trouble: Exception,
    sessions: async_sessionmaker[AsyncSession],
    session: AsyncSession,
    cases: Cases,
    conversation: Conversation,
) -> None:
    reset, _ = await cases.open(CaseKind.BIOMETRIC_RESET, conversation)
    await cases.advance(reset, "officer:a")
    await cases.open(CaseKind.DATA_CORRECTION, conversation)
    await session.commit()

    def silent(_: AsyncSession) -> CoreSystem:
        return _Silent(trouble)  # type: ignore[return-value]

    sweeper = Sweeper(sessions, timedelta(days=90), now=lambda: NOON + timedelta(days=2), core=silent)
    await sweeper.act_on_deadlines()
    assert ["Apakah JMO sudah bisa dipakai?" in said for said in await told(session)] == [False, True]


class _Silent:
    def __init__(self, trouble: Exception) -> None:
        self._trouble = trouble

    async def app_state(self, _: str) -> None:
        raise self._trouble
