"""Chats in which a participant verifies, on channels with and without a vouched phone number."""

import re

import pytest
from sqlalchemy import text

from bot.errors import CoreSystemUnavailable
from bot.identity.answers import GivenBirthDate, GivenCode, GivenNumber, Resend, SharedContact, SkipContact
from bot.identity.levels import Level
from bot.identity.outcomes import (
    CodeExpired,
    CodeNotSent,
    CodeSent,
    NextStep,
    NoRegisteredNumber,
    NothingUnderWay,
    NotOwnContact,
    PrivateChatOnly,
    Step,
    Verified,
)
from tests.identity.conftest import SITI, WITHOUT_PHONE, Chat, World
from tests.identity.people import (
    BUDIS_BIRTH_DATE,
    BUDIS_NIK,
    OTHER_CONTACT,
    SITIS_BIRTH_DATE,
    SITIS_CONTACT,
    SITIS_KPJ,
    SITIS_NIK,
)

pytestmark = pytest.mark.asyncio

VERIFIED_SITI = Verified("Siti", Level.VERIFIED)
CODE_TO_SITI = CodeSent("01")


async def verified_chat(world: World, chat_id: str = "1") -> Chat:
    chat = await world.chat(chat_id)
    await chat.wants(Level.VERIFIED)
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI
    return chat


async def test_on_telegram_the_own_registered_contact_needs_no_code(world: World) -> None:
    chat = await world.chat(channel="telegram")
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.CONTACT)
    assert await chat.says(SITIS_CONTACT) == NextStep(Step.NUMBER)
    assert await chat.level() is Level.KNOWN
    assert await chat.says(SITIS_KPJ) == NextStep(Step.BIRTH_DATE)
    assert await chat.says(SITIS_BIRTH_DATE) == VERIFIED_SITI
    assert await chat.level() is Level.VERIFIED
    assert await chat.step() is None
    assert world.sms.codes == []


async def test_a_contact_that_is_not_the_registered_number_needs_a_code_to_that_one(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await chat.wants(Level.VERIFIED)
    await chat.says(OTHER_CONTACT)
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI
    assert world.sms.codes[0][0] == SITI.phone
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_somebody_elses_contact_is_refused_and_asked_again(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await chat.wants(Level.VERIFIED)
    assert await chat.says(SharedContact("+6281211110001", belongs_to_sender=False)) == NotOwnContact()
    assert await chat.step() is Step.CONTACT
    assert await chat.level() is Level.ANONYMOUS
    await chat.says(SkipContact())
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI


async def test_a_contact_counts_only_where_the_platform_vouches_for_it(world: World) -> None:
    chat = await world.chat(channel="rest")
    await chat.wants(Level.VERIFIED)
    assert await chat.says(SITIS_CONTACT) == NotOwnContact()
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI


async def test_contact_may_be_skipped_or_answered_with_the_number(world: World) -> None:
    skipping, typing = await world.chat("1", "telegram"), await world.chat("2", "telegram")
    await skipping.wants(Level.VERIFIED)
    assert await skipping.says(SkipContact()) == NextStep(Step.NUMBER)
    await typing.wants(Level.VERIFIED)
    assert await typing.says(SITIS_NIK) == NextStep(Step.BIRTH_DATE)


async def test_a_chat_known_by_its_contact_is_not_asked_for_it_again(world: World) -> None:
    chat = await world.chat(channel="telegram")
    assert await chat.says(SITIS_CONTACT) == NothingUnderWay()
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == VERIFIED_SITI


async def test_sharing_the_registered_contact_instead_of_the_code(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await chat.wants(Level.VERIFIED)
    await chat.says(SkipContact())
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    assert await chat.says(OTHER_CONTACT) == NextStep(Step.CODE)
    assert await chat.says(SITIS_CONTACT) == VERIFIED_SITI


async def test_elsewhere_number_birth_date_and_code(world: World) -> None:
    chat = await world.chat(channel="web")
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)
    assert await chat.says(SITIS_KPJ) == NextStep(Step.BIRTH_DATE)
    assert await chat.says(SITIS_BIRTH_DATE) == CODE_TO_SITI
    assert await chat.level() is Level.ANONYMOUS
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_number_and_birth_date_in_one_message_in_any_order(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    assert await chat.says(SITIS_BIRTH_DATE, SITIS_KPJ) == CODE_TO_SITI


async def test_a_number_typed_wrong_may_be_corrected_before_the_birth_date(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    await chat.says(BUDIS_NIK)
    assert await chat.says(SITIS_NIK) == NextStep(Step.BIRTH_DATE)
    assert await chat.says(SITIS_BIRTH_DATE) == CODE_TO_SITI


async def test_what_was_not_asked_is_answered_with_what_is(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    for early in (GivenCode("123456"), Resend(), SITIS_BIRTH_DATE, SkipContact()):
        assert await chat.says(early) == NextStep(Step.NUMBER)
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    for late in (SITIS_NIK, SITIS_BIRTH_DATE, SkipContact()):
        assert await chat.says(late) == NextStep(Step.CODE)
    assert await chat.says(GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_a_code_in_the_message_that_causes_it_to_be_sent_is_not_tried(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE, GivenCode("000000")) == CODE_TO_SITI


async def test_no_answer_counts_without_a_verification_under_way(world: World) -> None:
    chat = await world.chat()
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == NothingUnderWay()
    await chat.wants(Level.VERIFIED)
    await chat.cancels()
    assert await chat.step() is None
    assert await chat.says(SITIS_NIK) == NothingUnderWay()


async def test_after_a_cancelled_verification_its_code_is_worth_nothing(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    await chat.cancels()
    assert await chat.says(GivenCode(world.sms.last)) == NothingUnderWay()
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)


async def test_verification_goes_on_where_it_stopped_for_thirty_minutes(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    await chat.says(SITIS_NIK)
    world.later(minutes=29, seconds=59)
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.BIRTH_DATE)
    world.later(seconds=1)
    assert await chat.step() is None
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)


async def test_a_verified_chat_is_not_asked_again(world: World) -> None:
    chat = await verified_chat(world)
    assert await chat.wants(Level.VERIFIED) == VERIFIED_SITI


async def test_a_request_that_needs_no_more_ends_the_wait_for_a_confirmation(world: World) -> None:
    chat = await verified_chat(world)
    await chat.wants(Level.CONFIRMED)
    assert await chat.wants(Level.VERIFIED) == VERIFIED_SITI
    assert await chat.step() is None


async def test_an_idle_chat_needs_number_and_birth_date_again(world: World) -> None:
    chat = await verified_chat(world)
    world.later(minutes=30)
    assert await chat.wants(Level.VERIFIED) == NextStep(Step.NUMBER)
    assert await chat.level() is Level.KNOWN
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI


async def test_confirmation_of_a_verified_chat_needs_a_fresh_code_only(world: World) -> None:
    chat = await verified_chat(world)
    assert await chat.wants(Level.CONFIRMED) == CODE_TO_SITI
    assert await chat.step() is Step.CODE
    assert await chat.says(GivenCode(world.sms.last)) == Verified("Siti", Level.CONFIRMED)
    assert await chat.level() is Level.CONFIRMED
    world.later(minutes=5)
    assert await chat.level() is Level.VERIFIED
    assert await chat.wants(Level.CONFIRMED) == CODE_TO_SITI


async def test_confirmation_from_nothing_takes_identity_and_one_code(world: World) -> None:
    chat = await world.chat()
    assert await chat.wants(Level.CONFIRMED) == NextStep(Step.NUMBER)
    await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
    assert await chat.says(GivenCode(world.sms.last)) == Verified("Siti", Level.CONFIRMED)
    assert len(world.sms.codes) == 1


async def test_confirmation_needs_a_code_even_from_the_registered_contact(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await chat.wants(Level.CONFIRMED)
    await chat.says(SITIS_CONTACT)
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CODE_TO_SITI
    assert await chat.says(SITIS_CONTACT) == NextStep(Step.CODE)
    assert await chat.level() is Level.KNOWN


async def test_wanting_more_on_the_way_raises_the_aim(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    await chat.says(SITIS_NIK)
    assert await chat.wants(Level.CONFIRMED) == NextStep(Step.BIRTH_DATE)
    await chat.says(SITIS_BIRTH_DATE)
    assert await chat.says(GivenCode(world.sms.last)) == Verified("Siti", Level.CONFIRMED)


async def test_a_code_alone_does_not_bring_back_a_session_that_has_ended(world: World) -> None:
    chat = await verified_chat(world)
    for asks_again in (False, True):
        await chat.wants(Level.CONFIRMED)
        async with world.sessions.begin() as session:
            conversation = await session.merge(await chat.conversation())
            conversation.verified_at = None
        again = chat.wants(Level.CONFIRMED) if asks_again else chat.says(GivenCode(world.sms.last))
        assert await again == NextStep(Step.NUMBER)
        assert await chat.level() is Level.KNOWN
        await chat.says(SITIS_NIK, SITIS_BIRTH_DATE)
        await chat.says(GivenCode(world.sms.last))
        world.later(minutes=5)


async def test_groups_are_refused_at_every_turn(world: World) -> None:
    group = await world.chat(channel="telegram", private=False)
    assert await group.wants(Level.VERIFIED) == PrivateChatOnly()
    assert await group.says(SITIS_CONTACT) == PrivateChatOnly()
    assert (await group.conversation()).phone_index is None
    assert await group.step() is None


async def test_without_a_registered_number_there_is_no_way_to_send_a_code(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    outcome = await chat.says(GivenNumber(WITHOUT_PHONE.nik), GivenBirthDate(WITHOUT_PHONE.birth_date))
    assert outcome == NoRegisteredNumber()
    assert await chat.step() is None


async def test_a_failing_gateway_is_told_and_another_try_is_possible(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    world.sms.broken = True
    assert await chat.says(SITIS_NIK, SITIS_BIRTH_DATE) == CodeNotSent()
    assert await chat.says(GivenCode("123456")) == CodeExpired()
    world.sms.broken = False
    assert await chat.says(Resend()) == CODE_TO_SITI


async def test_the_step_stays_while_the_register_does_not_answer(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    find, world.core.find_by_number.side_effect = world.core.find_by_number.side_effect, CoreSystemUnavailable
    with pytest.raises(CoreSystemUnavailable):
        await chat.says(SITIS_NIK)
    world.core.find_by_number.side_effect = find
    assert await chat.says(SITIS_NIK) == NextStep(Step.BIRTH_DATE)


async def test_two_messages_in_one_transaction(world: World) -> None:
    chat = await world.chat()
    async with world.sessions.begin() as session:
        verification = world.verification(session)
        conversation = await session.merge(await chat.conversation())
        await verification.begin(conversation, Level.VERIFIED)
        await verification.answer(conversation, SITIS_NIK)
        assert await verification.answer(conversation, SITIS_BIRTH_DATE) == CODE_TO_SITI
        assert await verification.answer(conversation, GivenCode(world.sms.last)) == VERIFIED_SITI


async def test_nothing_personal_is_readable_in_the_database(world: World) -> None:
    chat = await world.chat(channel="telegram")
    await chat.wants(Level.VERIFIED)
    await chat.says(OTHER_CONTACT)
    await chat.says(SITIS_NIK, BUDIS_BIRTH_DATE)
    await chat.says(SITIS_NIK)
    await chat.says(SITIS_BIRTH_DATE)
    async with world.sessions() as session:
        stored = ""
        for table in ("conversations", "verifications", "one_time_codes", "identity_tries", "audit_log"):
            rows = (await session.execute(text(f"select * from {table}"))).all()
            assert rows
            stored += str(rows)
    for secret in (SITI.nik, "1990", "6281211110001", "6285555555555", world.sms.last, "SITI"):
        assert not re.search(rf"\b{secret}\b", stored)


async def test_every_success_is_on_record(world: World) -> None:
    await verified_chat(world)
    entries = [(entry.action, entry.actor, entry.subject, entry.at) for entry in await world.audit()]
    assert entries == [
        ("verification.code_sent", "conversation:1", "p1", world.now),
        ("verification.verified", "conversation:1", "p1", world.now),
    ]


async def test_names_are_greeted_without_initials(world: World) -> None:
    chat = await world.chat()
    await chat.wants(Level.VERIFIED)
    await chat.says(BUDIS_NIK, BUDIS_BIRTH_DATE)
    assert await chat.says(GivenCode(world.sms.last)) == Verified("Budi", Level.VERIFIED)
