"""Pictures and documents by link, drawn when they are asked for.

Whoever has the link sees the file: it carries a keyed hash that nobody can guess, and is said only in its own chat.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.conversation.messages import Attachment, Document, Picture, Reply
from bot.privacy.keys import keyring

RenderPicture = Callable[[Picture], Awaitable[bytes]]
RenderDocument = Callable[[Document], Awaitable[bytes]]
ReadAttachment = Callable[[Attachment], Awaitable[bytes | None]]
"""The bytes of a file that an officer sent; None once it is no longer kept."""

ATTACHMENT_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
"""What officers may send."""
_NAME = re.compile(r"([1-9][0-9]{0,17})-([0-9a-f]{64})\.(png|pdf|jpg|webp)")
_CONTEXT = "media"
_HEADERS = {"Cache-Control": "private, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}


class Replies(Protocol):
    """Where a reply is found by the id of its outbox row."""

    async def reply(self, outbox_id: int) -> Reply | None: ...


def picture_path(outbox_id: int) -> str:
    """Where the picture of an outbox row is fetched."""
    return _path(outbox_id, "png")


def document_path(outbox_id: int) -> str:
    """Where the document of an outbox row is fetched."""
    return _path(outbox_id, "pdf")


def attachment_path(outbox_id: int, mime: str) -> str:
    """Where the file that an officer sent is fetched."""
    return _path(outbox_id, ATTACHMENT_ENDINGS[mime])


def media_routes(
    replies: Replies, render_picture: RenderPicture, render_document: RenderDocument, read_attachment: ReadAttachment
) -> list[Route]:
    """The route below `/media/`; every link that is not exactly right is 404."""

    async def sent_file(attachment: Attachment) -> Response:
        data = await read_attachment(attachment)
        if data is None:
            raise HTTPException(404)
        headers = {**_HEADERS, "Content-Disposition": _disposition(attachment.name)}
        return Response(data, media_type=attachment.mime, headers=headers)

    async def media(request: Request) -> Response:
        outbox_id, ending = _checked(request.path_params["name"])
        reply = await replies.reply(outbox_id)
        if reply and reply.picture and ending == "png":
            return Response(await render_picture(reply.picture), media_type="image/png", headers=_HEADERS)
        if reply and reply.document and ending == "pdf":
            headers = {**_HEADERS, "Content-Disposition": _disposition(reply.document.filename)}
            return Response(await render_document(reply.document), media_type="application/pdf", headers=headers)
        if reply and reply.attachment and ending == ATTACHMENT_ENDINGS[reply.attachment.mime]:
            return await sent_file(reply.attachment)
        raise HTTPException(404)

    return [Route("/media/{name}", media, methods=["GET"])]


def _path(outbox_id: int, ending: str) -> str:
    return f"/media/{outbox_id}-{keyring().digest(str(outbox_id), _CONTEXT)}.{ending}"


def _checked(name: str) -> tuple[int, str]:
    """The row's id and the ending of a link; raises `HTTPException` 404 when its token is wrong."""
    found = _NAME.fullmatch(name)
    if not found or not keyring().digest_matches(found[1], _CONTEXT, found[2]):
        raise HTTPException(404)
    return int(found[1]), found[3]


def _disposition(filename: str) -> str:
    return f"inline; filename*=UTF-8''{quote(filename, safe='')}"
