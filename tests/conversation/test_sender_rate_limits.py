"""Limits over sliding windows."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.rate_limits import Rate, RateLimits, SlidingWindow

PAUSES = st.lists(st.integers(0, 16).map(lambda sixteenths: sixteenths / 16), min_size=1, max_size=80)


@given(PAUSES, st.integers(1, 5), st.sampled_from([0.5, 1.0, 3.0]))
def test_no_window_ever_holds_more_than_its_rate(pauses: list[float], messages: int, seconds: float) -> None:
    window, now, sent = SlidingWindow(Rate(messages, seconds)), 0.0, []
    for pause in pauses:
        now += pause
        if window.seconds_until_free(now) == 0:
            window.count(now)
            sent.append(now)
    assert all(sum(start <= moment < start + seconds for moment in sent) <= messages for start in sent)


@given(PAUSES)
def test_after_the_wait_that_it_names_a_window_is_free(pauses: list[float]) -> None:
    window, now = SlidingWindow(Rate(2, 1.0)), 0.0
    for pause in pauses:
        now += pause
        now += window.seconds_until_free(now)
        assert window.seconds_until_free(now) == 0
        window.count(now)


def test_a_private_chat_rests_a_second_and_others_do_not() -> None:
    limits = RateLimits()
    limits.count("a", private=True, now=10.0)
    assert limits.seconds_until_free("a", 10.25) == 0.75
    assert limits.seconds_until_free("b", 10.25) == 0
    assert limits.resting_chats(10.25) == {"a": 0.75}


def test_a_group_takes_twenty_a_minute() -> None:
    limits = RateLimits()
    for number in range(20):
        assert limits.seconds_until_free("group", float(number)) == 0
        limits.count("group", private=False, now=float(number))
    assert limits.seconds_until_free("group", 20.0) == 40.0


def test_thirty_a_second_is_the_limit_over_all_chats() -> None:
    limits = RateLimits()
    for chat in range(30):
        limits.count(chat, private=True, now=5.0)
    assert limits.seconds_until_any_free(5.5) == 0.5
    assert limits.seconds_until_any_free(6.0) == 0


def test_chats_that_rest_no_longer_are_forgotten() -> None:
    limits = RateLimits()
    for chat in range(1000):
        limits.count(chat, private=True, now=float(chat))
    limits.resting_chats(2000.0)
    assert not limits._chats
