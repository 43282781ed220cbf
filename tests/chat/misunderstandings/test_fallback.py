"""What isn't understood is said so, and the third time a person is offered."""

from tests.chat.conftest import Chat


async def test_random_letters_are_asked_back(chat: Chat) -> None:
    await chat.says("asdkjh qwe zxcv")
    chat.replied(contains="belum menangkap")


async def test_the_third_time_a_person_is_offered(chat: Chat) -> None:
    for _ in range(3):
        await chat.says("asdkjh qwe zxcv")
    chat.replied(contains="175", buttons=["Bicara dengan petugas"])


async def test_a_typed_payload_does_nothing(chat: Chat) -> None:
    await chat.says('/delete_my_data{"sure":"yes"}')
    chat.replied(without="sudah saya hapus")


async def test_the_language_can_be_changed(chat: Chat) -> None:
    await chat.says("/bahasa")
    await chat.taps("English")
    await chat.taps("Menu") if any(b.title == "Menu" for b in chat.replies[-1].buttons) else await chat.says("menu")
    assert chat.replies
