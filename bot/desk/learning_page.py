"""What the assistant misunderstood: supervisors say what it means, or what the knowledge lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from bot.desk.periods import MONTH, NAMES, Period, period_from
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.handoff.models import Role
from bot.learning.decisions import LOOKED_AT, Decision, Group, decide, decided_groups, open_groups
from bot.learning.models import State
from bot.privacy.audit import record
from bot.texts import say, texts

LEARNING = f"{PREFIX}/belajar"
SHOWN = 30
LONGEST_NOTE = 500
_NAMED = "handoff_tried.asked_"
_NOT_TYPED = frozenset({"nlu_fallback", "send_photo", "send_claim"})
"""Intents with a name that no words ask for."""
_NAMED_HERE = (
    *("greet", "goodbye", "thanks", "menu", "help", "affirm", "deny", "about_bot", "praise"),
    *("resend_code", "skip_contact", "logout", "my_data", "delete_my_data", "change_language", "light_mode"),
    *("plan_visit", "cancel_visit"),
)
"""What an officer is never handed, and so has no name there."""
_STATES = {"assign": State.ASSIGNED, "entry": State.ENTRY, "dismiss": State.DISMISSED, "reopen": State.OPEN}
"""What each button makes of a group."""


class NothingChosen(BadInput):
    """The form names no messages, or a decision that there isn't."""


@dataclass(frozen=True, slots=True)
class View:
    """Which messages are looked at."""

    period: Period
    state: State
    problem: str | None
    """What is wrong with the period that was asked for."""

    @property
    def query(self) -> dict[str, str]:
        """The view as the fields that ask for it."""
        period = self.period
        return {"state": self.state, "period": period.name, "from": str(period.first), "to": str(period.last)}


async def show(visit: Visit) -> Response:
    """The groups of a period in one state."""
    return await _page(visit, _view(visit.request.query_params, visit))


async def take_decision(visit: Visit) -> Response:
    """Decide for the messages of one group that are still as they were seen."""
    view = _view({name: visit.text(name) for name in ("state", "period", "from", "to")}, visit)
    decision, ids = _decision(visit), _ids(visit.text("ids"))
    if problem := _problem(decision):
        return await _page(visit, view, problem)
    decided = await decide(visit.session, ids, view.state, decision, visit.officer.id, visit.now)
    if not decided:
        return await _page(visit, view, "taken")
    what = decision.intent or decision.state
    _record(visit, f"{decided} messages seen as {view.state}: {what}")
    done = {"done": decision.state, "n": decided, "left": len(ids) - decided}
    return RedirectResponse(f"{LEARNING}?{urlencode({**view.query, **done})}", 303)


def intent_names() -> dict[str, str]:
    """The intents that words can mean, with what officers call them, in the order of the names."""
    named = {key.removeprefix(_NAMED): text for key, text in texts(LANGUAGE).items() if key.startswith(_NAMED)}
    named |= {intent: say(f"desk_learning.intent_{intent}", LANGUAGE) for intent in _NAMED_HERE}
    typed = {intent: name for intent, name in named.items() if intent not in _NOT_TYPED}
    return dict(sorted(typed.items(), key=lambda pair: pair[1].casefold()))


async def _page(visit: Visit, view: View, problem: str | None = None) -> Response:
    groups = await _groups(visit, view)
    names = intent_names()
    return page(
        visit,
        "learning.html",
        status=409 if problem else 200,
        groups=[(group, _suggested(group, names)) for group in groups[:SHOWN]],
        more=max(len(groups) - SHOWN, 0),
        messages=sum(len(group.messages) for group in groups),
        most=LOOKED_AT,
        view=view,
        periods=NAMES,
        states=list(State),
        names=names,
        longest_note=LONGEST_NOTE,
        problem=problem,
        done=_done(visit.request.query_params),
        typed={"ids": visit.text("ids"), "note": visit.text("note"), "topic": visit.text("topic")},
    )


async def _groups(visit: Visit, view: View) -> Sequence[Group]:
    if view.state is State.OPEN:
        return await open_groups(visit.session, view.period.begins, view.period.ends)
    return await decided_groups(visit.session, view.state, view.period.begins, view.period.ends)


def _view(asked: Mapping[str, str], visit: Visit) -> View:
    """What was asked for; the open ones of a month unless said otherwise."""
    period, problem = period_from(asked if asked.get("period") else {"period": MONTH}, visit.now)
    state = asked.get("state", "")
    return View(period, State(state) if state in set(State) else State.OPEN, problem)


def _suggested(group: Group, names: Mapping[str, str]) -> str:
    """The topic that is chosen already: what people asked for next, else the likeliest guess."""
    likely = [intent for intent, _ in [*group.meant(), *group.guesses()] if intent in names]
    return group.newest.intent or next(iter(likely), "")


def _decision(visit: Visit) -> Decision:
    state = _STATES.get(visit.text("decision"))
    if state is None:
        raise NothingChosen("there is no such decision")
    if state is State.ASSIGNED:
        topic = visit.text("topic")
        return Decision(state, intent=topic if topic in intent_names() else None)
    return Decision(state, note=visit.text("note")[:LONGEST_NOTE] or None if state is State.ENTRY else None)


def _problem(decision: Decision) -> str | None:
    if decision.state is State.ASSIGNED and not decision.intent:
        return "topic_missing"
    return "note_missing" if decision.state is State.ENTRY and not decision.note else None


def _ids(text: str) -> list[int]:
    ids = [int(part) for part in text.split(",") if part.isascii() and part.isdecimal()]
    if not 0 < len(ids) <= LOOKED_AT:
        raise NothingChosen("no message is chosen")
    return ids


def _done(query: Mapping[str, str]) -> dict[str, Any] | None:
    """What was decided a moment ago, to be said."""
    state, count, left = query.get("done", ""), query.get("n", ""), query.get("left", "")
    known = state in set(State) and count.isdecimal() and left.isdecimal()
    return {"state": state, "n": int(count), "left": int(left)} if known else None


def _record(visit: Visit, reason: str) -> None:
    record(visit.session, actor=visit.actor, action="learning.decided", subject=None, reason=reason, at=visit.now)


ROUTES = (
    DeskRoute("/belajar", show, role=Role.SUPERVISOR),
    DeskRoute("/belajar", take_decision, "POST", role=Role.SUPERVISOR),
)
