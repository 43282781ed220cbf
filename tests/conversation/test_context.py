"""What a chat keeps of what it showed last."""

from bot.conversation.context import ALSO_TURNS, MOST_OFFERED, TOPIC_TURNS, Context, Understood
from bot.conversation.messages import Button, Reply

SMALL_TALK = Understood("thanks", {})
MENU = (Button("Saldo", "/check_balance"),)


def asked(intent: str, also: str | None = None, **entities: str) -> Understood:
    return Understood(intent, entities, also)


def test_it_is_read_as_it_was_written() -> None:
    context = Context(MENU, "/ask_jkp", 2, "digital_card", 1)
    assert Context.read(context.written()) == context
    assert Context.read(None) == Context()


def test_it_is_bounded() -> None:
    many = tuple(Button(str(number), f"/{number}") for number in range(99))
    assert len(Context.read(Context(many).written()).offered) == MOST_OFFERED


def test_buttons_are_those_of_the_last_reply_that_has_some() -> None:
    assert Context().showing([Reply("a", MENU), Reply("b")]).offered == MENU


def test_silence_keeps_what_was_offered_and_a_plain_reply_does_not() -> None:
    assert Context(MENU).showing([]).offered == MENU
    assert Context(MENU).showing([Reply("a")]).offered == ()


def test_what_was_written_besides_counts_unless_the_replies_offer_something() -> None:
    written = (Button("Ya", "/yes"),)
    assert Context().showing([Reply("a")], written).offered == written
    assert Context().showing([Reply("a", MENU)], written).offered == MENU


def test_a_topic_lasts_some_turns() -> None:
    context = Context().after(asked("ask_jkp"), None, in_form=False)
    for _ in range(TOPIC_TURNS):
        context = context.after(SMALL_TALK, None, in_form=False)
        assert context.topic == "/ask_jkp"
    assert context.after(SMALL_TALK, None, in_form=False).topic is None


def test_a_topic_keeps_what_tells_it_apart_and_no_values() -> None:
    context = Context().after(asked("claim_conditions", reason="phk", amount="5000000"), None, in_form=False)
    assert context.topic == '/claim_conditions{"reason":"phk"}'


def test_what_was_shown_instead_is_the_topic() -> None:
    shown = '/faq{"id":"jkp_cash"}'
    assert Context().after(asked("nlu_fallback"), shown, in_form=False).topic == shown


def test_a_second_need_waits_for_a_while_until_it_is_asked_for() -> None:
    context = Context().after(asked("check_balance", also="digital_card"), None, in_form=False)
    assert context.also == "digital_card"
    assert context.after(asked("digital_card"), None, in_form=False).also is None
    for _ in range(ALSO_TURNS + 1):
        context = context.after(SMALL_TALK, None, in_form=True)
    assert context.also is None


def test_an_answer_to_a_form_has_no_second_need() -> None:
    assert Context().after(asked("inform", also="digital_card"), None, in_form=True).also is None


def test_who_leaves_is_forgotten() -> None:
    assert Context(MENU, "/ask_jkp").after(asked("logout"), None, in_form=False).topic is None
