"""Every state of every hand-off and every open case has a deadline, and the sweeper acts on it, for ever."""

import re
from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.models import Case, Claim
from bot.cases.numbers import case_number
from bot.cases.service import Cases
from bot.cases.stages import CLOSED, WAYS, CaseKind, CaseState
from bot.cases.visits import Visits
from bot.clock import WIB
from bot.conversation.models import Conversation, OutboxRow
from bot.handoff.alerts import Alerts
from bot.handoff.models import OPEN_STATES, Handoff, HandoffState, Reason, Topic
from bot.handoff.service import Handoffs
from bot.sweeper import Sweeper
from tests.handoff.conftest import MORNING, RINA

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
DAYS = 30
OFFICE = {"office": "Bandung", "city": "Bandung", "address": "Jalan Contoh 1"}
NUMBER = re.compile(r"JMO-\d{6}-\d")
OPEN_CASES = [(kind, state) for kind, state in product(CaseKind, CaseState) if state in WAYS[kind].stages]
OPEN_CASES = [(kind, state) for kind, state in OPEN_CASES if state not in CLOSED]


async def bring_into(session: AsyncSession, handoff: Handoff, chat: Conversation, state: HandoffState) -> None:
    handoffs = Handoffs(session, MORNING)
    if state is HandoffState.TALKING:
        await handoffs.take(handoff, RINA, "Rina")
    if state is HandoffState.CALL_BACK:
        await handoffs.call_back(handoff, chat)
    if state is HandoffState.MESSAGE:
        await handoffs.leave_message(handoff, chat)


async def numbers_said(sessions: Sessions) -> Counter[str]:
    """How often each case was spoken of, to its participant or to the officers' group."""
    async with sessions() as session:
        payloads = await session.scalars(select(OutboxRow.payload))
        return Counter(number for payload in payloads for number in set(NUMBER.findall(payload)))


async def days_pass(sessions: Sessions) -> list[Counter[str]]:
    """What was said day by day while nobody but the sweeper does anything."""
    said = []
    sweeper = Sweeper(sessions, timedelta(days=900), alerts=Alerts("-100"))
    for day in range(1, DAYS + 1):
        with time_machine.travel(MORNING + timedelta(days=day), tick=False):
            await sweeper.act_on_deadlines()
        said.append(await numbers_said(sessions))
    return said


async def chat_number(session: AsyncSession, number: int) -> Conversation:
    chat = Conversation(channel="web", chat_id=f"w{number}", participant_id=f"Q{number}")
    session.add(chat)
    await session.flush()
    return chat


async def test_hand_offs_in_every_state(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number, state in enumerate(OPEN_STATES):
            chat = await chat_number(session, number)
            handoff, _, _ = await Handoffs(session, MORNING).ask(chat, Topic.GENERAL, Reason.ASKED)
            await bring_into(session, handoff, chat, state)
            assert (handoff.state, handoff.due_at is not None) == (state, True)
    said = await days_pass(sessions)
    async with sessions() as session:
        handoffs = (await session.scalars(select(Handoff))).all()
    assert len(handoffs) == len(OPEN_STATES)
    for handoff in handoffs:
        case = case_number(handoff.case_id)
        assert handoff.due_at and handoff.due_at > MORNING + timedelta(days=DAYS - 1)
        assert said[-1][case] > said[-6][case] > said[0][case]


async def test_cases_in_every_state(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number, (kind, state) in enumerate(OPEN_CASES):
            chat, cases = await chat_number(session, number), Cases(session, MORNING)
            if kind is CaseKind.VISIT:
                await Visits(session, MORNING).plan(chat, (MORNING + timedelta(days=3)).date(), WIB, **OFFICE)
            case, _ = await cases.open(kind, chat)
            if kind is CaseKind.CLAIM:
                session.add(_claim(case))
            cases.enter(case, state, "officer:Rina")
            assert case.due_at is not None
    said = await days_pass(sessions)
    async with sessions() as session:
        found = (await session.scalars(select(Case))).all()
    assert len(found) == len(OPEN_CASES) > 12
    for case in found:
        if case.closed_at is None:
            assert case.due_at, (case.kind, case.state)
            assert said[-1][case.number] > said[-6][case.number] > 0, (case.kind, case.state)
    assert {case.state for case in found if case.closed_at} == {CaseState.DONE}  # what was ready, and the visit


def _claim(case: Case) -> Claim:
    day = MORNING.date()
    return Claim(
        case_id=case.id,
        reason="resigned",
        gross=1,
        tax=0,
        bank="BRI",
        account_number="1",
        holder="X",
        photo=b"x",
        face="match",
        consented_at=MORNING,
        filed_at=MORNING,
        usual_by=day,
        due_by=day,
    )
