"""What the assistant keeps of a chat: shown, deleted, and forgotten on leaving."""

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction
from sqlalchemy import delete, func, select

from bot.actions.base import Events, JmoAction, button, entity, verification
from bot.actions.topics import next_steps
from bot.cases.models import Case, ClaimDraft, IncidentWatch
from bot.cases.notices import forget_waiting
from bot.clock import WIB
from bot.conversation.messages import Kind, Reply
from bot.conversation.models import InboxRow, InboxState, OutboxRow, Upload
from bot.conversation.turn_context import Turn
from bot.formatting import long_date
from bot.handoff.service import Handoffs
from bot.identity.levels import Level, end_session, level_of
from bot.learning.models import Misunderstood
from bot.parsing.claim_reasons import says_work_is_over
from bot.privacy.audit import record
from bot.texts import say


class Logout(JmoAction):
    action_name = "action_logout"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if turn.message.kind is Kind.TEXT and says_work_is_over(turn.message.text):
            return [FollowupAction("action_start_claim_check")]
        await verification(turn).cancel(turn.conversation)
        await Handoffs(turn.session, turn.now).leave(turn.conversation)
        await forget_waiting(turn.session, turn.conversation)
        end_session(turn.conversation, turn.now)
        turn.replies.append(Reply(say("general.logged_out", turn.language), next_steps("cancel", turn.language)))
        return [AllSlotsReset()]


class MyData(JmoAction):
    action_name = "action_my_data"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        since = long_date(turn.conversation.created_at.astimezone(WIB).date(), turn.language)
        text = say(
            "general.my_data",
            turn.language,
            status=await _status(turn),
            since=since,
            messages=await _count(turn, InboxRow, OutboxRow),
            drafts=await _count(turn, ClaimDraft),
            cases=await _count(turn, Case),
        )
        delete_all = button("delete_yes", "/delete_my_data", turn.language)
        turn.replies.append(Reply(text, (delete_all, button("menu", "/menu", turn.language))))
        return []


class DeleteMyData(JmoAction):
    """Asks first; then deletes every message of the chat and its tie to a participant."""

    action_name = "action_delete_my_data"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if entity(tracker, "sure") != "yes":
            buttons = (
                button("delete_yes", '/delete_my_data{"sure":"yes"}', turn.language),
                button("delete_no", "/menu", turn.language),
            )
            turn.replies.append(Reply(say("general.delete_question", turn.language), buttons))
            return []
        await Handoffs(turn.session, turn.now).leave(turn.conversation, forget=True)
        await _delete_messages(turn)
        await verification(turn).cancel(turn.conversation)
        end_session(turn.conversation, turn.now)
        record(
            turn.session,
            actor=f"conversation:{turn.conversation.id}",
            action="chat.deleted",
            subject=None,
            reason="asked for by the participant",
            at=turn.now,
        )
        turn.replies.append(Reply(say("general.deleted", turn.language)))
        return [AllSlotsReset()]


async def _status(turn: Turn) -> str:
    level = level_of(turn.conversation, turn.now)
    if level >= Level.VERIFIED:
        participant = await turn.services.core(turn.session).participant(turn.conversation.participant_id or "")
        return say("general.my_data_verified", turn.language, name=participant.name if participant else "–")
    return say("general.my_data_known" if level is Level.KNOWN else "general.my_data_anonymous", turn.language)


async def _count(turn: Turn, *tables: type[InboxRow | OutboxRow | ClaimDraft | Case]) -> int:
    """How many rows of these tables belong to this chat."""
    counts = [
        await turn.session.scalar(
            select(func.count()).select_from(table).where(table.conversation_id == turn.conversation.id)
        )
        for table in tables
    ]
    return sum(count or 0 for count in counts)


async def _delete_messages(turn: Turn) -> None:
    """All but what is still open: the message being answered, and replies on their way."""
    own = turn.conversation.id
    await turn.session.execute(delete(OutboxRow).where(OutboxRow.conversation_id == own, OutboxRow.state != "open"))
    await turn.session.execute(
        delete(InboxRow).where(InboxRow.conversation_id == own, InboxRow.state != InboxState.OPEN)
    )
    chat = turn.conversation
    await turn.session.execute(delete(Upload).where(Upload.channel == chat.channel, Upload.chat_id == chat.chat_id))
    await turn.session.execute(delete(Misunderstood).where(Misunderstood.conversation_id == own))
    await turn.session.execute(delete(ClaimDraft).where(ClaimDraft.conversation_id == own))
    await turn.session.execute(delete(IncidentWatch).where(IncidentWatch.conversation_id == own))
    await forget_waiting(turn.session, chat)
