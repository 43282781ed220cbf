"""Simulations as participants ask for them."""

from tests.chat.conftest import Chat


async def test_the_published_example_comes_out_to_the_rupiah(chat: Chat) -> None:
    await chat.says("mau simulasi jht dong")
    chat.replied(contains="Berapa upah Anda sebulan?", buttons=["Batal"])
    await chat.says("5jt")
    chat.replied(contains="Berapa tahun iuran dibayarkan?")
    await chat.says("5 tahun")
    chat.replied(contains="Berapa saldo JHT Anda sekarang?", buttons=["Mulai dari 0"])
    await chat.taps("Mulai dari 0")
    chat.replied(
        contains=["Rp19.409.470", "Rp17.100.000", "Rp2.309.470", "5 % setahun", "bisa berbeda"],
        buttons=["Ganti upah", "Ganti lama", "Ganti saldo awal"],
        picture="jht_growth",
    )


async def test_what_the_request_already_says_is_not_asked_again(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    chat.replied(contains="Berapa saldo JHT Anda sekarang?", without="Berapa upah")


async def test_a_pension_of_less_than_fifteen_years_is_a_lump_sum(chat: Chat) -> None:
    await chat.says("simulasi jaminan pensiun")
    chat.replied(contains="Berapa usia Anda sekarang?")
    await chat.says("57 tahun")
    await chat.says("5jt")
    await chat.says("3 tahun")
    chat.replied(contains=["dibayar sekaligus", "minimal 15 tahun"])


async def test_a_long_membership_gives_a_monthly_pension(chat: Chat) -> None:
    await chat.says("simulasi jaminan pensiun")
    await chat.says("30 tahun")
    await chat.says("5jt")
    await chat.says("5 tahun")
    chat.replied(contains=["Perkiraan JP", "sebulan mulai", "tanpa penyesuaian inflasi"])
