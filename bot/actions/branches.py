"""The nearest offices: by the location of a phone, or by the place that a message names."""

from urllib.parse import quote_plus

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from bot.actions.base import Events, JmoAction, button
from bot.actions.topics import topic
from bot.branches.finding import find, worth_naming
from bot.branches.hours import holiday_name, is_open, next_opening
from bot.branches.table import Branch
from bot.conversation.messages import Kind, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date
from bot.texts import say

WITH_LOCATION = frozenset({"telegram"})
"""Channels in which a participant can send a location."""
MAPS = "https://maps.google.com/?q="


class NearestBranch(JmoAction):
    """Without a place it gives the ways to reach the agency, and asks where the participant is."""

    action_name = "action_nearest_branch"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        place = find(turn.message.text) if turn.message.kind is Kind.TEXT else None
        position = turn.message.location or (place.position if place else None)
        if position is None:
            general = topic("contact_branch", turn)
            where = "where" if turn.message.channel in WITH_LOCATION else "where_by_name"
            turn.replies.append(Reply(f"{general.text}\n{say(f'branches.{where}', turn.language)}", general.buttons))
            return []
        found = worth_naming(position)
        lines = [say("branches.nearest", turn.language)]
        lines += [_office(branch, distance, turn) for branch, distance in found]
        lines += [say(f"branches.{line}", turn.language) for line in ("confirm", "bring")]
        names = (("plan_visit", "/plan_visit"), ("claim", "/claim_how"), ("menu", "/menu"))
        buttons = tuple(button(name, payload, turn.language) for name, payload in names)
        turn.replies.append(Reply("\n".join(lines), buttons))
        return place_asked_about(*position)


def place_asked_about(latitude: float, longitude: float) -> Events:
    """Remember where somebody is, to a kilometre, so that an appointment needn't ask again."""
    return [SlotSet("visit", {"at": [round(latitude, 2), round(longitude, 2)]})]


def _office(branch: Branch, distance: float, turn: Turn) -> str:
    language = turn.language
    name = "office" if branch.listed else "no_office"
    address = branch.address or say("branches.no_address", language)
    phone = say("branches.phone", language, phone=branch.phone) if branch.phone else ""
    return say(
        f"branches.{name}",
        language,
        name=branch.name,
        city=branch.city,
        province=branch.province,
        address=f"{address}{phone}",
        distance=say("branches.distance", language, km=f"{distance:.0f}") if distance >= 1 else "",
        hours=_hours(branch, turn),
        map=_map(branch),
    )


def _map(branch: Branch) -> str:
    """The office itself where its position is known; else a search for it, as the middle of the town would mislead."""
    if branch.exact:
        latitude, longitude = branch.position
        return f"{MAPS}{latitude},{longitude}"
    town = "" if branch.city in branch.name else f" {branch.city}"
    return MAPS + quote_plus(f"BPJS Ketenagakerjaan {branch.name}{town}")


def _hours(branch: Branch, turn: Turn) -> str:
    if is_open(branch.zone, turn.now):
        return say("branches.open", turn.language, zone=branch.zone_name)
    opening = next_opening(branch.zone, turn.now)
    holiday = holiday_name(opening.holiday, turn.language) if opening.holiday else None
    values = {"day": long_date(opening.at.date(), turn.language), "zone": branch.zone_name}
    if holiday:
        return say("branches.closed_for", turn.language, holiday=holiday, **values)
    return say("branches.closed", turn.language, **values)
