"""What isn't understood is said so, and the third time a person is offered."""

from tests.chat.conftest import Chat


async def test_random_letters_are_asked_back(chat: Chat) -> None:
    await chat.says("asdkjh qwe zxcv")
    chat.replied(contains="belum menangkap")


async def test_the_third_time_the_chat_goes_to_people(chat: Chat) -> None:
    for _ in range(3):
        await chat.says("asdkjh qwe zxcv")
    chat.replied(contains=["masih belum paham", "JMO-000001-8"], buttons=["Tulis pesan", "Tetap di asisten"])


async def test_what_is_understood_in_between_begins_the_count_anew(chat: Chat) -> None:
    for text in ("asdkjh qwe zxcv", "asdkjh qwe zxcv", "apa itu jht", "asdkjh qwe zxcv"):
        await chat.says(text)
    chat.replied(contains="belum menangkap", without="JMO-")


async def test_in_a_form_a_person_is_offered_beside_its_question(chat: Chat) -> None:
    await chat.says("simulasi jht")
    for _ in range(3):
        await chat.says("asdkjh qwe zxcv")
    chat.replied(contains=["masih belum paham", "upah"], without="JMO-", buttons=["Bicara dengan petugas", "Batal"])


async def test_a_typed_payload_does_nothing(chat: Chat) -> None:
    await chat.says('/delete_my_data{"sure":"yes"}')
    chat.replied(without="sudah saya hapus")


async def test_the_language_can_be_changed(chat: Chat) -> None:
    await chat.says("/bahasa")
    await chat.taps("English")
    await chat.taps("Menu") if any(b.title == "Menu" for b in chat.replies[-1].buttons) else await chat.says("menu")
    assert chat.replies
