"""All paths of the desk with the rule of who may use each."""

from starlette.routing import BaseRoute

from bot.desk.queue_page import show_queue, show_queue_rows
from bot.desk.rendering import static
from bot.desk.sign_in_page import show_sign_in, take_sign_in, take_sign_out
from bot.desk.visit import DeskParts, DeskRoute, OpenRoute, to_route

RULES: tuple[DeskRoute | OpenRoute, ...] = (
    OpenRoute("/masuk", show_sign_in),
    OpenRoute("/masuk", take_sign_in, "POST"),
    OpenRoute("/static/{name}", static),
    DeskRoute("/keluar", take_sign_out, "POST"),
    DeskRoute("", show_queue),
    DeskRoute("/antrean", show_queue_rows),
)


def desk_routes(parts: DeskParts) -> list[BaseRoute]:
    """The routes of the desk."""
    return [to_route(rule, parts) for rule in RULES]
