"""A question in the middle is answered, and what was interrupted goes on where it was."""

from tests.chat.conftest import Chat

RAHMAT = ("1199011705940001", "17-05-1994")


async def test_a_question_in_a_simulation_is_answered_and_the_same_step_asked_again(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("5jt")
    await chat.says("apakah kena pajak?")
    chat.replied(contains=["Pajak klaim JHT", "Berapa tahun iuran dibayarkan?"])
    await chat.says("5 tahun")
    chat.replied(contains="Berapa saldo JHT Anda sekarang?")


async def test_nonsense_in_a_simulation_is_met_with_the_same_question(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("zxqw vbnm")
    chat.replied(contains=["belum menangkap", "Berapa upah Anda sebulan?"])


async def test_a_verification_in_a_simulation_leads_back_into_it(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("5jt")
    await chat.says("cek saldo jht saya")
    chat.replied(contains="NIK (16 angka)")
    await chat.verifies(*RAHMAT)
    chat.replied(contains=["Rp9.850.000", "Berapa tahun iuran dibayarkan?"])


async def test_asking_why_in_a_verification_does_not_lose_the_request(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    await chat.says("kenapa harus verifikasi")
    chat.replied(contains="NIK (16 angka)")
    await chat.verifies(*RAHMAT)
    chat.replied(contains="Saldo JHT Anda Rp9.850.000")
