"""Topics that one text answers: `topics.<intent>`, with the numbers of the day and the next steps as buttons."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from bot.actions.base import Events, JmoAction, button
from bot.actions.facts import facts
from bot.clock import WIB
from bot.conversation.messages import Button, Kind, Reply
from bot.conversation.turn_context import Turn
from bot.handoff.words import is_angry
from bot.parsing.claim_reasons import FEW_WORDS, asks_to_claim_for
from bot.parsing.corrections import correction_in
from bot.parsing.languages import greets_in_a_regional_language
from bot.texts import is_light, say
from nlu.components.decision import MAY_BE_MEANT

MENU = ("balance", "contributions", "simulate_jht", "card", "claim", "problems", "human")

MENU_FIRST = ("balance", "claim", "problems")
"""What a menu of three buttons shows."""

PAYLOADS = {
    "balance": "/check_balance",
    "contributions": "/contributions",
    "simulate_jht": "/simulate_jht",
    "simulate_jp": "/simulate_jp",
    "card": "/show_card",
    "claim": "/claim_how",
    "claim_conditions": "/claim_conditions",
    "claim_of_heir": '/claim_conditions{"reason":"death"}',
    "claim_status": "/claim_status",
    "problems": "/app_error",
    "problem_card": "/digital_card",
    "problem_data": "/data_update",
    "problem_face": "/biometric_failed",
    "problem_login": "/login_failed",
    "problem_otp": "/registration_otp",
    "problem_claim": "/claim_failed",
    "problem_device": "/old_device",
    "link_card": "/link_card",
    "no_smartphone": "/no_smartphone",
    "statement": "/statement",
    "human": "/human",
    "menu": "/menu",
    "tax": "/ask_tax",
    "branch": "/contact_branch",
    "plan_visit": "/plan_visit",
    "ask_jht": "/ask_jht",
    "ask_jp": "/ask_jp",
    "ask_jkp": "/ask_jkp",
    "ask_jkk": "/ask_jkk",
    "ask_jkm": "/ask_jkm",
    "ask_bpu": "/ask_bpu",
    "ask_pmi": "/ask_pmi",
    "ask_rates": "/ask_rates",
    "ask_account": "/ask_account",
    "fraud": "/fraud",
    "verify": "/verify",
    "light_on": '/light_mode{"mode":"on"}',
    "light_off": '/light_mode{"mode":"off"}',
}
"""What each button asks for; its title is `general.button_<name>`."""

NEXT_STEPS = {
    "greet": MENU,
    "menu": MENU,
    "help": ("menu", "human"),
    "ask_jht": ("balance", "simulate_jht", "claim_conditions"),
    "ask_jp": ("simulate_jp", "contributions", "branch"),
    "ask_jkk": ("branch", "human", "menu"),
    "ask_jkm": ("branch", "claim_of_heir", "human"),
    "corrected": ("claim_conditions", "human", "menu"),
    "ask_bpu": ("branch", "simulate_jht", "menu"),
    "ask_pmi": ("branch", "human", "menu"),
    "ask_rates": ("contributions", "simulate_jht"),
    "ask_tax": ("claim", "balance"),
    "ask_jkp": ("claim_conditions", "human"),
    "claim_conditions": ("claim", "balance", "tax"),
    "claim_how": ("claim_conditions", "claim_status", "problem_face"),
    "claim_status": ("claim_conditions", "human"),
    "complaint": ("problems", "claim", "human"),
    "share_contact": ("balance", "card", "menu"),
    "which_topic": ("claim", "balance", "problems", "menu"),
    "not_that": ("menu", "human"),
    "inform": ("simulate_jht", "balance", "menu"),
}
"""The buttons under a topic; others get the menu."""


ABOUT_CLAIMS = frozenset({"claim_how", "ask_tax", "ask_jht", "ask_jp", "ask_account"})
"""Topics in which outdated rules are put right; elsewhere the same words may mean something else."""


FIELDS = frozenset(
    f"ask_{field}" for field in ("jht", "jp", "jkp", "jkk", "jkm", "bpu", "pmi", "rates", "tax", "account")
) | {"claim_how", "out_of_scope"}
"""Topics so wide that an entry of the knowledge may answer a question in them better."""
NEAR_A_CLAIM = frozenset({"claim_how", "ask_jht", "ask_jp", "ask_jkm", "ask_bpu"})
"""Topics that share their words with a reason to claim JHT."""


class AnswerTopic(JmoAction):
    action_name = "action_answer_topic"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        intent = (tracker.latest_message.get("intent") or {}).get("name") or "menu"
        if intent == "out_of_scope" and is_angry(turn.message.text) and not (tracker.active_loop or {}).get("name"):
            return [FollowupAction("action_complaint")]
        if turn.message.kind is Kind.TEXT and (wish := await wish_in(intent, turn, tracker)):
            return [FollowupAction(wish)]
        if _is_no_answer(intent, turn, tracker):
            turn.replies.append(Reply(say("troubleshooting.not_understood", turn.language)))
            return []
        if intent == "greet" and greets_in_a_regional_language(turn.message.text):
            turn.replies.append(Reply(say("topics.greet_regional", turn.language)))
        if intent in ABOUT_CLAIMS:
            turn.replies += corrections(turn)
        if intent == "help" and (tracker.active_loop or {}).get("name"):
            turn.replies.append(Reply(say("topics.help_in_form", turn.language)))
            return []
        turn.replies.append(_precise_answer(intent, turn) or _with_titles(topic(intent, turn), turn, tracker))
        return []


def _is_no_answer(intent: str, turn: Turn, tracker: Tracker) -> bool:
    """Whether a few words say nothing to what a form asks, nor anything else."""
    if not (tracker.active_loop or {}).get("name") or turn.said or turn.message.kind is not Kind.TEXT:
        return False
    few = len(turn.message.text.split()) <= FEW_WORDS
    return intent in ("affirm", "deny") or (intent == "out_of_scope" and few)


async def wish_in(intent: str, turn: Turn, tracker: Tracker) -> str | None:
    """The action that a message wishes for in words that also belong to topics: to claim, to stop for now, to go on."""
    from bot.actions.wishes import goes_on, later, tells_of_leaving, wants_to_claim

    text, form = turn.message.text, (tracker.active_loop or {}).get("name")
    if form:
        return "action_cancel" if later(text) else None
    if goes_on(text) and (left := await _left_open(turn, tracker)):
        return left
    claims = intent in (*NEAR_A_CLAIM, "nlu_fallback") and asks_to_claim_for(text)
    wishes = intent != "ask_jkp" and (wants_to_claim(text) or tells_of_leaving(text))
    return "action_start_claim_check" if claims or wishes else None


async def _left_open(turn: Turn, tracker: Tracker) -> str | None:
    """What was left with something still to be asked: the filing of a claim, else the check of one, else a tree."""
    from bot.actions.filing import draft_here
    from bot.actions.troubleshooting import is_left_open

    if not turn.outside and await draft_here(turn):
        return "action_file_claim"
    reason, checked = tracker.get_slot("claim_reason"), tracker.get_slot("claim_checked")
    if reason and not checked:
        return "claim_check_form"
    return "trouble_form" if await is_left_open(turn, tracker) else None


def _precise_answer(intent: str, turn: Turn) -> Reply | None:
    """The entry of the knowledge that says just what was asked, where a topic would only tell of its whole field."""
    from bot.actions.faq import answer_to

    return answer_to(turn) if intent in FIELDS else None


def _with_titles(reply: Reply, turn: Turn, tracker: Tracker) -> Reply:
    """A topic that may not be what was meant, with the entries of the knowledge that may be."""
    from bot.actions.faq import titles_for

    guessed = bool(tracker.latest_message.get(MAY_BE_MEANT)) and not (tracker.active_loop or {}).get("name")
    return replace(reply, buttons=(*reply.buttons, *titles_for(turn))) if guessed else reply


def corrections(turn: Turn) -> list[Reply]:
    """What is to be put right first, where a message repeats an old rule or an error of the press."""
    wrong = correction_in(turn.message.text) if turn.message.kind is Kind.TEXT else None
    return [Reply(say(f"claim_check.correct_{wrong}", turn.language))] if wrong else []


def only_corrections(turn: Turn) -> list[Reply]:
    """The same where nothing else is answered: with the next steps."""
    return [Reply(reply.text, next_steps("corrected", turn.language)) for reply in corrections(turn)]


def topic(intent: str, turn: Turn) -> Reply:
    """The answer to a topic; what only makes sense as an answer to a question is met with a friendly question."""
    name = "not_expected" if intent in ("resend_code", "skip_contact") else intent
    day = turn.now.astimezone(WIB).date()
    text = say(f"topics.{name}", turn.language, **facts(day, turn.language))
    return Reply(text, next_steps(name, turn.language))


def next_steps(name: str, language: str) -> tuple[Button, ...]:
    """The buttons under a topic."""
    steps = NEXT_STEPS.get(name, ("menu",))
    if steps is MENU and is_light():
        steps = MENU_FIRST
    return tuple(button(step, PAYLOADS[step], language) for step in steps)
