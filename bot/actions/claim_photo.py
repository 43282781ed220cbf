"""A new photo for a claim that is filed already."""

from rasa_sdk import Tracker

from bot.actions.base import Events, MemberAction, button
from bot.actions.face_photo import FILES, face_photo, is_face_photo
from bot.actions.topics import topic
from bot.cases.claim_photos import ClaimPhotos
from bot.cases.models import Case, Claim
from bot.cases.phrasing import photo_taken
from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn
from bot.photos import phrasing as photo_texts
from bot.photos.verifier import FaceDecision
from bot.texts import say


class NewClaimPhoto(MemberAction):
    """Asks for the photo, or takes it; a photo that nobody waits for is asked about."""

    action_name = "action_new_claim_photo"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if turn.message.kind in FILES and not await _is_waited_for(turn):
            turn.replies.append(topic("send_photo", turn))
            return []
        return await super().act(turn, tracker)

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        wanted = await ClaimPhotos(turn.session, turn.now).wanted_from(participant_id)
        if wanted is None:
            menu = button("menu", "/menu", turn.language)
            turn.replies.append(Reply(say("cases.photo_not_wanted", turn.language), (menu,)))
        elif turn.message.kind in FILES:
            await _take(turn, *wanted)
        else:
            asked = say("cases.photo_wanted", turn.language, number=wanted[0].number)
            turn.replies.append(Reply(f"{asked}\n{photo_texts.advice(turn.language)}"))


async def is_photo_with_remark(turn: Turn, tracker: Tracker) -> bool:
    """Whether the message is the new photo of a claim, under which something is written."""
    return bool(turn.message.text) and is_face_photo(turn, tracker) and await _is_waited_for(turn)


async def _is_waited_for(turn: Turn) -> bool:
    own = turn.conversation.participant_id
    return bool(not turn.outside and own and await ClaimPhotos(turn.session, turn.now).wanted_from(own))


async def _take(turn: Turn, case: Case, claim: Claim) -> None:
    photo, tries = await face_photo(turn, int(case.details.get("photo_tries") or 0))
    case.note(photo_tries=tries)
    if photo is None:
        return
    face = await turn.services.face_verifier.verify(case.participant_id or "", photo)
    if face is FaceDecision.NO_MATCH:
        turn.replies.append(Reply(say("filing.no_match", turn.language)))
        return
    ClaimPhotos(turn.session, turn.now).take(case, claim, photo, face)
    turn.replies.append(photo_taken(case, turn.language))
