"""Simulations of JHT and JP: forms that take amounts as people type them, and results that can be varied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot import clock
from bot.actions.base import Events, JmoAction, button, entity
from bot.actions.topics import next_steps
from bot.benefits import rates
from bot.benefits.months import age_on
from bot.benefits.pension import Bound, JpSimulation, birth_date_from_age, simulate_jp
from bot.benefits.pension_rules import JP_CEILING
from bot.benefits.simulation import DEFAULT_ANNUAL_RATE, JhtSimulation, simulate_jht
from bot.conversation.messages import Button, Picture, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date, percent, rupiah
from bot.identity.levels import Level, level_of
from bot.parsing.amounts import Amount, UnclearAmount, parse_amount
from bot.parsing.bare import parse_bare_number
from bot.parsing.durations import parse_years
from bot.parsing.percent import parse_percent
from bot.register.core_system import Programme
from bot.texts import say

QUESTION_WORDS = frozenset(
    "apa apakah apaan gimana bagaimana gmn kenapa knp mengapa kapan berapa brp siapa dimana kok "
    "what how why when who".split()
)
"""A message with one of these asks something, even if it holds a number."""


@dataclass(frozen=True)
class Input:
    """One input of a simulation: how it is read, and which values can be reckoned with."""

    read: Callable[[str], Any]
    lowest: Any
    highest: Any
    shown: Callable[[Any], str] = str


def _read_rate(text: str) -> str | None:
    found = parse_percent(text)
    return None if found is None else str(found)


INPUTS = {
    "wage": Input(parse_amount, 100_000, 1_000_000_000, rupiah),
    "years": Input(parse_years, 1, 60),
    "starting_balance": Input(parse_amount, 0, 100_000_000_000, rupiah),
    "rate": Input(_read_rate, 0, 20),
    "age": Input(parse_years, 15, 64),
    "claim_age": Input(parse_years, 15, 110),
    "jp_years": Input(parse_years, 0, 50),
}
FORM_INPUTS = {
    "simulate_jht_form": ("wage", "years", "starting_balance", "rate"),
    "simulate_jp_form": ("age", "wage", "jp_years"),
}
FIELDS = {"birth_date": "age"}
"""Names that the understanding has for an input besides the slot's own."""


class StartJhtSimulation(JmoAction):
    action_name = "action_start_jht_simulation"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        filled = {"rate": str(DEFAULT_ANNUAL_RATE)} | await self._from_register(turn)
        if "starting_balance" in filled:
            amount = rupiah(filled["starting_balance"])
            turn.replies.append(Reply(say("simulation.prefilled", turn.language, starting_balance=amount)))
        filled |= values_in(turn.message.text, ("wage", "years"))
        return _start("simulate_jht_form", filled)

    async def _from_register(self, turn: Turn) -> dict[str, Any]:
        if level_of(turn.conversation, turn.now) < Level.VERIFIED:
            return {}
        core, own = turn.services.core(turn.session), turn.conversation.participant_id or ""
        balances = await core.balances(own, _today(turn))
        return {"starting_balance": sum(balance.amount for balance in balances)}


class StartJpSimulation(JmoAction):
    action_name = "action_start_jp_simulation"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        return _start("simulate_jp_form", await self._from_register(turn))

    async def _from_register(self, turn: Turn) -> dict[str, Any]:
        if level_of(turn.conversation, turn.now) < Level.VERIFIED:
            return {}
        core, own = turn.services.core(turn.session), turn.conversation.participant_id or ""
        participant = await core.participant(own)
        paid = await core.contributions(own, Programme.JP)
        filled: dict[str, Any] = {"jp_years": len({row.month for row in paid}) // 12} if paid else {}
        if participant:
            filled["age"] = age_on(participant.birth_date, _today(turn))
        return {name: value for name, value in filled.items() if _problem(name, value) is None}


class TakeSimulationInput(JmoAction):
    """Takes the answer to the question asked; anything that isn't one is left to the other rules."""

    form: str

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        slot = tracker.get_slot("requested_slot")
        if slot not in FORM_INPUTS[self.form] or _is_change(tracker):
            return []
        text = entity(tracker, "amount") or turn.message.text
        if text.startswith("/"):
            return []
        value, problem = read_input(slot, text, turn.language)
        if problem:
            turn.replies.append(Reply(problem))
            return [SlotSet(slot, None)]
        return [] if value is None else [SlotSet(slot, value), SlotSet("misunderstood", None)]


class TakeJhtInput(TakeSimulationInput):
    action_name = "validate_simulate_jht_form"
    form = "simulate_jht_form"


class TakeJpInput(TakeSimulationInput):
    action_name = "validate_simulate_jp_form"
    form = "simulate_jp_form"


class AskInput(JmoAction):
    """Asks for one input of a simulation."""

    slot: str

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        cancel = button("cancel", "/cancel", turn.language)
        buttons: tuple[Button, ...] = (cancel,)
        if self.slot in ("starting_balance", "jp_years"):
            zero = Button(say("simulation.start_from_zero", turn.language), '/inform{"amount":"0"}')
            buttons = (zero, cancel)
        turn.replies.append(Reply(say(f"simulation.ask_{self.slot}", turn.language), buttons))
        return []


class AskWage(AskInput):
    action_name = "action_ask_wage"
    slot = "wage"


class AskYears(AskInput):
    action_name = "action_ask_years"
    slot = "years"


class AskStartingBalance(AskInput):
    action_name = "action_ask_starting_balance"
    slot = "starting_balance"


class AskRate(AskInput):
    action_name = "action_ask_rate"
    slot = "rate"


class AskAge(AskInput):
    action_name = "action_ask_age"
    slot = "age"


class AskJpYears(AskInput):
    action_name = "action_ask_jp_years"
    slot = "jp_years"


class ShowJht(JmoAction):
    action_name = "action_simulate_jht"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        rate = Decimal(tracker.get_slot("rate") or DEFAULT_ANNUAL_RATE)
        wage, years, start = (tracker.get_slot(name) for name in ("wage", "years", "starting_balance"))
        day = _today(turn)
        result = simulate_jht(wage, years, start, rate, day=day)
        turn.replies.append(_jht_reply(result, day, turn.language))
        return []


class ShowJp(JmoAction):
    action_name = "action_simulate_jp"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        day = _today(turn)
        born = birth_date_from_age(tracker.get_slot("age"), day)
        months = 12 * tracker.get_slot("jp_years")
        result = simulate_jp(born, tracker.get_slot("wage"), day, months_so_far=months)
        turn.replies.append(Reply(_jp_text(result, day, turn.language), _jp_buttons(turn.language)))
        return []


class ChangeInput(JmoAction):
    """Asks one input again, or takes the new value at once: "ganti upahnya jadi 6jt"."""

    action_name = "action_change_input"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        from bot.actions.claim_check import FORM as CLAIM_CHECK
        from bot.actions.claim_check import ask_again

        form = (tracker.active_loop or {}).get("name") or tracker.get_slot("simulation")
        if form == CLAIM_CHECK:
            return ask_again(turn, tracker)
        if tracker.active_loop and form not in FORM_INPUTS:
            turn.replies.append(Reply(say("troubleshooting.back", turn.language)))
            return []
        if form not in FORM_INPUTS:
            turn.replies.append(
                Reply(say("simulation.nothing_to_change", turn.language), next_steps("ask_jht", turn.language))
            )
            return []
        slot = _slot_of(entity(tracker, "field"), form)
        if slot is None and (changes := changes_of_last_simulation(turn, tracker)):
            turn.replies += _noted(tracker, {change["name"]: change["value"] for change in changes}, turn.language)
            return [*changes, FollowupAction(form)]
        if slot is None:
            turn.replies.append(
                Reply(say("simulation.change_what", turn.language), _change_buttons(form, turn.language))
            )
            return []
        value, problem = read_input(slot, turn.message.text, turn.language)
        if problem:
            turn.replies.append(Reply(problem))
        elif value is not None:
            turn.replies += _noted(tracker, {slot: value}, turn.language)
        return [*_ask_again(slot, value), FollowupAction(form)]


def read_input(slot: str, text: str, language: str) -> tuple[Any, str | None]:
    """The value that a text gives for an input, or the sentence that says why it can't be taken; nothing of both
    when the text is no answer."""
    if text.startswith("/") or asks_something(text):
        return None, None
    found = INPUTS[slot].read(text)
    if found is None and INPUTS[slot].read is not parse_amount:
        found = parse_bare_number(text)
    if isinstance(found, UnclearAmount):
        return None, _unclear(found, language)
    value = found.rupiah if isinstance(found, Amount) else found
    if value is None:
        return None, None
    problem = _problem(slot, value)
    return (None, problem(language)) if problem else (value, None)


def values_in(text: str, slots: tuple[str, ...]) -> dict[str, Any]:
    """What a request already says: "simulasi gaji 5jt 10 tahun"."""
    if text.startswith("/"):
        return {}
    found = {slot: INPUTS[slot].read(text) for slot in slots}
    plain = {slot: value.rupiah if isinstance(value, Amount) else value for slot, value in found.items()}
    return {
        slot: value
        for slot, value in plain.items()
        if value is not None and not isinstance(value, UnclearAmount) and _problem(slot, value) is None
    }


def changes_of_last_simulation(turn: Turn, tracker: Tracker) -> Events:
    """What a bare value changes in the simulation shown last: "kalau 10 tahun?", "6jt"."""
    form = tracker.get_slot("simulation")
    if form not in FORM_INPUTS:
        return []
    slots = ("years", "wage") if form == "simulate_jht_form" else ("wage",)
    values = values_in(turn.message.text, slots)
    return [SlotSet(slot, value) for slot, value in values.items()]


def _start(form: str, filled: dict[str, Any]) -> Events:
    slots = [SlotSet(name, filled.get(name)) for name in FORM_INPUTS[form]]
    return [*slots, SlotSet("requested_slot", None), SlotSet("simulation", form), FollowupAction(form)]


def _noted(tracker: Tracker, changed: Mapping[str, Any], language: str) -> list[Reply]:
    """Says what was changed while the form still asks; a new result shows it by itself."""
    if not (tracker.active_loop or {}).get("name"):
        return []
    return [
        Reply(say(f"simulation.noted_{slot}", language, value=INPUTS[slot].shown(value)))
        for slot, value in changed.items()
    ]


def _ask_again(slot: str, value: Any) -> Events:
    return [SlotSet(slot, value), SlotSet("requested_slot", None if value is not None else slot)]


def _is_change(tracker: Tracker) -> bool:
    return bool((tracker.latest_message.get("intent") or {}).get("name") == "change_input")


def _slot_of(field: str | None, form: str) -> str | None:
    slot = FIELDS.get(field or "", field)
    if form == "simulate_jp_form" and slot == "years":
        slot = "jp_years"
    return slot if slot in FORM_INPUTS[form] else None


def asks_something(text: str) -> bool:
    words = {word.strip("?!.,").lower() for word in text.split()}
    return bool(words & QUESTION_WORDS)


def _problem(slot: str, value: Any) -> Callable[[str], str] | None:
    given = INPUTS[slot]
    if isinstance(value, int) and given.lowest <= value <= given.highest:
        return None
    if slot == "rate" and given.lowest <= Decimal(str(value)) <= given.highest:
        return None
    shown = {"lowest": given.shown(given.lowest), "highest": given.shown(given.highest)}
    return lambda language: say(f"simulation.{slot}_range", language, **shown)


def _unclear(found: UnclearAmount, language: str) -> str:
    readings = [rupiah(amount) for amount in found.candidates[:3] if amount >= 1000]
    if not len(readings) >= 2:
        return say("simulation.unclear_plain", language)
    joined = f", {say('simulation.or', language)} ".join([", ".join(readings[:-1]), readings[-1]]).replace(",,", ",")
    return say("simulation.unclear", language, candidates=joined)


def _jht_reply(result: JhtSimulation, day: date, language: str) -> Reply:
    text = say(
        "simulation.jht_result",
        language,
        years=result.years,
        final=rupiah(result.final),
        starting_balance=rupiah(result.starting_balance),
        contributions=rupiah(result.contributions),
        growth=rupiah(result.growth),
        wage=rupiah(result.monthly_wage),
        contribution_rate=percent(rates.JHT_PU.on(day).value.total).removesuffix("%"),
        rate=percent(result.annual_rate).removesuffix("%"),
    )
    rows = [
        {"year": row.year, "contributions": result.starting_balance + row.contributions, "balance": row.balance}
        for row in result.per_year
    ]
    alt = say("simulation.jht_alt", language, years=result.years, final=rupiah(result.final))
    picture = Picture("jht_growth", {"rows": rows, "language": language}, alt)
    return Reply(text, _change_buttons("simulate_jht_form", language), picture)


def _jp_text(result: JpSimulation, day: date, language: str) -> str:
    if result.pension_date <= day:
        return say("simulation.jp_too_late", language)
    values = {
        "pension_age": result.pension_age,
        "pension_date": long_date(result.pension_date, language),
        "months": result.months,
        "wage": rupiah(result.wage_counted),
        "ceiling": rupiah(result.ceiling),
        "ceiling_since": long_date(JP_CEILING.on(day).valid_from, language),
    }
    if result.monthly_pension is None:
        return say("simulation.jp_lump_sum", language, lump_sum=rupiah(result.lump_sum_contributions or 0), **values)
    text = say("simulation.jp_monthly", language, monthly=rupiah(result.monthly_pension), **values)
    return f"{text}\n{_jp_bounds(result, language)}"


def _jp_bounds(result: JpSimulation, language: str) -> str:
    names = {Bound.SMALLEST: "jp_bounds_smallest", Bound.LARGEST: "jp_bounds_largest"}
    if result.bounds.applied:
        return say(f"simulation.{names[result.bounds.applied]}", language, year=result.bounds.year)
    return "" if result.bounds.confirmed else say("simulation.jp_bounds_unknown", language, year=result.bounds.year)


def _jp_buttons(language: str) -> tuple[Button, ...]:
    return _change_buttons("simulate_jp_form", language)


def _change_buttons(form: str, language: str) -> tuple[Button, ...]:
    return tuple(
        Button(say(f"simulation.change_{field}", language), f'/change_input{{"field":"{field}"}}')
        for field in FORM_INPUTS[form]
    )


def _today(turn: Turn) -> date:
    return turn.now.astimezone(clock.WIB).date()
