"""The photo of a face in a chat, whether for a claim being filed or for one whose photo was refused."""

from rasa_sdk import Tracker
from sqlalchemy import delete

from bot.cases.filing import PHOTO_TRIES
from bot.conversation.files import FileUnavailable
from bot.conversation.messages import Kind, Reply
from bot.conversation.models import Upload
from bot.conversation.turn_context import Turn
from bot.handoff.models import Topic
from bot.photos import phrasing as photo_texts
from bot.photos.quality import PhotoVerdict, checked, shrunk_for_keeping
from bot.texts import say
from bot.troubleshooting.messages import error_message_in

FILES = (Kind.PHOTO, Kind.DOCUMENT)
_INSTEAD = frozenset({"cancel", "drop_claim", "human"})
"""What a caption may ask for instead of leaving the photo to be looked at."""


def is_face_photo(turn: Turn, tracker: Tracker) -> bool:
    """Whether a message, sent where a photo is waited for, is that photo: then its caption is only a remark."""
    if turn.message.kind not in FILES:
        return False
    caption, intent = turn.message.text, (tracker.latest_message.get("intent") or {}).get("name")
    return not (caption and (caption.startswith("/") or intent in _INSTEAD or error_message_in(caption)))


async def face_photo(turn: Turn, tries: int) -> tuple[bytes | None, int]:
    """The photo of this message to be kept, or None when another one was asked for; and the tries so far."""
    try:
        photo = await turn.services.files.read(turn.message)
    except FileUnavailable as unavailable:
        _ask_again(turn, photo_texts.ask_again(unavailable, turn.language))
        return None, tries
    verdict = await checked(photo)
    tries += 1
    if verdict is not PhotoVerdict.OK and (tries < PHOTO_TRIES or verdict is PhotoVerdict.UNREADABLE):
        _ask_again(turn, photo_texts.what_to_do(verdict, turn.language))
        if tries >= PHOTO_TRIES:
            turn.offers_person = Topic.PHOTO
        return None, tries
    kept = await shrunk_for_keeping(photo)
    await _forget_upload(turn)
    turn.delete_message = True
    if verdict is not PhotoVerdict.OK:
        turn.replies.append(Reply(say("filing.photo_for_officer", turn.language)))
    return kept, tries


def _ask_again(turn: Turn, text: str) -> None:
    turn.replies.append(Reply(text))
    turn.asked = True


async def _forget_upload(turn: Turn) -> None:
    """It is kept with the claim now: the channel's copy is kept no longer."""
    attachment, chat = turn.message.attachment, turn.conversation
    if attachment:
        own = (Upload.id == attachment.ref, Upload.channel == chat.channel, Upload.chat_id == chat.chat_id)
        await turn.session.execute(delete(Upload).where(*own))
