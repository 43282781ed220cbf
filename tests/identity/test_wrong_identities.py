"""Three wrong identities lock chat and number for two hours, and nobody learns whether a number exists."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bot.identity.answers import Answer, GivenCode
from bot.identity.levels import Level
from bot.identity.limits import IdentityLimits
from bot.identity.models import IdentityTries
from bot.identity.outcomes import CodeSent, Locked, NextStep, NothingUnderWay, NotMatching, Outcome, Step
from bot.identity.retention import delete_what_no_limit_needs
from tests.identity.conftest import Chat, World
from tests.identity.people import (
    BUDIS_BIRTH_DATE,
    BUDIS_NIK,
    NOBODYS_NIK,
    SITIS_BIRTH_DATE,
    SITIS_KPJ,
    SITIS_NIK,
)

pytestmark = pytest.mark.asyncio

CODE_TO_SITI = CodeSent("01")
MOMENT = timedelta(microseconds=1)


async def tries(chat: Chat, *answers: Answer) -> Outcome:
    """Begin if needed, and give the answers."""
    outcome = await chat.wants(Level.VERIFIED)
    return outcome if isinstance(outcome, Locked) else await chat.says(*answers)


async def locked_out(world: World, chat_id: str, number: Answer = SITIS_NIK) -> Chat:
    chat = await world.chat(chat_id)
    outcomes = [await tries(chat, number, BUDIS_BIRTH_DATE) for _ in range(3)]
    assert outcomes[-1] == Locked(world.now + timedelta(hours=2))
    return chat


async def test_unknown_number_and_wrong_birth_date_are_answered_alike_to_the_last(world: World) -> None:
    wrong, unknown = await world.chat("1"), await world.chat("2")
    for _ in range(4):
        assert await tries(wrong, SITIS_NIK) == await tries(unknown, NOBODYS_NIK)
        assert await tries(wrong, BUDIS_BIRTH_DATE) == await tries(unknown, BUDIS_BIRTH_DATE)
        assert await wrong.step() == await unknown.step()


async def test_unknown_number_and_wrong_birth_date_ask_the_register_the_same(world: World) -> None:
    calls = []
    for chat_id, number in (("1", SITIS_NIK), ("2", NOBODYS_NIK)):
        world.core.reset_mock()
        await tries(await world.chat(chat_id), number, BUDIS_BIRTH_DATE)
        calls.append([name for name, _, _ in world.core.mock_calls])
    assert calls == [["find_by_number"], ["find_by_number"]]


async def test_the_third_wrong_identity_locks_for_two_hours(world: World) -> None:
    chat = await world.chat()
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=2)
    assert await chat.step() is Step.NUMBER
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=1)
    until = world.now + timedelta(hours=2)
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == Locked(until)
    assert await chat.step() is None
    assert await chat.says(SITIS_NIK) == NothingUnderWay()
    world.now = until - MOMENT
    assert await chat.wants(Level.VERIFIED) == Locked(until)
    world.now = until
    assert await tries(chat, SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI


async def test_after_a_lock_the_count_begins_anew(world: World) -> None:
    chat = await locked_out(world, "1")
    world.later(hours=2)
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=2)


async def test_wrong_identities_are_forgotten_two_hours_after_the_last(world: World) -> None:
    chat = await world.chat()
    await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE)
    world.later(hours=2, microseconds=-1)
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=1)
    world.later(hours=2)
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=2)


@pytest.mark.parametrize("number", [SITIS_NIK, NOBODYS_NIK], ids=["known", "unknown"])
async def test_a_locked_number_is_locked_in_every_chat(world: World, number: Answer) -> None:
    await locked_out(world, "1", number)
    other = await world.chat("2")
    assert await tries(other, number) == Locked(world.now + timedelta(hours=2))
    assert await other.step() is None
    assert await tries(other, BUDIS_NIK) == NextStep(Step.BIRTH_DATE)


async def test_a_locked_chat_may_not_try_other_numbers(world: World) -> None:
    chat = await locked_out(world, "1")
    assert await tries(chat, BUDIS_NIK, BUDIS_BIRTH_DATE) == Locked(world.now + timedelta(hours=2))


async def test_failures_on_different_numbers_count_together_against_the_chat(world: World) -> None:
    chat = await world.chat()
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=2)
    assert await tries(chat, BUDIS_NIK, SITIS_BIRTH_DATE) == NotMatching(tries_left=1)
    assert await tries(chat, SITIS_KPJ, BUDIS_BIRTH_DATE) == Locked(world.now + timedelta(hours=2))
    assert isinstance(await tries(await world.chat("2"), SITIS_KPJ), Locked)


async def test_failures_in_different_chats_count_together_against_the_number(world: World) -> None:
    for chat_id, tries_left in (("1", 2), ("2", 1)):
        assert await tries(await world.chat(chat_id), SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left)
    third = await world.chat("3")
    assert await tries(third, SITIS_NIK, BUDIS_BIRTH_DATE) == Locked(world.now + timedelta(hours=2))
    assert isinstance(await third.wants(Level.VERIFIED), Locked)


async def test_a_number_locked_between_number_and_birth_date_is_locked(world: World) -> None:
    slow = await world.chat("slow")
    await tries(slow, SITIS_NIK)
    await locked_out(world, "1")
    assert isinstance(await slow.says(SITIS_BIRTH_DATE), Locked)


async def test_ones_own_number_buys_no_guesses_at_others(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE)
    await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE)
    await tries(chat, BUDIS_NIK, BUDIS_BIRTH_DATE)
    await chat.says(GivenCode(world.sms.last))
    assert await chat.level() is Level.VERIFIED
    world.later(minutes=30)
    assert isinstance(await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE), Locked)


async def test_cancelling_wins_no_more_tries(world: World) -> None:
    chat = await world.chat()
    await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE)
    await chat.cancels()
    assert await tries(chat, SITIS_NIK, BUDIS_BIRTH_DATE) == NotMatching(tries_left=1)


async def test_deleting_ones_data_lifts_no_lock(world: World) -> None:
    chat = await locked_out(world, "1")
    async with world.sessions.begin() as session:
        await session.delete(await session.merge(await chat.conversation()))
    assert isinstance(await (await world.chat("1")).wants(Level.VERIFIED), Locked)


async def test_two_chats_that_fail_on_a_number_at_once_are_never_counted_as_one(world: World) -> None:
    await tries(await world.chat("1"), SITIS_NIK, BUDIS_BIRTH_DATE)
    async with world.sessions() as session:
        number = next(subject for subject in await session.scalars(select(IdentityTries.subject)))
    one, other = world.sessions(), world.sessions()
    async with one, other:
        await IdentityLimits(one, world.now).count_failure("chat a", number)
        await IdentityLimits(other, world.now).count_failure("chat b", number)
        await one.commit()
        with pytest.raises((StaleDataError, IntegrityError)):
            await other.commit()


async def test_wrong_identities_and_locks_are_on_record(world: World) -> None:
    await locked_out(world, "1")
    actions = [entry.action for entry in await world.audit()]
    assert actions == ["verification.identity_wrong"] * 3 + ["verification.locked"]
    assert len({entry.subject for entry in await world.audit()}) == 1


async def test_retention_deletes_a_lock_only_when_it_is_over(world: World) -> None:
    await locked_out(world, "1")
    for hours, left in ((1.99, 2), (0.01, 0)):
        world.later(hours=hours)
        async with world.sessions.begin() as session:
            await delete_what_no_limit_needs(session, world.now)
        async with world.sessions() as session:
            assert len((await session.scalars(select(IdentityTries))).all()) == left
