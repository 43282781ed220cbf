"""What happens to a hand-off, on each kind of database."""

import asyncio
import json

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from bot.cases.models import Case
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.models import Conversation, Floor, InboxRow, OutboxRow, OutboxState
from bot.handoff.call_backs import called_back
from bot.handoff.models import EndReason, Handoff, HandoffState, Officer, Reason, Topic
from bot.handoff.queue import place_of, waiting_time
from bot.handoff.service import AlreadyTaken, Handoffs, NotYours
from tests.handoff.conftest import BUDI, DAY, MINUTE, MORNING, RINA, asked, taken, told

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]


async def test_asked_twice_there_is_one_hand_off_and_one_number(
    session: AsyncSession, conversation: Conversation
) -> None:
    first, case, new = await Handoffs(session, MORNING).ask(conversation, Topic.GENERAL, Reason.ASKED)
    again, same, new_again = await Handoffs(session, MORNING + MINUTE).ask(conversation, Topic.APP, Reason.FLOW)
    assert (first, case, new, new_again) == (again, same, True, False)
    assert (case.kind, conversation.floor) == (CaseKind.CONVERSATION, Floor.QUEUE)


async def test_a_case_that_a_flow_opens_meanwhile_gives_the_number(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff, old, _ = await Handoffs(session, MORNING).ask(conversation, Topic.GENERAL, Reason.ASKED)
    reset, _ = await Cases(session, MORNING).open(CaseKind.BIOMETRIC_RESET, conversation)
    _, case, new = await Handoffs(session, MORNING).ask(conversation, Topic.BIOMETRIC, Reason.FLOW, case=reset)
    assert (case, new, handoff.case_id, handoff.topic) == (reset, False, reset.id, Topic.BIOMETRIC)
    assert old.state == CaseState.WITHDRAWN


async def test_who_asks_about_an_open_case_keeps_its_number(session: AsyncSession, conversation: Conversation) -> None:
    correction, _ = await Cases(session, MORNING).open(CaseKind.DATA_CORRECTION, conversation)
    handoff, case, _ = await Handoffs(session, MORNING).ask(conversation, Topic.DATA, Reason.ASKED)
    assert case is correction
    await Handoffs(session, MORNING).stay_with_bot(handoff)
    assert correction.state == CaseState.OPEN


async def test_fraud_goes_before_all_others_and_among_itself_in_order(
    session: AsyncSession, conversation: Conversation, stranger: Conversation
) -> None:
    third = Conversation(channel="web", chat_id="9")
    session.add(third)
    await session.flush()
    waiting = await asked(session, conversation)
    frauds = [
        (await Handoffs(session, MORNING + at * MINUTE).ask(chat, Topic.FRAUD, Reason.FRAUD))[0]
        for at, chat in ((1, stranger), (2, third))
    ]
    assert [await place_of(session, handoff) for handoff in (*frauds, waiting)] == [1, 2, 3]


async def test_a_wait_is_said_only_where_the_rate_is_known_and_grows_with_the_place(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    now = MORNING + 30 * MINUTE
    assert await waiting_time(session, 1, now) is None
    for minutes in (2, 5, 9, 14, 20):
        session.add(
            Handoff(
                case_id=handoff.case_id,
                conversation_id=1,
                topic="general",
                reason="asked",
                state="ended",
                asked_at=MORNING,
                queued_at=MORNING,
                participant_at=MORNING,
                taken_at=now - minutes * MINUTE,
                ended_at=now,
            )
        )
    await session.flush()
    one, four = await waiting_time(session, 1, now), await waiting_time(session, 4, now)
    assert one and four and 1 <= one.at_least < one.at_most <= 7
    assert four.at_least > one.at_least and four.at_most > one.at_most


async def test_two_officers_at_the_same_moment(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        handoff = await asked(session, await session.get_one(Conversation, 2))
    both_read = asyncio.Barrier(2)

    async def take(officer: int) -> int:
        async with sessions.begin() as session:
            found = await session.get_one(Handoff, handoff.id)
            await both_read.wait()
            await Handoffs(session, MORNING).take(found, officer, str(officer))
        return officer

    results = await asyncio.gather(take(RINA), take(BUDI), return_exceptions=True)
    [winner] = [result for result in results if isinstance(result, int)]
    assert [type(result) for result in results if not isinstance(result, int)] == [StaleDataError]
    async with sessions.begin() as session:
        found = await Handoffs(session, MORNING).locked(handoff.id)
        assert found.officer_id == winner
        with pytest.raises(AlreadyTaken):
            await Handoffs(session, MORNING).take(found, RINA + BUDI - winner, "the other")
        with pytest.raises(NotYours):
            await Handoffs(session, MORNING).say(found, RINA + BUDI - winner, "halo")
        joined = (await session.scalars(select(OutboxRow.payload).where(OutboxRow.conversation_id == 2))).all()
    assert len(joined) == 1


async def test_opened_again_within_a_day_under_the_same_number_and_not_later(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).end(handoff, EndReason.SOLVED, "Rina")
    assert await Handoffs(session, MORNING + DAY + 3 * MINUTE).reopen(conversation) is None
    again = await Handoffs(session, MORNING + DAY).reopen(conversation)
    assert again and again[0] is not handoff
    assert (again[1].id, again[1].state, conversation.floor) == (handoff.case_id, CaseState.OPEN, Floor.QUEUE)


async def test_opened_again_where_another_case_was_opened_meanwhile(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).end(handoff, EndReason.SOLVED, "Rina")
    other, _ = await Cases(session, MORNING + DAY / 2).open(CaseKind.CONVERSATION, conversation)
    again = await Handoffs(session, MORNING + DAY).reopen(conversation)
    await session.flush()
    assert again and again[1] is other


@pytest.mark.parametrize("forget", [False, True])
async def test_who_leaves_ends_it_and_the_next_in_the_chat_learns_nothing(
    session: AsyncSession, stranger: Conversation, forget: bool
) -> None:
    handoff, case, _ = await Handoffs(session, MORNING).ask(
        stranger, Topic.GENERAL, Reason.ASKED, {"intents": ["ask_tax"]}
    )
    handoffs = Handoffs(session, MORNING + MINUTE)
    await handoffs.leave(stranger, forget)
    assert (handoff.state, handoff.end_reason, stranger.floor) == (HandoffState.ENDED, EndReason.LEFT, Floor.BOT)
    assert await told(session, stranger) == [] and case.state == CaseState.WITHDRAWN
    assert await handoffs.reopen(stranger) is None and await handoffs.rate(stranger, "good") is None
    assert handoff.tried == ({} if forget else {"intents": ["ask_tax"]})


async def test_a_talk_that_was_over_is_not_opened_again_by_somebody_else(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).end(handoff, EndReason.SOLVED, "Rina")
    conversation.participant_id = "P000002"
    assert await Handoffs(session, MORNING + 3 * MINUTE).reopen(conversation) is None


async def test_a_case_of_two_chats_is_closed_with_the_last_talk(
    session: AsyncSession, conversation: Conversation, stranger: Conversation
) -> None:
    stranger.participant_id, stranger.verified_at = conversation.participant_id, MORNING
    first, second = await taken(session, conversation), await asked(session, stranger)
    case = await session.get_one(Case, first.case_id)
    assert second.case_id == case.id
    await Handoffs(session, MORNING + 2 * MINUTE).end(first, EndReason.SOLVED, "Rina")
    assert case.closed_at is None
    await Handoffs(session, MORNING + 3 * MINUTE).stay_with_bot(second)
    assert case.closed_at == MORNING + 3 * MINUTE


@pytest.mark.parametrize(
    ("reason", "rated"),
    [
        (EndReason.SOLVED, True),
        (EndReason.CALLED_BACK, True),
        (EndReason.HANDED_BACK, False),
        (EndReason.PARTICIPANT_SILENT, False),
        (EndReason.WRONG_PLACE, False),
    ],
)
async def test_a_rating_is_asked_where_the_matter_is_over(
    session: AsyncSession, conversation: Conversation, reason: EndReason, rated: bool
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).end(handoff, reason, "Rina")
    last = json.loads((await told(session, conversation))[-1])
    assert ("teratasi" in last["text"]) == rated == (handoff.rating_asked_at is not None)
    assert last["buttons"]
    assert (await Handoffs(session, MORNING + 3 * MINUTE).rate(conversation, "good") is not None) == rated


async def test_what_was_judged_within_the_hour_is_not_asked_about_again(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    handoffs = Handoffs(session, MORNING + 2 * MINUTE)
    await handoffs.end(handoff, EndReason.SOLVED, "Rina")
    assert await handoffs.rate(conversation, "unsolved") and not await handoffs.rate(conversation, "good")
    reopened = await handoffs.reopen(conversation)
    assert reopened
    again, _ = reopened
    await handoffs.take(again, BUDI, "Budi")
    await handoffs.say(again, BUDI, "Halo")
    await session.flush()
    await Handoffs(session, MORNING + 5 * MINUTE).end(again, EndReason.SOLVED, "Budi")
    assert "teratasi" not in (await told(session, conversation))[-1]


async def test_an_officer_s_end_lets_the_assistant_go_on_at_the_chosen_step_once(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).hand_back(handoff, "Rina", "/file_claim")
    await session.flush()
    [row] = (await session.scalars(select(InboxRow))).all()
    assert json.loads(row.payload)["text"] == "/file_claim" and conversation.floor == Floor.BOT


async def test_who_asked_and_was_answered_without_a_talk_is_told_too(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    await Handoffs(session, MORNING + MINUTE).end(handoff, EndReason.WRONG_PLACE, "Rina")
    assert "selesai" in (await told(session, conversation))[-1]


async def test_an_officer_sees_that_the_participant_can_t_be_reached(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    handoffs = Handoffs(session, MORNING + 2 * MINUTE)
    row = await handoffs.say(handoff, RINA, "Apakah Anda masih di sana?")
    await session.flush()
    assert not await handoffs.unreachable(conversation.id)
    await session.execute(update(OutboxRow).where(OutboxRow.id == row.id).values(state=OutboxState.GONE))
    assert await handoffs.unreachable(conversation.id)


async def test_an_officer_who_owes_an_answer_gets_no_more_time_by_more_questions(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).heard(handoff)
    owed_until = handoff.due_at
    await Handoffs(session, MORNING + 4 * MINUTE).heard(handoff)
    assert handoff.officer_owes and handoff.due_at == owed_until == MORNING + 7 * MINUTE


async def test_a_promise_doesn_t_move_when_it_is_asked_for_again(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    first = await Handoffs(session, MORNING).call_back(handoff, conversation)
    assert await Handoffs(session, MORNING + 50 * MINUTE).call_back(handoff, conversation) == first
    assert first and conversation.floor == Floor.BOT and handoff.promised_until == first[1]


async def test_a_call_back_given_to_another_officer_tears_nobody_from_the_assistant(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    await Handoffs(session, MORNING).call_back(handoff, conversation)
    due_at, before = handoff.due_at, await told(session, conversation)
    await Handoffs(session, MORNING + MINUTE).transfer(handoff, "Rina", BUDI)
    await session.flush()
    assert (handoff.state, handoff.officer_id, handoff.due_at) == (HandoffState.CALL_BACK, BUDI, due_at)
    assert conversation.floor == Floor.BOT and await told(session, conversation) == before


@pytest.mark.parametrize("interrupted", [True, False])
async def test_the_assistant_takes_up_only_what_people_interrupted(
    session: AsyncSession, conversation: Conversation, interrupted: bool
) -> None:
    handoff = await (taken if interrupted else asked)(session, conversation)
    if not interrupted:
        await Handoffs(session, MORNING).call_back(handoff, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).end(handoff, EndReason.SOLVED, "Rina")
    await session.flush()
    assert len((await session.scalars(select(InboxRow))).all()) == interrupted


@pytest.mark.parametrize("reached", [True, False])
async def test_a_call_that_reached_somebody_is_the_first_reply(
    session: AsyncSession, conversation: Conversation, reached: bool
) -> None:
    handoff = await asked(session, conversation)
    await Handoffs(session, MORNING).call_back(handoff, conversation)
    called_at = MORNING + 90 * MINUTE
    await called_back(session, called_at, handoff, await session.get_one(Officer, RINA), reached)
    assert handoff.first_reply_at == (called_at if reached else None) and handoff.ended_at == called_at
