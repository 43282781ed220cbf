"""Nobody sees another's data, and nobody has to ask twice."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.gateway import Gateway
from bot.conversation.models import Conversation, InboxRow, OutboxKind, OutboxRow
from tests.chat.conftest import Chat

NIK, BIRTH_DATE, PHONE = "1199011705940001", "17-05-1994", "+6281110000001"


async def test_the_request_goes_on_by_itself_after_the_verification(chat: Chat) -> None:
    await chat.says("saldo jht sy brp ya")
    chat.replied(contains=["Untuk menjaga data Anda", "tidak pernah meminta kata sandi"], without="Rp")
    await chat.says(NIK)
    chat.replied(contains="tanggal lahir")
    await chat.says(BIRTH_DATE)
    chat.replied(contains="[DEMO]")
    await chat.says(chat.code)
    chat.replied(
        contains=["Terima kasih, Rahmat", "Saldo JHT Anda Rp9.850.000", "Iuran terakhir"],
        buttons=["Rincian iuran", "Simulasi JHT", "Klaim JHT"],
        picture="balance_history",
    )


async def test_on_telegram_the_own_registered_contact_replaces_the_code(gateway: Gateway) -> None:
    chat = Chat(gateway, channel="telegram", chat_id="77")
    await chat.says("cek saldo jht saya")
    assert chat.replies[-1].ask_contact
    await chat.shares_contact(PHONE)
    await chat.says(NIK)
    await chat.says(BIRTH_DATE)
    chat.replied(contains="Rp9.850.000", without="[DEMO]")


async def test_somebody_elses_contact_counts_for_nothing(gateway: Gateway) -> None:
    chat = Chat(gateway, channel="telegram", chat_id="78")
    await chat.says("cek saldo jht saya")
    await chat.shares_contact(PHONE, own=False)
    chat.replied(contains="bukan nomor Anda sendiri")


async def test_three_wrong_identities_lock_the_chat(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    for _ in range(3):
        await chat.says(NIK)
        await chat.says("01-01-1990")
    chat.replied(contains="ditutup sementara", without="Rp")
    await chat.says("cek saldo jht saya")
    chat.replied(contains="ditutup sementara")


async def test_an_unknown_number_is_answered_like_a_wrong_date(chat: Chat, gateway: Gateway) -> None:
    other = Chat(gateway, chat_id="other")
    for talk, number in ((chat, NIK), (other, "1199010101900999")):
        await talk.says("cek saldo jht saya")
        await talk.says(number)
        await talk.says("01-01-1990")
    assert chat.text == other.text


async def test_a_full_card_number_needs_a_fresh_code(chat: Chat) -> None:
    await chat.says("lihat kartu saya")
    await chat.verifies(NIK, BIRTH_DATE)
    chat.replied(contains="0011", without="70000000011", picture="member_card")
    await chat.taps("Tampilkan nomor lengkap")
    chat.replied(contains="konfirmasi baru", without="70000000011")
    await chat.says(chat.code)
    chat.replied(contains="70000000011")


async def test_in_a_group_nothing_personal_is_said(gateway: Gateway) -> None:
    group = Chat(gateway, channel="telegram", chat_id="-5", private=False)
    await group.says("cek saldo jht saya")
    group.replied(contains="chat pribadi", without="NIK (16")


async def test_leaving_ends_the_session(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    await chat.verifies(NIK, BIRTH_DATE)
    await chat.says("keluar")
    chat.replied(contains="sudah keluar")
    await chat.says("cek saldo jht saya")
    chat.replied(contains="NIK (16 angka)", without="Rp9.850.000")


async def test_who_uses_the_same_browser_next_reads_nothing_of_who_left(chat: Chat, gateway: Gateway) -> None:
    await chat.says("cek saldo jht saya")
    await chat.verifies(NIK, BIRTH_DATE)
    await chat.says("keluar")
    await chat.says("apa itu jht")
    shown = "\n".join(message.text for message in await gateway.history(chat.channel, chat.chat_id, 0))
    assert "sudah keluar" in shown and "apa itu jht" in shown
    assert "Rp" not in shown.partition("apa itu jht")[0] and "cek saldo" not in shown


async def test_no_personal_number_rests_in_the_dialogue_or_the_inbox(
    chat: Chat, sessions: async_sessionmaker[AsyncSession]
) -> None:
    await chat.says("cek saldo jht saya")
    await chat.verifies(NIK, BIRTH_DATE)
    async with sessions() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        stored = [json.loads(payload)["text"] for payload in await session.scalars(select(InboxRow.payload))]
    assert "<nik>" in stored
    assert "<date>" in stored
    assert "<code>" in stored
    assert conversation.tracker
    for value in (NIK, BIRTH_DATE):
        assert value not in conversation.tracker
        assert not any(value in text for text in stored)


async def test_the_message_that_carries_a_nik_is_deleted_from_the_chat(
    gateway: Gateway, sessions: async_sessionmaker[AsyncSession]
) -> None:
    chat = Chat(gateway, channel="telegram", chat_id="79")
    await chat.says("cek saldo jht saya")
    await chat.shares_contact(PHONE)
    await chat.says(NIK)
    async with sessions() as session:
        deletions = (await session.scalars(select(OutboxRow).where(OutboxRow.kind == OutboxKind.DELETE))).all()
    assert len(deletions) == 1


async def test_who_does_not_know_the_number_is_told_where_it_is(chat: Chat) -> None:
    await chat.says("saldo jht sy brp ya")
    for said in ("ga tau nik saya", "nik dimana ya liatnya", "lupa"):
        await chat.says(said)
        chat.replied(["NIK ada di KTP", "nomor KPJ (11 angka)"], without="Tambah KPJ")
    await chat.says(NIK)
    chat.replied("tanggal lahir")


@pytest.mark.parametrize("said", ["saya keluar dari perusahaan", "habis keluar kerja", "sudah tidak kerja lagi"])
async def test_who_left_work_does_not_leave_the_chat(chat: Chat, said: str) -> None:
    await chat.says("saldo")
    await chat.verifies(NIK, BIRTH_DATE)
    await chat.says(said)
    chat.replied(without=["sudah keluar", "untuk apa ya"])
    await chat.says("cek saldo")
    chat.replied("Saldo JHT Anda")
