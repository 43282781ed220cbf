"""The digital card doesn't show: each cause that the study and the sources name ends in something to do."""

import pytest

from tests.chat.conftest import Chat


async def test_the_first_reply_helps_already_and_asks_one_question(chat: Chat) -> None:
    await chat.says("kartu digital saya ga muncul")
    chat.replied(
        contains=["perbarui JMO", "sso.bpjsketenagakerjaan.go.id", "Apa yang Anda lihat"],
        buttons=["Tidak ada kartu", "Kartu lama hilang", "Loading atau kosong"],
    )


async def test_a_bad_network_leads_to_the_web(chat: Chat) -> None:
    await chat.says("kartu digital saya ga muncul")
    await chat.taps("Loading atau kosong")
    chat.replied(contains=["ganti jaringan", "sso.bpjsketenagakerjaan.go.id", "bisa dipakai untuk klaim"])


async def test_a_card_that_was_never_added_is_added(chat: Chat) -> None:
    await chat.says("kartu digital saya ga muncul")
    await chat.says("kartu lama yang hilang")
    await chat.says("belum pernah")
    chat.replied(contains="Tambah KPJ")


async def test_a_new_member_waits_for_the_first_contribution(chat: Chat) -> None:
    await chat.says("kartu digital saya ga muncul")
    await chat.taps("Tidak ada kartu")
    await chat.says("iya")
    chat.replied(contains="7 hari kerja")


@pytest.mark.parametrize(
    ("verified", "parts", "picture"),
    [
        ("Hendra", ["Penyebabnya", "PT Contoh Bangun Persada", "nonaktif", "Tambah KPJ"], "member_card"),
        ("Nur", ["Penyebabnya", "nama Anda", "berbeda"], None),
        ("Putri", ["Penyebabnya", "iuran pertama", "7 hari kerja"], None),
    ],
    indirect=["verified"],
)
async def test_the_record_names_the_cause_without_a_question(
    verified: Chat, parts: list[str], picture: str | None
) -> None:
    await verified.says("kartu digital saya ga muncul")
    verified.replied(contains=parts, without="?", picture=picture)


@pytest.mark.parametrize("verified", ["Rahmat"], indirect=True)
async def test_where_the_record_is_fine_the_app_is_at_fault_and_the_card_is_here(verified: Chat) -> None:
    await verified.says("kartu digital saya ga muncul")
    verified.replied(contains=["sudah tertaut", "Sudah mencoba"], buttons=["Belum"])
    await verified.taps("Belum")
    verified.replied(contains="sso.bpjsketenagakerjaan.go.id", picture="member_card")


@pytest.mark.parametrize("verified", ["Hendra"], indirect=True)
async def test_no_full_number_is_shown(verified: Chat) -> None:
    await verified.says("kartu digital saya ga muncul")
    verified.replied(contains="0071", without="70000000071")


@pytest.mark.parametrize("verified", ["Hendra"], indirect=True)
async def test_the_card_to_be_linked_is_named(verified: Chat) -> None:
    await verified.says("gabung kpj")
    verified.replied(contains=["belum tertaut", "PT Contoh Bangun Persada"])


async def test_somebody_elses_card_is_not_used(chat: Chat) -> None:
    await chat.says("ada kpj orang lain di akun saya")
    chat.replied(contains=["Jangan dipakai untuk klaim", "Yang dibawa: KTP"])
