"""The page and its files, as they leave the server."""

import gzip
import re

import httpx
import pytest

from bot.channels.webchat.page import FILES, FOLDER
from bot.texts import LANGUAGES
from tests.channels.web.conftest import Visitor


async def page(visitor: Visitor, language: str = "id") -> httpx.Response:
    return await visitor.client.get("/", params={"lang": language})


async def test_the_page_may_load_nothing_from_elsewhere(visitor: Visitor) -> None:
    headers = (await page(visitor)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_no_script_or_style_stands_in_the_page(visitor: Visitor) -> None:
    html = (await page(visitor)).text
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_text_is_filled_in(visitor: Visitor, language: str) -> None:
    html = (await page(visitor, language)).text
    assert f'<html lang="{language}"' in html
    assert "{{" not in html


async def test_every_file_of_the_page_is_there_and_kept_for_long(visitor: Visitor) -> None:
    addresses = set(re.findall(r'(?:src|href)="(/chat/static/[^"]+)"', (await page(visitor)).text))
    assert len(addresses) == len(FILES)
    for address in addresses:
        response = await visitor.client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-encoding"] == "gzip"


async def test_who_can_t_unpack_gets_it_plain(visitor: Visitor) -> None:
    response = await visitor.client.get("/chat/static/chat.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in response.headers
    assert response.content == (FOLDER / "chat.js").read_bytes()


async def test_a_known_page_is_not_sent_again(visitor: Visitor) -> None:
    etag = (await page(visitor)).headers["etag"]
    response = await visitor.client.get("/", headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("name", ["index.html", "..%2Fpage.py", "%2e%2e/page.py", "chat.py"])
async def test_only_the_page_s_files_are_given_out(visitor: Visitor, name: str) -> None:
    assert (await visitor.client.get(f"/chat/static/{name}")).status_code == 404


async def test_an_unknown_language_changes_nothing(visitor: Visitor) -> None:
    response = await visitor.client.get("/?lang=xx")
    assert '<html lang="id"' in response.text
    assert "set-cookie" not in response.headers


def test_the_page_is_small_on_a_slow_line() -> None:
    assert sum(len(gzip.compress(file.read_bytes())) for file in FOLDER.iterdir()) < 16_000


def test_the_script_is_plain_enough_for_browsers_of_2018() -> None:
    script = (FOLDER / "chat.js").read_text(encoding="utf-8")
    assert re.findall(r"\?\.\w|\?\?|replaceAll|\.at\(|\(\?<[=!]|catch \{|\.\.\.\w|innerHTML|\beval\(", script) == []
