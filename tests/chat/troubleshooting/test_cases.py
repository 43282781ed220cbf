"""What no advice solves becomes a case: once, with what the officer needs."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.models import Case
from tests.chat.conftest import Chat
from tests.chat.troubleshooting.conftest import PEOPLE

Sessions = async_sessionmaker[AsyncSession]


async def cases(sessions: Sessions) -> list[Case]:
    async with sessions() as session:
        return list(await session.scalars(select(Case)))


def number_in(chat: Chat) -> str:
    found = re.search(r"JMO-\d{6}-\d", chat.text)
    assert found, chat.text
    return found[0]


@pytest.mark.parametrize("verified", ["Yusuf"], indirect=True)
async def test_a_locked_face_becomes_a_case_for_the_interview(verified: Chat, sessions: Sessions) -> None:
    await verified.says("foto wajah gagal terus di jmo")
    number = number_in(verified)
    verified.replied(contains=["mewawancarai", "*biasanya*", "1 × 24 jam"], without="Yang dibawa")
    await verified.says("foto wajah masih gagal di jmo")
    assert number_in(verified) == number
    [case] = await cases(sessions)
    assert (case.kind, case.number) == ("biometric_reset", number)
    assert case.details["failures"] == 3 and case.details["phone"] == "+6281110000005"
    assert not any("ibu" in str(value) for value in case.details.values())


@pytest.mark.parametrize("verified", ["Nur"], indirect=True)
async def test_a_data_correction_says_which_field(verified: Chat, sessions: Sessions) -> None:
    await verified.says("pengkinian data gagal terus")
    number_in(verified)
    [case] = await cases(sessions)
    assert case.kind == "data_correction" and case.details["fields"] == ["name"]


async def test_without_verification_the_way_is_told_and_a_case_offered(chat: Chat, sessions: Sessions) -> None:
    await chat.says("biometrik saya sudah 3x gagal mohon dibuka blokirnya")
    chat.replied(contains=["Petugas bisa memeriksanya", "Yang dibawa: KTP"], buttons=["Verifikasi & lapor"])
    assert await cases(sessions) == []


async def test_the_case_goes_on_by_itself_after_the_verification(chat: Chat, sessions: Sessions) -> None:
    await chat.says("jmo ga bisa dibuka")
    await chat.says("sudah, tetap sama")
    await chat.says("hp baru")
    await chat.taps("Verifikasi & lapor")
    await chat.verifies(*PEOPLE["Rahmat"])
    number_in(chat)
    [case] = await cases(sessions)
    assert case.kind == "app_problem"
    assert case.details["answers"] == {"app_what": "crash", "app_crash_tried": "tried", "app_phone": "new"}


async def test_a_cause_that_the_record_shows_is_said_before_any_case(chat: Chat, sessions: Sessions) -> None:
    await chat.says("kartu digital saya ga muncul")
    await chat.taps("Loading atau kosong")
    await chat.taps("Masih gagal")
    chat.replied(contains="Petugas bisa memeriksanya")
    await chat.taps("Verifikasi & lapor")
    await chat.verifies(*PEOPLE["Hendra"])
    chat.replied(contains=["Penyebabnya", "PT Contoh Bangun Persada"], without="JMO-")
    await chat.taps("Masih gagal")
    number_in(chat)
    [case] = await cases(sessions)
    assert case.kind == "card_check"


@pytest.mark.parametrize("verified", ["Rahmat"], indirect=True)
async def test_advice_that_does_not_help_becomes_a_case_in_ones_own_words(verified: Chat, sessions: Sessions) -> None:
    await verified.says("aplikasi loading terus")
    await verified.says("belum")
    verified.replied(buttons=["Masih gagal"])
    await verified.says("masih gagal juga min")
    number_in(verified)
    assert [case.kind for case in await cases(sessions)] == ["app_problem"]


@pytest.mark.parametrize("verified", ["Rahmat"], indirect=True)
async def test_a_double_tap_opens_one_case(verified: Chat, sessions: Sessions) -> None:
    await verified.says("aplikasi loading terus")
    await verified.says("belum")
    ended = verified.replies
    for _ in range(2):
        verified.replies = ended
        await verified.taps("Masih gagal")
    assert len(await cases(sessions)) == 1


async def test_a_report_about_nothing_asks_what_happened(chat: Chat) -> None:
    await chat.says("tolong buatkan laporan")
    chat.replied(contains="Ceritakan apa yang terjadi")


async def test_in_a_group_no_case_is_opened(chat: Chat, sessions: Sessions) -> None:
    group = Chat(chat.gateway, channel="telegram", chat_id="-7", private=False)
    await group.says("aplikasi loading terus")
    await group.says("belum")
    await group.taps("Masih gagal")
    group.replied(contains="chat pribadi")
    assert await cases(sessions) == []
