"""The page behind a card's QR code: masked, so that who scans it learns no more than the picture shows."""

import html
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import clock
from bot.card_check.tokens import PATH, ShownCard, read_token, short_index
from bot.clock import WIB
from bot.formatting import long_date
from bot.parsing.numbers import mask, mask_name
from bot.register.core_system import Card, CardStatus, CoreSystem
from bot.texts import DEFAULT_LANGUAGE, say

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def card_routes(sessions: async_sessionmaker[AsyncSession], core: Callable[[AsyncSession], CoreSystem]) -> list[Route]:
    """The route below `/kartu/`."""

    async def check(request: Request) -> Response:
        shown = read_token(request.path_params["token"])
        if shown is None:
            return _page("unknown", 404)
        if shown.is_old(clock.now().astimezone(WIB).date()):
            return _page("old", 410, shown=long_date(shown.shown_on, DEFAULT_LANGUAGE))
        async with sessions() as session:
            found = await _card(core(session), shown)
        if found is None:
            return _page("gone", 410)
        name, card = found
        status = "active" if card.status is CardStatus.ACTIVE else "non_active"
        return _page(
            "holds",
            200,
            name=mask_name(name),
            kpj=mask(card.kpj),
            status=say(f"pictures.card_{status}", DEFAULT_LANGUAGE),
            shown=long_date(shown.shown_on, DEFAULT_LANGUAGE),
            today=long_date(clock.now().astimezone(WIB).date(), DEFAULT_LANGUAGE),
        )

    return [Route(PATH + "{token}", check, methods=["GET"])]


async def _card(core: CoreSystem, shown: ShownCard) -> tuple[str, Card] | None:
    """The participant's name and the card, as the register knows them now."""
    participant = await core.participant(shown.participant_id)
    cards = await core.cards(shown.participant_id)
    card = next((card for card in cards if short_index(card.kpj) == shown.kpj_index), None)
    return (participant.name, card) if participant and card else None


def _page(said: str, http_status: int, **values: str) -> Response:
    title = html.escape(say("card_check.title", DEFAULT_LANGUAGE))
    lines = say(f"card_check.{said}", DEFAULT_LANGUAGE, **values).splitlines()
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    content = (
        f'<!doctype html><html lang="{DEFAULT_LANGUAGE}"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><main><h1>{title}</h1>{paragraphs}</main>'
    )
    return HTMLResponse(content, http_status, _HEADERS)
