"""Cases in the chat: their state, taking a claim back, the question after a reset, incidents."""

from collections.abc import Sequence
from typing import ClassVar

from rasa_sdk import Tracker

from bot.actions.base import Events, JmoAction, MemberAction, button, entity
from bot.actions.handoff import ask_for_person
from bot.actions.topics import topic
from bot.cases.claim_photos import ClaimPhotos, waits_for_photo
from bot.cases.filing import Filing
from bot.cases.incidents import Incidents
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.numbers import case_id_in
from bot.cases.phrasing import claim_dates, photo_wanted, stage_name, status_line
from bot.cases.service import PARTICIPANT, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date
from bot.handoff.models import Reason, Topic
from bot.identity.levels import Level, level_of
from bot.texts import say


class ClaimStatus(JmoAction):
    """Where a claim stands: in JMO for everybody, and the cases kept here for who is verified."""

    action_name = "action_claim_status"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if level_of(turn.conversation, turn.now) >= Level.VERIFIED:
            turn.replies.append(await cases_of(turn))
        else:
            general = topic("claim_status", turn)
            own = Button(say("cases.button_my_cases", turn.language), "/show_cases")
            turn.replies.append(Reply(general.text, (own, *general.buttons)))
        return []


class ShowCases(MemberAction):
    action_name = "action_show_cases"

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        turn.replies.append(await cases_of(turn))


class WithdrawClaim(MemberAction):
    """Asks first; then takes the claim back where that is still possible."""

    action_name = "action_withdraw_claim"
    level: ClassVar[Level] = Level.CONFIRMED

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        cases = Cases(turn.session, turn.now)
        case = await cases.open_one(participant_id, CaseKind.CLAIM)
        turn.replies.append(await self._reply(cases, case, entity(tracker, "sure") == "yes", turn.language))

    async def _reply(self, cases: Cases, case: Case | None, sure: bool, language: str) -> Reply:
        menu = button("menu", "/menu", language)
        if case is None:
            return Reply(say("cases.nothing_to_withdraw", language), (menu,))
        if not cases.may_withdraw(case):
            stage = stage_name(case.kind, case.state, language)
            text = say("cases.withdraw_too_late", language, number=case.number, stage=stage)
            return Reply(text, (button("human", "/human", language), menu))
        if not sure:
            yes = Button(say("cases.button_withdraw_yes", language), '/withdraw_claim{"sure":"yes"}')
            no = Button(say("cases.button_withdraw_no", language), "/show_cases")
            return Reply(say("cases.withdraw_question", language, number=case.number), (yes, no))
        await cases.withdraw(case)
        return Reply(say("cases.withdrawn", language, number=case.number), (menu,))


class ResetOutcome(JmoAction):
    """Takes the answer to the question a day after a reset: closed, or back to the officers."""

    works: ClassVar[bool]

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        cases = Cases(turn.session, turn.now)
        case = await cases.open_one(turn.conversation.participant_id or "", CaseKind.BIOMETRIC_RESET)
        menu = button("menu", "/menu", turn.language)
        if case is None or case.state != CaseState.READY:
            turn.replies.append(Reply(say("cases.nothing_to_report", turn.language), (menu,)))
            return []
        cases.enter(case, CaseState.DONE if self.works else CaseState.OPEN, PARTICIPANT)
        text = say(f"cases.reset_{'works' if self.works else 'fails'}", turn.language, number=case.number)
        turn.replies.append(Reply(text, (menu,)))
        if not self.works:
            turn.replies.append(await ask_for_person(turn, tracker, Topic.BIOMETRIC, Reason.FLOW, case))
        return []


class ResetWorks(ResetOutcome):
    action_name = "action_reset_works"
    works = True


class ResetFails(ResetOutcome):
    action_name = "action_reset_fails"
    works = False


class WatchIncident(JmoAction):
    """Remembers that this chat wants to be told when an incident is over."""

    action_name = "action_watch_incident"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        given = entity(tracker, "incident") or ""
        still = given.isdigit() and await Incidents(turn.session, turn.now).watch(int(given), turn.conversation)
        text = say("cases.watching" if still else "cases.not_watching", turn.language)
        turn.replies.append(Reply(text, (button("menu", "/menu", turn.language),)))
        return []


async def cases_of(turn: Turn) -> Reply:
    """The participant's cases in one list, or the one whose number was asked for."""
    language = turn.language
    cases = await Cases(turn.session, turn.now).shown_to(turn.conversation.participant_id or "")
    asked = case_id_in(turn.message.text)
    if asked and asked not in {case.id for case in cases}:
        return Reply(say("cases.status_unknown_number", language), (button("menu", "/menu", language),))
    draft = await Filing(turn.session, turn.now).draft_of(turn.conversation.participant_id or "")
    if not cases and not draft:
        buttons = (button("claim", "/claim_how", language), button("menu", "/menu", language))
        return Reply(say("cases.status_none", language), buttons)
    lines = [await _lines_of(case, turn) for case in cases if asked in (None, case.id)]
    if draft and not asked:
        day = long_date(draft.updated_at.astimezone(WIB).date(), language)
        lines.append(say("cases.status_draft", language, day=day))
    text = "\n".join([say("cases.status_title", language), *lines])
    wanted = await ClaimPhotos(turn.session, turn.now).wanted_from(turn.conversation.participant_id or "")
    new_photo = (Button(say("cases.button_new_photo", language), "/new_claim_photo"),) if wanted else ()
    return Reply(text, (*new_photo, *_buttons_under(cases, draft, turn)))


async def _lines_of(case: Case, turn: Turn) -> str:
    claim = await turn.session.get(Claim, case.id) if case.kind == CaseKind.CLAIM and not case.closed_at else None
    line = status_line(case, turn.language)
    if claim and waits_for_photo(case, claim):
        return f"{line}\n{photo_wanted(case, turn.language)}"
    return f"{line}\n{claim_dates(claim, turn.now.astimezone(WIB).date(), turn.language)}" if claim else line


def _buttons_under(cases: Sequence[Case], draft: ClaimDraft | None, turn: Turn) -> tuple[Button, ...]:
    service = Cases(turn.session, turn.now)
    buttons = [button("human", "/human", turn.language), button("menu", "/menu", turn.language)]
    if draft:
        buttons.insert(0, Button(say("filing.button_resume", turn.language), "/file_claim"))
    elif any(case.kind == CaseKind.CLAIM and service.may_withdraw(case) for case in cases):
        buttons.insert(0, Button(say("cases.button_withdraw", turn.language), "/withdraw_claim"))
    return tuple(buttons)
