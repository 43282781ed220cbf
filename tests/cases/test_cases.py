"""A case is opened once, moves along its way, and each change is told."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.models import Case
from bot.cases.service import CaseNotFound, Cases, StepNotPossible
from bot.cases.stages import WAYS, CaseKind, CaseState
from bot.conversation.models import Conversation
from bot.texts import LANGUAGES, texts
from tests.cases.conftest import NOON, told

pytestmark = pytest.mark.asyncio


async def test_asked_twice_the_same_case_is_given(cases: Cases, conversation: Conversation) -> None:
    first, new = await cases.open(CaseKind.CARD_CHECK, conversation, seen="nothing")
    again, new_again = await cases.open(CaseKind.CARD_CHECK, conversation)
    assert (new, new_again) == (True, False)
    assert again is first and first.details == {"seen": "nothing"}


async def test_two_at_the_same_moment_leave_one(
    sessions: async_sessionmaker[AsyncSession], session: AsyncSession, cases: Cases, conversation: Conversation
) -> None:
    await cases.open(CaseKind.CLAIM, conversation)
    await session.commit()
    async with sessions() as other:
        other.add(Case(kind="claim", state="agenda", participant_id="P000001", opened_at=NOON, state_since=NOON))
        with pytest.raises(IntegrityError):
            await other.flush()


async def test_after_closing_a_new_one_is_opened(cases: Cases, conversation: Conversation) -> None:
    first, _ = await cases.open(CaseKind.CLAIM, conversation)
    assert await cases.withdraw(first)
    second, new = await cases.open(CaseKind.CLAIM, conversation)
    assert new and second.number != first.number


async def test_a_claim_goes_from_agenda_to_done_and_each_step_is_told(
    session: AsyncSession, cases: Cases, conversation: Conversation
) -> None:
    claim, _ = await cases.open(CaseKind.CLAIM, conversation)
    states = [await cases.advance(claim, "officer:a") for _ in range(4)]
    assert states == [CaseState.DETERMINATION, CaseState.APPROVAL, CaseState.PAYMENT, CaseState.DONE]
    assert claim.closed_at == NOON
    messages = await told(session)
    assert len(messages) == 4 and all(claim.number in message for message in messages)
    await session.flush()
    assert [event.state for event in await cases.history(claim)] == ["agenda", *states]
    with pytest.raises(StepNotPossible):
        await cases.advance(claim, "officer:a")


async def test_a_claim_is_withdrawn_until_it_is_approved(cases: Cases, conversation: Conversation) -> None:
    claim, _ = await cases.open(CaseKind.CLAIM, conversation)
    await cases.advance(claim, "officer:a")
    assert cases.may_withdraw(claim)
    await cases.advance(claim, "officer:a")
    assert not await cases.withdraw(claim) and claim.state == CaseState.APPROVAL


async def test_a_rejection_tells_the_reason(session: AsyncSession, cases: Cases, conversation: Conversation) -> None:
    claim, _ = await cases.open(CaseKind.CLAIM, conversation)
    await cases.reject(claim, "officer:a", "Nama di rekening berbeda")
    assert "Nama di rekening berbeda" in (await told(session))[0]


async def test_who_left_the_chat_is_told_nothing_there(
    session: AsyncSession, cases: Cases, conversation: Conversation
) -> None:
    claim, _ = await cases.open(CaseKind.CLAIM, conversation)
    conversation.participant_id = None
    await cases.advance(claim, "officer:a")
    assert await told(session) == []


async def test_a_case_is_found_by_its_number_and_no_other(cases: Cases, conversation: Conversation) -> None:
    claim, _ = await cases.open(CaseKind.CLAIM, conversation)
    assert await cases.find(claim.number) is claim
    for wrong in ("JMO-999999-0", "nonsense"):
        with pytest.raises(CaseNotFound):
            await cases.find(wrong)


async def test_every_stage_of_every_kind_has_its_words() -> None:
    for language in LANGUAGES:
        for kind, way in WAYS.items():
            prefix = "cases.stage_claim_" if kind is CaseKind.CLAIM else "cases.stage_"
            assert {f"{prefix}{state}" for state in way.stages} <= set(texts(language))
