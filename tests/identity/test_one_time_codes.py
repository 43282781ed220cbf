"""Codes: six digits, five minutes, three tries, used once, five an hour, and only the newest counts."""

import io
import re
from datetime import timedelta

import pytest
from rich.console import Console
from sqlalchemy import select

from bot.errors import BadInput
from bot.identity.answers import GivenCode, Resend
from bot.identity.levels import Level
from bot.identity.models import OneTimeCode
from bot.identity.otp import ConsoleOtpGateway, DemoOtpGateway, gateway_named
from bot.identity.outcomes import (
    CodeExpired,
    CodeNotSent,
    CodeSent,
    CodeWrong,
    NextStep,
    Step,
    TooManyCodes,
    Verified,
)
from bot.identity.retention import delete_what_no_limit_needs
from tests.identity.conftest import Chat, World
from tests.identity.people import BUDIS_BIRTH_DATE, BUDIS_NIK, SITIS_BIRTH_DATE, SITIS_NIK

pytestmark = pytest.mark.asyncio

CODE_TO_SITI = CodeSent("01")
VERIFIED_SITI = Verified("Siti", Level.VERIFIED)


async def chat_at_code(world: World, chat_id: str = "1") -> Chat:
    chat = await world.chat(chat_id)
    await chat.wants(Level.VERIFIED)
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    assert await chat.step() is Step.CODE
    return chat


async def test_a_code_has_six_digits_and_only_its_digest_is_stored(world: World) -> None:
    await chat_at_code(world)
    assert re.fullmatch(r"\d{6}", world.sms.last)
    async with world.sessions() as session:
        stored = (await session.scalars(select(OneTimeCode))).one()
    assert re.fullmatch(r"[0-9a-f]{64}", stored.digest)


async def test_a_code_is_valid_for_five_minutes(world: World) -> None:
    in_time, late = await chat_at_code(world, "1"), await chat_at_code(world, "2")
    codes = [code for _, code in world.sms.codes]
    world.later(minutes=5, microseconds=-1)
    assert await in_time.says(GivenCode(codes[0])) == VERIFIED_SITI
    world.later(microseconds=1)
    assert await late.says(GivenCode(codes[1])) == CodeExpired()
    assert await late.step() is Step.CODE


async def test_the_third_wrong_code_voids_it(world: World) -> None:
    chat = await chat_at_code(world)
    right = world.sms.last
    for tries_left in (2, 1, 0):
        assert await chat.says(GivenCode(world.sms.wrong)) == CodeWrong(tries_left)
    assert await chat.says(GivenCode(right)) == CodeExpired()
    assert await chat.says(Resend()) == CODE_TO_SITI
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_a_code_is_used_once(world: World) -> None:
    """No newer code voids it here, because no more may be sent."""
    chat = await chat_at_code(world)
    for _ in range(4):
        await chat.says(Resend())
    used = GivenCode(world.sms.last)
    assert await chat.says(used) == VERIFIED_SITI
    assert isinstance(await chat.wants(Level.CONFIRMED), TooManyCodes)
    assert await chat.says(used) == CodeExpired()


async def test_a_new_code_voids_the_old(world: World) -> None:
    chat = await chat_at_code(world)
    old = world.sms.last
    await chat.says(Resend())
    while world.sms.last == old:
        await chat.says(Resend())
    assert await chat.says(GivenCode(old)) == CodeWrong(tries_left=2)
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_a_code_is_good_in_its_own_chat_only(world: World) -> None:
    first, second = await chat_at_code(world, "1"), await chat_at_code(world, "2")
    mine, yours = (code for _, code in world.sms.codes)
    if mine != yours:
        assert await second.says(GivenCode(mine)) == CodeWrong(tries_left=2)
    assert await second.says(GivenCode(yours)) == VERIFIED_SITI
    assert await first.says(GivenCode(mine)) == VERIFIED_SITI


async def test_a_code_for_one_participant_does_not_verify_another(world: World) -> None:
    chat = await chat_at_code(world)
    for _ in range(4):
        await chat.says(Resend())
    await chat.cancels()
    await chat.wants(Level.VERIFIED)
    assert isinstance(await chat.says(BUDIS_NIK, BUDIS_BIRTH_DATE), TooManyCodes)
    assert await chat.says(GivenCode(world.sms.last)) == CodeExpired()


async def test_five_codes_an_hour_for_a_chat(world: World) -> None:
    start = world.now
    chat = await chat_at_code(world)
    for _ in range(4):
        world.later(minutes=1)
        assert await chat.says(Resend()) == CODE_TO_SITI
    assert await chat.says(Resend()) == TooManyCodes(start + timedelta(hours=1))
    assert len(world.sms.codes) == 5
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_the_sixth_code_comes_when_the_first_is_an_hour_old(world: World) -> None:
    start = world.now
    chat = await chat_at_code(world)
    for _ in range(4):
        await chat.says(Resend())
    for minutes in (29, 29):
        world.later(minutes=minutes)
        assert await chat.says(Resend()) == TooManyCodes(start + timedelta(hours=1))
    world.now = start + timedelta(hours=1, microseconds=-1)
    assert await chat.says(Resend()) == TooManyCodes(start + timedelta(hours=1))
    world.now = start + timedelta(hours=1)
    assert await chat.says(Resend()) == CODE_TO_SITI


async def test_five_codes_an_hour_for_a_participant_over_all_chats(world: World) -> None:
    for number in range(5):
        await chat_at_code(world, str(number))
    chat = await world.chat("5")
    await chat.wants(Level.VERIFIED)
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == TooManyCodes(world.now + timedelta(hours=1))


async def test_five_codes_an_hour_for_a_chat_over_all_participants(world: World) -> None:
    chat = await chat_at_code(world)
    for _ in range(4):
        await chat.says(Resend())
    await chat.cancels()
    await chat.wants(Level.VERIFIED)
    assert await chat.says(BUDIS_NIK, BUDIS_BIRTH_DATE) == TooManyCodes(world.now + timedelta(hours=1))


async def test_codes_that_could_not_be_sent_count_as_well(world: World) -> None:
    world.sms.broken = True
    chat = await chat_at_code(world)
    for _ in range(4):
        assert await chat.says(Resend()) == CodeNotSent()
    assert await chat.says(Resend()) == TooManyCodes(world.now + timedelta(hours=1))


async def test_wrong_codes_are_on_record(world: World) -> None:
    chat = await chat_at_code(world)
    await chat.says(GivenCode(world.sms.wrong))
    actions = [entry.action for entry in await world.audit()]
    assert actions == ["verification.code_sent", "verification.code_wrong"]


async def test_retention_deletes_codes_only_when_no_limit_counts_them(world: World) -> None:
    chat = await chat_at_code(world)
    for minutes, left in ((59, 1), (1, 0)):
        world.later(minutes=minutes)
        async with world.sessions.begin() as session:
            await delete_what_no_limit_needs(session, world.now)
        async with world.sessions() as session:
            assert len((await session.scalars(select(OneTimeCode))).all()) == left
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)


async def test_demo_gateway_shows_the_code_in_the_chat_marked_as_demo() -> None:
    shown = await DemoOtpGateway().send("+6281211110001", "012345", "id")
    assert shown is not None
    assert "012345" in shown
    assert "DEMO" in shown


async def test_console_gateway_tells_the_operator_and_not_the_log(caplog: pytest.LogCaptureFixture) -> None:
    screen = io.StringIO()
    assert await ConsoleOtpGateway(Console(file=screen)).send("+6281211110001", "012345", "id") is None
    assert "012345" in screen.getvalue()
    assert "81211110001" not in screen.getvalue()
    assert caplog.text == ""


async def test_gateways_are_chosen_by_name() -> None:
    assert isinstance(gateway_named("demo"), DemoOtpGateway)
    assert isinstance(gateway_named("console"), ConsoleOtpGateway)
    with pytest.raises(BadInput, match="choose demo or console"):
        gateway_named("pigeon")
