"""Which button a typed text means."""

import pytest

from bot.conversation.choices import chosen, titled
from bot.conversation.messages import Button

MENU = (
    Button("Saldo JHT", "/check_balance"),
    Button("Simulasi JHT", "/simulate_jht"),
    Button("Simulasi JP", "/simulate_jp"),
)
LIST = tuple(Button(day, f'/inform{{"choice":"day.{day}"}}') for day in ("Senin", "Selasa"))
AMOUNT = (Button("Tidak tahu", '/inform{"choice":"age.unknown"}'), Button("Batal", "/cancel"))
SURE = (Button("Ya, hapus", "/delete"), Button("Tidak", "/menu"))


def payload(text: str, offered: tuple[Button, ...], in_form: bool = False) -> str | None:
    button = chosen(text, offered, in_form)
    return button.payload if button else None


@pytest.mark.parametrize("text", ["1", "yang pertama", "saldo jht", "Saldo JHT!", "saldp jht", "slado jht"])
def test_by_number_place_or_title(text: str) -> None:
    assert payload(text, MENU) == "/check_balance"


@pytest.mark.parametrize("text", ["", "4", "simulasi", "simulasi ja", "saldo", "/1", "5jt", "saldo jkp"])
def test_anything_else_is_no_choice(text: str) -> None:
    assert payload(text, MENU) is None


def test_the_last_one_is_the_last() -> None:
    assert payload("yang terakhir", MENU) == "/simulate_jp"


def test_near_titles_are_told_apart_by_their_short_words() -> None:
    assert payload("simulsi jp", MENU) == "/simulate_jp"


def test_a_title_that_two_buttons_have_is_no_choice() -> None:
    assert titled("batal", (Button("Batal", "/a"), Button("Batal", "/b"))) is None


def test_nothing_offered_nothing_chosen() -> None:
    assert payload("1", ()) is None


def test_in_a_form_a_bare_number_picks_from_a_list_only() -> None:
    assert payload("2", LIST, in_form=True) == LIST[1].payload
    assert payload("2", AMOUNT, in_form=True) is None
    assert payload("no 2", AMOUNT, in_form=True) == "/cancel"


@pytest.mark.parametrize(
    ("text", "meant"), [("ya", "/delete"), ("iya min", "/delete"), ("gak", "/menu"), ("yes", "/delete")]
)
def test_yes_and_no(text: str, meant: str) -> None:
    assert payload(text, SURE) == meant


def test_yes_is_nothing_where_no_button_says_it_and_in_a_form() -> None:
    assert payload("ya", MENU) is None
    assert payload("ya", SURE, in_form=True) is None


def test_yes_takes_up_what_is_offered_beside() -> None:
    assert payload("boleh", (*MENU, Button("Sekalian: kartu?", "/digital_card"))) == "/digital_card"
