"""Pages of the desk from their templates; what they say comes from the texts."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.phrasing import case_note, rich
from bot.desk.transcript import masked
from bot.desk.visit import PREFIX, DeskParts, Visit
from bot.desk.wording import LANGUAGE, clock_time, lasting, moment, one_digit, percent, weekday_name, whole_day
from bot.texts import say, texts

FOLDER = Path(__file__).parent
FILES = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "board.js": "text/javascript",
    "queue.js": "text/javascript",
    "conversation.js": "text/javascript",
    "panel.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def page(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """A page, or a part of one, for a signed-in officer."""
    known = {
        "officer": visit.officer,
        "csrf": visit.csrf,
        "now": visit.now,
        "may": visit.may,
        "path": visit.request.url.path,
        "back": visit.request.url.path if visit.request.method == "GET" else PREFIX,
        "pause": visit.pause,
    }
    return HTMLResponse(render(template, **known, **values), status)


def render(template: str, **values: Any) -> str:
    """A template with its values; every value is escaped, and one that is missing is an error."""
    return _environment().get_template(template).render(**values)


async def static(request: Request, _: DeskParts) -> Response:
    """A file of the pages. Its address carries the hash of its content, so that it is loaded once."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_content(name), media_type=FILES[name], headers=headers)


def static_path(name: str) -> str:
    """Where a file of the pages is loaded from."""
    return f"{PREFIX}/static/{name}?v={hashlib.sha256(_content(name)).hexdigest()[:12]}"


def desk_text(name: str, /, **values: object) -> str:
    """A text of the desk: `name` from `desk.yml`, `board.name` from `desk_board.yml`."""
    key = f"desk_{name}" if "." in name else f"desk.{name}"
    return say(key, LANGUAGE, **values)


def script_texts() -> str:
    """What the scripts say by `text("script.name")`, as JSON."""
    return json.dumps({key: text for key, text in texts(LANGUAGE).items() if key.startswith("desk_script.")})


@cache
def _content(name: str) -> bytes:
    return (FOLDER / "static" / name).read_bytes()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=desk_text, static=static_path, prefix=PREFIX, script_texts=script_texts)
    environment.filters.update(lasting=lasting, moment=moment, one_digit=one_digit, percent=percent)
    environment.filters.update(weekday_name=weekday_name, rich=rich, case_note=case_note, masked=masked)
    environment.filters.update(clock_time=clock_time, whole_day=whole_day)
    return environment
