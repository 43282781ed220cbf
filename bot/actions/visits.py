"""An appointment with a branch: which office, which day; then a case, and a reminder the day before."""

import re
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, button, entity
from bot.actions.branches import WITH_LOCATION
from bot.branches.finding import find, worth_naming
from bot.branches.hours import CLOSES, OPENS, holiday_name, working_days
from bot.branches.table import Branch, branch_of, is_known
from bot.cases.phrasing import visit_planned
from bot.cases.visits import Visits
from bot.conversation.messages import Button, Kind, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import day_and_month, long_date, weekday_name
from bot.parsing.spoken_days import parse_spoken_day, parse_weekday
from bot.texts import say

FORM = "visit_form"
LONGEST_AHEAD = timedelta(days=30)
DAYS_OFFERED = 3
_OFFICE, _DAY = "office", "day"


class StartVisit(JmoAction):
    """Begins with what is known already: the place asked about last, or the one that this message names."""

    action_name = "action_start_visit"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        known = dict(tracker.get_slot("visit") or {})
        visit = {name: known[name] for name in ("at",) if name in known} | _said(turn)
        values = {"visit": visit, "visit_planned": None, "requested_slot": None}
        return [*(SlotSet(name, value) for name, value in values.items()), FollowupAction(FORM)]


class TakeVisitAnswer(JmoAction):
    """Takes a place, an office, or a day; anything else is left to the other rules."""

    action_name = "validate_visit_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if tracker.get_slot("requested_slot") != "visit_planned":
            return []
        visit = dict(tracker.get_slot("visit") or {})
        if (tracker.latest_message.get("intent") or {}).get("name") == "change_input":
            visit.pop(next(reversed(visit), ""), None)
            return [SlotSet("visit", visit)]
        given = _tapped(entity(tracker, "choice") or "") or _answered(visit, turn)
        if given is None:
            return []
        if problem := _problem(given, visit, turn):
            turn.replies.append(Reply(problem))
            return [SlotSet("visit", visit)]
        visit |= given
        return [SlotSet("visit", visit), *([SlotSet("visit_planned", True)] if _is_whole(visit) else [])]


class AskVisit(JmoAction):
    action_name = "action_ask_visit_planned"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        visit = tracker.get_slot("visit") or {}
        if _OFFICE in visit:
            turn.replies.append(_ask_day(branch_of(visit[_OFFICE]), turn))
        elif "at" in visit:
            turn.replies.append(_ask_office(visit["at"], turn))
        else:
            where = "where" if turn.message.channel in WITH_LOCATION else "where_by_name"
            text = f"{say('visits.ask_place', turn.language)} {say(f'branches.{where}', turn.language)}"
            turn.replies.append(Reply(text, (button("cancel", "/cancel", turn.language),)))
        return []


class PlanVisit(JmoAction):
    """Opens the case, or moves the one that is planned."""

    action_name = "action_plan_visit"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        visit = tracker.get_slot("visit") or {}
        branch, day = branch_of(visit[_OFFICE]), date.fromisoformat(visit[_DAY])
        address = branch.address or say("branches.no_address", turn.language)
        case = await Visits(turn.session, turn.now).plan(
            turn.conversation, day, branch.zone, office=branch.name, city=branch.city, address=address
        )
        reply = visit_planned(case, turn.language)
        turn.replies.append(Reply(reply.text, (*reply.buttons, button("menu", "/menu", turn.language))))
        return []


class CancelVisit(JmoAction):
    action_name = "action_cancel_visit"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        cancelled = await Visits(turn.session, turn.now).cancel(turn.conversation)
        name = "cancelled" if cancelled else "nothing_planned"
        turn.replies.append(Reply(say(f"visits.{name}", turn.language), (button("menu", "/menu", turn.language),)))
        return []


def _said(turn: Turn) -> dict[str, Any]:
    """The place of a message, by its words or its location; the office too where the town has one."""
    place = find(turn.message.text) if turn.message.kind is Kind.TEXT else None
    position = turn.message.location or (place.position if place else None)
    if position is None:
        return {}
    at = [round(degrees, 2) for degrees in position]
    there = [branch for branch in _offered(at) if place and branch.city == place.name]
    return {"at": at, _OFFICE: there[0].key} if len(there) == 1 else {"at": at}


def _tapped(choice: str) -> dict[str, str] | None:
    """The office or the day of a button; a day that is none is no answer."""
    name, _, value = choice.partition(".")
    fits = name == _OFFICE or (name == _DAY and _is_day(value))
    return {name: value} if fits else None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _answered(visit: dict[str, Any], turn: Turn) -> dict[str, Any] | None:
    """What words, or a location, answer to the question that is open."""
    if _OFFICE not in visit:
        return _office_named(visit, turn) or _said(turn) or None
    today = turn.now.astimezone(branch_of(visit[_OFFICE]).zone).date()
    text = turn.message.text
    day = None if text.startswith("/") else parse_weekday(text, today) or parse_spoken_day(text, today)
    return {_DAY: day.isoformat()} if day else None


def _office_named(visit: dict[str, Any], turn: Turn) -> dict[str, str] | None:
    """The office among those offered that is meant by its number, or by its name."""
    words = re.findall(r"[a-z0-9]+", turn.message.text.lower())
    offered = _offered(visit["at"]) if "at" in visit else []
    for number, branch in enumerate(offered, start=1):
        if words == [str(number)] or branch.name.lower() in " ".join(words):
            return {_OFFICE: branch.key}
    return None


def _problem(given: dict[str, Any], visit: dict[str, Any], turn: Turn) -> str | None:
    """Why an answer can't be taken."""
    if _OFFICE in given:
        return None if is_known(given[_OFFICE]) else say("visits.unknown_office", turn.language)
    if _DAY not in given:
        return None
    if _OFFICE not in visit:
        return say("visits.ask_place", turn.language)
    zone, day = branch_of(visit[_OFFICE]).zone, date.fromisoformat(given[_DAY])
    offered = working_days(zone, turn.now, 1)[0]
    if day < offered:
        return say("visits.too_early", turn.language, day=long_date(offered, turn.language))
    if day > turn.now.astimezone(zone).date() + LONGEST_AHEAD:
        return say("visits.too_late", turn.language, days=LONGEST_AHEAD.days)
    if day.weekday() >= 5 or holiday_name(day):
        why = holiday_name(day, turn.language) or weekday_name(day, turn.language)
        return say("visits.closed_then", turn.language, day=long_date(day, turn.language), why=why)
    return None


def _ask_office(at: list[float], turn: Turn) -> Reply:
    offered = _offered(at)
    lines = [say("visits.ask_office", turn.language)]
    lines += [f"{number}. *{branch.name}*, {branch.city}" for number, branch in enumerate(offered, start=1)]
    buttons = tuple(Button(branch.name, f'/inform{{"choice":"{_OFFICE}.{branch.key}"}}') for branch in offered)
    return Reply("\n".join(lines), buttons)


def _ask_day(branch: Branch, turn: Turn) -> Reply:
    days = working_days(branch.zone, turn.now, DAYS_OFFERED)
    buttons = tuple(
        Button(day_and_month(day, turn.language), f'/inform{{"choice":"{_DAY}.{day.isoformat()}"}}') for day in days
    )
    hours = {"opens": f"{OPENS:%H.%M}", "closes": f"{CLOSES:%H.%M}", "zone": branch.zone_name}
    return Reply(say("visits.ask_day", turn.language, office=branch.name, city=branch.city, **hours), buttons)


def _offered(at: list[float]) -> list[Branch]:
    return [branch for branch, _ in worth_naming((at[0], at[1])) if branch.listed]


def _is_whole(visit: dict[str, Any]) -> bool:
    return _OFFICE in visit and _DAY in visit
