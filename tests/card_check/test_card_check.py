"""What whoever scans the QR code of a card's picture is shown."""

from collections.abc import AsyncIterator
from datetime import timedelta

import cv2
import httpx
import numpy as np
import pytest
import pytest_asyncio
import time_machine
from starlette.applications import Starlette

from bot import clock, pictures
from bot.card_check.page import card_routes
from bot.card_check.tokens import VALID_FOR, card_link, read_token
from bot.clock import WIB
from bot.conversation.messages import Picture
from bot.database import create_engine, create_sessions
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem

pytestmark = pytest.mark.asyncio
SITE = "https://jmo.example"
RAHMAT = DEMO_PEOPLE[0]


def link(number: int = 0) -> str:
    found = card_link(SITE, RAHMAT.id, RAHMAT.kpj(number), clock.now().astimezone(WIB).date())
    assert found
    return found


@pytest_asyncio.fixture
async def browser(seeded_url: str) -> AsyncIterator[httpx.AsyncClient]:
    engine = create_engine(seeded_url)
    app = Starlette(routes=card_routes(create_sessions(engine), SqlCoreSystem))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE) as client:
        yield client
    await engine.dispose()


async def test_a_fresh_picture_is_confirmed_without_telling_more(browser: httpx.AsyncClient) -> None:
    page = await browser.get(link())
    assert page.status_code == 200
    assert RAHMAT.kpj(0)[-4:] in page.text and "Nonaktif" in page.text
    first_name = RAHMAT.name.split()[0]
    assert first_name not in page.text and f"{first_name[0]}•" in page.text
    assert RAHMAT.kpj(0) not in page.text and RAHMAT.nik not in page.text


async def test_an_old_picture_says_nothing(browser: httpx.AsyncClient) -> None:
    address = link()
    with time_machine.travel(clock.now() + VALID_FOR + timedelta(days=1)):
        page = await browser.get(address)
    assert page.status_code == 410
    assert RAHMAT.kpj(0)[-4:] not in page.text


async def test_a_made_up_code_is_called_so(browser: httpx.AsyncClient) -> None:
    real = link()
    for made_up in (f"{SITE}/kartu/abc", real[:-4] + "AAAA", f"{SITE}/kartu/ä"):
        page = await browser.get(made_up)
        assert page.status_code == 404
        assert "bukan buatan asisten" in page.text


async def test_the_code_holds_no_number_in_clear() -> None:
    shown = read_token(link(1).rsplit("/", 1)[1])
    assert shown and shown.participant_id == RAHMAT.id
    assert RAHMAT.kpj(1) not in str(shown)


async def test_without_a_public_address_there_is_no_link() -> None:
    assert card_link("", RAHMAT.id, RAHMAT.kpj(0), clock.now().date()) is None


async def test_the_code_in_the_picture_can_be_read_by_a_phone() -> None:
    data = {"name": RAHMAT.name, "kpj": "•••••••4821", "employer": "PT Maju", "segment": "PU", "active": False}
    # As long as a real one, but the same each time: OpenCV's own reader fails at one code in a hundred.
    address = f"{SITE}/kartu/" + "".join(
        chr(97 + place * 7 % 26) for place in range(len(link()) - len(f"{SITE}/kartu/"))
    )
    png = await pictures.render(Picture("member_card", {**data, "check": address, "language": "id"}, ""))
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == address
