"""What a verified participant sees, one demo person for each situation."""

from tests.chat.conftest import Chat

RAHMAT = ("1199011705940001", "17-05-1994")
IN_ARREARS = ("1199011506980009", "15-06-1998")


async def test_months_that_the_employer_did_not_pay_are_pointed_out(chat: Chat) -> None:
    await chat.says("rincian iuran saya")
    await chat.verifies(*IN_ARREARS)
    chat.replied(contains=["Iuran JHT Anda", "Belum tercatat", "Ingatkan HRD", "175"], buttons=["Iuran JP"])


async def test_contributions_of_one_year_come_by_month(chat: Chat) -> None:
    await chat.says("rincian iuran saya")
    await chat.verifies(*RAHMAT)
    await chat.taps(next(b.title for b in chat.replies[-1].buttons if b.title.startswith("Iuran 20")))
    chat.replied(contains=["Iuran JHT tahun", "Januari"])


async def test_the_statement_comes_as_a_document(chat: Chat) -> None:
    await chat.says("rincian iuran saya")
    await chat.verifies(*RAHMAT)
    await chat.taps("Laporan tahunan (PDF)")
    chat.replied(contains="Laporan JHT tahun", document="yearly_statement")


async def test_a_verified_person_starts_a_simulation_from_their_balance(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    await chat.verifies(*RAHMAT)
    await chat.taps("Simulasi JHT")
    chat.replied(contains="Saldo awal saya isi dari data Anda: Rp9.850.000")
    await chat.says("5jt")
    await chat.says("1 tahun")
    chat.replied(contains="Saldo awal Rp9.850.000")


async def test_a_chat_is_deleted_only_after_a_yes(chat: Chat) -> None:
    await chat.says("/hapus")
    chat.replied(contains="tidak bisa dikembalikan", buttons=["Ya, hapus", "Tidak"])
    await chat.taps("Ya, hapus")
    chat.replied(contains="sudah saya hapus")
