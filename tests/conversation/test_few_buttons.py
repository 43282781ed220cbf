"""Buttons in light mode: what only leads on is left out, answers never."""

from bot.conversation.messages import Button, Reply
from bot.conversation.replies import with_few_buttons


def reply(*payloads: str) -> Reply:
    return Reply("", tuple(Button(payload, payload) for payload in payloads))


def test_three_of_the_buttons_that_lead_on_stay() -> None:
    assert with_few_buttons(reply("/a", "/b", "/c", "/menu")) == reply("/a", "/b", "/c")


def test_every_answer_stays_in_its_place() -> None:
    answers = [f'/inform{{"choice":"{name}"}}' for name in "abcd"]
    assert with_few_buttons(reply(*answers, "/cancel")) == reply(*answers)
    assert with_few_buttons(reply("/a", *answers[:2], "/cancel")) == reply("/a", *answers[:2])
