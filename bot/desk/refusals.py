"""What somebody is told whose request is refused: a page for who looks at one, a sentence for what a script asked."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from bot.channels.uploads import FILE_LIMIT
from bot.desk.rendering import render
from bot.desk.visit import sentence_of, with_headers
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.texts import say

MEGABYTE = 1024 * 1024

_SAID = {
    400: "desk.refused_400",
    403: "desk.refused_403",
    404: "desk.refused_404",
    409: "desk.refused_409",
    413: "desk.refused_413",
}

Serve = Callable[[Request], Awaitable[Response]]


def telling(serve: Serve) -> Serve:
    """The same, with what it refuses said in words."""

    async def answer(request: Request) -> Response:
        try:
            return await serve(request)
        except HTTPException as refused:
            said = say(_SAID[refused.status_code], LANGUAGE, megabytes=FILE_LIMIT // MEGABYTE)
            return with_headers(_answer(request, said, refused.status_code))
        except BadInput as problem:
            return with_headers(_answer(request, sentence_of(problem), 409))

    return answer


def _answer(request: Request, sentence: str, status: int) -> Response:
    by_script = "x-csrf" in request.headers or "text/html" not in request.headers.get("accept", "")
    if by_script:
        return PlainTextResponse(sentence, status)
    return HTMLResponse(render("refused.html", sentence=sentence), status)
