"""Short questions refer to what was just shown."""

import pytest

from tests.chat.conftest import Chat


@pytest.mark.parametrize(
    ("topic", "question", "answer"),
    [
        ("cara klaim jht", "berapa lama?", "5 hari kerja"),
        ("cara klaim jht", "syaratnya apa?", "JHT bisa diklaim penuh"),
        ("cara klaim jht", "dimana ya", "Lapak Asik"),
        ("apa itu jkp", "syaratnya apa aja min", "12 bulan"),
        ("apa itu jkp", "terus syaratnya gimana?", "12 bulan"),
        ("apa itu jkp", "yang itu dapetnya berapa", "60 %"),
        ("apa itu jkp", "terus gimana?", "siapkerja"),
        ("apa itu jkm", "berapa dapatnya?", "Rp42.000.000"),
        ("apa itu jkm", "berapa lama?", "hari kerja"),
        ("apa itu jp", "syaratnya apa", "KK"),
        ("kantor cabang terdekat", "bawa apa aja?", "KTP"),
        ("apa itu bpu", "daftarnya dimana", "JMO"),
    ],
)
async def test_a_question_without_its_topic_is_about_the_last_one(
    chat: Chat, topic: str, question: str, answer: str
) -> None:
    await chat.says(topic)
    shown = chat.text
    await chat.says(question)
    chat.replied(answer, without=["belum menangkap", "Maksud Anda tentang apa"])
    assert chat.text != shown


@pytest.mark.parametrize("question", ["berapa lama?", "terus gimana?", "syaratnya apa?", "yang itu", "dimana?"])
async def test_where_nothing_was_shown_one_question_comes_back(chat: Chat, question: str) -> None:
    await chat.says(question)
    chat.replied("Maksud Anda tentang apa?", buttons=["Klaim JHT", "Saldo JHT"])


async def test_what_was_shown_is_forgotten_after_some_turns(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    for text in ("makasih", "halo", "oke", "makasih", "halo"):
        await chat.says(text)
    await chat.says("syaratnya apa?")
    chat.replied("Maksud Anda tentang apa?")


async def test_thanks_in_between_don_t_lose_the_topic(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    await chat.says("oh gitu makasih")
    await chat.says("syaratnya apa?")
    chat.replied("12 bulan")


async def test_that_one_shows_the_last_topic_again(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    shown = chat.text
    await chat.says("makasih")
    await chat.says("yang tadi")
    chat.replied(shown)


async def test_an_entry_of_the_knowledge_is_a_topic_too(chat: Chat) -> None:
    await chat.says("surat kuasa ambil pensiun")
    await chat.says("berapa lama?")
    chat.replied("Paling lama 15 hari")


@pytest.mark.parametrize(
    "varied",
    [
        "kalau 10 tahun?",
        "misalnya jht saya 10 tahun?",
        "andai simulasi 10 tahun",
        "kalo gajinya 7 juta?",
        "gimana kalau 10 thn",
        "what if 10 years?",
    ],
)
async def test_a_simulation_is_varied(chat: Chat, varied: str) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says(varied)
    chat.replied(without=["belum menangkap", "Berapa upah", "What is your monthly wage"])
    assert ("10" in chat.text and "Rp44.181.419" in chat.text) or "Rp7.000.000" in chat.text


async def test_both_values_of_a_simulation_are_varied_at_once(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says("kalau gaji 7 juta 10 tahun?")
    chat.replied(["setelah 10 tahun", "Rp7.000.000"])


async def test_a_short_question_in_a_form_is_answered_and_the_form_goes_on(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    await chat.says("tidak bisa login jmo")
    await chat.says("apa itu jkm")
    await chat.says("berapa lama?")
    chat.replied(["hari kerja", "Apa yang terjadi?"])


async def test_after_the_data_were_deleted_nothing_is_remembered(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    await chat.says("/hapus")
    await chat.taps("Ya, hapus")
    await chat.says("syaratnya apa?")
    chat.replied("Maksud Anda tentang apa?")


@pytest.mark.parametrize("text", ["terus gimana", "caranya gimana dong", "hmmm"])
async def test_in_a_form_the_question_that_waits_is_shown_again(chat: Chat, text: str) -> None:
    await chat.says("lupa password jmo")
    await chat.says(text)
    chat.replied(["Jawab pertanyaan ini dulu", "Apakah e-mail itu masih bisa Anda buka"], buttons=["Masih ada"])
