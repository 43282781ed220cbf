"""Pengkinian fails: the field that differs, who corrects it, and what else may be wrong."""

import pytest

from tests.chat.conftest import Chat


async def test_an_active_worker_goes_to_hr_with_the_list_and_a_text_to_send(chat: Chat) -> None:
    await chat.says("pengkinian data gagal terus")
    chat.replied(contains=["berbeda dengan KTP", "Apa yang muncul"])
    await chat.taps("Data tidak sesuai")
    await chat.says("tgl lahir")
    await chat.says("masih kerja")
    chat.replied(
        contains=["tanggal lahir", "fotokopi KTP, fotokopi KK", "nama ibu kandung (ke HRD saja, jangan ke saya)"]
    )
    message = chat.replies[-1].text
    assert message.startswith("Yth. HRD") and "tanggal lahir saya" in message
    assert len(chat.replies) == 2, "the text to forward is a message of its own"


async def test_who_left_goes_to_an_officer(chat: Chat) -> None:
    await chat.says("pengkinian data gagal terus")
    await chat.says("data tidak sesuai")
    await chat.taps("Nama")
    await chat.says("sudah resign")
    chat.replied(contains=["petugas BPJS Ketenagakerjaan", "KTP, KK, dan nomor KPJ"], without="HRD")


@pytest.mark.parametrize("verified", ["Nur"], indirect=True)
async def test_the_record_knows_the_field_and_that_the_work_ended(verified: Chat) -> None:
    await verified.says("pengkinian data gagal terus")
    verified.replied(contains=["Yang berbeda: *nama*", "sudah tidak bekerja"], without="?")


@pytest.mark.parametrize("verified", ["Rahmat"], indirect=True)
async def test_who_is_done_is_told_so(verified: Chat) -> None:
    await verified.says("pengkinian data gagal terus")
    verified.replied(contains="sudah selesai")


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        (["tidak dapat terhubung ke server", "belum"], "jam sepi"),
        (["Tidak dapat terhubung ke server", "sudah"], "bukan kesalahan data Anda"),
        (["alamat kelurahan tidak ketemu"], "nama kelurahan"),
        (["katanya di luar jam layanan"], "06.00–20.00"),
        (["masih dalam proses klaim"], "klaim JHT Anda sedang diproses"),
    ],
)
async def test_other_causes_have_their_own_answers(chat: Chat, answers: list[str], part: str) -> None:
    await chat.says("pengkinian data gagal terus")
    for answer in answers:
        await chat.says(answer)
    chat.replied(contains=part)


async def test_a_failing_face_leads_to_its_own_tree(chat: Chat) -> None:
    await chat.says("pengkinian data gagal terus")
    await chat.taps("Foto wajah gagal")
    chat.replied(contains=["tempat terang", "Sudah berapa kali gagal?"])
