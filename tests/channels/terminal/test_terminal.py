"""A chat in a terminal, read as it is shown."""

from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.terminal import chat, to_message, with_bold
from bot.conversation.messages import Button, Document, IncomingMessage, Kind, Picture, Reply
from tests.fakes.chat_gateway import FakeGateway

CHOICES = (Button("Rincian iuran", "/details"), Button("Simulasi", "/simulate"))


async def talk(gateway: FakeGateway, *lines: str, folder: Path = Path(), timeout: float = 5) -> str:
    """Type lines, then Ctrl-D; gives what the terminal shows."""
    waiting = list(lines)

    async def read_line() -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    async def render(what: Picture | Document) -> bytes:
        return what.kind.encode()

    shown = StringIO()
    console = Console(file=shown, width=100, force_terminal=False)
    await chat(gateway, console, folder, read_line, "id", render, render, timeout)
    return shown.getvalue()


def always(*replies: Reply) -> Callable[[IncomingMessage], Sequence[Reply]]:
    return lambda _: replies


async def test_words_are_answered() -> None:
    shown = await talk(FakeGateway(), "saldo jht sy brp ya")
    assert "Anda menulis: saldo jht sy brp ya" in shown


async def test_ctrl_d_ends_politely() -> None:
    assert (await talk(FakeGateway())).rstrip().endswith("Terima kasih, sampai jumpa.")


async def test_buttons_are_numbered_and_a_number_chooses() -> None:
    gateway = FakeGateway(always(Reply("Saldo Anda Rp9.850.000.", CHOICES)))
    shown = await talk(gateway, "saldo", "2")
    assert "1 Rincian iuran" in shown and "2 Simulasi" in shown
    assert [(m.kind, m.text) for m in gateway.accepted] == [(Kind.TEXT, "saldo"), (Kind.BUTTON, "/simulate")]


async def test_the_buttons_of_several_answers_count_on() -> None:
    gateway = FakeGateway(always(Reply("Satu", CHOICES), Reply("Dua", (Button("Menu", "/menu"),))))
    await talk(gateway, "halo", "3")
    assert gateway.accepted[-1].text == "/menu"


@pytest.mark.parametrize("typed", ["3", "0", "-1", " 1", "1 juta", "²", "1\n2"])
def test_what_is_no_number_of_a_choice_is_words(typed: str) -> None:
    message = to_message(typed, "chat", CHOICES)
    assert (message.kind, message.text) == (Kind.TEXT, typed.strip())


def test_commands_are_those_of_every_channel() -> None:
    message = to_message("/keluar", "chat", CHOICES)
    assert (message.kind, message.text) == (Kind.BUTTON, "/logout")


def test_nobody_types_a_payload() -> None:
    message = to_message("/approve_claim", "chat", CHOICES)
    assert (message.kind, message.text) == (Kind.TEXT, "approve_claim")


async def test_empty_lines_say_nothing() -> None:
    gateway = FakeGateway()
    await talk(gateway, "", "   ")
    assert gateway.accepted == []


async def test_a_picture_is_saved_and_described(tmp_path: Path) -> None:
    gateway = FakeGateway(always(Reply("Ini grafiknya.", picture=Picture("jht_growth", {}, "Saldo Rp19.409.470"))))
    shown = await talk(gateway, "grafik", folder=tmp_path / "var")
    (saved,) = (tmp_path / "var").iterdir()
    assert saved.read_bytes() == b"jht_growth"
    assert f"Saldo Rp19.409.470: tersimpan di {saved}" in shown


async def test_a_document_never_leaves_the_folder(tmp_path: Path) -> None:
    gateway = FakeGateway(always(Reply("Ini berkasnya.", document=Document("statement", {}, "../../saldo.pdf"))))
    await talk(gateway, "berkas", folder=tmp_path / "var")
    assert (tmp_path / "var" / "saldo.pdf").read_bytes() == b"statement"


async def test_a_late_answer_is_explained_and_the_chat_goes_on() -> None:
    gateway = FakeGateway()
    gateway.hold()
    shown = await talk(gateway, "halo", timeout=0.01)
    assert "Jawaban belum siap" in shown
    assert shown.rstrip().endswith("sampai jumpa.")
    gateway.go_on()


async def test_what_people_write_is_no_markup() -> None:
    assert "[red]merah[/red] [/]" in await talk(FakeGateway(), "[red]merah[/red] [/]")


def test_only_a_pair_of_asterisks_is_bold() -> None:
    text = with_bold("2*3*4, *Rp9.850.000* dan * ini")
    assert text.plain == "2*3*4, Rp9.850.000 dan * ini"
    assert [text.plain[span.start : span.end] for span in text.spans] == ["Rp9.850.000"]
