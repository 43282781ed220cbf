"""Case numbers survive the phone: a wrong digit is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.numbers import case_id_in, case_number
from bot.parsing.numbers import redact


@given(st.integers(1, 10**9 - 1))
def test_a_number_is_found_again_in_a_sentence(row: int) -> None:
    assert case_id_in(f"status {case_number(row).lower()} dong") == row


@given(st.integers(1, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(row: int, place: int, add: int) -> None:
    digits = list(case_number(row))
    digits[4 + place] = str((int(digits[4 + place]) + add) % 10)
    assert case_id_in("".join(digits)) is None


@pytest.mark.parametrize("text", ["", "klaim saya", "JMO 12", "kode 040"])
def test_other_texts_hold_none(text: str) -> None:
    assert case_id_in(text) is None


@given(st.integers(1, 10**9 - 1))
def test_a_case_number_is_not_taken_for_a_personal_number(row: int) -> None:
    assert redact(case_number(row)) == (case_number(row), [])
