"""Files of the chat: what participants sent, and what officers attach."""

import json
import secrets
from pathlib import PurePath
from urllib.parse import quote

from sqlalchemy import exists, select
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.uploads import FILE_LIMIT, file_type, photo_type
from bot.conversation.files import FileUnavailable
from bot.conversation.messages import Attachment, IncomingMessage
from bot.conversation.models import Conversation, InboxRow, InboxState, Upload
from bot.desk.visit import DeskRoute, Visit
from bot.errors import BadInput
from bot.handoff.models import Handoff
from bot.privacy.audit import record

NAME_LENGTH = 80


class UnfitFile(BadInput):
    """An officer's file that is neither a picture nor a PDF, or too large."""


async def show_file(visit: Visit) -> Response:
    """What a participant sent, from a chat that people were asked into; who looked at it is noted."""
    row = await visit.session.get(InboxRow, visit.request.path_params["message"])
    if row is None or row.state == InboxState.OPEN or not await _was_handed_off(visit, row.conversation_id):
        raise HTTPException(404)
    message = IncomingMessage.from_json(json.loads(row.payload))
    try:
        data = await visit.parts.services.files.read(message)
    except FileUnavailable:
        raise HTTPException(404) from None
    conversation = await visit.session.get_one(Conversation, row.conversation_id)
    record(
        visit.session,
        actor=f"officer:{visit.officer.id}",
        action="desk.file_seen",
        subject=conversation.participant_id,
        reason=f"message {row.id}",
        at=visit.now,
    )
    return _as_file(data, message.attachment.name if message.attachment else "")


async def attached(visit: Visit, conversation: Conversation) -> Attachment | None:
    """The file of the form, kept for the chat; None without one. Raises `UnfitFile`."""
    given = visit.form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return None
    await given.seek(0)  # another attempt of this request may have read it
    data = await given.read(FILE_LIMIT + 1)
    mime = file_type(data)
    if mime is None or len(data) > FILE_LIMIT:
        raise UnfitFile("only pictures and PDF of at most 5 MB")
    ref = secrets.token_hex(16)
    visit.session.add(
        Upload(
            id=ref, channel=conversation.channel, chat_id=conversation.chat_id, mime=mime, data=data,
            created_at=visit.now,
        )
    )  # fmt: skip
    return Attachment(ref, mime, PurePath(given.filename).name[-NAME_LENGTH:], len(data))


async def _was_handed_off(visit: Visit, conversation_id: int) -> bool:
    found = select(exists().where(Handoff.conversation_id == conversation_id))
    return bool(await visit.session.scalar(found))


def _as_file(data: bytes, name: str) -> Response:
    """A picture is shown; whatever else somebody sent is only ever downloaded."""
    mime = photo_type(data)
    how = "inline" if mime else "attachment"
    headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name or 'berkas', safe='')}"}
    return Response(data, media_type=mime or "application/octet-stream", headers=headers)


ROUTES = (DeskRoute("/berkas/{message:int}", show_file),)
