"""All paths of the desk with the rule of who may use each."""

from starlette.routing import BaseRoute, Route

from bot.desk import (
    accounts_page,
    assistant_page,
    audit_page,
    board_page,
    canned,
    case_page,
    case_work,
    conversation_page,
    events_page,
    files_page,
    incidents_page,
    learning_page,
    panel_page,
    password_page,
    presence,
    queue_page,
    schedule_page,
    search_page,
)
from bot.desk.refusals import telling
from bot.desk.rendering import static
from bot.desk.sign_in_page import show_sign_in, take_sign_in, take_sign_out
from bot.desk.visit import PREFIX, DeskParts, DeskRoute, OpenRoute, serving

_OPEN = (
    OpenRoute("/masuk", show_sign_in),
    OpenRoute("/masuk", take_sign_in, "POST"),
    OpenRoute("/static/{name}", static),
)
RULES: tuple[DeskRoute | OpenRoute, ...] = (
    *_OPEN,
    DeskRoute("/keluar", take_sign_out, "POST"),
    *queue_page.ROUTES,
    *conversation_page.ROUTES,
    *events_page.ROUTES,
    *files_page.ROUTES,
    *canned.ROUTES,
    *search_page.ROUTES,
    *presence.ROUTES,
    *password_page.ROUTES,
    *board_page.ROUTES,
    *schedule_page.ROUTES,
    *incidents_page.ROUTES,
    *assistant_page.ROUTES,
    *accounts_page.ROUTES,
    *audit_page.ROUTES,
    *learning_page.ROUTES,
    *panel_page.ROUTES,
    *case_page.ROUTES,
    *case_work.ROUTES,
)


def desk_routes(parts: DeskParts) -> list[BaseRoute]:
    """The routes of the desk."""
    return [Route(PREFIX + rule.path, telling(serving(rule, parts)), methods=[rule.method]) for rule in RULES]
